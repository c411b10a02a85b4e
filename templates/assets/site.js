// Everything works without this file; it only adds: filters on lists, and Escape to close what was opened.
"use strict";

/** Builds the filters of a list from the `data-` attributes of its entries. */
function addFilters(place) {
  const entries = [...document.querySelectorAll(place.dataset.items)];
  const status = Object.assign(document.createElement("output"), { className: "fine" });
  const selects = [];
  for (const facet of ["verdict", "source", "entity"]) {
    if (!place.dataset[facet]) continue;
    const values = new Set(entries.flatMap((entry) => (entry.dataset[facet] || "").split("|")).filter(Boolean));
    if (values.size < 2) continue;
    const select = document.createElement("select");
    select.append(new Option(place.dataset.all, ""));
    const sorted = [...values].sort((a, b) => a.localeCompare(b, document.documentElement.lang));
    select.append(...sorted.map((value) => new Option(value, value)));
    const label = document.createElement("label");
    label.append(Object.assign(document.createElement("span"), { textContent: place.dataset[facet] }), select);
    place.append(label);
    selects.push([facet, select]);
  }
  if (selects.length === 0) return;
  place.append(status);
  place.hidden = false;
  const apply = () => {
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = selects.some(([facet, select]) => select.value && !(entry.dataset[facet] || "").split("|").includes(select.value));
      if (!entry.hidden) shown += 1;
    }
    for (const year of document.querySelectorAll(".year")) year.hidden = !year.querySelector(".event:not([hidden])");
    for (const dot of document.querySelectorAll(".axis a")) {
      dot.classList.toggle("dim", document.getElementById(dot.getAttribute("href").slice(1))?.hidden === true);
    }
    status.value = `${place.dataset.shown} ${shown} / ${entries.length}`;
  };
  place.addEventListener("change", apply);
  apply();
}

/** A filtered entry that a link leads to is shown again. */
function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.hidden) return;
  for (const select of document.querySelectorAll(".filters select")) select.value = "";
  document.querySelector(".filters").dispatchEvent(new Event("change"));
  target.scrollIntoView();
}

document.querySelectorAll(".filters").forEach(addFilters);
addEventListener("hashchange", reveal);
addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.activeElement?.closest("details[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
