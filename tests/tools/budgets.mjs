// Weighs the pages of a built site as a host sends them, with gzip:
//
// - an article without images: at most 30 KB in 4 requests, with 15 KB of HTML;
// - every list and index: at most 20 KB of HTML;
// - the style sheets of a page: at most 8 KB;
// - no page but that for searching asks for a script.
//
//   node budgets.mjs SITE NOTE
//
// The file NOTE gets the largest of each. All pages are weighed; what they ask
// for besides is looked at in a browser, for a sample of a large site.
import { gzipSync } from "node:zlib";
import { openContext } from "./browser.mjs";
import { checkSite } from "./check.mjs";
import { readable, sample } from "./pages.mjs";
import { isText } from "./server.mjs";

const kilo = 1024;
const most = { article: 15 * kilo, index: 20 * kilo, style: 8 * kilo, total: 30 * kilo, requests: 4 };
const mostPages = 60;
// Pages with a text of their own, whose length is the author's.
const texts = ["page", "not-found", "withdrawn"];

const inKilo = (bytes) => `${(bytes / kilo).toFixed(1)} KB`;

// The largest of each thing, with the page that has it.
class Largest {
  found = new Map();

  add(what, size, address) {
    if (size > (this.found.get(what)?.size ?? -1)) this.found.set(what, { size, address });
  }

  told(what, write) {
    const { size, address } = this.found.get(what) ?? { size: 0, address: "none" };
    return `${what} ${write(size)} (${address})`;
  }
}

// What a page asks for: { type, bytes } of each answer, as it is sent.
async function asked(context, url) {
  const page = await context.newPage();
  const responses = [];
  page.on("response", (response) => responses.push(response));
  await page.goto(url, { waitUntil: "load" });
  const answers = await Promise.all(
    responses.map(async (response) => {
      const body = await response.body();
      const isZipped = isText(response.headers()["content-type"] ?? "");
      const type = response.request().resourceType();
      return { type, bytes: isZipped ? gzipSync(body).length : body.length, url: response.url() };
    }),
  );
  await page.close();
  return answers;
}

// Weighs the HTML of every page.
function weigh(pages, largest, fault) {
  for (const { address, kind, html } of pages) {
    const what = kind === "article" || texts.includes(kind) ? kind : "index";
    const size = gzipSync(html).length;
    largest.add(what, size, address);
    if (size > most[what]) fault(address, `has ${inKilo(size)} of HTML, more than ${inKilo(most[what])}`);
  }
}

// Weighs all that one page asks for.
async function judge(context, origin, { address, kind, html }, largest, fault) {
  const answers = await asked(context, origin + address);
  const sum = (chosen) => chosen.reduce((total, { bytes }) => total + bytes, 0);
  const scripts = kind === "search" ? [] : answers.filter(({ type }) => type === "script");
  for (const { url } of scripts) fault(address, `asks for the script ${url}`);
  const style = sum(answers.filter(({ type }) => type === "stylesheet"));
  largest.add("style", style, address);
  if (style > most.style) fault(address, `has ${inKilo(style)} of style sheets, more than ${inKilo(most.style)}`);
  if (kind !== "article" || /<img|<video|<audio|<iframe/.test(html)) return;
  largest.add("all of an article", sum(answers), address);
  largest.add("requests", answers.length, address);
  if (sum(answers) > most.total) fault(address, `takes ${inKilo(sum(answers))} in all, more than ${inKilo(most.total)}`);
  if (answers.length > most.requests) fault(address, `takes ${answers.length} requests, more than ${most.requests}`);
}

await checkSite({}, async ({ pages, origin, browser, fault }) => {
  const largest = new Largest();
  const weighed = readable(pages);
  weigh(weighed, largest, fault);
  const context = await openContext(browser, origin);
  for (const page of sample(weighed, mostPages)) await judge(context, origin, page, largest, fault);
  const told = [
    `${weighed.length} pages`,
    ...["article", "index", "style", "all of an article"].map((what) => largest.told(what, inKilo)),
    largest.told("requests", String),
  ];
  return { count: weighed.length, told: told.join(", ") };
});
