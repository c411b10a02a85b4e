// What a page weighs, and that nothing on it moves while it loads.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

import { across, stage, withPage } from "../support/stage.js";

/** HTML and style of a claim's page, before compression, in bytes. */
const MOST_MARKUP = 60_000;

/** Lists of which an address asks for a part: for many entries, for few, for none, and for what only other pages hold. */
const ASKED = ["claims/?verdict=false", "en/claims/?q=mistral", "claims/?q=nothing+has+these", "timeline/?from=2020", "en/timeline/?entity=openai&to=2019"];

/** All scripts of a page, those of the search apart, in bytes. */
const MOST_SCRIPT = 15_000;

describe("weight", () => {
  test("a claim's page has at most 60 kB of HTML and CSS; no page has more than 15 kB of JavaScript", async () => {
    const sizes = new Map();
    const size = async (file) => {
      if (!sizes.has(file)) sizes.set(file, (await readFile(join(stage.site.folder, file))).length);
      return sizes.get(file);
    };
    const sum = async (files) => (await Promise.all(files.map(size))).reduce((all, one) => all + one, 0);
    const faults = [];
    let claims = 0;
    for (const { path, kind, file, text } of stage.documents) {
      const styles = await sum(assetsOf(text, "css"));
      const scripts = await sum(assetsOf(text, "js").filter((name) => !/search|pagefind/.test(name)));
      if (scripts > MOST_SCRIPT) faults.push(`${path}: ${scripts} bytes of JavaScript`);
      if (kind !== "claim") continue;
      claims += 1;
      assert.ok(styles > 1000, `${path} has a style sheet`);
      const markup = (await size(file)) + styles;
      if (markup > MOST_MARKUP) faults.push(`${path}: ${markup} bytes of HTML and CSS`);
    }
    assert.ok(claims > 100, `${claims} claims`);
    assert.deepEqual(faults, []);
  });

  for (const width of [1280, 768, 360]) {
    test(`nothing moves while a page comes in piece by piece, ${width} px wide`, async () => {
      const faults = [];
      await across({ viewport: { width, height: 800 } }, longest(), async (page, { path, url }) => {
        await page.goto(`${url}?slowly=lines`);
        const moved = await page.evaluate(shifts);
        if (moved.length > 0) faults.push(`${path}: ${moved.join("; ")}`);
      });
      assert.deepEqual(faults, []);
    });

    test(`nothing in the header moves wherever the browser draws in the middle of it, ${width} px wide`, async () => {
      const faults = [];
      await across({ viewport: { width, height: 800 } }, ["claims/", "en/claims/"], async (page, path) => {
        await page.goto(`${stage.site.base}${path}?slowly=header`);
        const moved = await page.evaluate(shifts);
        if (moved.length > 0) faults.push(`${path}: ${moved.join("; ")}`);
      });
      assert.deepEqual(faults, []);
    });

    test(`nothing moves while a list is cut down to what its address asks for, ${width} px wide`, async () => {
      const faults = [];
      await across({ viewport: { width, height: 800 } }, ASKED, async (page, path) => {
        await page.goto(stage.site.base + path);
        await page.locator(".filters [type=reset]").waitFor();
        await page.locator("html:not(.asked)").waitFor();
        const moved = await page.evaluate(shifts);
        if (moved.length > 0) faults.push(`${path}: ${moved.join("; ")}`);
      });
      assert.deepEqual(faults, []);
    });
  }

  test("a list that waits for its filters is shown whole where they do not come", async () => {
    await withPage({}, async (page) => {
      await page.route("**/filters.*.js", (route) => route.abort());
      await page.goto(`${stage.site.base}claims/?verdict=false`);
      await page.locator(".card").last().waitFor({ timeout: 10_000 });
    });
  });

  test("what moves would be seen", async () => {
    await withPage({}, async (page) => {
      await page.goto(stage.site.base);
      await page.evaluate(async () => {
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        document.querySelector("main").prepend(Object.assign(document.createElement("p"), { textContent: "late" }));
      });
      assert.ok((await page.evaluate(shifts)).length > 0);
    });
  });
});

/** The longest page of each kind. */
function longest() {
  const kinds = new Set();
  return stage.samples.filter(({ kind }) => !kinds.has(kind) && kinds.add(kind));
}

/** The style sheets or scripts that a page loads: paths of the site. */
function assetsOf(text, ending) {
  const links = text.matchAll(/<(?:link|script)\b[^>]*?\b(?:href|src)="([^"]+)"/g);
  const paths = [...links].map(([, link]) => link).filter((link) => link.endsWith(`.${ending}`));
  return paths.map((link) => link.slice(link.indexOf("assets/")));
}

/** Runs in the browser: what has moved since the page began (CLS, as the Layout Instability draft has it), but by a fraction of a point. */
async function shifts() {
  const LEAST = 0.00005;
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await document.fonts.ready;
  await drawn();
  const moved = [];
  const observer = new PerformanceObserver((list) => moved.push(...list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  await drawn();
  moved.push(...observer.takeRecords());
  const name = ({ node }) => (node?.nodeType === 1 ? `${node.localName}.${node.className}` : String(node?.nodeName));
  const seen = moved.filter(({ value }) => value >= LEAST);
  return seen.map(({ value, sources, startTime }) => `${value.toFixed(4)} (${sources.map(name).join(", ")}) after ${Math.round(startTime)} ms`);
}
