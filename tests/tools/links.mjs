// Checks with linkinator that every link of the pages, sitemaps and feeds of a
// built site lands in the site, anchors included. Links that name the site by
// its full address count as its own; links to other hosts are left alone.
//
//   node links.mjs SITE NOTE
//
// The file NOTE gets the number of links.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LinkChecker } from "linkinator";
import { baseOf, pagesOf } from "./pages.mjs";
import { serve } from "./server.mjs";

// The addresses that sitemaps and feeds name, below the site's own.
function named(site, base) {
  const addresses = new Set();
  for (const file of globSync("**/*.xml", { cwd: site })) {
    const xml = readFileSync(path.join(site, file), "utf8");
    for (const [, loc, href] of xml.matchAll(/<loc>([^<]+)|<[^>]*\bhref="([^"]+)"/g)) {
      const url = (loc ?? href).trim().replaceAll("&amp;", "&");
      if (url === base || url.startsWith(`${base}/`)) addresses.add(url.slice(base.length) || "/");
    }
  }
  return addresses;
}

const [site, note] = process.argv.slice(2);
const pages = pagesOf(site);
const base = baseOf(pages);
if (!base) throw new Error("the home page has no canonical link");
const { origin, close } = await serve(site);
const addresses = new Set([...pages.map((page) => page.address), ...named(site, base)]);
const quoted = base.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const own = new RegExp(`^(${quoted}|${origin})(?=/|$)`);

const result = await new LinkChecker().check({
  path: [...addresses].map((address) => origin + address),
  recurse: false,
  checkCss: true,
  checkFragments: true,
  concurrency: 20,
  linksToSkip: async (link) => !own.test(link),
  urlRewriteExpressions: [{ pattern: own, replacement: origin }],
});
close();

const broken = result.links.filter((link) => link.state === "BROKEN");
const checked = result.links.filter((link) => link.state === "OK").length;
for (const { url, parent, status } of broken) {
  const from = parent ? `${parent} links to` : "a sitemap or a feed names";
  console.log(`${from} ${url}, which is broken (${status ?? "no answer"})`);
}
writeFileSync(note, `${pages.length} pages, ${checked} links`);
if (checked <= addresses.size) console.log("there are no links to check");
process.exit(broken.length > 0 || checked <= addresses.size ? 1 : 0);
