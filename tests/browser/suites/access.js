// WCAG 2.2 AA and good practice, as far as a program can tell (axe-core): each kind of page, on a wide and a narrow screen, light, dark, and in the
// reader's own colours.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import axe from "axe-core";

import { across, documentAt, stage } from "../support/stage.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What depends on colours: the rest is the same in light and dark, and checked once. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

const SCREENS = {
  wide: { width: 1280, height: 900 },
  narrow: { width: 320, height: 800 },
};

/** The kinds of page that a site has, by the name in the page itself. */
const KINDS = [
  "404", "api", "claim", "claims", "corrections", "entities", "entity", "glossary",
  "home", "page", "print", "source", "sources", "term", "timeline", "translation",
];

/** Lists that are being filtered have counts, a way back, and entries that are hidden. */
const FILTERED = ["claims/?verdict=misleading", "en/claims/?q=mistral", "timeline/?from=2023&to=2023", "en/claims/?q=nothing+has+these"];

describe("accessibility", () => {
  test("the samples are of every kind of page, in both languages", () => {
    const kinds = new Set(stage.samples.map(({ kind, lang }) => `${kind} ${lang}`));
    const lacking = KINDS.flatMap((kind) => (kind === "404" ? ["404 fr"] : [`${kind} fr`, `${kind} en`])).filter((kind) => !kinds.has(kind));
    assert.deepEqual(lacking, []);
  });

  for (const [name, viewport] of Object.entries(SCREENS)) {
    test(`no violation on a ${name} screen: light, dark, forced colours`, async () => {
      const found = new Set();
      await across({ viewport, reducedMotion: "reduce" }, chosen(), async (page, { path, url }) => {
        await page.goto(url);
        // A filter is at work once it has fetched what it goes by.
        if (url.includes("?")) await page.waitForLoadState("networkidle");
        // Evaluated from outside, so that the page's own policy need not allow it.
        await page.evaluate(axe.source);
        const look = async (setting, media, options) => {
          await page.emulateMedia(media);
          for (const violation of await page.evaluate(violations, options)) found.add(`${path} (${setting}): ${violation}`);
        };
        await look("light", { colorScheme: "light" }, { runOnly: TAGS });
        await look("dark", { colorScheme: "dark" }, { runOnly: OF_COLOURS });
        await look("forced colours", { colorScheme: "light", forcedColors: "active" }, { runOnly: OF_COLOURS });
        await page.emulateMedia({ forcedColors: "none" });
      });
      assert.deepEqual([...found], []);
    });
  }

  test("a fault would be found: in light, in dark, and in what is opened", async () => {
    await across({ viewport: SCREENS.wide }, [documentAt("claims/")], async (page, { url }) => {
      await page.goto(url);
      await page.evaluate(axe.source);
      await page.evaluate(() => {
        document.querySelector("main").insertAdjacentHTML("beforeend", "<details><summary>x</summary><p id='faint'>faint</p><img src='x'></details>");
        document.getElementById("faint").style.color = "light-dark(#999, #666)";
      });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const found = await page.evaluate(violations, { runOnly: TAGS });
        for (const rule of ["color-contrast", "image-alt"]) {
          assert.ok(found.some((violation) => violation.startsWith(rule)), `${colorScheme}: ${rule} in ${found}`);
        }
      }
    });
  });
});

/** The longest page of each kind and language, for it holds most of what its kind can hold; and lists as filters leave them. */
function chosen() {
  if (process.env.EVERY_PAGE) return stage.samples;
  const seen = new Set();
  const longest = stage.samples.filter(({ kind, lang }) => {
    const fresh = !seen.has(`${kind} ${lang}`);
    seen.add(`${kind} ${lang}`);
    return fresh;
  });
  return [...longest, ...FILTERED.map((path) => ({ path, url: stage.site.base + path }))];
}

/** Runs in the browser: what axe finds, all that can be opened open. */
async function violations(options) {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const found = await window.axe.run(document, { ...options, resultTypes: ["violations"] });
  return found.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary.split("\n").slice(1).join(" ").trim();
      return `${id} (${impact}): ${help}: ${target.join(" ")}: ${why}`;
    }),
  );
}
