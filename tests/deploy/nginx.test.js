// docs/deploy/nginx.conf in a real nginx: every file that the site publishes is served whole, with the right type and headers; every link of every
// page leads somewhere; former addresses lead on; what is not there gets the site's own 404 page.
//
//   KEZAKO   the binary that builds the sites (default: target/debug/kezako)
//   NGINX    the server (default: /usr/sbin/nginx)

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { get } from "node:http";
import { createServer } from "node:net";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const BINARY = resolve(ROOT, process.env.KEZAKO ?? "target/debug/kezako");
const NGINX = process.env.NGINX ?? "/usr/sbin/nginx";
const run = promisify(execFile);

/** Types by ending, without parameters. */
const TYPES = {
  css: ["text/css"],
  html: ["text/html"],
  ics: ["text/calendar"],
  js: ["application/javascript", "text/javascript"],
  json: ["application/json"],
  png: ["image/png"],
  svg: ["image/svg+xml"],
  txt: ["text/plain"],
  xml: ["text/xml", "application/xml"],
};

for (const [name, root, prefix, options] of [
  ["the project's own site at the root", ROOT, "/", []],
  ["a small site with former addresses and compressed copies, in a subfolder", join(ROOT, "tests/sites/full/site"), "/un/prefixe/", ["--compress"]],
]) {
  describe(`nginx serves ${name}`, () => {
    let folder, server, origin, manifest, moved, log = "";

    before(async () => {
      const port = await freePort();
      origin = `http://127.0.0.1:${port}`;
      folder = await mkdtemp(join(tmpdir(), "kezako-nginx-"));
      const site = join(folder, "srv", prefix);
      await mkdir(dirname(site), { recursive: true });
      await run(BINARY, ["build", "--root", root, "--out", site, "--base-url", origin + prefix, ...options]);
      manifest = JSON.parse(await readFile(join(site, "manifest.json"), "utf8")).files;
      moved = await redirects(site);
      await configure(folder, moved, port, prefix);
      // One process in the foreground: it ends when it is told to, and leaves none behind.
      server = spawn(NGINX, ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf"), "-g", "daemon off; master_process off;"]);
      server.stderr.on("data", (text) => (log += text));
      await answers(`${origin}${prefix}`, () => `${NGINX} does not answer:\n${log}`);
    });

    after(async () => {
      if (server && server.exitCode === null) {
        const ended = new Promise((done) => server.once("exit", done));
        server.kill("SIGQUIT");
        await ended;
      }
      if (folder) await rm(folder, { recursive: true });
    });

    /** Asks for a path below the prefix. */
    const ask = (path, headers = {}) => request(`${origin}${prefix}${path}`, headers);

    test("every published file is served whole, with its type and headers", async () => {
      const faults = [];
      let compressed = 0;
      const former = new Set(moved.map(([from]) => from));
      const published = Object.keys(manifest).filter((path) => !path.startsWith("_") && !/\.(br|gz)$/.test(path));
      for (const path of published.filter((path) => !former.has(prefix + addressOf(path)))) {
        const reply = await ask(addressOf(path));
        const whole = reply.body.equals(await readFile(join(folder, "srv", prefix, path)));
        if (reply.status !== 200 || !whole) faults.push(`${path}: status ${reply.status}${whole ? "" : ", not whole"}`);
        const type = (reply.headers["content-type"] ?? "").split(";")[0];
        const ending = path.split(".").pop();
        if (TYPES[ending] && !TYPES[ending].includes(type)) faults.push(`${path}: ${type}`);
        const kept = path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate";
        if (reply.headers["cache-control"] !== kept) faults.push(`${path}: ${reply.headers["cache-control"]}`);
        if (path.endsWith(".html")) faults.push(...policyFaults(path, reply));
        if (manifest[`${path}.gz`]) {
          const packed = await ask(addressOf(path), { "accept-encoding": "gzip" });
          if (packed.headers["content-encoding"] !== "gzip" || !gunzipSync(packed.body).equals(reply.body)) faults.push(`${path}: no gzip`);
          compressed += 1;
        }
        if (manifest[`${path}.br`]) {
          const { body } = await ask(`${path}.br`);
          if (!brotliDecompressSync(body).equals(reply.body)) faults.push(`${path}.br: another text`);
        }
      }
      assert.deepEqual(faults, []);
      assert.equal(compressed > 10, options.length > 0, `${compressed} files have compressed copies`);
    });

    test("every link of every page leads to something", async () => {
      const asked = new Map();
      const todo = [`${origin}${prefix}`];
      const faults = [];
      while (todo.length > 0) {
        const url = todo.pop();
        if (asked.has(url)) continue;
        const reply = await request(url);
        asked.set(url, reply.status);
        if (reply.status !== 200) faults.push(`${url}: ${reply.status}`);
        if (!/^text\/html/.test(reply.headers["content-type"])) continue;
        const text = reply.body.toString("utf8");
        for (const [, address] of text.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
          const next = new URL(address.replaceAll("&amp;", "&"), url);
          next.hash = next.search = "";
          if (next.origin === origin) todo.push(next.href);
        }
      }
      assert.deepEqual(faults, []);
      const pages = Object.keys(manifest).filter((path) => path.endsWith("/index.html"));
      assert.ok(asked.size > pages.length / 2, `${asked.size} addresses for ${pages.length} pages`);
    });

    test("what is not there gets the site's 404 page, and is not kept", async () => {
      const own = await readFile(join(folder, "srv", prefix, "404.html"));
      for (const path of ["nowhere", "claims/nowhere/", "_headers", "_redirects", ".kezako"]) {
        const reply = await ask(path);
        assert.equal(reply.status, 404, path);
        assert.ok(reply.body.equals(own), `${path} gets the page`);
        assert.equal(reply.headers["cache-control"], "public, max-age=0, must-revalidate");
        assert.deepEqual(policyFaults(path, reply), []);
      }
    });

    test("the worker of the search alone may run WebAssembly, as the site's own _headers have it", async () => {
      const headers = await readFile(join(folder, "srv", prefix, "_headers"), "utf8");
      const [, policy] = /pagefind\/\*\n {2}Content-Security-Policy: (.*)/.exec(headers);
      const reply = await ask("pagefind/pagefind-worker.js");
      assert.equal(reply.headers["content-security-policy"], policy);
      assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'/);
    });

    test("a folder without its last stroke leads on, by an address without a host", async () => {
      const reply = await ask("claims");
      assert.equal(reply.status, 301);
      assert.equal(reply.headers.location, `${prefix}claims/`);
    });

    test("former addresses lead on", async () => {
      assert.equal(moved.length > 0, name.includes("former"));
      for (const [from, to] of moved) {
        const reply = await request(origin + from);
        assert.deepEqual([reply.status, reply.headers.location], [301, to]);
        assert.equal((await request(origin + to)).status, 200);
      }
    });

    test("what a browser has already is not sent again", async () => {
      const { headers } = await ask("claims/");
      const again = await ask("claims/", { "if-none-match": headers.etag });
      assert.equal(again.status, 304);
    });
  });
}

/** Former addresses and where they lead; none where the site has none. */
async function redirects(site) {
  const lines = await readFile(join(site, "_redirects"), "utf8").catch(() => "");
  return lines.split("\n").filter(Boolean).map((line) => line.split(" "));
}

/** Writes the settings of a whole nginx around the documented file. */
async function configure(folder, moved, port, prefix) {
  const documented = await readFile(join(ROOT, "docs/deploy/nginx.conf"), "utf8");
  await writeFile(join(folder, "kezako-redirects.map"), moved.map(([from, to]) => `${from} ${to};\n`).join(""));
  const own = replaceEach(documented, [
    ["listen 80;", `listen 127.0.0.1:${port};`],
    ["root /srv/kezako;", `root ${join(folder, "srv")};`],
    ["error_page 404 /404.html;", `error_page 404 ${prefix}404.html;`],
    ["include /etc/nginx/kezako-redirects*.map;", `include ${join(folder, "kezako-redirects*.map")};`],
  ]);
  await writeFile(join(folder, "kezako.conf"), own);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/tmp-${kind};`);
  await writeFile(
    join(folder, "nginx.conf"),
    `pid ${folder}/nginx.pid;
error_log stderr;
events { worker_connections 64; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log off;
  ${temporary.join("\n  ")}
  include ${folder}/kezako.conf;
}
`,
  );
}

/** Each text must stand there, so that the test is of the documented file. */
function replaceEach(text, pairs) {
  return pairs.reduce((changed, [from, to]) => {
    assert.ok(changed.includes(from), `docs/deploy/nginx.conf has \`${from}\``);
    return changed.replace(from, to);
  }, text);
}

/** Where the header and the page do not say the same, or something is missing. */
function policyFaults(path, { headers, body }) {
  const policy = headers["content-security-policy"] ?? "";
  const stated = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(body.toString("utf8"))?.[1];
  const faults = [];
  if (policy !== `${stated}; frame-ancestors 'none'`) faults.push(`${path}: the policy is ${policy}`);
  if (headers["x-content-type-options"] !== "nosniff") faults.push(`${path}: types may be guessed`);
  return faults;
}

function addressOf(path) {
  return encodeURI(path.replace(/(^|\/)index\.html$/, "$1"));
}

function request(url, headers = {}) {
  return new Promise((done, fail) => {
    get(url, { headers, agent: false }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
      response.on("error", fail);
    }).on("error", fail);
  });
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function answers(url, why) {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await request(url);
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  throw new Error(why());
}
