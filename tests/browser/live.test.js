// `kezako serve` and a real Chromium: a save is on the page, and a mistake never takes the page away.
//
//   KEZAKO      the binary that serves (default: target/debug/kezako)
//   CHROMIUM    the browser (default: /usr/bin/chromium)

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import axe from "axe-core";

import { launch } from "./support/browser.js";
import { claim, dot, startPreview } from "./support/preview.js";

/** What has not happened by then never will. Generous, for a debug build on a busy machine. */
const PATIENCE = 60_000;

const GROK = "content/claims/grok.md";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Runs a test with a served site, and closes both it and the pages that were opened. */
async function withPreview(files, use, options = {}) {
  const preview = await startPreview(files);
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const open = async (path, script) => {
    const page = await context.newPage();
    page.faults = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) page.faults.push(message.text());
    });
    page.on("pageerror", (error) => page.faults.push(String(error)));
    if (script) await page.addInitScript(script);
    await page.goto(preview.url + path);
    return page;
  };
  try {
    await use(preview, open);
  } finally {
    await context.close();
    await preview.close();
  }
}

/** Marks a page; the mark is gone when the page is loaded anew. */
const mark = (page) => page.evaluate(() => (window.marked = true));
const isMarked = (page) => page.evaluate(() => window.marked === true);

const shows = (page, text) => page.getByText(text).first().waitFor();

/** For a page that cannot hear the server until it is told to listen. */
const DEAF = `
  delete self.SharedWorker;
  self.EventSource = class extends EventSource {
    constructor(url) { super(self.listening ? url : url + "-later"); }
  };`;
const listen = (page) => page.evaluate(() => (window.listening = true));

/** Waits until the server has something else at a path. */
async function served(preview, path, change) {
  const get = async () => (await fetch(new URL(path, preview.url))).text();
  const [before, end] = [await get(), Date.now() + PATIENCE];
  await change();
  while ((await get()) === before) {
    assert.ok(Date.now() < end, `${path} stays as it was`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const report = (page) => page.locator("[data-_kezako=problems] dialog");
const badge = (page) => page.locator("[data-_kezako=problems] #badge");

/** Waits until a locator's text is this. */
async function says(locator, text) {
  const end = Date.now() + PATIENCE;
  while ((await locator.textContent()) !== text || !(await locator.isVisible())) {
    assert.ok(Date.now() < end, `not “${text}” but “${await locator.textContent()}”`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const WRONG = claim("Wrong.", "Elon Musk a annoncé mardi");
/** What would be markup, were it not shown as text. */
const MARKUP = claim("<img src=x>", "Elon Musk a annoncé `<img src=x>`");
const STYLE = "templates/styles/base.css";

describe("live pages", () => {
  test("a save is on the page, which stays where it is, and on no other", () =>
    withPreview({}, async (preview, open) => {
      const [page, other] = [await open("claims/grok/"), await open("about/")];
      await Promise.all([mark(page), mark(other)]);
      await page.evaluate(() => scrollTo(0, 700));
      await preview.write(GROK, claim("It is saved."));
      await shows(page, "It is saved.");
      await page.waitForFunction(() => scrollY === 700);
      assert.equal(await isMarked(page), false);
      // The other page has heard of it by now, and of a second save.
      await preview.write(GROK, claim("It is saved again."));
      await shows(page, "It is saved again.");
      await page.waitForFunction(() => scrollY === 700);
      assert.equal(await isMarked(other), true);
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
      assert.deepEqual([...page.faults, ...other.faults], []);
    }));

  test("a page follows what is new, and what is gone", () =>
    withPreview({}, async (preview, open) => {
      const [list, missing] = [await open("claims/"), await open("claims/new/")];
      await preview.write("content/claims/new.md", claim("A new one."));
      await shows(list, "A new one.");
      await shows(missing, "A new one.");
      await preview.remove("content/claims/new.md");
      await list.waitForFunction(() => !document.body.textContent.includes("A new one."));
      await missing.waitForFunction(() => !document.body.textContent.includes("A new one."));
    }));

  test("styles are changed in place", () =>
    withPreview({}, async (preview, open) => {
      const page = await open("claims/grok/");
      await mark(page);
      await page.evaluate(() => scrollTo(0, 700));
      const colours = ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)"];
      for (const colour of colours) {
        await preview.change(STYLE, (text) => text.replaceAll("--paper: #faf8f3", `--paper: ${colour}`));
        await page.waitForFunction((colour) => getComputedStyle(document.body).backgroundColor === colour, colour);
      }
      assert.equal(await isMarked(page), true);
      assert.equal(await page.evaluate(() => scrollY), 700);
      await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
      // And a page that has other styles than it was loaded with is still told of other changes.
      await preview.write(GROK, claim("After the styles."));
      await shows(page, "After the styles.");
      assert.deepEqual(page.faults, []);
    }));

  test("pictures are changed in place", () =>
    withPreview({}, async (preview, open) => {
      const page = await open("about/");
      await mark(page);
      await preview.write("content/pages/dot.svg", dot("green", 77));
      await page.waitForFunction(() => document.querySelector("main img").naturalWidth === 77);
      assert.equal(await isMarked(page), true);
    }));

  test("what a page missed before it could listen is changed in place too", () =>
    withPreview({}, async (preview, open) => {
      const page = await open("about/", DEAF);
      await mark(page);
      await served(preview, "about/", () => preview.change(STYLE, (text) => text.replaceAll("--paper: #faf8f3", "--paper: rgb(1, 2, 3)")));
      await listen(page);
      await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");
      assert.equal(await isMarked(page), true);

      const other = await open("about/", DEAF);
      await mark(other);
      const picture = new URL(await other.locator("main img").first().evaluate((image) => image.src)).pathname;
      await served(preview, picture, () => preview.write("content/pages/dot.svg", dot("green", 77)));
      await listen(other);
      await other.waitForFunction(() => document.querySelector("main img").naturalWidth === 77);
      assert.equal(await isMarked(other), true);
    }));

  test("what a page missed before it could listen reloads it otherwise", () =>
    withPreview({}, async (preview, open) => {
      const page = await open("claims/grok/", DEAF);
      await mark(page);
      await served(preview, "claims/grok/", () => preview.write(GROK, claim("Not heard of.")));
      await listen(page);
      await shows(page, "Not heard of.");
      assert.equal(await isMarked(page), false);
    }));

  test("more tabs than a browser has connections are all told", () =>
    withPreview({}, async (preview, open) => {
      const pages = [];
      for (let at = 0; at < 12; at += 1) pages.push(await open("claims/grok/"));
      await preview.write(GROK, claim("For all tabs."));
      await Promise.all(pages.map((page) => shows(page, "For all tabs.")));
    }));

  test("a page finds the server again, and what it missed", () =>
    withPreview({}, async (preview, open) => {
      const [page, other] = [await open("claims/grok/"), await open("about/")];
      await mark(other);
      await preview.stop();
      const status = page.getByText("kezako serve has ended");
      await status.waitFor();
      await preview.write(GROK, claim("Meanwhile."));
      await preview.start();
      await shows(page, "Meanwhile.");
      await status.waitFor({ state: "hidden" });
      await other.getByText("kezako serve has ended").waitFor({ state: "hidden" });
      await preview.write(GROK, claim("Afterwards."));
      await shows(page, "Afterwards.");
      assert.equal(await isMarked(other), true);
    }));

  test("browsers without shared workers work too", () =>
    withPreview({}, async (preview, open) => {
      const page = await open("claims/grok/", () => delete window.SharedWorker);
      await preview.write(GROK, claim("Without a worker."));
      await shows(page, "Without a worker.");
      await preview.write(GROK, WRONG);
      await report(page).waitFor();
    }));
});

describe("the report over a page", () => {
  test("a wrong quotation is shown over the last good page, and goes when it is mended", () =>
    withPreview({}, async (preview, open) => {
      const page = await open("claims/grok/");
      await shows(page, "It said so on 11 March 2024.");
      await mark(page);
      await preview.write(GROK, WRONG);
      await report(page).waitFor();
      const text = await report(page).innerText();
      for (const words of ["1 error", "quote-not-found", "content/claims/grok.md:9:", "^^^^^ the source has `lundi` here", "help"]) {
        assert.ok(text.includes(words), `${words} in\n${text}`);
      }
      assert.deepEqual(await report(page).locator("pre b").allInnerTexts(), ["^^^^^ the source has `lundi` here"]);
      assert.ok((await page.locator("main").innerText()).includes("It said so on 11 March 2024."));
      await preview.write(GROK, MARKUP);
      await report(page).getByText("<img src=x>").first().waitFor();
      assert.equal(await report(page).locator("img").count(), 0);
      await preview.write(GROK, claim("It is mended."));
      await report(page).waitFor({ state: "hidden" });
      await shows(page, "It is mended.");
      assert.equal(await badge(page).isVisible(), false);
      assert.deepEqual(page.faults, []);
    }));

  test("it leaves with Esc, and comes back with a new problem", () =>
    withPreview({}, async (preview, open) => {
      const page = await open("claims/grok/");
      await preview.write(GROK, WRONG);
      await report(page).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.tagName), "H2");
      await page.keyboard.press("Escape");
      await report(page).waitFor({ state: "hidden" });
      await says(badge(page), "1 error");
      // It stays away on other pages, and while the same problem moves.
      await page.goto(`${preview.url}about/`);
      await says(badge(page), "1 error");
      await preview.write(GROK, WRONG.replace("> Elon", "A line more.\n\n> Elon"));
      await report(page).getByText("content/claims/grok.md:11:").waitFor({ state: "attached" });
      assert.equal(await report(page).isVisible(), false);
      // The badge brings it back.
      await badge(page).click();
      await report(page).waitFor();
      await report(page).getByRole("button", { name: "Close" }).click();
      await report(page).waitFor({ state: "hidden" });
      await preview.write("content/pages/about.md", "---\ntitel: \"About\"\n---\n");
      await report(page).waitFor();
      assert.ok((await report(page).innerText()).includes("titel"));
      // A mended problem that returns is new.
      await page.keyboard.press("Escape");
      await preview.write("content/pages/about.md", "---\ntitle: \"About\"\n---\n\nUs.\n");
      await preview.write(GROK, claim("Mended."));
      await shows(page, "Us.");
      await badge(page).waitFor({ state: "hidden" });
      await preview.write(GROK, WRONG);
      await report(page).waitFor();
    }));

  test("warnings are a count, and hold nothing up", () =>
    withPreview({}, async (preview, open) => {
      const page = await open("claims/grok/");
      await preview.write(GROK, `${claim("With a warning.")}\nSome <i>markup</i>.\n`);
      await shows(page, "With a warning.");
      await says(badge(page), "1 warning");
      assert.equal(await report(page).isVisible(), false);
      await badge(page).click();
      await report(page).waitFor();
      assert.ok((await report(page).innerText()).includes("raw-html"));
      await page.keyboard.press("Escape");
      await says(badge(page), "1 warning");
      await preview.write(GROK, claim("Without."));
      await shows(page, "Without.");
      await badge(page).waitFor({ state: "hidden" });
    }));

  test("without a site every page waits for one", () =>
    withPreview({ [GROK]: WRONG }, async (preview, open) => {
      const page = await open("claims/grok/");
      await report(page).waitFor();
      await page.keyboard.press("Escape");
      assert.ok((await page.locator("main").innerText()).includes("^^^^"));
      await preview.write(GROK, claim("Now there is one."));
      await shows(page, "Now there is one.");
    }));

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 1280]) {
      test(`it can be read by all, ${colorScheme}, at ${width} px`, () =>
        withPreview(
          { [GROK]: `${WRONG}\nSome <i>markup</i>.\n` },
          async (preview, open) => {
            const page = await open("");
            await report(page).waitFor();
            assert.deepEqual(await violations(page), []);
            const over = await report(page).evaluate((it) => it.scrollWidth - it.clientWidth);
            assert.equal(over, 0, "only the frames scroll sideways");
            await page.keyboard.press("Escape");
            await badge(page).waitFor();
            assert.deepEqual(await violations(page), []);
          },
          { colorScheme, viewport: { width, height: 800 } },
        ));
    }
  }
});

/** What WCAG 2.2 AA finds fault with, as far as a program can tell. */
async function violations(page) {
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), tags);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
