// What all suites share: one built site, one browser, and the pages of each kind.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";

import { launch } from "./browser.js";
import { addressOf, startSite } from "./site.js";

/** How many pages are worked on at once; more gain nothing on two cores. */
const PAGES = 3;

/** Filled before the first test runs. */
export const stage = { site: null, browser: null, documents: [], samples: [] };

before(async () => {
  stage.site = await startSite();
  stage.browser = await launch();
  stage.documents = await readDocuments(stage.site);
  stage.samples = process.env.EVERY_PAGE ? stage.documents : samplesOf(stage.documents);
});

after(async () => {
  await stage.browser?.close();
  await stage.site?.close();
});

/** Every HTML file: its address, kind, language and text. */
export async function readDocuments(site) {
  const files = site.files.filter((file) => file.endsWith(".html"));
  const read = async (file) => {
    const text = await readFile(join(site.folder, file), "utf8");
    return {
      file,
      path: addressOf(file),
      url: site.base + addressOf(file),
      kind: /<body class="kind-([\w-]+)"/.exec(text)?.[1] ?? "redirect",
      lang: /<html lang="([\w-]+)"/.exec(text)?.[1],
      text,
    };
  };
  return Promise.all(files.map(read));
}

/** Of each kind and language the longest page and the shortest: what breaks a layout is too much, or nothing. */
function samplesOf(documents) {
  const groups = new Map();
  for (const document of documents.filter(({ kind }) => kind !== "redirect")) {
    const group = `${document.kind} ${document.lang}`;
    groups.set(group, [...(groups.get(group) ?? []), document]);
  }
  return [...groups.values()].flatMap((group) => {
    const byLength = group.sort((a, b) => b.text.length - a.text.length);
    return byLength.length > 1 ? [byLength[0], byLength.at(-1)] : byLength;
  });
}

/** Runs `use` with a fresh page of its own context, and closes it. */
export async function withPage(options, use) {
  const context = await stage.browser.newContext(options);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Runs `use` for each item, on a few pages at once; each page is its own throughout. */
export async function across(options, items, use) {
  const left = [...items];
  const worker = () =>
    withPage(options, async (page) => {
      for (let item = left.shift(); item; item = left.shift()) await use(page, item);
    });
  await Promise.all(Array.from({ length: PAGES }, worker));
}

/** The document with this path below the base. */
export function documentAt(path) {
  const found = stage.documents.find((document) => document.path === path);
  if (!found) throw new Error(`the site has no page ${path}`);
  return found;
}

/** What a JSON file of the site holds. */
export async function json(file) {
  return JSON.parse(await readFile(join(stage.site.folder, file), "utf8"));
}
