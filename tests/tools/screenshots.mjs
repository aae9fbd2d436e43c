// Takes pictures of one page of every kind of a built site, on a narrow and a
// wide screen, in light and in dark colours.
//
//   node screenshots.mjs SITE FOLDER
//
// The pictures are called KIND-WIDTH-SCHEME.png.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { launchChromium, openContext, schemes, widths } from "./browser.mjs";
import { inHomeLanguage, onePerKind, pagesOf } from "./pages.mjs";
import { serve } from "./server.mjs";

const [site, folder] = process.argv.slice(2);
if (!site || !folder) {
  console.error("usage: node screenshots.mjs SITE FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const server = await serve(site);
const browser = await launchChromium();
const context = await openContext(browser, server.origin, { reducedMotion: "reduce" });
const page = await context.newPage();
let count = 0;
for (const { address, kind } of onePerKind(inHomeLanguage(pagesOf(site)))) {
  await page.goto(server.origin + address, { waitUntil: "load" });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(folder, `${kind}-${width}-${colorScheme}.png`), fullPage: true });
      count += 1;
    }
  }
}
await browser.close();
server.close();
console.log(`${count} pictures are in ${folder}`);
process.exit(count > 0 ? 0 : 1);
