// Everything works without this file. It lets Escape close what was opened, and shows a card with the definition beside a link to a term.

/** How long the pointer must rest before a card opens, or be away before it closes, in milliseconds. */
const PATIENCE = 250;

/** Between the link and its card, and between the card and the screen's edge, in pixels. */
const GAP = 4;
const EDGE = 16;

/** A definition is told by its first sentences, up to so many characters. */
const LONGEST = 320;

const definitions = new Map();
const card = document.createElement("div");
card.id = card.className = "term-card";
card.setAttribute("role", "tooltip");
card.hidden = true;

/** The link that the card is about, or will be once the definition is there. */
let link;
let waiting;

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (link) return hide();
  const open = document.activeElement?.closest("details[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

addEventListener("focusin", ({ target }) => (target.matches("a.term:focus-visible") ? show(target) : hide()));
addEventListener("focusout", () => !isHovered() && hide());

// A finger follows the link; it cannot hover.
addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "touch") return;
  const over = target.closest("a.term");
  clearTimeout(waiting);
  if (over) waiting = setTimeout(show, PATIENCE, over);
  else if (link && !card.contains(target) && !link.matches(":focus-visible")) waiting = setTimeout(hide, PATIENCE);
});

async function show(wanted) {
  if (wanted === link) return;
  hide();
  link = wanted;
  const found = await definitionAt(wanted.href);
  if (!found || link !== wanted) return;
  const term = Object.assign(document.createElement("b"), { textContent: found.term });
  const text = Object.assign(document.createElement("span"), { textContent: found.text });
  card.lang = found.lang;
  card.replaceChildren(term, text);
  document.querySelector("main").append(card);
  card.hidden = false;
  link.setAttribute("aria-describedby", card.id);
  place();
}

function hide() {
  clearTimeout(waiting);
  link?.removeAttribute("aria-describedby");
  link = undefined;
  card.hidden = true;
}

function isHovered() {
  return card.matches(":hover") || link?.matches(":hover");
}

/** Puts the card below its link, or above where there is more room; never over it. */
function place() {
  const { left, top, bottom } = link.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const space = document.documentElement.clientWidth - EDGE - width;
  const above = bottom + GAP + height > innerHeight && top > GAP + height;
  card.style.left = `${scrollX + Math.max(EDGE, Math.min(left, space))}px`;
  card.style.top = `${scrollY + (above ? top - GAP - height : bottom + GAP)}px`;
}

/** What the page of a term says it is; nothing where the page cannot be had. Fetched once; after a failure the next use tries again. */
function definitionAt(address) {
  if (!definitions.has(address)) definitions.set(address, read(address).catch(() => definitions.delete(address) && undefined));
  return definitions.get(address);
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const { lang } = page.documentElement;
  const paragraph = page.querySelector("#definition > p:not(.flag-note)");
  for (const note of paragraph.querySelectorAll(".note")) note.remove();
  return { lang, term: page.querySelector("h1").textContent, text: beginning(paragraph.textContent.trim(), lang) };
}

/** Whole sentences, as many as fit; at least one. */
function beginning(text, lang) {
  let end = 0;
  for (const { segment } of new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text)) {
    if (end > 0 && end + segment.length > LONGEST) return `${text.slice(0, end).trim()} …`;
    end += segment.length;
  }
  return text;
}
