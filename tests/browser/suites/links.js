// Every link and anchor of every page leads somewhere, and every page can be reached.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { json, stage, withPage } from "../support/stage.js";

describe("links", () => {
  /** path → { ids, links, repeated } */
  const read = new Map();

  before(async () => {
    await withPage({}, async (page) => {
      for (const document of stage.documents) {
        read.set(document.path, await page.evaluate(readMarkup, document.text));
      }
    });
  });

  /** Why an address that stands on a page leads nowhere; nothing where it is good or leads to another host. */
  function fault(address, from) {
    let url;
    try {
      url = new URL(address, from);
    } catch {
      return "is no address";
    }
    if (url.protocol === "mailto:") return null;
    if (!["http:", "https:"].includes(url.protocol)) return `has the scheme ${url.protocol}`;
    if (!url.href.startsWith(stage.site.base)) {
      return url.origin === new URL(stage.site.base).origin ? "leaves the site's folder" : null;
    }
    const path = decodeURIComponent(url.href.slice(stage.site.base.length).replace(/[?#].*/s, ""));
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    if (!stage.site.files.includes(file)) return "leads to no file";
    const anchor = decodeURIComponent(url.hash.slice(1));
    return anchor === "" || read.get(path)?.ids.includes(anchor) ? null : `leads to no anchor #${anchor}`;
  }

  test("every link of every page resolves", () => {
    const faults = new Set();
    for (const document of stage.documents) {
      for (const link of read.get(document.path).links) {
        const why = fault(link, document.url);
        if (why) faults.add(`${document.path}: ${link} ${why}`);
      }
    }
    assert.deepEqual([...faults], []);
  });

  test("no id stands twice on a page", () => {
    const repeated = stage.documents.flatMap(({ path }) => read.get(path).repeated.map((id) => `${path}: #${id}`));
    assert.deepEqual(repeated, []);
  });

  test("every page can be reached from the home page", () => {
    const reached = new Set([""]);
    for (const path of reached) {
      for (const link of read.get(path)?.links ?? []) {
        const url = new URL(link, stage.site.base + path).href.replace(/[?#].*/s, "");
        if (url.startsWith(stage.site.base)) reached.add(decodeURIComponent(url.slice(stage.site.base.length)));
      }
    }
    const expected = stage.documents.filter(({ kind }) => kind !== "404" && kind !== "redirect");
    assert.deepEqual(expected.map(({ path }) => path).filter((path) => !reached.has(path)), []);
  });

  test("every address in sitemap, feeds and JSON resolves", async () => {
    const faults = [];
    const check = (file, address) => {
      const why = fault(address, stage.site.base);
      if (why) faults.push(`${file}: ${address} ${why}`);
    };
    for (const file of stage.site.files.filter((file) => file.endsWith(".xml"))) {
      const text = await readFile(join(stage.site.folder, file), "utf8");
      const addresses = await withPage({}, (page) => page.evaluate(readXml, text));
      assert.ok(addresses.length > 0, `${file} holds addresses`);
      for (const address of addresses) check(file, address);
    }
    for (const file of stage.site.files.filter((file) => /^api\/.*\.json$/.test(file))) {
      for (const list of Object.values(await json(file)).filter(Array.isArray)) {
        for (const { url } of list) if (url) check(file, url);
      }
    }
    assert.deepEqual(faults, []);
  });

  test("the sitemap names every page that is to be found", async () => {
    const text = await readFile(join(stage.site.folder, "sitemap.xml"), "utf8");
    const expected = stage.documents.filter((page) => !page.text.includes('<meta name="robots" content="noindex">'));
    const absent = expected.filter(({ url }) => !text.includes(`<loc>${url}</loc>`));
    assert.deepEqual(absent.map(({ path }) => path), []);
  });

  test("translations name each other, and the canonical address is the page's own", () => {
    const faults = [];
    for (const { path, url } of stage.documents) {
      const { alternates, canonical } = read.get(path);
      if (canonical !== null && canonical !== url && !/http-equiv="refresh"/.test(textOf(path))) {
        faults.push(`${path} says that it is ${canonical}`);
      }
      for (const { lang, href } of alternates) {
        const other = stage.documents.find((document) => document.url === href);
        if (other?.lang !== lang) faults.push(`${path}: ${href} is not in ${lang}`);
        const back = read.get(other?.path)?.alternates.some((alternate) => alternate.href === url);
        if (!back) faults.push(`${path}: ${href} does not name it back`);
      }
    }
    assert.deepEqual(faults, []);
  });

  function textOf(path) {
    return stage.documents.find((document) => document.path === path).text;
  }
});

/** Runs in the browser: what a page's markup links to, and its ids. */
function readMarkup(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const values = (name) => [...page.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name));
  const refresh = page.querySelector('meta[http-equiv="refresh"]')?.content.replace(/^.*?url=/, "");
  const ids = values("id");
  // Labels and descriptions lead to ids of the same page.
  const labels = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "list"].flatMap(values);
  const alternates = [...page.querySelectorAll('link[rel="alternate"][hreflang]')];
  return {
    ids,
    repeated: ids.filter((id, at) => ids.indexOf(id) !== at),
    links: [
      ...["href", "src", "action", "poster", "data"].flatMap(values),
      ...values("srcset").flatMap((set) => set.split(",").map((item) => item.trim().split(/\s/)[0])),
      ...labels.flatMap((label) => label.trim().split(/\s+/)).map((id) => `#${id}`),
      ...(refresh ? [refresh] : []),
    ],
    alternates: alternates
      .filter((link) => link.hreflang !== "x-default")
      .map((link) => ({ lang: link.hreflang, href: link.getAttribute("href") })),
    canonical: page.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? null,
  };
}

/** Runs in the browser: the addresses of a feed or a sitemap, namespaces' names aside. */
function readXml(text) {
  const page = new DOMParser().parseFromString(text, "application/xml");
  if (page.querySelector("parsererror")) throw new Error(page.querySelector("parsererror").textContent);
  const hrefs = [...page.querySelectorAll("[href]")].map((element) => element.getAttribute("href"));
  const texts = [...page.querySelectorAll("loc, id, uri")].map((element) => element.textContent.trim());
  return [...hrefs, ...texts];
}
