// Asks of the drawings in the pages of a built site that nobody needs to see
// them:
//
// - each is kept from screen readers, or is an image with a title;
// - beside each image stands a table with what it shows;
// - the table of a picture of coverage has the heights of its bars, and adds up
//   to the number of articles that the page tells.
//
//   node pictures.mjs SITE NOTE
//
// The file NOTE gets the number of pages and of drawings. A large site is
// sampled.
import { openContext } from "./browser.mjs";
import { checkSite } from "./check.mjs";
import { readable, sample } from "./pages.mjs";

const mostPages = 300;

// Runs inside of the page: what is to be known of its drawings.
function drawingsHere() {
  const number = (element) => Number(element?.textContent.replaceAll(/(?<=\d)[.,\s](?=\d{3})/g, "").match(/\d+/)?.[0] ?? 0);
  const told = document.querySelector("#pm-articles-of-term") ?? document.querySelector("main .facts");
  return [...document.querySelectorAll("svg")].map((svg) => {
    const figure = svg.closest("figure, section");
    const rows = [...(figure?.querySelectorAll("details table tbody tr") ?? [])];
    return {
      html: svg.cloneNode().outerHTML.slice(0, 80),
      isHidden: svg.getAttribute("aria-hidden") === "true",
      role: svg.getAttribute("role"),
      title: (svg.getAttribute("aria-label") ?? svg.querySelector(":scope > title")?.textContent ?? "").trim(),
      nRows: rows.length,
      coverage: figure?.matches(".coverage") && {
        bars: svg.querySelector("path")?.getAttribute("d") ?? "",
        height: svg.viewBox.baseVal.height,
        numbers: rows.map((row) => number(row.querySelector("td"))),
        leftOut: number(figure.querySelector(".facts")),
        told: number(told),
      },
    };
  });
}

// A picture of coverage and its table tell the same.
function judgeCoverage({ bars, height, numbers, leftOut, told }, tell) {
  const heights = [...bars.matchAll(/M[\d.]+ [\d.]+v-([\d.]+)/g)].map(([, tall]) => Number(tall));
  const counted = numbers.filter((number) => number > 0);
  if (heights.length !== counted.length) {
    tell(`it has ${heights.length} bars, and its table ${counted.length} numbers`);
    return;
  }
  const most = Math.max(...counted);
  const wrong = counted.findIndex((number, n) => Math.abs((number / most) * height - heights[n]) > height / 50);
  if (wrong >= 0) tell(`bar ${wrong + 1} is ${heights[wrong]} of ${height} high, and stands for ${counted[wrong]} of ${most}`);
  const sum = numbers.reduce((total, number) => total + number, leftOut);
  if (sum !== told) tell(`its table adds up to ${sum} articles, and the page tells of ${told}`);
}

function judge({ isHidden, role, title, nRows, coverage }, tell) {
  if (isHidden) return;
  if (role !== "img") tell("it is neither hidden nor an image");
  else if (title === "") tell("it has no title");
  else if (nRows === 0) tell("no table beside it says the same");
  else if (coverage) judgeCoverage(coverage, tell);
}

await checkSite({}, async ({ pages, origin, browser, fault }) => {
  const context = await openContext(browser, origin, { javaScriptEnabled: false });
  const page = await context.newPage();
  const drawn = sample(readable(pages).filter(({ html }) => html.includes("<svg")), mostPages);
  let count = 0;
  for (const { address } of drawn) {
    await page.goto(origin + address, { waitUntil: "load" });
    for (const drawing of await page.evaluate(drawingsHere)) {
      count += 1;
      judge(drawing, (words) => fault(address, `${drawing.html}: ${words}`));
    }
  }
  return { count, told: `${drawn.length} pages, ${count} drawings` };
});
