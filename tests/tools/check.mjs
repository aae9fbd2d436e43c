// What the checks of a built site by a browser have in common: they are told a
// site, serve it, open it in Chromium, and report what is wrong.
import { writeFileSync } from "node:fs";
import { launchChromium } from "./browser.mjs";
import { pagesOf } from "./pages.mjs";
import { serve } from "./server.mjs";

// Gathers what is wrong, each thing once.
export class Report {
  faults = new Set();

  fault = (where, words) => this.faults.add(`${where}: ${words}`);

  // Prints the faults, writes the note, and ends: with 1 if there are faults,
  // or if nothing was looked at.
  end(note, { count, told }) {
    for (const line of this.faults) console.log(line);
    writeFileSync(note, told);
    if (count === 0) console.log("there is nothing to check");
    process.exit(this.faults.size > 0 || count === 0 ? 1 : 0);
  }
}

// Runs a check as `node CHECK.mjs SITE NOTE [WORD...]`. The function `look` is
// given the site's folder, its pages, where they are served, the browser, the
// further words, and `fault(WHERE, WORDS)`; it gives how many things it looked
// at, and in words what they were.
export async function checkSite(options, look) {
  const [site, note, ...words] = process.argv.slice(2);
  const report = new Report();
  const server = await serve(site);
  const browser = await launchChromium(options);
  const { origin } = server;
  const { fault } = report;
  const result = await look({ site, pages: pagesOf(site), origin, browser, words, fault });
  await browser.close();
  server.close();
  report.end(note, result);
}
