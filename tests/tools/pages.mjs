// Finds the pages of a built site.
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

// Every page, as { file, address, kind, html }, in the order of addresses. The
// kind is the class of the body: `home`, `article`, `term` and so on.
export function pagesOf(folder) {
  return globSync("**/*.html", { cwd: folder })
    .sort()
    .map((file) => {
      const slashed = file.split(path.sep).map(encodeURIComponent).join("/");
      const address = `/${slashed.replace(/(^|\/)index\.html$/, "$1")}`;
      const html = readFileSync(path.join(folder, file), "utf8");
      const kind = html.match(/<body class="?([\w-]+)/)?.[1] ?? "page";
      return { file, address, kind, html };
    });
}

// The address that the site is made for, taken from the home page's
// canonical link, without a slash at the end; undefined if there is none.
export function baseOf(pages) {
  const home = pages.find((page) => page.address === "/");
  const link = home?.html.match(/<link[^>]*rel="?canonical"?[^>]*>/)?.[0];
  return link?.match(/href="?([^"\s>]+)/)?.[1].replace(/\/$/, "");
}

// Whether an address is to be looked at: ONLY=ADDRESS in the environment leaves
// all others out.
export function isWanted(address) {
  return !process.env.ONLY || process.env.ONLY === address;
}

// The pages that readers look at: those that only lead on are left out.
export function readable(pages) {
  return pages.filter(({ html }) => !/http-equiv="?refresh/i.test(html));
}

// Pages of the same form share this key: the tags of the body and of main, and
// the form of the address.
function formOf({ address, html }) {
  const body = html.match(/<body[^>]*>/)?.[0];
  const main = html.match(/<main[^>]*>/)?.[0];
  const form = address
    .split("/")
    .map((part) => (/^\d+$/.test(part) ? "0" : part))
    .slice(0, -2);
  return `${body} ${main} ${form.join("/")} ${address.split("/").length}`;
}

// At most `limit` pages: the first of each form, then the second of each.
export function sample(pages, limit) {
  const forms = [...Map.groupBy(pages, formOf).values()];
  const rounds = Math.max(0, ...forms.map((form) => form.length));
  const taken = [];
  for (let round = 0; round < rounds && taken.length < limit; round += 1) {
    taken.push(...forms.flatMap((form) => form.slice(round, round + 1)));
  }
  return taken.slice(0, limit);
}

// The pages in the language of the home page.
export function inHomeLanguage(pages) {
  const languageOf = ({ html }) => html.match(/<html[^>]*\blang="?([\w-]+)/)?.[1];
  const home = pages.find(({ address }) => address === "/");
  return home ? pages.filter((page) => languageOf(page) === languageOf(home)) : pages;
}

// One page of every kind, or of the named kinds: the longest, which has most in
// it.
export function onePerKind(pages, kinds) {
  const byKind = Map.groupBy(readable(pages), ({ kind }) => kind);
  return [...byKind]
    .filter(([kind]) => !kinds || kinds.includes(kind))
    .map(([, [first, ...others]]) =>
      others.reduce((best, page) => (page.html.length > best.html.length ? page : best), first),
    );
}
