// Finds the pages of a built site.
import { globSync, readFileSync } from "node:fs";
import path from "node:path";

// Every page, as { file, address, html }, in the order of addresses.
export function pagesOf(folder) {
  return globSync("**/*.html", { cwd: folder })
    .sort()
    .map((file) => {
      const slashed = file.split(path.sep).map(encodeURIComponent).join("/");
      const address = `/${slashed.replace(/(^|\/)index\.html$/, "$1")}`;
      return { file, address, html: readFileSync(path.join(folder, file), "utf8") };
    });
}

// The address that the site is made for, taken from the home page's
// canonical link, without a slash at the end; undefined if there is none.
export function baseOf(pages) {
  const home = pages.find((page) => page.address === "/");
  const link = home?.html.match(/<link[^>]*rel="?canonical"?[^>]*>/)?.[0];
  return link?.match(/href="?([^"\s>]+)/)?.[1].replace(/\/$/, "");
}
