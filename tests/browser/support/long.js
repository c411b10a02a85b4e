// A site whose lists go on over several pages: 120 claims, 230 events in three years, 130 entities.

import { siteFolder } from "./folder.js";

const VERDICTS = ["true", "false", "misleading"];

/** What claim `n` is about: the tests count with the same rule. */
export const claimOf = (n) => ({
  id: `c${String(n).padStart(3, "0")}`,
  verdict: VERDICTS[n % 3],
  source: n % 4 === 0 ? "other" : "paper",
  entities: [`Firm ${n}`, ...(n % 10 === 0 ? ["Élan d’Or"] : [])],
  words: n === 77 ? "L’Été des Ânes" : "a thing",
});

/** The year of event `n`, and whom it concerns. */
export const eventOf = (n) => ({
  id: `e${String(n).padStart(3, "0")}`,
  year: 2020 + (n % 3),
  entities: n % 23 === 0 ? ["Élan d’Or"] : [`Firm ${n % 5}`],
});

export const CLAIMS = Array.from({ length: 120 }, (_, n) => claimOf(n));
export const EVENTS = Array.from({ length: 230 }, (_, n) => eventOf(n));

/** Writes the site to a temporary folder; `remove` takes it away. */
export async function writeLongSite() {
  const { folder, write, remove } = await siteFolder("long");
  await write("kezako.yaml", "title: Long\nbase_url: https://long.example/\nlanguages: [en, fr]\n");
  for (const source of ["paper", "other"]) {
    await write(`seeds/${source}.txt`, `The ${source} says so in its own words.\n`);
    await write(`content/sources/${source}.md`, `---\nfile: ${source}.txt\ntitle: "The ${source}"\npublisher: "${source}"\nlang: en\n---\n`);
  }
  for (const { id, verdict, source, entities, words } of CLAIMS) {
    const front = `claim: "Claim ${id} on ${words}."\nsummary: "Found."\nverdict: ${verdict}\nentities: ${JSON.stringify(entities)}`;
    const quotation = `> The ${source} says so\n>\n> — [@${source}] states\n\n> The ${source} says so\n>\n> — [@${source}] supports\n`;
    await write(`content/claims/${id}.md`, `---\n${front}\n---\n\n${quotation}`);
  }
  for (const { id, year, entities } of EVENTS) {
    await write(`content/timeline/${id}.md`, `---\ndate: ${year}\ntitle: "Event ${id}"\nentities: ${JSON.stringify(entities)}\n---\n`);
  }
  return { folder, remove };
}
