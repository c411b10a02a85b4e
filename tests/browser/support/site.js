// The real site, built by the binary that the environment variable KEZAKO names, and served as a plain static host would.

import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The project's folder. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** The site lies under a path, as on many hosts, so that a link from the host's root shows up as broken. */
const PREFIX = "/prefix/";

/** The environment of each run of the binary: what it says is English, whatever the machine's language is. */
export const ENVIRONMENT = { ...process.env, LC_ALL: "C" };

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".xml": "application/xml",
};

/**
 * Builds and serves a site: the project's own, or the one in another folder.
 *
 * `pages` maps paths below `/prefix/` to text that is served in the place of files; tests put their own pages there.
 */
export async function startSite(root = ROOT) {
  const binary = resolve(ROOT, process.env.KEZAKO ?? "target/debug/kezako");
  const temporary = await mkdtemp(join(tmpdir(), "kezako-browser-"));
  const folder = join(temporary, "site");
  const pages = new Map();
  const site = { folder, pages, rules: [] };
  const server = createServer((request, response) => answer(site, request, response));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${server.address().port}${PREFIX}`;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await rm(temporary, { recursive: true });
  };
  try {
    await promisify(execFile)(binary, ["build", "--root", root, "--out", folder, "--base-url", base], {
      env: ENVIRONMENT,
    });
  } catch (error) {
    await close();
    throw new Error(`${binary} did not build the site:\n${error.stderr || error.message}`);
  }
  site.rules = await readRules(folder);
  return { base, folder, pages, close, files: await filesOf(folder) };
}

/** All files of the built site: paths with `/`, in order. */
async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const path = (entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1);
  return files.map((entry) => path(entry).split(sep).join("/")).sort();
}

/** The path below the base that a file answers to: folders lend their `index.html`. */
export function addressOf(file) {
  return file.replace(/(^|\/)index\.html$/, "$1");
}

/** The rules of `_headers`, as hosts read them: a path, which may end with `*`, and the headers below it. */
async function readRules(folder) {
  const rules = [];
  for (const line of (await readFile(join(folder, "_headers"), "utf8")).split("\n")) {
    const header = /^ +([^:]+): (.*)$/.exec(line);
    if (header) rules.at(-1).headers.push([header[1].toLowerCase(), header[2]]);
    else if (line) rules.push({ path: line, headers: [] });
  }
  return rules;
}

/** What the rules set for a path. Values of several rules are joined. */
function headersOf(rules, path) {
  const matches = (rule) => (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : path === rule);
  const headers = {};
  for (const [name, value] of rules.filter((rule) => matches(rule.path)).flatMap((rule) => rule.headers)) {
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

async function answer({ folder, pages, rules }, request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const path = decodeURIComponent(pathname);
  const send = (status, type, body) => {
    response.writeHead(status, { ...headersOf(rules, path), "content-type": type, "cache-control": "no-store" });
    if (searchParams.has("slowly")) trickle(response, PIECES[searchParams.get("slowly")](body));
    else response.end(body);
  };
  if (!path.startsWith(PREFIX) || path.includes("..")) return send(404, "text/plain", "outside the site");
  const inner = path.slice(PREFIX.length);
  if (pages.has(inner)) return send(200, TYPES[".html"], pages.get(inner));
  const file = inner === "" || inner.endsWith("/") ? `${inner}index.html` : inner;
  try {
    const bytes = await readFile(join(folder, file));
    send(200, TYPES[/\.\w+$/.exec(file)?.[0]] ?? "application/octet-stream", bytes);
  } catch {
    const missing = await readFile(join(folder, "404.html")).catch(() => "nothing here");
    send(404, TYPES[".html"], missing);
  }
}

/** How a page is cut up for a slow line, by the value of `slowly`. */
const PIECES = { lines: linesOf, header: tokensOfHeader };

/** Whole lines; after what is seen first, several at a time. */
function linesOf(body) {
  const [ABOVE, MOST] = [12_000, 6_000];
  const pieces = [];
  for (let from = 0; from < body.length; from += pieces.at(-1).length) {
    const least = from < ABOVE ? from : from + MOST;
    pieces.push(body.subarray(from, body.indexOf("\n", least) + 1 || body.length));
  }
  return pieces;
}

/** Each tag and each text of the header by itself, since a browser may draw after any of them. */
function tokensOfHeader(body) {
  const text = body.toString();
  const [from, to] = [text.indexOf("<body"), text.indexOf("</header>")];
  return [text.slice(0, from), ...text.slice(from, to).split(/(?<=>)|(?=<)/), text.slice(to)];
}

/** Sends a page as a slow line would: the browser draws between one piece and the next. */
async function trickle(response, pieces) {
  const FRAME = 17;
  for (const piece of pieces) {
    if (response.destroyed) return;
    response.write(piece);
    await new Promise((done) => setTimeout(done, FRAME));
  }
  response.end();
}
