// Asks of the pages of a built site that their languages are told rightly:
//
// - every page says which language it is in, and in which direction it runs;
// - every translation that a page names is there, is in that language, and names
//   the page in turn;
// - nothing is marked as being in a language without saying something in it;
// - no page in another language keeps an English word of the theme.
//
//   node languages.mjs SITE NOTE
//
// The file NOTE gets the number of pages, links to translations, and words. The
// links of every page are followed; the words of a large site are sampled.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { openContext } from "./browser.mjs";
import { checkSite } from "./check.mjs";
import { baseOf, readable, sample } from "./pages.mjs";

const mostPages = 300;
const folder = path.join(import.meta.dirname, "../../templates/languages");

// The messages of a language, as a map from their keys to their texts. A
// message has more than one if it depends on a number.
function messagesOf(language) {
  const file = path.join(folder, `${language}.ftl`);
  const messages = new Map();
  let key;
  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
    const [, name, value] = line.match(/^([a-z][\w-]*) = ?(.*)$/) ?? [];
    const variant = line.match(/^\s+\*?\[\w+\] (.*)$/)?.[1];
    if (name) messages.set((key = name), value ? [value] : []);
    else if (/^\w+ =$/.test(line)) messages.set((key = line.slice(0, -2)), []);
    else if (variant) messages.get(key).push(variant);
  }
  return messages;
}

// Patterns of the English texts that are others in the language.
function foreignWords(language) {
  const own = messagesOf(language);
  const used = new Set([...own.values()].flat());
  const quoted = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return [...messagesOf("en")]
    .filter(([key]) => own.has(key))
    .flatMap(([, texts]) => texts)
    .filter((text) => !used.has(text) && /[a-z]{2}/.test(text.replaceAll(/\{[^}]*\}/g, "")))
    .map((text) => new RegExp(`^${text.split(/\{[^}]*\}/).map(quoted).join(".+")}$`));
}

// Runs inside of the page: what it says of languages, and the words around its
// texts.
function wordsHere() {
  const language = document.documentElement.lang;
  const inOther = (element) => (element.closest("[lang]")?.lang ?? language) !== language;
  const texts = new Set();
  const places = "header, footer, nav, aside h2, h1, h2, h3, h4, h5, h6, th, dt, caption, summary, figcaption, .facts, .kicker, .more";
  for (const place of document.querySelectorAll(places)) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (!inOther(text.parentElement) && text.data.trim()) texts.add(text.data.trim());
    }
  }
  for (const element of document.querySelectorAll("[aria-label], [title]")) {
    if (!inOther(element)) texts.add((element.ariaLabel ?? element.title).trim());
  }
  const empty = [...document.body.querySelectorAll("[lang]")].filter(
    (element) => element.lang !== language && element.textContent.trim() === "" && !element.querySelector("img[alt]"),
  );
  return {
    language,
    direction: getComputedStyle(document.documentElement).direction,
    texts: [...texts],
    empty: empty.map((element) => element.outerHTML.slice(0, 80)),
  };
}

// The value of an attribute in a tag, or undefined.
function attribute(tag, name) {
  return tag?.match(new RegExp(`\\b${name}="?([^"\\s>]+)`))?.[1];
}

// Which language a page is in, and which translations it names.
function headOf({ html }) {
  const links = html.match(/<link\b[^>]*\bhreflang=[^>]*>/g) ?? [];
  return {
    language: attribute(html.match(/<html[^>]*>/)?.[0], "lang"),
    alternates: links.map((link) => ({ hreflang: attribute(link, "hreflang"), href: attribute(link, "href") })),
  };
}

// Every translation is there, in its language, and leads back.
function judgeAlternates(address, heads, base, fault) {
  const { alternates } = heads.get(address);
  for (const { hreflang, href } of alternates) {
    const other = heads.get(href.slice(base.length));
    if (!href.startsWith(base) || !other) fault(address, `names a translation ${href}, which is not there`);
    else if (hreflang === "x-default") {
      const isNamed = alternates.some((one) => one.href === href && one.hreflang !== hreflang);
      if (!isNamed) {
        fault(address, `names ${href} for other languages, which is none of its translations`);
      }
    } else if (other.language !== hreflang) fault(address, `names ${href} as ${hreflang}, which is ${other.language}`);
    else if (!other.alternates.some((back) => back.href === base + address)) {
      fault(address, `names a translation ${href}, which does not name it in turn`);
    }
  }
  return alternates.length;
}

function judge(address, { language, direction, texts, empty }, foreign, fault) {
  if (!language) fault(address, "does not say which language it is in");
  else {
    const { direction: wanted } = new Intl.Locale(language).getTextInfo();
    if (direction !== wanted) fault(address, `runs ${direction}, and its language ${language} ${wanted}`);
  }
  for (const html of empty) fault(address, `${html} is empty`);
  for (const text of texts) {
    if (foreign.some((pattern) => pattern.test(text))) fault(address, `says “${text}” in English, not in ${language}`);
  }
}

await checkSite({}, async ({ pages, origin, browser, fault }) => {
  const known = readable(pages);
  const base = baseOf(pages) ?? "";
  const heads = new Map(known.map((page) => [page.address, headOf(page)]));
  let nAlternates = 0;
  for (const address of heads.keys()) nAlternates += judgeAlternates(address, heads, base, fault);

  const context = await openContext(browser, origin, { javaScriptEnabled: false });
  const page = await context.newPage();
  const foreign = new Map();
  const read = sample(known, mostPages);
  let nTexts = 0;
  for (const { address } of read) {
    await page.goto(origin + address, { waitUntil: "domcontentloaded" });
    const words = await page.evaluate(wordsHere);
    const { language } = words;
    if (!foreign.has(language)) foreign.set(language, language.startsWith("en") ? [] : foreignWords(language));
    judge(address, words, foreign.get(language), fault);
    nTexts += words.texts.length;
  }
  const told = `${read.length} of ${known.length} pages, ${nAlternates} links to translations, ${nTexts} words around texts`;
  return { count: read.length, told };
});
