// Runs in each page of a preview: loads the page again when there is a new edition
// of the site, takes over new style sheets without that, and shows what is wrong.
"use strict";
(() => {
  const own = document.currentScript;
  const shown = {
    edition: Number(own.dataset.edition),
    styles: Number(own.dataset.styles),
    report: Number(own.dataset.report),
  };
  const folder = new URL(".", own.src).href;
  const isOwn = location.pathname === new URL(folder).pathname;

  // Elements of ours stand in a shadow, where no style of the site reaches them.
  const style = `
    :host { all: initial; }
    * { box-sizing: border-box; font: 14px/1.45 ui-monospace, Consolas, monospace; }
    section { position: fixed; inset: auto 0 0 0; max-height: 60vh; overflow: auto; z-index: 2147483647;
      padding: 12px 16px; color: #fff; background: #5c1010; border-top: 4px solid #ff8a80; }
    div { display: flex; gap: 16px; align-items: baseline; }
    strong { flex: 1; font-weight: bold; font-size: 16px; }
    pre { margin: 8px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    a { color: #ffd2cc; }
    button { color: inherit; background: none; border: 1px solid currentColor; padding: 2px 10px; cursor: pointer; }
    aside { position: fixed; inset: auto 12px 48px auto; z-index: 2147483646; padding: 4px 10px;
      background: #fff3c4; border: 1px solid #7a5c00; }
    aside a { color: #4a3800; }`;

  function box() {
    const host = document.createElement("pressmark-overlay");
    host.lang = "en";
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    document.body.append(host);
    return root;
  }

  let root = null;
  let closed = "";

  function element(name, words, into) {
    const made = document.createElement(name);
    made.textContent = words;
    into.append(made);
    return made;
  }

  function count(n, word) {
    return `${n} ${word}${n === 1 ? "" : "s"}`;
  }

  // Shows errors over the page, and of warnings only how many there are.
  function showFaults(state) {
    const ofPage = document.querySelector("pressmark-fault")?.textContent ?? "";
    const words = ofPage || state.faults;
    root ??= box();
    root.replaceChildren();
    // The page that helps has all of them.
    if (isOwn) return;
    if (ofPage || state.n_errors > 0) {
      if (words === closed) return;
      const section = element("section", "", root);
      section.setAttribute("role", "alert");
      const header = element("div", "", section);
      const title = ofPage ? "This page cannot be made, and is shown as it could be made last" :
        `${count(state.n_errors, "error")}: a build would stop here`;
      element("strong", title, header);
      element("a", "more", header).href = folder;
      element("button", "close", header).addEventListener("click", () => {
        closed = words;
        section.remove();
      });
      element("pre", words, section);
    } else if (state.n_warnings > 0) {
      const aside = element("aside", "", root);
      element("a", count(state.n_warnings, "warning"), aside).href = folder;
    }
  }

  // Loads each style sheet again beside the old one, which goes when it is there.
  function changeStyles(number) {
    for (const pending of document.querySelectorAll("link[data-pressmark]")) pending.remove();
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const address = new URL(old.href);
      if (address.host !== location.host) continue;
      address.searchParams.set("pressmark", number);
      const fresh = old.cloneNode();
      fresh.href = address.href;
      fresh.dataset.pressmark = "pending";
      fresh.addEventListener("load", () => {
        delete fresh.dataset.pressmark;
        old.remove();
      });
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  }

  // The banner stays at the foot of the window, and hides nothing of the page.
  const banner = document.querySelector("pressmark-banner");
  if (banner) {
    banner.style.cssText = "display:block;position:fixed;inset:auto 0 0 0;z-index:2147483645;" +
      "padding:6px 16px;color:#2b2000;background:#ffd54f;font:bold 14px/1.4 system-ui,sans-serif;" +
      "text-align:center;max-width:none;margin:0";
    document.body.style.paddingBottom = "3rem";
  }

  // Acts on what the preview tells.
  function hear(data) {
    const state = JSON.parse(data);
    // The page that helps is as old as its report, and has it later than the edition.
    const isOld = isOwn ? state.report > shown.report : state.edition > shown.edition;
    if (isOld) {
      location.reload();
      return;
    }
    if (state.styles > shown.styles) {
      shown.styles = state.styles;
      changeStyles(state.styles);
    }
    showFaults(state);
  }

  let leave = () => {};

  // Listens by itself, and again a second after the browser gave up.
  function listenAlone() {
    const events = new EventSource(`${folder}events`);
    events.addEventListener("message", ({ data }) => hear(data));
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listenAlone, 1000);
    });
    leave = () => events.close();
  }

  // Listens by a worker that all pages share, if there is one.
  function listen() {
    if (typeof SharedWorker !== "function") {
      listenAlone();
      return;
    }
    const worker = new SharedWorker(`${folder}worker.js`);
    worker.addEventListener("error", listenAlone);
    worker.port.addEventListener("message", ({ data }) => hear(data));
    worker.port.start();
    leave = () => worker.port.postMessage("bye");
  }

  listen();
  addEventListener("pagehide", () => leave());
  // A page that is shown again as it was has missed what was told meanwhile.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
})();
