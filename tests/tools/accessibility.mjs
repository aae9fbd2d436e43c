// Opens pages of a built site in Chromium, and asks of each, on a narrow and
// a wide screen, in light and in dark colours:
//
// - axe finds no fault;
// - nothing is wider than a screen of 320 pixels;
// - nothing is asked of another host, and the console shows no error;
// - the text is there without JavaScript.
//
//   node accessibility.mjs SITE NOTE
//
// The file NOTE gets the number of pages. A large site is sampled, with pages
// of every kind.
import { writeFileSync } from "node:fs";
import { addAxe, launchChromium, schemes, violations, widths } from "./browser.mjs";
import { pagesOf } from "./pages.mjs";
import { serve } from "./server.mjs";

const mostPages = 40;

// Pages of the same kind share this key: the body's attributes and the form
// of the address.
function kindOf({ address, html }) {
  const body = html.match(/<body[^>]*>/)?.[0];
  const main = html.match(/<main[^>]*>/)?.[0];
  const form = address
    .split("/")
    .map((part) => (/^\d+$/.test(part) ? "0" : part))
    .slice(0, -2);
  return `${body} ${main} ${form.join("/")} ${address.split("/").length}`;
}

// At most `limit` pages: the first of each kind, then the second of each.
function sample(pages, limit) {
  const kinds = [...Map.groupBy(pages, kindOf).values()];
  const rounds = Math.max(0, ...kinds.map((kind) => kind.length));
  const taken = [];
  for (let round = 0; round < rounds && taken.length < limit; round += 1) {
    taken.push(...kinds.flatMap((kind) => kind.slice(round, round + 1)));
  }
  return taken.slice(0, limit);
}

const faults = [];
const fault = (address, words) => faults.push(`${address}: ${words}`);

// Reports what a page asks of other hosts, and what its console says. That an
// unknown address answers with status 404 is as it should be.
function watch(page, origin, address) {
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("data:")) {
      fault(address, `asks for ${url}`);
    }
  });
  page.on("console", (message) => {
    const itself = message.location().url === origin + address;
    if (message.type() === "error" && !(itself && message.text().includes("404"))) {
      fault(address, `the console says: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => fault(address, `a script fails: ${error.message}`));
}

// Looks at one page at every width and in every scheme.
async function look(context, origin, address) {
  const page = await context.newPage();
  watch(page, origin, address);
  await page.goto(origin + address, { waitUntil: "load" });
  await addAxe(page);
  const found = new Map();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
    if (wide > width) fault(address, `is ${wide} pixels wide on a screen of ${width}`);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const violation of await violations(page)) {
        const { where = [] } = found.get(violation.id) ?? {};
        found.set(violation.id, { violation, where: [...where, `${width} px ${colorScheme}`] });
      }
    }
  }
  for (const { violation, where } of found.values()) {
    const { id, help, nodes } = violation;
    const [{ html, failureSummary }] = nodes;
    fault(address, `${id}: ${help} (${where.join(", ")}; ${nodes.length} places)\n  ${html}\n  ${failureSummary}`);
  }
  await page.close();
}

// Reads one page without JavaScript.
async function read(context, origin, address) {
  const page = await context.newPage();
  await page.goto(origin + address, { waitUntil: "load" });
  const text = await page.locator("main").innerText({ timeout: 2000 }).catch(() => "");
  if (text.trim() === "") fault(address, "has no text in main without JavaScript");
  await page.close();
}

const [site, note] = process.argv.slice(2);
const all = pagesOf(site).filter(({ html }) => !/http-equiv="?refresh/i.test(html));
const known = all.filter(({ address }) => address !== "/404.html");
const addresses = sample(known, mostPages).map(({ address }) => address);
if (known.length < all.length) addresses.push("/no/such/page/");

const server = await serve(site);
const browser = await launchChromium();
const scripted = await browser.newContext();
const plain = await browser.newContext({ javaScriptEnabled: false });
for (const context of [scripted, plain]) {
  // What a page asks of another host is reported and never sent.
  await context.route(
    (url) => url.origin !== server.origin && url.protocol !== "data:",
    (route) => route.abort(),
  );
}
for (const address of addresses) {
  await look(scripted, server.origin, address);
  await read(plain, server.origin, address);
}
await browser.close();
server.close();

for (const line of new Set(faults)) console.log(line);
writeFileSync(note, `${addresses.length} of ${all.length} pages`);
if (addresses.length === 0) console.log("there are no pages to look at");
process.exit(faults.length > 0 || addresses.length === 0 ? 1 : 0);
