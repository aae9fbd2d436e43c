// Opens pages of a built site in Chromium, and asks of each that it serves
// everybody:
//
// - axe finds no fault, on a narrow and a wide screen, in light and dark colours;
// - pictures can be seen in the colours that a reader forces on them;
// - nothing is wider than the screen or cut off, with text of twice the size or
//   with wide spaces either;
// - nothing moves for those who want less motion; what is printed is the text;
// - nothing is asked of another host, nothing needs what a strict policy
//   forbids, and the console shows no error;
// - text and navigation are there without JavaScript, and nothing waits for it.
//
//   node accessibility.mjs SITE NOTE [all]
//
// The file NOTE gets the number of pages. A large site is sampled, with pages
// of every form, unless all are asked for. With ONLY=ADDRESS in the environment
// only this page is looked at.
import { addAxe, openContext, schemes, violations, watch, widths } from "./browser.mjs";
import { checkSite } from "./check.mjs";
import * as looks from "./looks.mjs";
import { isWanted, readable, sample } from "./pages.mjs";

const mostPages = 40;
const height = 800;

// What axe finds at every width and in every scheme.
async function inspect(page, address, fault) {
  const found = new Map();
  for (const width of widths) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const violation of await violations(page)) {
        const places = found.get(violation.id)?.places ?? [];
        found.set(violation.id, { violation, places: [...places, `${width} px ${colorScheme}`] });
      }
    }
  }
  for (const { violation, places } of found.values()) {
    const { id, help, nodes } = violation;
    const [{ html, failureSummary }] = nodes;
    fault(address, `${id}: ${help} (${places.join(", ")}; ${nodes.length} places)\n  ${html}\n  ${failureSummary}`);
  }
}

// Looks at one page in every way.
async function look(context, origin, address, fault) {
  const page = await context.newPage();
  watch(page, origin, address, fault);
  await page.goto(origin + address, { waitUntil: "load" });
  await addAxe(page);
  await inspect(page, address, fault);
  const tell = (words) => fault(address, words);
  await looks.forced(page, tell);
  await looks.still(page, tell);
  await looks.printed(page, tell);
  await looks.fitting(page, tell);
  await page.close();
}

// Reads one page without JavaScript.
async function read(context, origin, address, fault) {
  const page = await context.newPage();
  await page.goto(origin + address, { waitUntil: "load" });
  await looks.plain(page, (words) => fault(address, `${words} without JavaScript`));
  await page.close();
}

await checkSite({}, async ({ pages, origin, browser, words, fault }) => {
  const all = readable(pages);
  const known = all.filter(({ address }) => address !== "/404.html");
  const wanted = words.includes("all") || process.env.ONLY ? known : sample(known, mostPages);
  const missing = known.length < all.length ? ["/no/such/page/"] : [];
  const addresses = [...wanted.map(({ address }) => address), ...missing].filter(isWanted);
  const scripted = await openContext(browser, origin);
  const plain = await openContext(browser, origin, { javaScriptEnabled: false });
  for (const address of addresses) {
    await look(scripted, origin, address, fault);
    await read(plain, origin, address, fault);
  }
  return { count: addresses.length, told: `${addresses.length} of ${all.length} pages` };
});
