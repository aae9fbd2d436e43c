// Holds the search of a page to `pressmark search`: random queries must find
// the same articles in the same order in both.
//
//   node queries.mjs SITE NOTE PROGRAM NUMBER
//
// The queries are made of words, names and dates of the site itself, the same
// in every run. `pressmark search` is held to a plain scan of all texts by the
// Rust tests.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { checkSite } from "./check.mjs";

const run = promisify(execFile);

// Random numbers below a limit, the same in every run (mulberry32).
function dice(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

// A file of the index.
function load(site, key) {
  const text = readFileSync(path.join(site, "search", `${key}.js`), "utf8");
  return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
}

// What is shown of each document, and the names of the facets' values.
function contents(site) {
  const root = load(site, "index");
  const cards = [];
  const names = [];
  for (const [block, count] of root.blocks) {
    for (let n = 0; n * 25 < count; n += 1) cards.push(...load(site, `${block}/d${n}`));
    for (let n = 0; n < root.facets.length; n += 1) {
      for (const [, name] of load(site, `${block}/t${n}`)) names.push([root.facets[n][0], typeof name === "string" ? name : Object.values(name)[0]]);
    }
  }
  return { root, cards, names };
}

// A random query about a site.
function question(below, { cards, names }) {
  const one = (things) => things[below(things.length)];
  const part = () => {
    const card = one(cards);
    const words = `${below(2) ? card[1] : card[6]}`.replaceAll('"', "").split(/\s+/).filter(Boolean);
    const at = below(words.length || 1);
    const word = words[at] ?? "nothing";
    const [facet, name] = one(names);
    const date = card[2].replace(/[^\d-]/g, "") || "2019";
    return [
      () => word,
      () => word,
      () => word,
      () => `${word.slice(0, 2 + below(4))}*`,
      () => word.slice(0, 4),
      () => `"${words.slice(at, at + 2 + below(3)).join(" ")}"`,
      () => `title:${word}`,
      () => `title:"${words.slice(at, at + 2).join(" ")}"`,
      () => `${facet}:"${name.replaceAll('"', "")}"`,
      () => `${one(["tag", "org", "person", "place", "by"])}:${name.split(/\s+/)[0]}`,
      () => `year:${date.slice(0, 4)}`,
      () => `${one(["after", "before"])}:${date.slice(0, one([4, 7, 10]))}`,
      () => `lang:${one(["en", "es", "fr"])}`,
      () => `zq${word}`,
    ][below(14)]();
  };
  const parts = [part()];
  for (let more = below(3); more > 0; more -= 1) parts.push(`${one(["", "", "-", "OR "])}${part()}`);
  return parts.join(" ");
}

await checkSite({}, async ({ site, pages, origin, browser, words, fault }) => {
  const [program, number] = words;
  const start = pages.find(({ kind, html }) => kind === "search" && html.includes("data-root"));
  const known = contents(site);
  const below = dice(42);
  const page = await browser.newPage();
  await page.goto(origin + start.address);
  await page.waitForFunction(() => document.querySelector("form[data-root]:not([hidden])"));
  let hits = 0;
  for (let n = 0; n < Number(number); n += 1) {
    const query = question(below, known);
    const asked = ["search", "--output", site, "--format", "json", "--limit", "1000000", "--", query];
    const [there, { stdout }] = await Promise.all([
      page.evaluate(async (asking) => {
        const { ids, partial } = await window.pmSearch(asking);
        return { ids, partial };
      }, query),
      run(program, asked, { maxBuffer: 1 << 30 }),
    ]);
    const told = JSON.parse(stdout);
    const shown = there.ids.map((id) => `/${known.cards[id][0]}`);
    const wanted = told.hits.map((hit) => hit.address);
    const at = shown.findIndex((address, place) => address !== wanted[place]);
    if (shown.length !== wanted.length) {
      fault(query, `the page finds ${shown.length} articles, the program ${wanted.length}`);
    } else if (at >= 0) {
      fault(query, `the page has ${shown[at]} at place ${at + 1}, the program ${wanted[at]}`);
    } else if (there.partial !== told.partial) {
      fault(query, "only one of page and program says that a part is found");
    }
    hits += shown.length > 0 ? 1 : 0;
  }
  if (hits * 3 < Number(number)) fault(start.address, `only ${hits} of ${number} queries find anything`);
  return { count: Number(number), told: `${number} queries, ${hits} of which find something` };
});
