// Text fragments: the links of a site to its originals, copies of the originals, and what the browser marks there.

import { withPage } from "./stage.js";

/** No other colour on the copy comes near it. */
const MARK = [255, 0, 255];

/** So far above and below the text that nothing of it is seen without scrolling. */
const SPACE = 5000;

/**
 * The links from claims to the quoted words in the originals, each once: { fragment, source, claim, from, to }; places count code points of the seed.
 *
 * `documents` are the site's pages with `url` and `text`, `claims` what `api/claims.json` holds, `seeds` the code points of each source's text.
 */
export async function linksOf(documents, claims, seeds) {
  const links = new Map();
  await withPage({}, async (page) => {
    for (const claim of claims) {
      const { text } = documents.find(({ url }) => url === claim.url);
      for (const { href, places } of await page.evaluate(readLinks, text)) {
        const placesOf = ({ parts }) => String(parts.map(({ start, end }) => [start, end]));
        const known = claim.quotations.find((quotation) => placesOf(quotation) === places);
        if (!known) throw new Error(`${claim.id}: the API lacks the quotation of characters ${places}`);
        const { source, parts } = known;
        const from = wordStart(seeds.get(source), parts[0].start);
        const fragment = new URL(href).hash;
        links.set(`${source}${fragment}`, { fragment, source, claim: claim.id, from, to: parts.at(-1).end });
      }
    }
  });
  return [...links.values()];
}

/** What is wrong with the place that the browser went to; nothing where it marked the expected words alone. */
export async function judge(page, reader, place) {
  const rects = await page.evaluate(expectedPlaces, place);
  // The browser goes there once the page has been laid out.
  const arrived = await page.waitForFunction(() => scrollY > 0, null, { timeout: 20_000 }).catch(() => null);
  if (!arrived) return "not found";
  const scrolled = await page.evaluate(() => scrollY);
  const screen = (await page.screenshot()).toString("base64");
  const seen = rects.map((rect) => ({ ...rect, top: rect.top - scrolled, bottom: rect.bottom - scrolled }));
  const { inside, outside } = await reader.evaluate(countMarked, { screen, rects: seen, mark: MARK });
  if (inside < 0.9) return `only ${Math.round(inside * 100)} % of the words are marked`;
  return outside > 0 ? `${outside} points beside the words are marked` : null;
}

/** Where the word begins that a place lies in: browsers match whole words only, and take `l’entreprise` for one. */
function wordStart(points, at) {
  while (at > 0 && /[\p{L}\p{N}'’]/u.test(points[at - 1])) at -= 1;
  return at;
}

/** An article with the text of a seed: a paragraph for each line. `dress` may add markup, but no characters. */
export function copyOf(text, dress = (line) => line) {
  const escape = (line) => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const paragraphs = text.split("\n").map((line) => `<p>${dress(escape(line))}</p>`);
  const color = `rgb(${MARK})`;
  return `<!doctype html><html><meta charset="utf-8"><title>copy</title><style>
    body { margin: ${SPACE}px 20px; font: 16px/1.5 serif; color: #000; background: #fff }
    ::target-text { color: ${color}; background: ${color} }
  </style><body>${paragraphs.join("\n")}</body></html>`;
}

/** Runs in the browser: the links to the original on a claim's page, with the characters of their proofs: of clippings, and of words in its text. */
function readLinks(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return [...page.querySelectorAll("#quotations .clipping, .proofs li")].flatMap((clipping) => {
    const link = [...clipping.querySelectorAll(".places a")].find((one) => one.href.includes("#:~:text="));
    if (!link) return [];
    const codes = [...clipping.querySelectorAll(".proof code")].map((code) => code.textContent);
    const parts = codes.filter((code) => /^\d+–\d+$/.test(code)).map((code) => code.split("–"));
    return [{ href: link.href, places: String(parts) }];
  });
}

/** Runs in the browser: where the words stand on the page, given the code points of the seed. */
function expectedPlaces({ from, to }) {
  const range = document.createRange();
  let count = 0;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    let unit = 0;
    for (const point of node.data) {
      if (count === from) range.setStart(node, unit);
      count += 1;
      unit += point.length;
      if (count === to) range.setEnd(node, unit);
    }
  }
  const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
  return lines.map(({ left, right, top, bottom }) => ({ left, right, top: top + scrollY, bottom: bottom + scrollY }));
}

/** Runs in the browser: how much of some rectangles of a picture is marked, and how many marked points lie outside them. */
async function countMarked({ screen, rects, mark }) {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${screen}`)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data, width, height } = canvas.getImageData(0, 0, picture.width, picture.height);
  const marked = (x, y) => mark.every((value, at) => Math.abs(data[(y * width + x) * 4 + at] - value) < 3);
  const within = (x, y, slack) => (rect) =>
    x >= rect.left - slack && x < rect.right + slack && y >= rect.top - slack && y < rect.bottom + slack;
  let [inside, wanted, outside] = [0, 0, 0];
  for (const rect of rects) {
    const y = Math.round((rect.top + rect.bottom) / 2);
    if (y < 0 || y >= height) continue;
    for (let x = Math.ceil(rect.left); x < Math.floor(rect.right); x += 1) {
      wanted += 1;
      inside += marked(x, y) ? 1 : 0;
    }
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (marked(x, y) && !rects.some(within(x, y, 4))) outside += 1;
    }
  }
  return { inside: wanted ? inside / wanted : 0, outside };
}
