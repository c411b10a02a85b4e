// Search, as readers use it: from the box of any page, in both languages, by keyboard, under the policy that hosts send, and without JavaScript.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { documentAt, json, stage, withPage } from "../support/stage.js";

/** The first search loads a program; a busy machine takes its time. */
const PATIENCE = { timeout: 60_000 };

/** Waits until the search has an answer, and gives back what is shown. */
async function answer(page) {
  const waiting = await page.locator("#search").getAttribute("data-waiting");
  const told = page.locator("#found");
  await told.filter({ hasText: /\S/ }).filter({ hasNotText: waiting }).waitFor(PATIENCE);
  const results = page.locator(".found li");
  return {
    told: await told.textContent(),
    links: await results.locator("h2 a").evaluateAll((links) => links.map((link) => link.href)),
    marks: await results.locator("mark").allTextContents(),
    kinds: await results.locator(".kind").allTextContents(),
  };
}

/** Opens the search page with a question. */
async function ask(page, lang, question) {
  await page.goto(`${documentAt(lang === "fr" ? "search/" : "en/search/").url}?${new URLSearchParams(question)}`);
  return answer(page);
}

/** How many results a sentence tells of. */
function number(told) {
  return Number(/\d+/.exec(told.replaceAll(/[\s,]/g, ""))?.[0] ?? 0);
}

describe("search", () => {
  for (const [lang, from, words, form] of [
    ["fr", "glossary/", "entreprises", /^entreprise/i],
    ["en", "en/glossary/", "companies", /^compan/i],
  ]) {
    test(`from the box of a page, by keyboard alone, in ${lang}`, async () => {
      await withPage({}, async (page) => {
        await page.goto(documentAt(from).url);
        let strokes = 0;
        do await page.keyboard.press("Tab");
        while ((await page.evaluate(() => document.activeElement.id)) !== "find" && ++strokes < 20);
        await page.keyboard.type(words);
        await page.keyboard.press("Enter");
        await page.waitForURL(/\/search\/\?q=/);
        const { told, links, marks } = await answer(page);
        assert.ok(links.length > 1, told);
        for (const link of links) {
          assert.equal(/\/en\//.test(link), lang === "en", `${link} is in ${lang}`);
          assert.ok(documentAt(link.slice(stage.site.base.length).replace(/#.*/, "")), link);
        }
        assert.ok(marks.length > 0 && marks.every((mark) => form.test(mark.replace(/^\P{L}+|^.[’']/u, ""))), `${marks}`);
        // On to the first result, and there.
        await page.locator("#words").focus();
        strokes = 0;
        do await page.keyboard.press("Tab");
        while (!(await page.evaluate(() => document.activeElement.closest(".found"))) && ++strokes < 8);
        await page.keyboard.press("Enter");
        await page.waitForURL(links[0]);
        await page.goBack();
        assert.deepEqual((await answer(page)).links, links, "the way back finds the search as it was");
      });
    });
  }

  test("what bears the very name that is searched for leads", async () => {
    const { terms } = await json("api/glossary.json");
    await withPage({}, async (page) => {
      for (const lang of ["fr", "en"]) {
        for (const { term, url } of terms.filter((term) => term.lang === lang).slice(0, 6)) {
          const { links } = await ask(page, lang, { q: term.toUpperCase() });
          assert.equal(links[0], url, `the first result for ${term}`);
        }
      }
    });
  });

  test("typing searches, the choices narrow, and the address keeps both", async () => {
    const { claims } = await json("api/claims.json");
    const wrong = claims.filter(({ lang, verdict }) => lang === "fr" && verdict === "false");
    await withPage({}, async (page) => {
      const { told, links, kinds } = await ask(page, "fr", { verdict: "false" });
      assert.equal(number(told), wrong.length);
      assert.deepEqual(links.sort(), wrong.map(({ url }) => url).sort());
      const label = await page.locator("#verdict option:checked").textContent();
      assert.ok(kinds.every((kind) => kind.includes(label)), `${kinds}`);
      await page.locator("#verdict").selectOption("");
      await page.locator("#words").fill("Mistral");
      await page.waitForURL(/q=Mistral$/);
      // What is shown may still be the answer before.
      await page.waitForFunction((before) => document.querySelector("#found").textContent !== before, told, PATIENCE);
      const all = await answer(page);
      await page.locator("#kind").selectOption("term");
      await page.waitForURL(/q=Mistral&kind=term$/);
      await page.waitForFunction((before) => document.querySelector("#found").textContent !== before, all.told, PATIENCE);
      const terms = await answer(page);
      assert.ok(number(terms.told) > 0 && number(terms.told) < number(all.told), `${terms.told} of ${all.told}`);
      assert.ok(terms.links.every((link) => link.includes("/glossary/")), `${terms.links}`);
      await page.reload();
      assert.deepEqual(await answer(page), terms);
    });
  });

  test("accents, elisions and joined letters need not be typed", async () => {
    await withPage({}, async (page) => {
      for (const [typed, meant] of [
        ["modele", "modèle"],
        ["L'entreprise", "entreprise"],
        ["oeuvrer", "œuvrer"],
      ]) {
        const [one, other] = [await ask(page, "fr", { q: typed }), await ask(page, "fr", { q: meant })];
        assert.ok(number(other.told) > 0, `${meant}: ${other.told}`);
        assert.ok(number(one.told) > 0, `${typed}: ${one.told}`);
        if (typed !== "oeuvrer") assert.equal(one.told, other.told);
      }
    });
  });

  test("a long list goes on where the reader asks for more", async () => {
    await withPage({}, async (page) => {
      const { told, links } = await ask(page, "en", { kind: "claim" });
      const { claims } = await json("api/claims.json");
      assert.equal(number(told), claims.filter(({ lang }) => lang === "en").length);
      await page.locator("#more").focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction((before) => document.querySelectorAll(".found li").length > before, links.length);
      const focused = await page.evaluate(() => document.activeElement.href);
      assert.equal(focused, await page.locator(".found h2 a").nth(links.length).evaluate((link) => link.href));
    });
  });

  test("what is not there is said, and so is a search that cannot start", async () => {
    await withPage({}, async (page) => {
      const { links } = await ask(page, "en", { kind: "term", verdict: "false" });
      assert.deepEqual(links, []);
      await page.route("**/pagefind/**", (route) => route.abort());
      await page.goto(`${documentAt("search/").url}?q=grok`);
      const failed = await page.locator("#search").getAttribute("data-failed");
      await page.locator("#found", { hasText: failed }).waitFor(PATIENCE);
      assert.ok(await page.locator("#lists a").first().isVisible());
    });
  });

  test("markup in a question or an address is text", async () => {
    await withPage({}, async (page) => {
      await page.goto(`${documentAt("search/").url}?q=%3Cimg+src%3Dx%3E&kind=%22%3E%3Cb%3E&verdict=none`);
      assert.equal(await page.locator("#words").inputValue(), "<img src=x>");
      assert.equal(await page.locator("#kind").inputValue(), "");
      assert.equal(await page.locator("main img, main b b").count(), 0);
      await answer(page);
    });
  });

  test("nothing breaks the policy, and the search runs beside the page", async () => {
    const words = [];
    await withPage({}, async (page) => {
      page.on("console", (message) => words.push(message.text()));
      page.on("pageerror", (error) => words.push(String(error)));
      await page.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`));
      });
      await ask(page, "fr", { q: "OpenAI" });
      assert.deepEqual(page.workers().map((worker) => worker.url().replace(/^.*\//, "")), ["pagefind-worker.js"]);
      const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
      assert.ok(!policy.includes("unsafe"), policy);
    });
    // A busy machine may start the worker late, of which Pagefind tells.
    assert.deepEqual(words.filter((text) => text.includes("policy:")), []);
  });

  test("without JavaScript the box leads to the lists", async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(stage.site.base);
      await page.locator("#find").fill("grok");
      await page.locator("#find").press("Enter");
      await page.waitForURL(/\/search\/\?q=grok$/);
      assert.ok(!(await page.locator("#search").isVisible()), "no form that does nothing");
      assert.ok(await page.locator("main .lead").isVisible(), "the reader is told why");
      const lists = await page.locator("#lists a").evaluateAll((links) => links.map((link) => link.href));
      const expected = ["claims/", "glossary/", "timeline/", "sources/"].map((path) => documentAt(path).url);
      assert.deepEqual(lists, expected);
    });
  });
});
