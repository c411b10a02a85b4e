// A translation beside its original: level on wide screens, one under the other on narrow ones, each in its language.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { across, stage, withPage } from "../support/stage.js";

describe("a translation beside its original", () => {
  const pages = () => stage.documents.filter(({ kind }) => kind === "translation");

  test("there is one in each language", () => {
    assert.deepEqual(pages().map(({ lang }) => lang).sort(), ["en", "fr"]);
  });

  for (const [width, level] of [[1280, true], [360, false]]) {
    test(`at ${width} px the two halves ${level ? "are level" : "stand one under the other"}`, async () => {
      const faults = [];
      await across({ viewport: { width, height: 900 } }, pages(), async (page, { path, url }) => {
        await page.goto(url);
        const rows = await page.evaluate(halves);
        assert.ok(rows.length > 15, `${path}: ${rows.length} rows`);
        for (const { id, original, translation } of rows) {
          const beside = original.right <= translation.left && Math.abs(original.top - translation.top) < 1;
          const under = original.bottom <= translation.top && Math.abs(original.left - translation.left) < 1;
          if (level ? !beside : !under) faults.push(`${path}#${id}`);
        }
      });
      assert.deepEqual(faults, []);
    });
  }

  test("each excerpt is in the language of its text", async () => {
    for (const { path, url } of pages()) {
      await withPage({}, async (page) => {
        await page.goto(url);
        const spoken = await page.evaluate(() => {
          const halves = (at) => [...document.querySelectorAll(`.row .half:nth-child(${at}) .words`)];
          const langs = (at) => [...new Set(halves(at).map((words) => words.closest("[lang]").lang))];
          return [langs(1), langs(2)];
        });
        assert.deepEqual(spoken, [["fr"], ["en"]], path);
      });
    }
  });

  test("both sources lead to it", async () => {
    for (const { path, url } of pages()) {
      await withPage({}, async (page) => {
        await page.goto(url);
        const sources = await page.evaluate(() => [...document.querySelectorAll(".map a")].map((link) => link.href));
        assert.equal(sources.length, 2);
        for (const source of sources) {
          await page.goto(source);
          const links = await page.evaluate(() => [...document.querySelectorAll("main a")].map((link) => link.href));
          assert.ok(links.includes(url), `${source} does not lead to ${path}`);
        }
      });
    }
  });
});

/** Where the two halves of each row stand. */
function halves() {
  const box = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  };
  return [...document.querySelectorAll(".row")].map((row) => {
    const [original, translation] = row.querySelectorAll(".half");
    return { id: row.id, original: box(original), translation: box(translation) };
  });
}
