// A site of quotations that are hard to find again: after an elision, within guillemets, over several blocks, among signs that addresses reserve.

import { siteFolder } from "./folder.js";

/** The article. Line 7 and line 8 say the same. */
export const ARTICLE = [
  "Un article difficile",
  "Selon l’entreprise, « tout est ouvert » : c’est faux, dit-elle aujourd’hui.",
  "Elle a levé 105 millions d’euros – un record – en 2023, semble-t-il.",
  "L’État-major dit \"non\" & s’en va, 100 % sûr de lui ; d’où l’émoi.",
  "Un premier paragraphe finit ainsi.",
  "Le deuxième paragraphe commence là.",
  "On le répète : la liberté a un prix.",
  "On le répète : la liberté a un prix. Et voilà.",
  "Œuvre d’art, cœur net… et trois points de suspension.",
  "Cette phrase de six mots commence deux paragraphes, dont voici le premier, assez long pour qu’on n’en nomme que les bouts.",
  "Entre les deux, rien.",
  "Cette phrase de six mots commence deux paragraphes, dont voici le second, assez long pour qu’on n’en nomme que les bouts.",
  "Un refrain",
  "Une ligne à part",
  "Un refrain",
].join("\n");

/** What claims quote, by the claims' ids. */
const QUOTED = {
  "after-elision": "> entreprise, « tout est ouvert » : c’est faux\n>\n> — [@hard:2] states",
  "guillemets": "> « tout est ouvert »\n>\n> — [@hard:2] states",
  "dashes": "> d’euros – un record – en 2023, semble-t-il.\n>\n> — [@hard:3] states",
  "signs": "> État-major dit \"non\" & s’en va, 100 % sûr\n>\n> — [@hard:4] states",
  "two-blocks": "> Un premier paragraphe finit ainsi.\n>\n> Le deuxième paragraphe commence là.\n>\n> — [@hard:5] states",
  "second-of-two": "> la liberté a un prix.\n>\n> — [@hard:8] states",
  "same-ends": "> Cette phrase de six mots commence deux paragraphes, dont voici le second, assez long pour qu’on n’en nomme que les bouts.\n>\n> — [@hard:12] states",
  "whole-block-twice": "> Un refrain\n>\n> — [@hard:15] states",
  "ligature": "> art, cœur net… et trois points\n>\n> — [@hard:9] states",
};

export const CLAIMS = Object.keys(QUOTED);

/** Markup and characters that articles on the web have, where the saved text has others: one for one, so that places stay what they are. */
export function dress(line) {
  return line
    .replaceAll("’", "'")
    .replaceAll("« ", "«\u00a0")
    .replaceAll(" »", "\u202f»")
    .replaceAll("105 millions", "<strong>105\u00a0millions</strong>")
    .replaceAll("record", "<a href='#'>record</a>")
    .replaceAll("tout", "<em>tout</em>")
    .replaceAll("État", "<abbr title='x'>État</abbr>")
    .replaceAll("liberté", "<mark>liberté</mark>");
}

/** Writes the site to a temporary folder; `remove` takes it away. */
export async function writeHardSite() {
  const { folder, write, remove } = await siteFolder("hard");
  await write("kezako.yaml", "title: Difficile\nbase_url: https://hard.example/\nlang: fr\n");
  await write("seeds/hard.txt", ARTICLE);
  const record = "file: hard.txt\ntitle: Difficile\npublisher: Difficile\nlang: fr\nurl: https://original.example/article\n";
  await write("content/sources/hard.md", `---\n${record}---\n`);
  for (const id of CLAIMS) {
    const front = `claim: "Ce que dit ${id}."\nsummary: "Trouvé."\nverdict: unverifiable\nmissing: "Rien."`;
    await write(`content/claims/${id}.md`, `---\n${front}\n---\n\n${QUOTED[id]}\n`);
  }
  return { folder, remove };
}
