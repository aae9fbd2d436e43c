// Searches a built site as readers do, from a host and from a folder, in
// Chromium and in Firefox.
//
// - The same words find the same list from a host and from a folder, under a
//   policy that allows nothing but the site's own files.
// - The status line tells what was found; the focus stays where it was.
// - Order, time, filters, the picture, and further pages do what they say.
// - Back leads back, and an address that is passed on shows the same list.
// - A misspelt word is answered with a better one.
// - axe finds nothing, on small and wide screens, in light and dark.
// - Without scripts the page has no form, and leads to all titles.
// - The script is not larger than it may be.
//
//   node search.mjs SITE NOTE
//
// What is searched for is taken from the site itself. The file NOTE gets the
// number of checks.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import puppeteer from "puppeteer-core";
import { addAxe, openContext, schemes, violations, watch, widths } from "./browser.mjs";
import { checkSite } from "./check.mjs";

// The largest size of the script, in bytes after compression.
const most = 6144;
const firefoxPath = "/usr/bin/firefox-esr";

// Waits until the page has answered its address, and gives what it shows.
async function shown(page) {
  await page.waitForFunction(() => document.querySelector("form[data-root]:not([hidden])"));
  await new Promise((done) => setTimeout(done, 600));
  return page.evaluate(() => ({
    status: document.querySelector("[role=status]").textContent.trim(),
    titles: [...document.querySelectorAll(".results .items h3")].map((title) => title.textContent),
    links: [...document.querySelectorAll(".results .items a")].map((link) => link.getAttribute("href").replace(/index\.html$/, "")),
    marks: document.querySelectorAll(".results .items mark").length,
    times: [...document.querySelectorAll(".results .items .facts > :first-child")].map((time) => time.textContent),
  }));
}

const countOf = ({ status }) => Number(status.replaceAll(/[^\d]/g, "") || 0);

// The numbers of all documents that a query finds, in order.
const found = (page, query) =>
  page.evaluate(async (words) => {
    const { ids, partial } = await window.pmSearch(words);
    return { ids, total: ids.length, partial: Boolean(partial) };
  }, query);

await checkSite({}, async ({ site, pages, origin, browser, fault }) => {
  let count = 0;
  const check = (where, holds, words) => {
    count += 1;
    if (!holds) fault(where, words);
  };
  const start = pages.find(({ kind, html }) => kind === "search" && html.includes("data-root"));
  if (!start) return { count, told: "no page for searching" };
  const { address } = start;
  const size = gzipSync(readFileSync(path.join(site, "search.js")), { level: 9 }).length;
  check("/search.js", size <= most, `has ${size} bytes when it is compressed, more than ${most}`);

  // A word that some title has, and that is long enough to be misspelt.
  const probe = await browser.newPage();
  await probe.goto(origin + address);
  await shown(probe);
  const all = await found(probe, "");
  check(address, all.total > 0, "finds nothing with an empty query");
  await probe.goto(`${origin + address}?sort=newest&from=0001`);
  const newest = await shown(probe);
  const words = newest.titles.flatMap((title) => title.match(/\p{L}{7,}/gu) ?? []);
  const word = words.find((one) => one[3] !== one[4]);
  await probe.close();
  check(address, word, "has no title with a word of seven letters");
  if (!word) return { count, told: `${count} checks` };
  const misspelt = word.slice(0, 3) + word[4] + word[3] + word.slice(5);
  const queries = [word, `${word} ${words[1]}`, `${word} OR ${words[1]}`, `"${newest.titles[0].replaceAll('"', "")}"`, `-${word}`, `title:${word}`, `${word.slice(0, 4)}*`, "after:0001", "year:2019", `${word} zzzzqqqq`, "lang:es", "kind:news", "U.S.", '"', "OR", "-", "constructor __proto__", `</script><img src=x>`];

  // The same list in each place and browser.
  const fox = await puppeteer.launch({ browser: "firefox", executablePath: firefoxPath, headless: true });
  const places = [`${origin}${address}`];
  // From a folder a site works whose links are relative.
  if (!/data-root="?\//.test(start.html)) places.push(String(pathToFileURL(path.resolve(site, start.file))));
  const lists = [];
  for (const program of [browser, fox]) {
    for (const place of places) {
      const page = await program.newPage();
      page.on("pageerror", (error) => fault(place, `a script fails: ${error.message}`));
      await page.goto(place);
      await shown(page);
      const list = [];
      for (const query of queries) list.push(await found(page, query));
      await page.goto(`${place}?q=${encodeURIComponent(word)}`);
      list.push(await shown(page));
      lists.push({ place, list });
      await page.close();
    }
  }
  await fox.close();
  for (const { place, list } of lists) {
    check(place, JSON.stringify(list) === JSON.stringify(lists[0].list), `finds other things than ${lists[0].place}`);
  }
  const [first] = lists;
  check(address, first.list[0].total > 0, `finds nothing for “${word}”, a word of a title`);
  check(address, first.list[3].ids.length > 0, "does not find a whole title as a phrase");
  check(address, first.list[0].total + first.list[4].total === all.total, `“${word}” and “-${word}” are not all documents`);
  check(address, first.list[5].total <= first.list[0].total, "finds more in titles than everywhere");
  check(address, first.list[9].partial, "does not say that a part of the words was found");

  const context = await openContext(browser, origin, { viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  watch(page, origin, address, fault);
  const tell = (holds, text) => check(address, holds, text);
  const field = page.locator('input[name="q"]');

  // What is typed is searched for, and the focus stays.
  await page.goto(origin + address);
  await shown(page);
  tell((await page.locator(".results .items li").count()) === 0, "shows results before it is asked");
  await field.focus();
  await page.keyboard.type(word, { delay: 20 });
  const typed = await shown(page);
  tell(countOf(typed) === first.list[0].total, `tells “${typed.status}” for ${first.list[0].total} results`);
  tell(typed.titles.length === Math.min(20, first.list[0].total), "does not show the first twenty");
  tell(typed.marks > 0, "marks no word that was found");
  tell(await field.evaluate((one) => one === document.activeElement), "takes the focus away from what is typed");
  tell(new URL(page.url()).searchParams.get("q") === word, "does not put what is typed into the address");
  await page.keyboard.press("Enter");
  tell(await field.evaluate((one) => one === document.activeElement), "takes the focus away when it is sent");

  // A shared address shows the same list; so does Back.
  await page.goto(`${origin + address}?q=${encodeURIComponent(word)}`);
  const shared = await shown(page);
  tell(JSON.stringify(shared.links) === JSON.stringify(typed.links), "shows another list for an address that is passed on");
  await page.selectOption('select[name="sort"]', "oldest");
  const oldest = await shown(page);
  const rising = (await found(page, word)).ids;
  tell(rising.every((id, n) => n === 0 || id > rising[n - 1]), "oldest first is not in the order of documents");
  tell(new URL(page.url()).searchParams.get("sort") === "oldest", "does not put the order into the address");
  await page.selectOption('select[name="sort"]', "newest");
  const newer = await shown(page);
  const falling = (await found(page, word)).ids;
  tell(JSON.stringify(falling.toReversed()) === JSON.stringify(rising), "newest first is not oldest first the other way round");
  if (rising.length > 1) tell(newer.links[0] !== oldest.links[0], "shows the oldest where the newest belongs");
  await page.goBack();
  await page.goBack();
  const back = await shown(page);
  tell(JSON.stringify(back.links) === JSON.stringify(shared.links), "Back does not show the list from before");
  tell((await page.locator('select[name="sort"]').inputValue()) === "", "Back does not set the order back");

  // Time: both ends belong to it, and the whole of it is everything with a date.
  const dated = await found(page, "after:0001");
  await page.goto(`${origin + address}?from=0001&until=9999`);
  tell(countOf(await shown(page)) === dated.total, "does not find everything between the beginning and the end of time");
  await page.goto(origin + address);
  await shown(page);
  await page.locator('input[name="from"]').fill("199");
  await shown(page);
  tell(!new URL(page.url()).searchParams.has("from"), "takes half a year for a date");
  await page.locator('input[name="from"]').fill("0001-01-01");
  await shown(page);
  tell(countOf(await shown(page)) === dated.total, "does not find everything since a day");

  // Filters: each opens, its numbers are true, and choosing by keyboard narrows.
  await page.goto(`${origin + address}?q=${encodeURIComponent(word)}`);
  await shown(page);
  const boxes = page.locator(".filters details");
  for (let n = 0; n < (await boxes.count()); n += 1) {
    const box = boxes.nth(n);
    await box.locator("summary").focus();
    await page.keyboard.press("Enter");
    await shown(page);
    const name = await box.locator("summary").textContent();
    tell((await box.locator("li").count()) <= (name && (await box.getAttribute("id")) === "years" ? 9999 : 10), `shows more than ten values of “${name}”`);
    const input = box.locator("input[type=checkbox]").first();
    if ((await input.count()) === 0) continue;
    const wanted = Number((await box.locator(".count").first().textContent()).replaceAll(/[^\d]/g, ""));
    const values = () => box.locator("li").evaluateAll((all) => all.map((one) => one.textContent.trim()).sort());
    const before = await values();
    await input.focus();
    await page.keyboard.press("Space");
    const narrowed = await shown(page);
    const after = await values();
    tell(before.every((value) => after.includes(value)), `choosing in “${name}” takes away other values of it`);
    tell(countOf(narrowed) === wanted, `“${name}” says ${wanted}, and choosing it leaves ${countOf(narrowed)}`);
    tell(await input.evaluate((one) => one === document.activeElement), `choosing in “${name}” takes the focus away`);
    const chosen = page.url();
    await page.keyboard.press("Space");
    tell(countOf(await shown(page)) === first.list[0].total, `“${name}” cannot be taken back`);
    await page.goto(chosen);
    tell(countOf(await shown(page)) === wanted, `the address of a choice in “${name}” leads to something else`);
    await page.goto(`${origin + address}?q=${encodeURIComponent(word)}`);
    await shown(page);
  }

  // The picture has a bar for each year.
  const bars = await page.locator(".results svg path").getAttribute("d");
  tell(/^M.*v/.test(bars) && !bars.includes("NaN"), "draws no bars");

  // Further pages.
  if (dated.total > 20) {
    await page.goto(`${origin + address}?from=0001`);
    const one = await shown(page);
    await page.locator(".results .pages a:visible").last().click();
    const two = await shown(page);
    tell(two.links.length > 0 && !two.links.some((link) => one.links.includes(link)), "the second page repeats the first");
    tell(new URL(page.url()).searchParams.get("page") === "2", "does not put the page into the address");
    await page.goBack();
    tell(JSON.stringify((await shown(page)).links) === JSON.stringify(one.links), "Back from the second page does not show the first");
  }

  // Nothing found, and a better word.
  await page.goto(`${origin + address}?q=${encodeURIComponent(misspelt)}`);
  const none = await shown(page);
  tell(countOf(none) === 0 && none.status !== "", "does not say that nothing was found");
  const guess = page.locator(".guesses a").first();
  tell((await guess.count()) === 1, `does not offer another word for “${misspelt}”`);
  if ((await guess.count()) === 1) {
    await guess.click();
    tell(countOf(await shown(page)) > 0, "the word that it offers finds nothing");
  }

  // A file of the index that is lost is told, and the page goes on.
  await page.route(/\/d0\.js$/, (route) => route.abort());
  page.removeAllListeners("console");
  await page.goto(`${origin + address}?from=0001&sort=oldest`);
  const lost = await shown(page);
  tell(/\D$/.test(lost.status) && countOf(lost) === dated.total, "does not say that a part of the index is lost");
  await context.close();

  // Everybody can use it.
  for (const colorScheme of schemes) {
    for (const width of widths) {
      const window = await openContext(browser, origin, { viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
      const view = await window.newPage();
      for (const query of [`?q=${encodeURIComponent(word)}`, `?q=${encodeURIComponent(misspelt)}`, ""]) {
        await view.goto(origin + address + query);
        await shown(view);
        await view.evaluate(() => document.querySelectorAll(".search details").forEach((box) => (box.open = true)));
        await shown(view);
        await addAxe(view);
        for (const { id, nodes } of await violations(view)) fault(address + query, `${width} pixels, ${colorScheme}: ${id}: ${nodes[0].html}`);
        const beyond = await view.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        check(address + query, beyond <= 0, `is ${beyond} pixels wider than a screen of ${width}`);
      }
      await window.close();
    }
  }

  // Without scripts: no form, and a way to every title.
  const still = await browser.newContext({ javaScriptEnabled: false });
  const plain = await still.newPage();
  await plain.goto(origin + address);
  tell(!(await plain.locator("form[data-root]").isVisible()), "shows a form that does nothing without scripts");
  tell((await plain.locator("main a:visible").count()) > 1, "leads nowhere without scripts");
  await still.close();
  return { count, told: `${count} checks, ${size} bytes of script${fox ? ", also in Firefox" : ""}` };
});
