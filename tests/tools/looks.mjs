// What a page must keep however it is shown. Each function shows the page in
// one way and tells what is wrong with it then. The functions that end in
// `Here` run inside of the page.

// --- In forced colours ----------------------------------------------------------

function forcedHere() {
  const probe = document.createElement("span");
  document.body.append(probe);
  probe.style.color = "Canvas";
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  const painted = (colour) => colour !== "none" && colour !== canvas && !colour.startsWith("rgba(0, 0, 0, 0");
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (getComputedStyle(element).forcedColorAdjust === "none") {
      found.push(`${element.outerHTML.slice(0, 80)} keeps its own colours`);
    }
  }
  for (const shape of document.querySelectorAll("svg :is(path, rect, circle, line, polyline, polygon)")) {
    const { fill, stroke } = getComputedStyle(shape);
    if (!painted(fill) && !painted(stroke)) found.push(`${shape.outerHTML.slice(0, 80)} cannot be seen`);
  }
  return found;
}

// Forced colours: the reader's own reach everything, and pictures can be seen.
export async function forced(page, tell) {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  for (const words of await page.evaluate(forcedHere)) tell(`in forced colours, ${words}`);
  await page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
}

// --- Without motion -------------------------------------------------------------

function movingHere() {
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const moves =
      style.scrollBehavior === "smooth" ||
      lasts(style.transitionDuration) ||
      (style.animationName !== "none" && lasts(style.animationDuration));
    if (moves) found.push(element.cloneNode().outerHTML.slice(0, 80));
  }
  return found;
}

// Less motion: nothing moves.
export async function still(page, tell) {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const html of await page.evaluate(movingHere)) tell(`${html} moves for those who want less motion`);
}

// --- On paper -------------------------------------------------------------------

function printedHere() {
  const found = [];
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
  for (const nav of document.querySelectorAll("nav")) {
    if (shown(nav)) found.push(`the navigation \`${nav.ariaLabel ?? nav.className}\` is printed`);
  }
  for (const part of document.querySelectorAll("h1, article p")) {
    if (part.closest("nav") === null && !shown(part)) found.push(`“${part.textContent.trim().slice(0, 60)}” is not printed`);
  }
  // What is of no use on paper may be left out as a whole.
  const printed = [...document.querySelectorAll("main details")].filter((details) => details.checkVisibility());
  for (const details of printed) {
    const hidden = [...details.children].some((child) => !child.matches("summary") && !shown(child));
    if (hidden) found.push(`“${details.textContent.trim().slice(0, 60)}” is printed without what is folded in`);
  }
  const light = (colour) => {
    const parts = colour.match(/[\d.]+/g).map(Number);
    return parts[3] === 0 ? 1 : (0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]) / 255;
  };
  const { color, backgroundColor } = getComputedStyle(document.body);
  if (light(color) > 0.4) found.push(`the ink is ${color}`);
  if (light(backgroundColor) < 0.9) found.push(`the paper is ${backgroundColor}`);
  return found;
}

// On paper: the text, in dark ink, without the navigation, for those too whose
// screen is dark.
export async function printed(page, tell) {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const words of await page.evaluate(printedHere)) tell(`on paper, ${words}`);
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
}

// --- With large text ------------------------------------------------------------

// The texts of links and headings that do not fit into a box that hides the
// rest. What is hidden from sight on purpose is left out.
function clippedHere() {
  const wanted = "a, h1, h2, h3, h4, h5, h6, summary, th, caption, button, label";
  const found = new Set();
  const outside = (text, box) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const edge = box.getBoundingClientRect();
    return [...range.getClientRects()].some(
      ({ left, right, top, bottom }) =>
        left < edge.left - 2 || right > edge.right + 2 || top < edge.top - 4 || bottom > edge.bottom + 4,
    );
  };
  const cut = (text) => {
    for (let box = text.parentElement; box && box !== document.body; box = box.parentElement) {
      const { clipPath, display, overflowX, overflowY } = getComputedStyle(box);
      if (clipPath !== "none" || overflowX === "auto" || overflowX === "scroll") return false;
      const hides = [overflowX, overflowY].some((overflow) => overflow === "hidden" || overflow === "clip");
      if (hides && display !== "inline" && outside(text, box)) return true;
    }
    return false;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const words = text.data.trim();
    if (words && text.parentElement.closest(wanted)?.checkVisibility() && cut(text)) found.add(words.slice(0, 60));
  }
  return [...found];
}

function styleHere(rules) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}

const spacing = `
  * {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
  }
  p {
    margin-block-end: 2em !important;
  }
`;

// How wide the screen is, the rules that a reader adds, and what to call it.
const readers = [
  [320, "", "on a screen of 320 pixels"],
  [1280, "", "on a screen of 1280 pixels"],
  [640, ":root { font-size: 200% !important; }", "in twice the size on a screen of 640 pixels"],
  [320, spacing, "with wide spaces on a screen of 320 pixels"],
  [1280, spacing, "with wide spaces on a screen of 1280 pixels"],
];

// On narrow screens, with large text or wide spaces: nothing is wider than the
// screen, and no link and no heading is cut off.
export async function fitting(page, tell) {
  for (const [width, rules, how] of readers) {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(styleHere, rules);
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
    if (wide > width) tell(`is ${wide} pixels wide ${how}`);
    const [first, ...others] = await page.evaluate(clippedHere);
    if (first) tell(`cuts off “${first}” and ${others.length} more ${how}`);
  }
}

// --- Without scripts ------------------------------------------------------------

function waitingHere() {
  const found = [];
  const things = "img, svg, video, audio, picture, iframe, object, input, select, textarea, hr";
  const holders = "main, section, article, aside, nav, div, p, ul, ol, li, dl, figure, table, output";
  for (const holder of document.querySelectorAll(holders)) {
    const empty = holder.textContent.trim() === "" && !holder.querySelector(things);
    if (empty && holder.checkVisibility() && holder.getBoundingClientRect().height > 0) {
      found.push(`${holder.outerHTML.slice(0, 80)} is empty`);
    }
  }
  for (const canvas of document.querySelectorAll("canvas")) {
    if (canvas.checkVisibility()) found.push("a canvas is empty");
  }
  for (const button of document.querySelectorAll("button, [role=button]")) {
    const works = button.form || button.matches("[popovertarget], [commandfor]") || !button.checkVisibility();
    if (!works) found.push(`the button “${button.textContent.trim()}” does nothing`);
  }
  for (const link of document.querySelectorAll('a[href="#"], a[href^="javascript:"]')) {
    found.push(`the link “${link.textContent.trim()}” leads nowhere`);
  }
  return found;
}

// Without JavaScript: there is text, and a way on; nothing is left empty that
// only a script would fill.
export async function plain(page, tell) {
  const text = await page.locator("main").innerText({ timeout: 2000 }).catch(() => "");
  if (text.trim() === "") tell("has no text in main");
  const links = await page.locator("a[href]:visible").count();
  if (links === 0) tell("has no link");
  for (const words of await page.evaluate(waitingHere)) tell(words);
}
