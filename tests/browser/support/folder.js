// A temporary folder for a site that a test writes.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The folder, how a file is written into it, and how it is taken away. */
export async function siteFolder(name) {
  const folder = await mkdtemp(join(tmpdir(), `kezako-${name}-`));
  const write = async (path, text) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  return { folder, write, remove: () => rm(folder, { recursive: true }) };
}
