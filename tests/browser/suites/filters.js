// Filters go over all pages of a list, count rightly, can be shared by their address, and do without scripts what can be done.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { CLAIMS, EVENTS, writeLongSite } from "../support/long.js";
import { startSite } from "../support/site.js";
import { documentAt, json, stage, withPage } from "../support/stage.js";

describe("filters", () => {
  test("a verdict is found on all pages of the list, in both languages, with the right count", async () => {
    const { claims } = await json("api/claims.json");
    for (const [lang, path] of [["fr", "claims/"], ["en", "en/claims/"]]) {
      const all = claims.filter((claim) => claim.lang === lang);
      assert.ok(all.length > 50, "the list has several pages");
      for (const verdict of new Set(all.map((claim) => claim.verdict))) {
        const wanted = all.filter((claim) => claim.verdict === verdict).map(({ url }) => url);
        await withPage({}, async (page) => {
          await page.goto(documentAt(path).url);
          await page.locator("[name=verdict]").selectOption(verdict);
          await counted(page, wanted.length, all.length);
          assert.deepEqual((await links(page)).sort(), wanted.sort());
          assert.equal(new URL(page.url()).search, `?verdict=${verdict}`);
        });
      }
    }
  });

  test("the options say how many entries they leave, before and after the others are set", async () => {
    const all = (await json("api/claims.json")).claims.filter(({ lang }) => lang === "fr");
    const options = (page, name) => page.locator(`[name=${name}] option`).evaluateAll((options) =>
      options.slice(1).map(({ value, text }) => [value, Number(/\((\d+)\)$/.exec(text)?.[1])]));
    const tally = (claims) => claims.reduce((counts, { verdict }) => counts.set(verdict, (counts.get(verdict) ?? 0) + 1), new Map());
    await withPage({}, async (page) => {
      await page.goto(documentAt("claims/").url);
      const before = await options(page, "verdict");
      assert.deepEqual(new Map(before), tally(all));
      const [entity, most] = (await options(page, "entity")).sort((a, b) => b[1] - a[1])[0];
      await page.locator("[name=entity]").selectOption(entity);
      await counted(page, most, all.length);
      const left = tally(all.filter(({ entities }) => entities.some((name) => slug(name) === entity)));
      for (const [verdict, count] of await options(page, "verdict")) assert.equal(count, left.get(verdict) ?? 0, verdict);
    });
  });

  test("what an address asks for is shown, the language switch keeps it, and all can be shown again", async () => {
    await withPage({}, async (page) => {
      const list = documentAt("claims/");
      await page.goto(`${list.url}?verdict=false&q=mistral&unknown=1`);
      await page.locator("[type=reset]").waitFor();
      assert.equal(await page.locator("[name=verdict]").inputValue(), "false");
      assert.equal(await page.locator(".filters [name=q]").inputValue(), "mistral");
      const shown = await page.locator(".card:visible").count();
      await page.locator(".tongues a[hreflang=en]").click();
      await page.locator("[type=reset]").waitFor();
      assert.equal(page.url(), `${stage.site.base}en/claims/?q=mistral&verdict=false`);
      await page.goBack();
      await counted(page, shown);
      await page.locator("[type=reset]").click();
      await page.locator(".pager").waitFor();
      assert.equal(page.url(), list.url);
      assert.equal(await page.locator(".card:visible").count(), 50);
    });
  });

  test("an address that asks for what is not there shows the whole list", async () => {
    await withPage({}, async (page) => {
      for (const query of ["?verdict=lies", "?entity=%22%3E%3Cscript%3E", "?q=%20", "?from=2020"]) {
        await page.goto(documentAt("claims/").url + query);
        await page.waitForLoadState("networkidle");
        assert.equal(await page.locator(".card:visible").count(), 50, query);
      }
    });
  });

  test("where the index cannot be had, the list stays and a word says so", async () => {
    await withPage({}, async (page) => {
      await page.route("**/claims/index.json", (route) => route.abort());
      await page.goto(documentAt("en/claims/").url);
      await page.locator("[name=verdict]").selectOption("false");
      await page.locator("output", { hasText: "cannot be loaded" }).waitFor();
      assert.equal(await page.locator(".card:visible").count(), 50);
      await page.unroute("**/claims/index.json");
      await page.locator("[name=verdict]").selectOption("misleading");
      await page.locator("#found .card").first().waitFor();
    });
  });

  test("the timeline keeps who and when; its axis dims what is left out", async () => {
    const all = (await json("api/timeline.json")).events.filter(({ lang }) => lang === "en");
    await withPage({}, async (page) => {
      await page.goto(`${documentAt("en/timeline/").url}?entity=openai&from=2019&to=2023`);
      const wanted = all.filter(({ entities, start, end }) =>
        entities.includes("OpenAI") && Number((end ?? start).slice(0, 4)) >= 2019 && Number(start.slice(0, 4)) <= 2023);
      assert.ok(wanted.length > 1 && wanted.length < all.length);
      await counted(page, wanted.length, all.length);
      const shown = await page.locator(".event:visible").evaluateAll((events) => events.map(({ id }) => id));
      assert.deepEqual(shown.sort(), wanted.map(({ id }) => id).sort());
      assert.equal(await page.locator(".axis a:not(.dim)").count(), wanted.length);
      assert.equal(await page.locator(".year:visible:not(:has(.event:visible))").count(), 0, "no empty year");
      const hidden = await page.locator(".event[hidden]").first().getAttribute("id");
      await page.evaluate((id) => location.assign(`#${id}`), hidden);
      await page.locator(`[id="${hidden}"]`).waitFor({ state: "visible" });
    });
  });

  test("without scripts no filter is shown that would do nothing, but the ways by source and by entity", async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(documentAt("claims/").url);
      assert.ok(!(await page.locator(".filters").isVisible()));
      await page.locator('.by a[href$="entities/"]').click();
      await page.locator("main .lines a").first().click();
      assert.match(page.url(), /\/entities\/[\w-]+\/$/);
      assert.ok((await page.locator(".card, #events a").count()) > 0);
    });
  });

  describe("on a long site", () => {
    let site;
    let files;

    before(async () => {
      files = await writeLongSite();
      site = await startSite(files.folder);
    });

    after(async () => {
      await site?.close();
      await files?.remove();
    });

    const ids = (page) =>
      page.locator("#found h2 a").evaluateAll((links) => links.map((link) => /\/(c\d+)\/$/.exec(link.href)[1]));

    test("entries of other pages are shown, some first and more when asked for", async () => {
      await withPage({}, async (page) => {
        await page.goto(`${site.base}claims/page/2/`);
        await page.locator("[name=source]").selectOption("paper");
        const wanted = CLAIMS.filter(({ source }) => source === "paper").map(({ id }) => id);
        await counted(page, wanted.length, CLAIMS.length);
        assert.deepEqual(await ids(page), wanted.slice(0, 50));
        await page.locator(".more-found button").focus();
        await page.keyboard.press("Enter");
        await page.locator("#found .card:nth-child(51) a:focus").waitFor();
        assert.deepEqual(await ids(page), wanted);
        assert.ok(!(await page.locator(".more-found").isVisible()));
        await page.locator("#found .card:nth-child(51) a").first().click();
        assert.equal(page.url(), `${site.base}claims/${wanted[50]}/`);
      });
    });

    test("words are found whatever their accents, case and apostrophe", async () => {
      await withPage({}, async (page) => {
        await page.goto(`${site.base}claims/`);
        for (const words of ["l'ete ANES", "L’Été"]) {
          await page.locator(".filters [name=q]").fill(words);
          await counted(page, 1, 120);
          assert.deepEqual(await ids(page), ["c077"]);
        }
        await page.locator(".filters [name=q]").fill("nowhere at all");
        await counted(page, 0, 120);
      });
    });

    test("an entity that the page has no room for is offered once the index is there", async () => {
      await withPage({}, async (page) => {
        await page.goto(`${site.base}claims/`);
        const offered = page.locator("[name=entity] option");
        assert.equal(await offered.count(), 1 + 100);
        await page.locator("[name=verdict]").selectOption("true");
        await counted(page, 40, 120);
        assert.equal(await offered.count(), 1 + 121);
        await page.goto(`${site.base}claims/?entity=firm-99`);
        await counted(page, 1, 120);
        await page.goto(`${site.base}claims/?entity=elan-d-or`);
        await counted(page, 12, 120);
      });
    });

    test("a timeline that goes on by year is filtered over all years, from any of its pages", async () => {
      const wanted = EVENTS.filter(({ entities }) => entities.includes("Élan d’Or"));
      for (const path of ["timeline/", "timeline/2021/"]) {
        await withPage({}, async (page) => {
          await page.goto(`${site.base}${path}?entity=elan-d-or`);
          await counted(page, wanted.length, EVENTS.length);
          assert.equal(await page.locator(".event:visible").count(), wanted.length);
          await page.locator("[name=from]").fill("2022");
          await counted(page, wanted.filter(({ year }) => year === 2022).length, EVENTS.length);
          await page.locator("[type=reset]").click();
          await page.locator(".years").waitFor();
        });
      }
    });
  });
});

/** Waits until a page says that so many entries are shown. */
async function counted(page, found, all = "") {
  await page.locator("output", { hasText: new RegExp(`: ?${found} / ${all}`) }).waitFor({ timeout: 10_000 });
}

/** Where the claims shown lead. */
async function links(page) {
  return page.locator(".card:visible h2 a").evaluateAll((links) => links.map(({ href }) => href));
}

/** As the program makes addresses of names, as far as the names of the project's own site need it. */
function slug(name) {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
