// WCAG 2.2 AA, as far as a program can tell (axe-core), on each kind of page, in light and in dark.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import axe from "axe-core";

import { across, stage } from "../support/stage.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What fails the tests; the rest is only told. */
const GRAVE = ["serious", "critical"];

describe("accessibility", () => {
  for (const colorScheme of ["light", "dark"]) {
    test(`each kind of page, ${colorScheme}`, async (context) => {
      const [grave, slight] = [new Set(), new Set()];
      await across({ colorScheme, reducedMotion: "reduce" }, chosen(), async (page, { path, url }) => {
        await page.goto(url);
        for (const { id, impact, help, nodes } of await violations(page)) {
          for (const { target, failureSummary } of nodes) {
            const list = GRAVE.includes(impact) ? grave : slight;
            const why = failureSummary.split("\n").slice(1).join(" ").trim();
            list.add(`${path}: ${id} (${impact}): ${help}: ${target.join(" ")}: ${why}`);
          }
        }
      });
      for (const violation of slight) context.diagnostic(violation);
      assert.deepEqual([...grave], []);
    });
  }
});

/** The longest page of each kind and language: it holds most of what its kind can hold. */
function chosen() {
  if (process.env.EVERY_PAGE) return stage.samples;
  const seen = new Set();
  return stage.samples.filter(({ kind, lang }) => {
    const fresh = !seen.has(`${kind} ${lang}`);
    seen.add(`${kind} ${lang}`);
    return fresh;
  });
}

async function violations(page) {
  // Evaluated from outside, so that the page's own policy need not allow it.
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const found = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return found.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
    }));
  }, TAGS);
}
