// The link to the place in the original finds the quoted words: Chromium is given a copy of the article with the seed's text.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { ARTICLE, CLAIMS, dress, writeHardSite } from "../support/hard.js";
import { copyOf, judge, linksOf } from "../support/marked.js";
import { ROOT, startSite } from "../support/site.js";
import { across, json, readDocuments, stage, withPage } from "../support/stage.js";

/** Fails unless every link marks its words on the copy at an address, and no others. */
async function allFound(links, addressOf) {
  const faults = [];
  let count = 0;
  await withPage({}, (reader) =>
    across({ viewport: { width: 900, height: 1600 } }, links, async (page, { fragment, source, claim, ...place }) => {
      // A new address each time: a mere change of the fragment would not load the page again.
      await page.goto(`${addressOf(source)}?${(count += 1)}${fragment}`);
      const fault = await judge(page, reader, place);
      if (fault) faults.push(`${claim}: ${fault}: ${decodeURIComponent(fragment)}`);
    }),
  );
  assert.deepEqual(faults, []);
}

describe("text fragments", () => {
  const copy = (source) => `${stage.site.base}copy/${source}`;
  let links;

  before(async () => {
    const { sources } = await json("api/sources.json");
    const seeds = new Map();
    for (const { id, file } of sources) {
      const text = await readFile(join(ROOT, "seeds", file), "utf8");
      seeds.set(id, [...text]);
      stage.site.pages.set(`copy/${id}`, copyOf(text));
    }
    links = await linksOf(stage.documents, (await json("api/claims.json")).claims, seeds);
  });

  test("every link to an original finds the quoted words, and no others", async () => {
    assert.ok(links.length >= 15, `${links.length} quotations link to their originals`);
    await allFound(links, copy);
  });

  test("words that are not there are not found", async () => {
    await withPage({}, async (page) => {
      await page.goto(`${copy(links[0].source)}#:~:text=these%20words%20are%20not%20there`);
      assert.equal(await page.evaluate(() => scrollY), 0);
    });
  });
});

describe("text fragments that are hard to find", () => {
  let written, site, links;

  before(async () => {
    written = await writeHardSite();
    site = await startSite(written.folder);
    const { claims } = JSON.parse(await readFile(join(site.folder, "api/claims.json"), "utf8"));
    links = await linksOf(await readDocuments(site), claims, new Map([["hard", [...ARTICLE]]]));
  });

  after(async () => {
    await site?.close();
    await written?.remove();
  });

  for (const [name, article] of [["as it was saved", copyOf(ARTICLE)], ["as the web dresses it", copyOf(ARTICLE, dress)]]) {
    test(`after an elision, in guillemets, over blocks, among reserved signs; the article ${name}`, async () => {
      assert.deepEqual(links.map(({ claim }) => claim).sort(), [...CLAIMS].sort());
      site.pages.set("copy/hard", article);
      await allFound(links, () => `${site.base}copy/hard`);
    });
  }
});
