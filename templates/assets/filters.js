// Filters a list over all its pages. The whole list works without this file.
//
// The form is in the page. What each entry can be found by stands in a file that is fetched when a filter is first used; entries of other pages are
// taken from those pages, so that they look the same. What is filtered by stands in the address, which can be shared.

const form = document.querySelector("form.filters");
if (form) start(form, form.dataset);

function start(form, { root, index, items, whole, failed, shown }) {
  const fields = [...form.elements].filter((field) => field.name);
  const output = form.querySelector("output");
  const clear = form.querySelector("[type=reset]");
  const all = output.value;
  const place = document.getElementById("found");
  const more = document.querySelector(".more-found");
  const here = [...document.querySelectorAll(items)];
  /** How many entries are shown at first, and how many more each time. */
  const step = 50;
  let list;
  let limit = step;
  let turn = 0;

  /** Fetches the index once; after a failure the next use tries again. */
  function load() {
    list ??= fetch(index)
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then((read) => {
        const counts = [];
        for (const entry of read.entries) {
          counts[entry.page] = (counts[entry.page] ?? -1) + 1;
          entry.at = counts[entry.page];
          entry.words = fold(entry.text);
        }
        for (const field of fields) offer(field, read.options[field.name]);
        return { ...read, nodes: [] };
      })
      .catch((error) => {
        list = undefined;
        throw error;
      });
    return list;
  }

  /** All options in the place of those that the page had room for. */
  function offer(field, options) {
    if (!options || field.localName !== "select") return;
    const { value } = field;
    field.length = 1;
    for (const { id, title } of options) {
      const option = new Option(title, id);
      option.dataset.title = title;
      field.append(option);
    }
    field.value = value;
  }

  /** What the form asks for: name → value. */
  function asked() {
    return new Map(fields.map((field) => [field.name, field.value.trim()]).filter(([, value]) => value));
  }

  async function apply() {
    const wanted = asked();
    const mine = (turn += 1);
    remember(wanted);
    clear.hidden = wanted.size === 0;
    if (wanted.size === 0 && !list) return show();
    try {
      const { entries, pages, nodes } = await load();
      if (mine !== turn) return;
      count(entries, wanted);
      if (wanted.size === 0) return show();
      const found = entries.filter((entry) => matches(entry, wanted));
      const one = pages.length === 1 && here.length === entries.length;
      const copies = one ? null : await Promise.all(found.slice(0, limit).map((entry) => copy(pages, nodes, entry)));
      if (mine !== turn) return;
      show(found, copies);
      output.value = `${shown} ${found.length} / ${entries.length}`;
    } catch {
      if (mine === turn) {
        show();
        output.value = failed;
      }
    }
  }

  /** Shows what was found: among the entries of this page, or as copies in their place. Without arguments, the whole list. */
  function show(found, copies) {
    const kept = found && new Set(found.map((entry) => here[entry.at]));
    for (const part of document.querySelectorAll(whole)) part.hidden = Boolean(copies) && part !== place;
    for (const item of here) item.hidden = !copies && Boolean(kept) && !kept.has(item);
    for (const year of document.querySelectorAll(".year")) {
      if (!copies) year.hidden = !year.querySelector(".event:not([hidden])");
    }
    for (const dot of document.querySelectorAll(".axis a")) {
      dot.classList.toggle("dim", document.getElementById(dot.getAttribute("href").slice(1))?.hidden === true);
    }
    place.hidden = !copies;
    place.replaceChildren(...(copies ?? []));
    more.hidden = !copies || copies.length === found.length;
    if (!found) output.value = all;
  }

  /** An entry of any page, as it stands there. */
  async function copy(pages, nodes, { page, at }) {
    const url = new URL(root + pages[page], document.baseURI);
    nodes[page] ??= url.pathname === location.pathname ? here : entriesOf(url);
    const node = (await nodes[page])[at].cloneNode(true);
    node.hidden = false;
    for (const element of [node, ...node.querySelectorAll("[id]")]) element.removeAttribute("id");
    for (const link of node.querySelectorAll("[href]")) {
      link.setAttribute("href", new URL(link.getAttribute("href"), url));
    }
    return node;
  }

  async function entriesOf(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return [...page.querySelectorAll(items)];
  }

  /** Says beside each option how many entries it would leave, with the other filters as they are. */
  function count(entries, wanted) {
    for (const field of fields.filter(({ localName }) => localName === "select")) {
      const others = new Map([...wanted].filter(([name]) => name !== field.name));
      const counts = new Map();
      for (const entry of entries) {
        if (!matches(entry, others)) continue;
        for (const value of [entry[field.name] ?? []].flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      for (const option of [...field.options].slice(1)) {
        option.text = `${option.dataset.title} (${counts.get(option.value) ?? 0})`;
      }
    }
  }

  /** Puts what is filtered by into the address, and into the links to other languages. */
  function remember(wanted) {
    const search = new URLSearchParams([...wanted]).toString();
    const address = new URL(location);
    address.search = search;
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    for (const link of document.querySelectorAll(":is(.tongues, .foot) a[hreflang]")) link.search = search;
  }

  /** Takes over what the address asks for. */
  async function recall() {
    const wanted = [...new URLSearchParams(location.search)];
    if (!wanted.some(([name]) => form.elements.namedItem(name))) return;
    // Without the index the form has only a part of what there is to choose from.
    await load().catch(() => {});
    for (const field of fields) field.value = new URLSearchParams(location.search).get(field.name) ?? "";
    await apply();
  }

  const afresh = () => {
    limit = step;
    return apply();
  };
  let waiting;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    waiting = setTimeout(afresh, target.localName === "select" ? 0 : 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    afresh();
  });
  form.addEventListener("reset", () => setTimeout(afresh));
  more.addEventListener("click", async () => {
    const first = place.children.length;
    limit += step;
    await apply();
    place.children[first]?.querySelector("a")?.focus();
  });
  // An entry that is hidden is shown again when a link leads to it.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    form.reset();
    limit = step;
    setTimeout(() => target.scrollIntoView(), 10);
  });
  recall().finally(() => document.documentElement.classList.remove("asked"));
}

/** Whether an entry is what is asked for. */
function matches(entry, wanted) {
  return [...wanted].every(([name, value]) => {
    if (name === "q") return fold(value).split(/\s+/).every((word) => entry.words.includes(word));
    if (name === "from") return (entry.to ?? Infinity) >= Number(value);
    if (name === "to") return (entry.from ?? -Infinity) <= Number(value);
    return [entry[name]].flat().includes(value);
  });
}

/** Words as they are compared: without case, accents, and kinds of apostrophes and spaces. */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").replace(/\s+/g, " ").trim().toLowerCase();
}
