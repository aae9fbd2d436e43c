// Reads a built site where nobody planned it to stand: from a folder, without a
// host, and below a path of a host. From the home page it follows links until
// it has seen a page of every kind that links lead to.
//
// - Every link to the site itself leads to a file of it.
// - The style sheet is there, and the console shows no error.
//
//   node moved.mjs SITE NOTE
//
// The file NOTE gets the number of pages and of links. The site has to be built
// with `relative_links`.
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { watch } from "./browser.mjs";
import { checkSite } from "./check.mjs";
import { serve } from "./server.mjs";

const below = "/x/y/";
// How many pages of each kind are opened.
const ofEach = 2;

// Runs inside of the page.
function pageHere() {
  const { fontFamily, backgroundColor, paddingLeft } = getComputedStyle(document.body);
  const linked = (selector) => [...document.querySelectorAll(selector)].map((link) => link.href);
  return {
    style: [fontFamily, backgroundColor, paddingLeft].join("; "),
    sheets: linked('link[rel="stylesheet"]').length,
    loaded: document.styleSheets.length,
    links: linked('a[href], link[rel="alternate"][type]'),
  };
}

// The file that a link to the site means; undefined if it leads elsewhere.
function fileOf(link, root, folder) {
  const url = new URL(link);
  if (!url.href.startsWith(root)) return undefined;
  let file = path.join(folder, decodeURIComponent(url.href.slice(root.length).replace(/[?#].*$/, "")));
  if (url.protocol !== "file:" && url.pathname.endsWith("/")) file = path.join(file, "index.html");
  return file;
}

// Follows links from the home page. Gives what was opened and seen.
async function follow(browser, { home, root, folder }, kindOf, tell) {
  const page = await browser.newPage();
  const { origin } = new URL(root);
  const scope = origin === "null" ? root.replace(/\/$/, "") : origin;
  watch(page, scope, "", (_, words) => tell(page.url(), words));
  page.on("requestfailed", (request) => {
    // A browser gives an icon up when it goes on to the next page.
    const isGivenUp = request.failure()?.errorText === "net::ERR_ABORTED" && request.url().endsWith("/favicon.svg");
    if (!isGivenUp) tell(page.url(), `cannot get ${request.url()}`);
  });
  const opened = new Map();
  const checked = new Set([home]);
  const styles = new Set();
  const queue = [home];
  while (queue.length > 0) {
    const url = queue.shift();
    const kind = kindOf(fileOf(url, root, folder));
    if ((opened.get(kind) ?? 0) >= ofEach) continue;
    opened.set(kind, (opened.get(kind) ?? 0) + 1);
    await page.goto(url, { waitUntil: "load" });
    const { style, sheets, loaded, links } = await page.evaluate(pageHere);
    styles.add(style);
    if (sheets === 0 || loaded < sheets) tell(url, "is without its style sheet");
    for (const link of links) {
      const target = link.replace(/#.*$/, "");
      if (checked.has(target)) continue;
      checked.add(target);
      const file = fileOf(target, root, folder);
      if (!file) {
        if (new URL(target).origin === origin && origin !== "null") tell(url, `leads out of the site to ${link}`);
        else if (target.startsWith("file:")) tell(url, `leads out of the site to ${link}`);
      } else if (!existsSync(file) || !statSync(file).isFile()) tell(url, `leads to ${link}, which is no file`);
      else if (file.endsWith(".html")) queue.push(target);
    }
  }
  if (styles.size > 1) tell(home, `leads to pages that look different: ${[...styles].join(" / ")}`);
  await page.close();
  return { opened, nLinks: checked.size };
}

await checkSite({}, async ({ site, pages, browser, fault }) => {
  const folder = path.resolve(site);
  const kinds = new Map(pages.map(({ file, kind }) => [path.join(folder, file), kind]));
  const kindOf = (file) => kinds.get(file);
  const server = await serve(folder, below);
  const onDisk = `${pathToFileURL(folder).href}/`;
  const hosted = server.origin + below;
  const places = [
    { home: `${onDisk}index.html`, root: onDisk, folder },
    { home: hosted, root: hosted, folder },
  ];
  let [nPages, nLinks] = [0, 0];
  for (const place of places) {
    const { opened, nLinks: seen } = await follow(browser, place, kindOf, (url, words) => fault(url.replace(place.root, "/"), words));
    nPages += [...opened.values()].reduce((sum, number) => sum + number, 0);
    nLinks += seen;
    const missed = new Set([...kinds.values()].filter((kind) => !["redirect", "not-found", "withdrawn"].includes(kind) && !opened.has(kind)));
    if (missed.size > 0) fault("/", `leads to no page of the kinds ${[...missed].join(", ")}`);
  }
  server.close();
  return { count: nLinks, told: `${nPages} pages, ${nLinks} links` };
});
