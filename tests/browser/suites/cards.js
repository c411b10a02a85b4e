// A link to a term shows a card with its definition, by the rules for what appears on hover or focus (WCAG 2.2, 1.4.13): it can be dismissed, hovered,
// and stays.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import axe from "axe-core";

import { json, stage, withPage } from "../support/stage.js";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

/** A claim's page with a linked term in its text, and that link. */
async function openTerm(page, lang = "fr") {
  const claim = stage.samples.find((sample) => sample.kind === "claim" && sample.lang === lang && /<p>[^\n]*<a class="term"/.test(sample.text));
  await page.goto(claim.url);
  return page.locator(".prose p a.term").first();
}

const cardOf = (page) => page.getByRole("tooltip");

/** The card, once it is shown. */
async function shown(page) {
  const card = cardOf(page);
  await card.waitFor({ state: "visible" });
  return card;
}

const gone = (page) => cardOf(page).waitFor({ state: "hidden" });

/** Moves the pointer to the middle of something. */
async function pointAt(page, { x, y, width, height }) {
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
}

describe("cards of terms", () => {
  for (const lang of ["fr", "en"]) {
    test(`hovering shows the term's own definition (${lang}), from this site`, async () => {
      const { terms } = await json("api/glossary.json");
      await withPage({ viewport: WIDE }, async (page) => {
        const asked = [];
        page.on("request", (request) => asked.push(request.url()));
        const link = await openTerm(page, lang);
        const address = await link.evaluate(({ href }) => href);
        asked.length = 0;
        await link.hover();
        const card = await shown(page);
        const term = terms.find(({ url }) => url === address);
        const text = (await card.locator("span").textContent()).replace(/ …$/, "");
        assert.equal(await card.locator("b").textContent(), term.term);
        assert.ok(text.length > 20 && text.length <= 400, `${text.length} characters`);
        assert.ok(term.definition.startsWith(text), `${term.definition} begins with ${text}`);
        await page.mouse.move(0, 0);
        await gone(page);
        await link.hover();
        await shown(page);
        assert.deepEqual(asked, [address], "asked once");
      });
    });
  }

  test("the card can be hovered, stays as long as it is, and goes after", async () => {
    await withPage({ viewport: WIDE }, async (page) => {
      const link = await openTerm(page);
      await link.hover();
      const card = await shown(page);
      await pointAt(page, await card.boundingBox());
      await page.waitForTimeout(1500);
      assert.ok(await card.isVisible());
      await page.mouse.move(1, 1);
      await gone(page);
    });
  });

  test("Escape dismisses it: the pointer stays where it is, so does the focus", async () => {
    await withPage({ viewport: WIDE }, async (page) => {
      const link = await openTerm(page);
      await link.hover();
      await shown(page);
      await page.keyboard.press("Escape");
      await gone(page);
      await page.mouse.move(1, 1);
      await focusByKeys(page, link);
      await shown(page);
      await page.keyboard.press("Escape");
      await gone(page);
      assert.ok(await isFocused(link));
    });
  });

  test("the keyboard shows it, whatever the pointer does; it describes the link, and goes with the focus", async () => {
    await withPage({ viewport: WIDE }, async (page) => {
      const link = await openTerm(page);
      await focusByKeys(page, link);
      const card = await shown(page);
      assert.equal(await link.getAttribute("aria-describedby"), await card.getAttribute("id"));
      await page.mouse.move(1, 1);
      await page.mouse.move(9, 9);
      await page.waitForTimeout(800);
      assert.ok(await card.isVisible());
      await page.keyboard.press("Tab");
      await page.waitForTimeout(100);
      assert.equal(await link.getAttribute("aria-describedby"), null);
    });
  });

  for (const [name, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    test(`on a ${name} screen every card lies on the screen beside its link, never over it`, async () => {
      await withPage({ viewport }, async (page) => {
        await openTerm(page);
        const links = page.locator(".prose p a.term");
        assert.ok((await links.count()) > 0);
        for (const link of (await links.all()).slice(0, 6)) {
          await focusByKeys(page, link);
          const card = await (await shown(page)).boundingBox();
          const lines = await link.evaluate((element) => [...element.getClientRects()].map(({ top, bottom }) => ({ top, bottom })));
          assert.ok(card.x >= 0 && card.x + card.width <= viewport.width, `from ${card.x}, ${card.width} wide`);
          assert.ok(card.y >= 0 && card.y + card.height <= viewport.height, `from ${card.y}, ${card.height} high`);
          for (const { top, bottom } of lines) assert.ok(card.y >= bottom || card.y + card.height <= top, "the link can be seen");
        }
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width);
      });
    });
  }

  test("no violation with a card open: light, dark, forced colours", async () => {
    await withPage({ viewport: NARROW }, async (page) => {
      const link = await openTerm(page);
      await focusByKeys(page, link);
      await shown(page);
      await page.evaluate(axe.source);
      for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }]) {
        await page.emulateMedia(media);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        assert.deepEqual(violations.map(({ id, help }) => `${id}: ${help}`), []);
        assert.ok(await cardOf(page).isVisible());
      }
    });
  });

  test("where the term's page cannot be had, nothing is shown, and the link leads there", async () => {
    await withPage({ viewport: WIDE }, async (page) => {
      const link = await openTerm(page);
      const address = await link.evaluate(({ href }) => href);
      await page.route(address, (route) => route.abort());
      await link.hover();
      await page.waitForTimeout(800);
      assert.equal(await cardOf(page).count(), 0);
      await page.unroute(address);
      await link.click();
      assert.equal(page.url(), address);
    });
  });
});

/** Comes to a link with the Tab key, from the stop before it. */
async function focusByKeys(page, link) {
  await link.evaluate((element) => {
    const stops = [...document.querySelectorAll("a[href], button, input, summary, select")].filter((stop) => stop.checkVisibility());
    stops[stops.indexOf(element) - 1].focus();
  });
  await page.keyboard.press("Tab");
  assert.ok(await isFocused(link), "the Tab key came to the link");
}

const isFocused = (link) => link.evaluate((element) => element === document.activeElement);
