// The glossary for paper as Chromium prints it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { promisify } from "node:util";

import { documentAt, json, stage, withPage } from "../support/stage.js";

const PATHS = { fr: "glossary/print/", en: "en/glossary/print/" };

/** Prints a page on A4 in a browser that prefers dark pages: its words in the order of the file, and what pdfinfo says of it. */
async function printed(path) {
  const folder = await mkdtemp(join(tmpdir(), "kezako-print-"));
  const file = join(folder, "print.pdf");
  try {
    await withPage({ colorScheme: "dark" }, async (page) => {
      await page.goto(documentAt(path).url);
      await writeFile(file, await page.pdf({ format: "A4", tagged: true, preferCSSPageSize: true }));
    });
    const words = await promisify(execFile)("pdftotext", ["-raw", "-enc", "UTF-8", file, "-"], { maxBuffer: 1 << 26 });
    const info = await promisify(execFile)("pdfinfo", [file]);
    return { words: words.stdout, info: info.stdout };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("the glossary on paper", () => {
  let terms;
  before(async () => {
    ({ terms } = await json("api/glossary.json"));
  });

  for (const [lang, path] of Object.entries(PATHS)) {
    test(`has each entry once, with its printed address (${lang})`, async () => {
      const { words, info } = await printed(path);
      const text = words.replace(/\s+/g, "");
      const own = terms.filter((term) => term.lang === lang);
      const addresses = own.map(({ url }) => url.replace(/^https?:\/\//, ""));
      assert.ok(addresses.length > 20, `${addresses.length} terms`);
      const wrong = addresses.filter((address) => text.split(address).length !== 2);
      assert.deepEqual(wrong, []);
      assert.match(info, /^Tagged: +yes$/m);
      const pages = Number(/^Pages: +(\d+)$/m.exec(info)[1]);
      // Two columns: some six entries or more on a page.
      assert.ok(pages > 1 && pages <= addresses.length / 4, `${pages} pages for ${addresses.length} entries`);
    });
  }

  test("is black on white from dark mode too, without what only screens need", async () => {
    await withPage({ colorScheme: "dark" }, async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await page.goto(documentAt(PATHS.fr).url);
      const seen = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        const shown = [...document.querySelectorAll("nav, .for-screen, button, input")].filter((part) => part.checkVisibility());
        return { color, backgroundColor, shown: shown.map((part) => part.outerHTML.slice(0, 80)) };
      });
      assert.deepEqual(seen.shown, []);
      assert.ok(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].includes(seen.backgroundColor), seen.backgroundColor);
      const light = Math.max(...seen.color.match(/\d+/g).slice(0, 3).map(Number));
      assert.ok(light < 60, seen.color);
    });
  });

  test("has one column on narrow paper and two on wide", async () => {
    for (const [width, columns] of [["105mm", 1], ["210mm", 2]]) {
      await withPage({ viewport: { width: Math.round((parseInt(width, 10) * 96) / 25.4), height: 800 } }, async (page) => {
        await page.emulateMedia({ media: "print" });
        await page.goto(documentAt(PATHS.fr).url);
        const lefts = await page.evaluate(() => {
          const entries = [...document.querySelectorAll("[id^='t-']:not([id*='.'])")];
          return new Set(entries.map((entry) => Math.round(entry.getBoundingClientRect().left / 40))).size;
        });
        assert.equal(lefts, columns, width);
      });
    }
  });
});
