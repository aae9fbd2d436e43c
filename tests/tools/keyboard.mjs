// Walks through pages of a built site with the Tab key: one page of every kind
// that has something of its own to press.
//
// - The first stop leads past the navigation, and can be seen then.
// - Every stop shows that it is one, and nothing hides it.
// - The stops follow the order in which the page is read.
// - The walk comes to an end.
// - What is pressed in lists, tables and calendars is large enough.
// - A day of a calendar says which day it is and what it leads to.
// - What is folded in opens.
//
//   node keyboard.mjs SITE NOTE
//
// The file NOTE gets the number of pages and of stops. With ONLY=ADDRESS in the
// environment only this page is walked through.
import { openContext, watch } from "./browser.mjs";
import { checkSite } from "./check.mjs";
import { isWanted, onePerKind } from "./pages.mjs";

const mostStops = 1500;
// The least width and height of what is pressed, in pixels.
const least = 24;

// --- Inside of the page -----------------------------------------------------------

// What the element that has the focus is, and how it can be seen; undefined at
// the end of the walk.
function stopHere() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  window.stops ??= [];
  const known = window.stops.includes(element);
  window.stops.push(element);
  const name = (element.ariaLabel ?? element.textContent).trim().replaceAll(/\s+/g, " ").slice(0, 60);
  const region = element.closest("table, nav, aside, section, article, figure, header, footer, main, body");
  window.regions ??= [];
  if (!window.regions.includes(region)) window.regions.push(region);
  const [box = element.getBoundingClientRect()] = element.getClientRects();
  // The middle of what is on the screen of it.
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const behind = [];
  for (let box = element.parentElement; box; box = box.parentElement) behind.push(getComputedStyle(box).backgroundColor);
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const listed = "summary, button, input, select, .calendar td a, .year-table td a, .letters a, .pages a";
  return {
    name,
    known,
    address: element.href,
    look: [element.tagName, element.className, region.tagName, region.className, element.parentElement.tagName].join(),
    region: window.regions.indexOf(region),
    isInMain: element.closest("main") !== null,
    isHidden: left >= right || top >= bottom || !(element.contains(hit) || hit?.contains(element)),
    isListed: element.matches(listed),
    box: { left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY },
    outline: { style: outlineStyle, width: parseFloat(outlineWidth), color: outlineColor },
    behind,
    isSeen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}

// --- Each question to a walk --------------------------------------------------------

// The colour that is seen where colours lie over each other, the uppermost
// first, on white.
function seen(colours) {
  let result = [255, 255, 255];
  for (const colour of colours.toReversed()) {
    const [red, green, blue, opacity = 1] = colour.match(/[\d.]+/g).map(Number);
    result = [red, green, blue].map((part, n) => part * opacity + result[n] * (1 - opacity));
  }
  return result;
}

// How light a colour is, after WCAG.
function lightness(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [lightness(one), lightness(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function judgeStop({ name, outline, behind, isHidden, isListed, box }, tell) {
  if (outline.style === "none" || outline.width === 0) tell(`“${name}” has no outline in focus`);
  else if (contrast(seen([outline.color, ...behind]), seen(behind)) < 3) {
    tell(`the outline of “${name}” can hardly be seen: ${outline.color} on ${seen(behind).map(Math.round)}`);
  }
  if (isHidden) tell(`“${name}” is in focus behind something else`);
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (isListed && (width < least || height < least)) {
    tell(`“${name}” is ${width.toFixed(1)} by ${height.toFixed(1)} pixels large, less than ${least} by ${least}`);
  }
}

// Whether a stop stands before the one that was reached before it: above it, or
// nearer to the line's beginning beside it.
function judgeOrder(before, stop, rightToLeft, tell) {
  if (before?.region !== stop.region) return;
  const [a, b] = [before.box, stop.box];
  const above = b.bottom <= a.top + 1;
  const beside = b.top < a.bottom - 4 && a.top < b.bottom - 4;
  const earlier = rightToLeft ? b.left >= a.right : b.right <= a.left;
  if (above || (beside && earlier)) tell(`“${stop.name}” comes after “${before.name}”, and stands before it`);
}

// --- The walks ------------------------------------------------------------------------

// The first stop leads to the text.
async function skip(page, tell) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(stopHere);
  if (!first?.address?.includes("#")) {
    tell("the first stop does not lead past the navigation");
    return;
  }
  if (!first.isSeen || first.isHidden) tell(`the first stop, “${first.name}”, cannot be seen in focus`);
  await page.keyboard.press("Enter");
  const there = await page.evaluate(() => document.activeElement?.closest("main") !== null);
  if (!there) tell(`“${first.name}” does not move the focus to the text`);
  await page.keyboard.press("Tab");
  const next = await page.evaluate(stopHere);
  const holds = await page.evaluate(() => document.querySelector("main :is(a[href], summary, [tabindex='0'])") !== null);
  if (holds && !next?.isInMain) tell(`after “${first.name}” the next stop, “${next?.name}”, is not in the text`);
}

// Every stop from the top to the end.
async function walk(page, tell) {
  const stops = [];
  const rightToLeft = await page.evaluate(() => getComputedStyle(document.body).direction === "rtl");
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(stopHere);
    if (!stop) break;
    if (stop.known || stops.length === mostStops) {
      tell(`the walk does not end: “${stop.name}” comes again`);
      break;
    }
    judgeStop(stop, tell);
    judgeOrder(stops.at(-1), stop, rightToLeft, tell);
    stops.push(stop);
  }
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex='0']")]
      .filter((element) => element.checkVisibility() && !element.disabled && element.tabIndex >= 0)
      .filter((element) => !window.stops.includes(element))
      .map((element) => element.textContent.trim().slice(0, 60)),
  );
  if (missed.length > 0) tell(`the walk passes by “${missed[0]}” and ${missed.length - 1} more`);
  return stops;
}

// A stop of each look differs in the picture from what it is without focus.
async function compare(page, stops, tell) {
  const looks = Map.groupBy(stops.keys(), (n) => stops[n].look);
  for (const [n] of looks.values()) {
    const picture = async (focused) => {
      const clip = await page.evaluate(([at, isFocused]) => {
        const element = window.stops[at];
        if (isFocused) element.focus();
        else element.blur();
        const [box = element.getBoundingClientRect()] = element.getClientRects();
        const [x, y] = [Math.max(0, box.x - 6), Math.max(0, box.y - 6)];
        return { x, y, width: Math.min(box.width + 12, innerWidth - x), height: Math.min(box.height + 12, innerHeight - y) };
      }, [n, focused]);
      if (clip.width <= 0 || clip.height <= 0) return Buffer.alloc(0);
      return page.screenshot({ clip });
    };
    const focused = await picture(true);
    if (focused.equals(await picture(false))) tell(`“${stops[n].name}” looks in focus as it does without`);
  }
}

// The days of a calendar: named in full, and Enter opens the first.
async function days(page, tell) {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll(".calendar td a")].map((link) => ({
      name: link.ariaLabel ?? link.textContent,
      path: new URL(link.href).pathname,
      language: document.documentElement.lang,
    })),
  );
  for (const { name, path, language } of found) {
    const [, year, month, day] = path.match(/\/(\d{4})\/(\d\d)\/(\d\d)\//)?.map(Number) ?? [];
    const named = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(Date.UTC(year, month - 1));
    const numbers = name.match(/\d+/g)?.map(Number) ?? [];
    const whole = numbers.includes(year) && numbers.includes(day) && name.includes(named);
    if (!whole) tell(`the name of the day ${path} is “${name}”, without the whole date`);
    else if (numbers.length < 3) tell(`the name of the day ${path} is “${name}”, without the number of articles`);
  }
  if (found.length > 0) {
    await page.locator(".calendar td a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === found[0].path, { timeout: 3000 }).catch(() => {
      tell(`Enter does not open the day ${found[0].path}`);
    });
    await page.goBack();
  }
  return found.length;
}

// What is folded in opens with Enter, and closes again.
async function folds(page, tell) {
  const summaries = page.locator("summary:visible");
  for (let n = 0; n < (await summaries.count()); n += 1) {
    const summary = summaries.nth(n);
    const state = () =>
      summary.evaluate((element) => ({
        isOpen: element.parentElement.open,
        isShown: element.nextElementSibling?.checkVisibility({ contentVisibilityAuto: true }) ?? false,
        name: element.textContent.trim().slice(0, 60),
      }));
    const before = await state();
    await summary.focus();
    await page.keyboard.press("Enter");
    const after = await state();
    if (after.isOpen === before.isOpen || after.isShown !== after.isOpen) tell(`Enter does not open “${before.name}”`);
    await page.keyboard.press("Enter");
  }
}

await checkSite({}, async ({ pages, origin, browser, fault }) => {
  const context = await openContext(browser, origin, { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  let nStops = 0;
  let nDays = 0;
  const wanted = onePerKind(pages).filter(({ address }) => !address.endsWith("404.html"));
  for (const { address } of wanted.filter(({ address: known }) => isWanted(known))) {
    const tell = (words) => fault(address, words);
    const page = await context.newPage();
    watch(page, origin, address, fault);
    await page.goto(origin + address, { waitUntil: "load" });
    await skip(page, tell);
    await page.goto(origin + address, { waitUntil: "load" });
    const stops = await walk(page, tell);
    await compare(page, stops, tell);
    await folds(page, tell);
    nDays += await days(page, tell);
    nStops += stops.length;
    await page.close();
  }
  return { count: nStops, told: `${wanted.length} pages, ${nStops} stops, ${nDays} days` };
});
