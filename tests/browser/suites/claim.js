// The claim page, the heart of the site: every page of a claim is held against the API's proofs and the seed files themselves.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { ROOT } from "../support/site.js";
import { json, stage, withPage } from "../support/stage.js";

describe("claims", () => {
  /** source's id → { text as an array of code points, sha256 } */
  const seeds = new Map();
  let claims = [];

  before(async () => {
    ({ claims } = await json("api/claims.json"));
    for (const { id, file, sha256 } of (await json("api/sources.json")).sources) {
      const bytes = await readFile(join(ROOT, "seeds", file));
      seeds.set(id, { points: [...bytes.toString("utf8")], sha256, bytes });
    }
  });

  test("there are claims, in both languages", () => {
    assert.ok(claims.filter(({ lang }) => lang === "fr").length >= 15);
    assert.ok(claims.filter(({ lang }) => lang === "en").length >= 15);
  });

  test("every proof holds in its seed file, counted in code points", () => {
    for (const { sha256, bytes } of seeds.values()) {
      assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
    }
    let parts = 0;
    for (const claim of claims) {
      assert.ok(claim.quotations.length > 0, `${claim.id} quotes something`);
      for (const quotation of claim.quotations) {
        const { points, sha256 } = seeds.get(quotation.source);
        const slice = (from, to) => points.slice(Math.max(from, 0), to).join("");
        assert.equal(quotation.sha256, sha256);
        for (const part of quotation.parts) {
          assert.equal(slice(part.start, part.end), part.exact, `${claim.id} (${claim.lang})`);
          parts += 1;
        }
        const [first, last] = [quotation.parts[0].start, quotation.parts.at(-1).end];
        assert.equal(slice(first - 32, first), quotation.prefix, `${claim.id} (${claim.lang}): prefix`);
        assert.equal(slice(last, last + 32), quotation.suffix, `${claim.id} (${claim.lang}): suffix`);
        const line = slice(0, first).split("\n").length;
        assert.equal(line, quotation.passage, `${claim.id} (${claim.lang}): passage`);
      }
    }
    assert.ok(parts >= claims.length);
  });

  test("every page shows its claim, its verdict in a word, its finding, and each quotation marked in its passage", async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      for (const claim of claims) {
        const where = `${claim.id} (${claim.lang})`;
        await page.setContent(stage.documents.find(({ url }) => url === claim.url).text);
        const shown = await page.evaluate(readClaim);
        assert.equal(same(shown.claim), same(claim.claim), where);
        assert.equal(same(shown.summary), same(claim.summary), where);
        assert.ok(shown.verdict.length > 2, `${where}: the verdict is a word`);
        assert.equal(shown.verdictShapes, 1, `${where}: and a shape`);
        assert.ok(shown.clippings.length > 0, `${where}: the source is shown beside the claim`);
        const clipped = new Set();
        for (const clipping of shown.clippings) {
          const quotation = claim.quotations.find((one) => places(one) === places(clipping));
          assert.ok(quotation, `${where}: the API has the quotation of characters ${places(clipping)}`);
          clipped.add(quotation);
          assert.equal(clipping.sha256, quotation.sha256, where);
          assert.deepEqual(clipping.marks.map(same), quotation.parts.map(({ exact }) => same(exact)), where);
          const { points } = seeds.get(quotation.source);
          assert.deepEqual(notIn(points, clipping.stretches), [], `${where}: what surrounds the marks is the seed's`);
          assert.match(clipping.link, new RegExp(`/sources/${quotation.source}/#p${quotation.passage}$`), where);
        }
        // The others stand in running text, cited, and have their proofs below it.
        for (const quotation of claim.quotations.filter((one) => !clipped.has(one))) {
          const { parts, source, passage } = quotation;
          const proof = shown.proofs.find((one) => places(one) === places(quotation));
          assert.ok(proof, `${where}: the characters ${places(quotation)} have a proof`);
          assert.equal(proof.sha256, quotation.sha256, where);
          assert.match(proof.link, new RegExp(`/sources/${source}/#p${passage}$`), where);
          for (const { exact } of parts) {
            assert.ok(bare(shown.analysis).includes(bare(exact)), `${where}: the text holds “${exact}”`);
          }
          const cited = shown.citations.some((link) => new RegExp(`/sources/${source}/(#p${passage})?$`).test(link));
          assert.ok(cited, `${where}: the text cites ${source}, passage ${passage}`);
        }
      }
    });
  });

  test("every quoted passage is marked on the page of its source, with the claim on it", async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      for (const { lang, ...document } of stage.documents.filter(({ kind }) => kind === "source")) {
        const id = document.path.split("/").at(-2);
        await page.setContent(document.text);
        const passages = await page.evaluate(readPassages);
        for (const claim of claims.filter((one) => one.lang === lang)) {
          for (const { passage, parts } of claim.quotations.filter(({ source }) => source === id)) {
            const where = `${document.path}#p${passage}`;
            const shown = passages[`p${passage}`];
            assert.ok(shown, `${where} is there`);
            assert.ok(bare(shown.marked).includes(bare(parts[0].exact)), `${where}: “${parts[0].exact}” is marked`);
            assert.ok(shown.links.some((link) => link.endsWith(`/claims/${claim.id}/`)), `${where} leads to ${claim.id}`);
          }
        }
      }
    });
  });

  /** The stretches of shown passages that do not stand in a seed. */
  function notIn(points, stretches) {
    const text = same(points.join(""));
    return stretches.filter((stretch) => !text.includes(same(stretch)));
  }

  function places({ parts }) {
    return parts.map(({ start, end }) => `${start}–${end}`).join(" ");
  }
});

/** White space of any kind and number is one space; the rest is kept. */
function same(text) {
  return text.replace(/\s+/gu, " ").trim();
}

/** Letters and digits alone: running text has its own spaces and quotation marks. */
function bare(text) {
  return text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Runs in the browser: the passages on the page of a source. */
function readPassages() {
  const all = [...document.querySelectorAll(".passage")].map((passage) => [
    passage.id,
    {
      marked: [...passage.querySelectorAll("mark")].map((mark) => mark.textContent).join(""),
      links: [...passage.querySelectorAll(".on-it a")].map((link) => link.getAttribute("href")),
    },
  ]);
  return Object.fromEntries(all);
}

/** Runs in the browser: what the page of a claim shows. */
function readClaim() {
  const text = (selector, of = document) => of.querySelector(selector)?.textContent ?? "";
  const numbers = (code) => {
    const [start, end] = code.textContent.split("–").map(Number);
    return { start, end };
  };
  const clippings = [...document.querySelectorAll(".clipping")].map((clipping) => ({
    marks: [...clipping.querySelectorAll("mark")].map((mark) => mark.textContent),
    // The words around the marks, as far as they run on: dots and the editor's own words break them.
    stretches: [...clipping.querySelectorAll(".words")].flatMap((words) => {
      const copy = words.cloneNode(true);
      for (const aside of copy.querySelectorAll(".inserted, summary")) aside.replaceWith("\u0000");
      for (const around of copy.querySelectorAll(".around")) {
        around.textContent = around.textContent.replace(/^…\s+$|^\s+…$/, "\u0000");
      }
      for (const left of copy.querySelectorAll("details")) left.replaceWith(`\u0000${left.textContent}\u0000`);
      return copy.textContent.replaceAll(" […] ", "\u0000").split("\u0000").filter((stretch) => stretch.trim());
    }),
    sha256: [...clipping.querySelectorAll(".proof code")].map((code) => code.textContent).find((code) => /^[0-9a-f]{64}$/.test(code)),
    parts: [...clipping.querySelectorAll(".proof code")].filter((code) => /^\d+–\d+$/.test(code.textContent)).map(numbers),
    link: clipping.querySelector(".places a").getAttribute("href"),
  }));
  return {
    claim: text("h1"),
    verdict: text("#verdict .stamp").trim(),
    verdictShapes: document.querySelectorAll("#verdict .stamp svg").length,
    summary: text("#finding .lead"),
    clippings,
    analysis: [...document.querySelectorAll("#analysis > :not(.proofs)")].map((block) => block.textContent).join("\n"),
    proofs: [...document.querySelectorAll("#analysis .proofs li")].map((proof) => ({
      sha256: [...proof.querySelectorAll("code")].map((code) => code.textContent).find((code) => /^[0-9a-f]{64}$/.test(code)),
      parts: [...proof.querySelectorAll("code")].filter((code) => /^\d+–\d+$/.test(code.textContent)).map(numbers),
      link: proof.querySelector(".places a").getAttribute("href"),
    })),
    citations: [...document.querySelectorAll("#analysis a")].map((link) => link.getAttribute("href")),
  };
}
