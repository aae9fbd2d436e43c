// Asks of the pages of a built site that are written from the right to the left
// that they run this way as a whole, on a narrow and a wide screen:
//
// - the page says so, axe finds no fault, and nothing is wider than the screen;
// - what stands beside the text stands left of it;
// - arrows point the other way, and time runs the other way in drawings;
// - names in other scripts say which language they are in.
//
//   node direction.mjs SITE NOTE
//
// The file NOTE gets the number of pages.
import { addAxe, openContext, violations, watch, widths } from "./browser.mjs";
import { checkSite } from "./check.mjs";
import { fitting } from "./looks.mjs";
import { readable, sample } from "./pages.mjs";

const mostPages = 12;

function isRightToLeft({ html }) {
  const language = html.match(/<html[^>]*\blang="?([\w-]+)/)?.[1];
  return language !== undefined && new Intl.Locale(language).getTextInfo().direction === "rtl";
}

// Runs inside of the page, on a wide screen.
function sidesHere() {
  const found = [];
  if (document.documentElement.dir !== "rtl") found.push("does not say that it runs from the right");
  for (const aside of document.querySelectorAll(".columns > aside")) {
    const beside = aside.previousElementSibling.getBoundingClientRect();
    if (aside.getBoundingClientRect().right > beside.left + 1) found.push("has what stands beside the text not left of it");
  }
  const isMirrored = ({ scale, transform }) => /^-1\b/.test(scale) || /^matrix\(-/.test(transform);
  for (const crumb of document.querySelectorAll(".breadcrumbs li:not(:last-child)")) {
    const style = getComputedStyle(crumb, "::after");
    if (/[›→>]/.test(style.content) && !isMirrored(style)) found.push("has breadcrumbs whose arrows point backwards");
  }
  for (const arrow of document.querySelectorAll(".arrow")) {
    if (!isMirrored(getComputedStyle(arrow))) found.push(`has an arrow that points backwards: ${arrow.parentElement.textContent.trim()}`);
  }
  for (const drawing of document.querySelectorAll(":is(.coverage, .bar, .pairs) svg, svg.trend")) {
    if (!isMirrored(getComputedStyle(drawing))) found.push(`has a drawing that runs backwards: ${drawing.cloneNode().outerHTML}`);
  }
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.data.trim();
    const place = texts.currentNode.parentElement;
    if (!place.closest("a[href], h1") || place.closest("[rel=license]")) continue;
    const isLatin = /\p{Script=Latin}{3}/u.test(words) && !/\p{Script=Arabic}|\p{Script=Hebrew}|:\/\/|@/u.test(words);
    if (isLatin && place.closest("[lang]") === document.documentElement) found.push(`has “${words}” without its language`);
  }
  return found;
}

await checkSite({}, async ({ pages, origin, browser, fault }) => {
  const context = await openContext(browser, origin, { reducedMotion: "reduce" });
  const wanted = sample(readable(pages).filter(isRightToLeft), mostPages);
  for (const { address } of wanted) {
    const tell = (words) => fault(address, words);
    const page = await context.newPage();
    watch(page, origin, address, fault);
    await page.goto(origin + address, { waitUntil: "load" });
    await addAxe(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      for (const { id, help, nodes } of await violations(page)) tell(`${id}: ${help}\n  ${nodes[0].html}`);
    }
    for (const words of await page.evaluate(sidesHere)) tell(words);
    await fitting(page, tell);
    await page.close();
  }
  return { count: wanted.length, told: `${wanted.length} pages from the right to the left` };
});
