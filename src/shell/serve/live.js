// Keeps an open page up to date with the site as `kezako serve` builds it, and shows what is wrong with that.
//
// All pages of a browser share one stream of events, held by a shared worker: a browser opens no more than six connections
// to a host, and a seventh page would wait for ever. This file is both, the page's script and the worker's.
"use strict";
(() => {
  // The server puts the words of another language here, by their English.
  const WORDS = {};
  const say = (words) => WORDS[words] ?? words;

  const EVENTS = "/_kezako/events";
  const STYLES = "/_kezako/live.css";

  /** Listens to the server and hands on its events, `open` when it can be heard, and `down` when it can not. */
  function follow(tell) {
    const source = new EventSource(EVENTS);
    for (const name of ["problems", "reload", "style"]) {
      source.addEventListener(name, ({ data }) => tell(name, JSON.parse(data)));
    }
    source.addEventListener("open", () => tell("open"));
    source.addEventListener("error", () => {
      tell("down");
      // Some browsers try again by themselves, some give up.
      if (source.readyState === EventSource.CLOSED) setTimeout(follow, 1000, tell);
    });
  }

  /** The worker: hands all events on to all pages, and to a new page what it has missed. */
  function relay() {
    const pages = new Set();
    const state = new Map();
    const lasting = { open: "link", down: "link", problems: "problems" };
    follow((name, data) => {
      if (lasting[name]) state.set(lasting[name], [name, data]);
      for (const page of pages) page.postMessage([name, data]);
    });
    self.onconnect = ({ ports: [page] }) => {
      pages.add(page);
      page.onmessage = () => pages.delete(page);
      for (const event of state.values()) page.postMessage(event);
    };
  }

  if (!self.document) return relay();

  const own = document.currentScript;
  /** The page as the server names it; none if there is no site yet. */
  const name = own.getAttribute("data-_kezako-page");
  /** By what the server knew the bytes of the page as it was loaded, and by what it knows those of the page as it is shown. */
  const loadedTag = own.getAttribute("data-_kezako-tag");
  let tag = loadedTag;

  /** Listens until the page is left. */
  function listen() {
    if (!self.SharedWorker) return follow(hear);
    const worker = new SharedWorker(own.src, "kezako");
    // A page whose own policy forbids workers listens by itself.
    worker.onerror = () => follow(hear);
    const { port } = worker;
    port.onmessage = ({ data: [event, data] }) => hear(event, data);
    addEventListener("pagehide", () => port.postMessage("bye"), { once: true });
  }

  /** Things are done one after the other, so that a second change of styles finds the first one finished. */
  let work = Promise.resolve();
  function hear(event, data) {
    if (event === "problems") return problems.show(data);
    if (event === "down" || event === "open") problems.link(event === "open");
    const deeds = { open: check, reload: renew, style: restyle };
    if (deeds[event]) work = work.then(() => deeds[event](data)).catch(() => {});
  }

  /** Something may have changed before the server could be heard, or while it could not. */
  async function check() {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (tagOf(answer) === `"${tag}"`) return seePictures();
    if (await differsByStyles(await answer.text())) return restyle();
    reload();
  }

  /** What the server knows a file's bytes by; the page has none while there is no site. */
  const tagOf = (answer) => answer.headers.get("etag") ?? '""';

  /** Whether nothing but names of style sheets is other than in the page as the browser loaded it. */
  async function differsByStyles(fresh) {
    const loaded = await (await fetch(location.href, { cache: "force-cache" })).text();
    if (!loaded.includes(`data-_kezako-tag="${loadedTag}"`)) return false;
    const rest = (page) => page.replaceAll(/<link rel="?stylesheet"?[^>]*>|data-_kezako-tag="[^"]*"/g, "");
    return rest(loaded) === rest(fresh);
  }

  /** Pictures that are other than the browser loaded them are loaded anew. */
  async function seePictures() {
    const changed = [];
    for (const { pathname } of ownPictures()) {
      const [loaded, now] = await Promise.all(
        ["force-cache", "no-store"].map((cache) => fetch(pathname, { method: "HEAD", cache })),
      );
      if (tagOf(loaded) !== tagOf(now)) changed.push(pathname);
    }
    redraw(changed);
  }

  /** The addresses of the page's pictures on this host. */
  const ownPictures = () =>
    [...document.images].map((picture) => new URL(picture.src)).filter(({ origin }) => origin === location.origin);

  /** The files at these URLs have changed: the page itself, or pictures on it. */
  function renew(urls) {
    if (!name || urls.includes(name) || urls.includes(location.pathname)) return reload();
    redraw(urls);
  }

  /** Loads the pictures at these URLs anew. */
  function redraw(urls) {
    for (const picture of document.images) {
      const url = new URL(picture.src);
      if (url.origin !== location.origin || !urls.includes(url.pathname)) continue;
      url.search = Date.now();
      picture.src = url;
    }
  }

  /** The page's style sheets have other names now, and nothing else has changed. */
  async function restyle() {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const links = (page) => [...page.querySelectorAll('link[rel="stylesheet"]')];
    const [old, now] = [links(document), links(fresh)];
    if (old.length !== now.length) return reload();
    await Promise.all(old.map((link, at) => replace(link, now[at].getAttribute("href"))));
    tag = fresh.querySelector("[data-_kezako-tag]").getAttribute("data-_kezako-tag");
  }

  /** The old sheet goes when the new one is there, so that the page is never without. */
  async function replace(link, href) {
    if (link.getAttribute("href") === href) return;
    const next = link.cloneNode();
    next.setAttribute("href", href);
    await new Promise((done) => {
      next.onload = next.onerror = done;
      link.after(next);
    });
    link.remove();
  }

  const PLACE = "_kezako-place";

  /** Loads the page anew. It is then shown where it is now. */
  function reload() {
    sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    history.scrollRestoration = "manual";
    location.reload();
  }

  function returnToPlace() {
    const [path, x, y] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
    sessionStorage.removeItem(PLACE);
    if (path !== location.pathname) return;
    const back = () => scrollTo({ left: x, top: y, behavior: "instant" });
    back();
    // Pictures may have moved what is below them.
    addEventListener("load", () => {
      back();
      history.scrollRestoration = "auto";
    });
  }

  const element = (tag, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };

  const SEEN = "_kezako-seen";

  /** The report: a window over the page while there are errors, and a badge that opens it. */
  class Problems {
    constructor() {
      this.present = [];
      this.linked = true;
      // What the editor has put away; it stays away on other pages too.
      this.seen = JSON.parse(sessionStorage.getItem(SEEN) ?? "[]");
      this.title = element("h2", { id: "title", tabIndex: -1, autofocus: true });
      this.list = element("ol");
      const close = element("button", { type: "button", onclick: () => this.window.close() }, say("Close"));
      close.append(element("kbd", {}, "Esc"));
      this.note = element("p", { className: "note" });
      this.window = element("dialog", {}, element("header", {}, this.title, close), this.note, this.list);
      this.window.setAttribute("aria-labelledby", "title");
      this.window.addEventListener("close", () => this.putAway());
      this.badge = element("button", { type: "button", id: "badge", hidden: true, onclick: () => this.open() });
      this.status = element("p", { id: "status", hidden: true }, say("kezako serve has ended"));
      this.status.setAttribute("role", "status");
      const host = element("div", { lang: say("en") });
      host.setAttribute("data-_kezako", "problems");
      const styles = element("link", { rel: "stylesheet", href: STYLES });
      // Without its styles the report would be shown as part of the page.
      this.ready = new Promise((done) => (styles.onload = styles.onerror = done));
      host.attachShadow({ mode: "open" }).append(styles, this.window, this.badge, this.status);
      document.body.append(host);
    }

    async show(problems) {
      await this.ready;
      const blocked = this.blocking().length > 0;
      const same = JSON.stringify(problems) === JSON.stringify(this.present);
      this.present = problems;
      const keys = this.blocking();
      this.remember(this.seen.filter((key) => keys.includes(key)));
      if (!same) this.fill();
      if (keys.some((key) => !this.seen.includes(key))) this.open();
      else if (problems.length === 0 || (blocked && keys.length === 0)) this.window.close();
      this.mark();
    }

    /** A name for each problem that keeps the site from being shown; lines are no part of it, since they move. */
    blocking() {
      const count = {};
      const key = ({ code, path, message }) => {
        const key = `${code} ${path} ${message}`;
        count[key] = (count[key] ?? 0) + 1;
        return `${key} ${count[key]}`;
      };
      return this.present.filter(({ blocks }) => blocks).map(key);
    }

    remember(seen) {
      this.seen = seen;
      if (seen.length > 0) sessionStorage.setItem(SEEN, JSON.stringify(seen));
      else sessionStorage.removeItem(SEEN);
    }

    open() {
      if (!this.window.open) this.window.showModal();
      this.mark();
    }

    putAway() {
      this.remember(this.blocking());
      this.mark();
    }

    link(linked) {
      this.linked = linked;
      this.ready.then(() => this.mark());
    }

    mark() {
      const found = this.count();
      this.badge.textContent = found;
      this.badge.className = this.blocking().length > 0 ? "error" : "warning";
      this.badge.hidden = this.window.open || !found;
      this.status.hidden = this.linked;
    }

    /** How many errors and warnings there are, in words. */
    count() {
      const number = (name) => this.present.filter(({ severity }) => severity === name).length;
      const words = (name) => [number(name), say(number(name) === 1 ? name : `${name}s`)];
      return [words("error"), words("warning")]
        .filter(([number]) => number > 0)
        .map((words) => words.join(" "))
        .join(", ");
    }

    fill() {
      this.title.textContent = this.count() || say("To know");
      this.note.textContent = !name
        ? say("There is no site to show yet.")
        : this.blocking().length > 0
          ? say("The pages stay as they were until this is mended.")
          : say("The site is shown all the same.");
      this.list.replaceChildren(...this.present.map(entry));
    }
  }

  /** One problem. All words come from the site's files, and are set as text. */
  function entry({ severity, code, path, line, column, message, places, helps }) {
    const at = `${path}:${line}:${column}`;
    const frame = element("pre", { tabIndex: 0 }, ...marked(places ?? ` --> ${at}`));
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", at);
    const what = element("p", { className: "what" }, element("b", {}, say(severity)), " ", element("code", {}, code), ` ${message}`);
    const help = helps.map((help) => element("p", { className: "help" }, element("b", {}, say("help")), ` ${help}`));
    return element("li", { className: severity }, what, frame, ...help);
  }

  /** A frame's text; what points at words stands out. */
  function marked(frame) {
    const parts = frame.split(/(?<=^ *\| +)(\^.*)$/m);
    return parts.map((part, at) => (at % 2 === 1 ? element("b", {}, part) : part));
  }

  returnToPlace();
  const problems = new Problems();
  listen();
  // A page that the browser had put aside is shown again, and has heard nothing meanwhile.
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
})();
