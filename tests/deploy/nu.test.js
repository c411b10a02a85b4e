// No page has an error for the Nu HTML checker: the project's own site, small sites with everything in them, and one with lists of several pages.
//
//   KEZAKO   the binary that builds the sites (default: target/debug/kezako)
//   JAVA     what runs the checker (default: java)

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { writeLongSite } from "../browser/support/long.js";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const BINARY = resolve(ROOT, process.env.KEZAKO ?? "target/debug/kezako");
const CHECKER = join(ROOT, "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");
const run = promisify(execFile);

describe("the Nu HTML checker", () => {
  let temporary, long;

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "kezako-nu-"));
    long = await writeLongSite();
  });

  after(async () => {
    await rm(temporary, { recursive: true });
    await long?.remove();
  });

  test("finds a fault where there is one", async () => {
    const page = join(temporary, "faulty.html");
    await writeFile(page, "<!doctype html><html lang=en><title>x</title><p><div></p>");
    assert.ok((await errors(page)).length > 0);
  });

  test("finds none in the pages of any site", async () => {
    const roots = [ROOT, long.folder, ...["full", "machines", "minimal", "prefix", "translation"].map((name) => join(ROOT, "tests/sites", name, "site"))];
    const folders = [];
    for (const [at, root] of roots.entries()) {
      folders.push(join(temporary, String(at)));
      await run(BINARY, ["build", "--root", root, "--out", folders.at(-1)]);
    }
    const found = await errors(...folders);
    assert.deepEqual(found.map(({ url, lastLine, message }) => `${url.split(temporary).pop()}:${lastLine}: ${message}`), []);
  });
});

/** The errors in files and folders. */
async function errors(...places) {
  const options = ["--errors-only", "--skip-non-html", "--exit-zero-always", "--format", "json"];
  const { stderr } = await run(process.env.JAVA ?? "java", ["-jar", CHECKER, ...options, ...places], { maxBuffer: 1 << 28 });
  return JSON.parse(stderr).messages.filter(({ type }) => type !== "info");
}
