// The search page: asks the index that Pagefind made when the site was built, and shows what it finds.
// The words and the choices stand in the address (?q=…&kind=…&verdict=…), so that a search can be shared and the browser's way back works.

const PAGE = 20;
const ATTEMPTS = 4;
const form = document.querySelector("#search");
const [count, list, more] = ["#found", ".found", "#more"].map((place) => document.querySelector(place));
const lang = document.documentElement.lang;
const french = /^fr\b/.test(lang);
const plurals = new Intl.PluralRules(lang);
const letters = new Intl.Collator(lang, { sensitivity: "base" });
let pagefind;
let results = [];
let latest = 0;

/** Starts the index. On a slow line or machine Pagefind gives its worker up too early; asked again, it finds it running. */
async function start() {
  const { createInstance } = await import(new URL(`${form.dataset.index}pagefind.js`, location));
  for (let attempt = 1; ; attempt += 1) {
    const index = createInstance({ excerptLength: 32, excerptEllipsis: "…" });
    try {
      await index.filters();
      return index;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** What is searched for: words as the index has them. French words lose what is elided before them, except where a phrase is asked for. */
function asked() {
  const words = form.q.value.trim();
  if (!french || words.startsWith('"')) return words;
  return words.replace(/(?<!\p{L})(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’ʼ]/giu, "");
}

/** A sentence with its numbers filled in. Languages with more than two forms get the general one. */
function told(number) {
  const text = number === 0 ? form.dataset.none : (form.dataset[plurals.select(number)] ?? form.dataset.other);
  return text.replace("{count}", number.toLocaleString(lang));
}

async function search() {
  const turn = ++latest;
  const words = asked();
  const filters = Object.fromEntries(["kind", "verdict"].map((name) => [name, form[name].value]).filter(([, id]) => id));
  if (!words && Object.keys(filters).length === 0) return show([], "");
  if (results.length === 0) count.textContent = form.dataset.waiting;
  try {
    pagefind ??= start();
    // Without words, all that the choices allow.
    const found = await (await pagefind).search(words || null, { filters });
    if (turn === latest) await show(found.results, told(found.results.length), turn);
  } catch {
    pagefind = undefined;
    if (turn === latest) show([], form.dataset.failed);
  }
}

/** Shows the first results in the place of the former ones. What bears the very name that is searched for leads. */
async function show(found, text, turn) {
  const first = await Promise.all(found.slice(0, PAGE).map((result) => result.data()));
  const words = asked();
  const named = first.filter(({ meta }) => letters.compare(meta.title, words) === 0);
  const items = [...named, ...first.filter((data) => !named.includes(data))].map(item);
  if (turn !== undefined && turn !== latest) return;
  results = found;
  count.textContent = text;
  list.replaceChildren(...items);
  more.hidden = found.length <= PAGE;
}

/** Shows some more, and leads the keyboard to the first of them. */
async function showMore() {
  const turn = latest;
  const shown = list.children.length;
  const following = await Promise.all(results.slice(shown, shown + PAGE).map((result) => result.data()));
  if (turn !== latest) return;
  const items = following.map(item);
  list.append(...items);
  more.hidden = list.children.length >= results.length;
  items[0]?.querySelector("a").focus();
}

/** One result as an entry of the list. */
function item({ raw_url: path, meta, filters, excerpt }) {
  const entry = document.querySelector("#result").content.cloneNode(true).firstElementChild;
  const kind = [...form.kind.options].find(({ value }) => value === filters.kind?.[0]);
  const stamps = [...document.querySelectorAll(".stamps")];
  const stamp = stamps.find(({ dataset }) => dataset.verdict === filters.verdict?.[0]);
  entry.querySelector(".kind").append(kind?.label ?? "", stamp ? " " : "", stamp?.content.cloneNode(true) ?? "");
  const link = entry.querySelector("a");
  link.href = form.dataset.root + path;
  link.textContent = meta.title;
  entry.querySelector(".excerpt").append(...marked(excerpt));
  return entry;
}

/** The excerpt as nodes: text, and what was searched for as marks. */
function marked(excerpt) {
  const parts = spaced(excerpt).split(/<mark>(.*?)<\/mark>/s);
  return parts.map((part, at) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return at % 2 ? Object.assign(document.createElement("mark"), { textContent: text }) : text;
  });
}

/** The index keeps one kind of space; French has three. */
function spaced(text) {
  if (!french) return text;
  return text.replace(/« /g, "«\u202f").replace(/ (?=[;!?»])/g, "\u202f").replace(/ (?=:)/g, "\u00a0");
}

/** Writes the search into the address. */
function keep() {
  const entries = [...new FormData(form)].filter(([, value]) => value.trim());
  const query = new URLSearchParams(entries).toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
}

function changed() {
  keep();
  search();
}

const given = new URLSearchParams(location.search);
for (const name of ["q", "kind", "verdict"]) form[name].value = given.get(name) ?? "";
// An address may name what is no choice.
for (const select of form.querySelectorAll("select")) if (select.selectedIndex < 0) select.value = "";
let typing;
form.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(changed, 200);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  changed();
});
more.addEventListener("click", showMore);
if (given.size > 0) search();
