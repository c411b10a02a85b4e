// A small site, served by `kezako serve` while a test writes in it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { ENVIRONMENT, ROOT } from "./site.js";

export const SEED = `Elon Musk a annoncé lundi que sa start-up xAI allait mettre en accès libre le programme de Grok.

Le choix de l’open source serait-il un gage de confiance ? Rien n’est moins certain.
`;

/** A claim with a summary of one's own, and a body long enough to be scrolled. */
export const claim = (summary, quotation = "Elon Musk a annoncé lundi") => `---
claim: "xAI is opening its chatbot Grok."
summary: "${summary}"
verdict: true
evidence:
  - {title: "Open release of Grok-1", url: "https://x.ai/blog/grok-os", role: supports}
---

> ${quotation}
>
> — [@rfi:1] states

${"A paragraph among many.\n\n".repeat(60)}`;

const FILES = {
  "kezako.yaml": 'title: "Checks"\nbase_url: "https://example.org/checks/"\n',
  "seeds/rfi.txt": SEED,
  "content/sources/rfi.md": '---\nfile: rfi.txt\ntitle: "La bagarre des IA"\npublisher: "RFI"\nlang: fr\n---\n',
  "content/claims/grok.md": claim("It said so on 11 March 2024."),
  "content/pages/about.md": '---\ntitle: "About"\n---\n\nUs, and ![a dot](dot.svg).\n',
  "content/pages/dot.svg": dot("red"),
};

/** A picture of one colour and of one pixel more than the last. */
export function dot(colour, width = 10) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><rect width="99" height="99" fill="${colour}"/></svg>\n`;
}

/** Starts a preview of the small site; `files` are written over its own. */
export async function startPreview(files = {}) {
  const root = await mkdtemp(join(tmpdir(), "kezako-live-"));
  const binary = resolve(ROOT, process.env.KEZAKO ?? "target/debug/kezako");
  let server;
  const preview = {
    url: "",
    async write(path, text) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      // As editors save that care for what they write.
      await writeFile(join(root, `${path}~`), text);
      await rename(join(root, `${path}~`), join(root, path));
    },
    /** Writes one of the files that Kézako brings along, changed by a function. */
    async change(path, by) {
      await preview.write(path, by(await readFile(join(ROOT, path), "utf8")));
    },
    async remove(path) {
      await rm(join(root, path), { recursive: true });
    },
    /** Starts the server, on a port of its choice the first time. */
    async start() {
      const port = preview.url ? new URL(preview.url).port : "0";
      const asked = ["serve", "--root", root, "--port", port, "--today", "2024-06-01"];
      server = spawn(binary, asked, { env: ENVIRONMENT });
      server.stderr.resume();
      const [url] = await once(createInterface(server.stdout), "line");
      preview.url = url;
    },
    async stop() {
      server.kill("SIGINT");
      await once(server, "exit");
    },
    async close() {
      await preview.stop();
      await rm(root, { recursive: true });
    },
  };
  for (const [path, text] of Object.entries({ ...FILES, ...files })) await preview.write(path, text);
  await preview.start();
  return preview;
}
