// Each kind of page: quiet, self-contained, as wide as a small phone, and in its language.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { across, documentAt, stage, withPage } from "../support/stage.js";

/** The smallest that WCAG asks for (1.4.10, Reflow). */
const PHONE = { width: 320, height: 800 };

describe("pages", () => {
  test("each kind of page loads without a word on the console and without another host", async () => {
    const faults = [];
    await withPage({}, async (page) => {
      let at = "";
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) faults.push(`${at}: ${message.text()}`);
      });
      page.on("pageerror", (error) => faults.push(`${at}: ${error}`));
      page.on("requestfailed", (request) => {
        // Leaving a page calls off what it had not loaded yet.
        const { errorText } = request.failure();
        if (errorText !== "net::ERR_ABORTED") faults.push(`${at}: ${request.url()}: ${errorText}`);
      });
      page.on("request", (request) => {
        if (!request.url().startsWith(stage.site.base)) faults.push(`${at}: asks for ${request.url()}`);
      });
      await page.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      for (const sample of stage.samples) {
        at = sample.path;
        const response = await page.goto(sample.url);
        if (response.status() !== 200) faults.push(`${at}: status ${response.status()}`);
        const cookies = await page.context().cookies();
        const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
        if (cookies.length + kept > 0) faults.push(`${at}: keeps something in the browser`);
      }
    });
    assert.deepEqual(faults, []);
  });

  test("each kind of page forbids scripts and styles from elsewhere", () => {
    const lacking = stage.documents.filter(({ text }) => !/Content-Security-Policy" content="default-src '(self|none)'/.test(text));
    assert.deepEqual(lacking.map(({ path }) => path), []);
  });

  test("no kind of page scrolls sideways at 320 px, everything opened", async () => {
    const faults = [];
    await across({ viewport: PHONE }, stage.samples, async (page, { path, url }) => {
      await page.goto(url);
      const width = await page.evaluate(widthOpened);
      if (width > PHONE.width) faults.push(`${path}: ${width} px`);
    });
    assert.deepEqual(faults.sort(), []);
  });

  test("nor does any other page", async () => {
    const faults = [];
    await withPage({ viewport: PHONE }, async (page) => {
      await page.goto(stage.site.base);
      for (const { path, text } of stage.documents) {
        // Much faster than to load each page, and their style is the same.
        await page.evaluate(showInstead, text);
        const width = await page.evaluate(widthOpened);
        if (width > PHONE.width) faults.push(`${path}: ${width} px`);
      }
    });
    assert.deepEqual(faults, []);
  });

  test("the language switch leads to the translation and back", async () => {
    await withPage({}, async (page) => {
      const kinds = new Set(stage.samples.filter((sample) => sample.text.includes('class="tongues"')).map(({ kind }) => kind));
      assert.ok(kinds.size >= 8, `most kinds of page have translations, not only ${[...kinds]}`);
      for (const kind of kinds) {
        const sample = stage.samples.find((one) => one.kind === kind && one.lang === "fr");
        await page.goto(sample.url);
        await page.locator(".tongues a[hreflang=en]").click();
        assert.equal(page.url(), stage.site.base + `en/${sample.path}`);
        assert.equal(await page.locator("html").getAttribute("lang"), "en");
        await page.locator(".tongues a[hreflang=fr]").click();
        assert.equal(page.url(), sample.url);
        assert.equal(await page.locator("html").getAttribute("lang"), "fr");
      }
    });
  });

  test("an address that is not there gets the 404 page, with its style, at any depth", async () => {
    await withPage({}, async (page) => {
      for (const path of ["nowhere", "claims/nowhere/", "en/glossary/no/where/at/all/"]) {
        const response = await page.goto(stage.site.base + path);
        assert.equal(response.status(), 404);
        assert.equal(await page.locator("body").getAttribute("class"), "kind-404");
        assert.ok((await page.locator("h1").textContent()).length > 0);
        const styled = await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0));
        assert.ok(styled, `${path} has its style`);
        await page.locator("header .name").click();
        assert.equal(page.url(), stage.site.base);
      }
    });
  });

  test("every event is a dot on the axis, and the dot leads to it", async () => {
    await withPage({}, async (page) => {
      await page.goto(documentAt("timeline/").url);
      const events = await page.locator(".event").evaluateAll((items) => items.map((item) => item.id));
      const dots = await page.locator(".axis a").evaluateAll((links) => links.map((link) => link.getAttribute("href").slice(1)));
      assert.deepEqual([...dots].sort(), [...events].sort());
    });
  });

  test("nothing is lost without JavaScript", async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      const claim = stage.samples.find((sample) => sample.kind === "claim" && sample.lang === "fr");
      await page.goto(claim.url);
      for (const part of [".claim-box h1", ".stamp", ".lead", ".clipping mark"]) {
        assert.ok(await page.locator(part).first().isVisible(), `${part} is visible`);
      }
      const proof = page.locator(".proof").first();
      await proof.locator("summary").first().click();
      assert.ok(await proof.locator("code").first().isVisible(), "the proof opens");
      await page.locator(".menu a").first().click();
      // Until its styles are there, a page shows everything.
      await page.waitForURL(documentAt("claims/").url, { waitUntil: "load" });
      assert.ok(!(await page.locator(".filters").isVisible()), "no filters that do nothing");
      assert.ok((await page.locator(".card:visible").count()) > 1);
      await page.goto(documentAt("timeline/").url);
      assert.ok(await page.locator(".axis svg").isVisible(), "the axis is drawn");
    });
  });

  test("the first key stroke offers the way to the content", async () => {
    await withPage({}, async (page) => {
      await page.goto(stage.site.base);
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
      assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0), "it can be seen");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    });
  });
});

/** Runs in the browser: how wide a page is with all that can be opened open. */
function widthOpened() {
  for (const details of document.querySelectorAll("details")) details.open = true;
  return document.documentElement.scrollWidth;
}

/** Runs in the browser: another page's body in the place of this one's. */
function showInstead(text) {
  document.body.replaceWith(new DOMParser().parseFromString(text, "text/html").body);
}
