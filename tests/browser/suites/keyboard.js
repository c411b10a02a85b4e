// A reader without a mouse: every stop of the Tab key can be seen, on any kind of page; what opens, opens and closes by keys.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { across, stage, withPage } from "../support/stage.js";

/** The shortest page of each kind in the first language: each stop costs a turn to the browser. */
const shortest = () => {
  const kinds = new Map(stage.samples.filter(({ lang }) => lang === "fr").map((sample) => [sample.kind, sample]));
  return [...kinds.values()];
};

/** No page needs to be walked further than this to meet all that its kind has. */
const MOST_STOPS = 60;

describe("keyboard", () => {
  test("every stop on every kind of page has a visible outline and lies on the screen", async () => {
    const faults = [];
    await across({ viewport: { width: 1000, height: 800 } }, shortest(), async (page, { path, url }) => {
      await page.goto(url);
      const stops = [];
      for (let count = 0; count < MOST_STOPS; count += 1) {
        await page.keyboard.press("Tab");
        const stop = await page.evaluate(focused);
        if (!stop) break;
        stops.push(stop);
      }
      assert.equal(stops[0].name, "a.skip", `${path}: the first stop leads to the content`);
      assert.ok(stops.length > 8, `${path} has ${stops.length} stops`);
      for (const { name, outlined, onScreen } of stops) {
        if (!outlined) faults.push(`${path}: ${name} shows no focus`);
        if (!onScreen) faults.push(`${path}: ${name} is not on the screen`);
      }
    });
    assert.deepEqual([...new Set(faults)], []);
  });

  test("a proof opens with Enter; Escape within closes it, and gives the focus back", async () => {
    await withPage({}, async (page) => {
      await page.goto(stage.samples.find(({ kind }) => kind === "claim").url);
      const proof = page.locator(".proof").first();
      const isOpen = () => proof.evaluate((details) => details.open);
      const summary = proof.locator("summary").first();
      await summary.focus();
      await page.keyboard.press("Enter");
      assert.ok(await isOpen());
      await page.keyboard.press("Escape");
      assert.ok(!(await isOpen()));
      assert.ok(await summary.evaluate((element) => element === document.activeElement));
    });
  });
});

/** Runs in the browser: what has the focus; nothing at the page's end. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const { top, bottom, left, right } = element.getBoundingClientRect();
  return {
    name: `${element.localName}${element.classList.length > 0 ? `.${element.classList[0]}` : ""}`,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    onScreen: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
  };
}
