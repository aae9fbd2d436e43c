// Asks searches in headless Chromium, for ndcg.py and measure.py.
//
//     node client.mjs ask FOLDER < {"queries": [{"words", "language"}], "limit"}
//     node client.mjs load pressmark|pagefind FOLDER WORD...
//     node client.mjs type pressmark|pagefind FOLDER WORD...
//
//   ask   the addresses of the first pages that Pagefind finds, for each query
//   load  what a reader downloads for the first query, with an empty cache, and
//         for all results of its first page: requests, and bytes on the wire
//   type  milliseconds from a keystroke to its results, warm, for each keystroke
//
// Prints JSON. FOLDER is a built site; for Pagefind, one with its bundle. Texts
// go over the wire zipped as gzip does by default; bytes are those of bodies,
// without headers. Needs `npm ci` in tests/tools, and Chromium.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { launchChromium } from "../../tests/tools/browser.mjs";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

// A page for the client of Pagefind, which shows nothing by itself: as many
// titles as `most`, as its own interface does it.
const shell = (language) => `<!doctype html><html lang="${language}"><meta charset="utf-8">
<title>Pagefind</title><link rel="icon" href="data:,"><input type="search"><ol></ol>
<script type="module">
const pagefind = await import("/pagefind/pagefind.js");
const list = document.querySelector("ol");
const most = Number(new URLSearchParams(location.search).get("most") ?? 10);
let latest = 0;
async function show(words) {
  const turn = ++latest;
  const found = await pagefind.search(words);
  const first = await Promise.all(found.results.slice(0, most).map((result) => result.data()));
  if (turn !== latest) return;
  list.replaceChildren(...first.map((result) => {
    const item = document.createElement("li");
    item.textContent = result.meta.title;
    return item;
  }));
}
document.querySelector("input").addEventListener("input", (event) => show(event.target.value));
const words = new URLSearchParams(location.search).get("q");
if (words) await show(words);
document.body.dataset.ready = "";
</script>`;

// Serves a folder, and remembers each answer: its path, its bytes, and when it
// was asked for.
async function serve(folder) {
  const answers = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    const wanted = decodeURIComponent(url.pathname);
    const file = path.join(folder, wanted.endsWith("/") ? `${wanted}index.html` : wanted);
    const made = wanted === "/__ask/" ? shell(url.searchParams.get("language") ?? "en") : undefined;
    const time = Date.now();
    const body = made ? Buffer.from(made) : await readFile(file).catch(() => undefined);
    const type = types[made ? ".html" : path.extname(file)];
    const sent = body && type ? gzipSync(body) : (body ?? Buffer.alloc(0));
    answers.push({ path: wanted, bytes: sent.length, time });
    response.writeHead(body ? 200 : 404, {
      "content-type": type ?? "application/octet-stream",
      "cache-control": "no-store",
      ...(body && type ? { "content-encoding": "gzip" } : {}),
    });
    response.end(sent);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, answers, server };
}

// Where each client is, and what it shows its results in.
const clients = {
  pressmark: {
    page: (words) => `/search/${words ? `?q=${encodeURIComponent(words)}` : ""}`,
    results: "form.search ol.items > li",
    region: "form.search .results",
    box: "#pm-query",
  },
  pagefind: {
    page: (words, most) => `/__ask/?most=${most}${words ? `&q=${encodeURIComponent(words)}` : ""}`,
    results: "ol li",
    region: "ol",
    box: "input",
  },
};

async function ask(browser, { origin }) {
  const { queries, limit } = JSON.parse(await new Response(process.stdin).text());
  const found = [];
  const page = await browser.newPage();
  let open;
  for (const { words, language } of queries) {
    if (open !== language) await page.goto(`${origin}/__ask/?language=${language}`);
    open = language;
    found.push(
      await page.evaluate(
        async ([words, limit]) => {
          const pagefind = await import("/pagefind/pagefind.js");
          const { results } = await pagefind.search(words);
          const first = await Promise.all(results.slice(0, limit).map((result) => result.data()));
          return first.map((result) => new URL(result.url, location).pathname);
        },
        [words, limit],
      ),
    );
  }
  return found;
}

// What one load of a page costs until so many results are there, and how long
// that takes. The page itself and its style sheets are counted apart.
async function cost(browser, { origin, answers }, client, words, most) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(
    ([selector, most]) => {
      const look = () => {
        if (document.querySelectorAll(selector).length >= most) window.shown ??= Date.now();
      };
      new MutationObserver(look).observe(document, { childList: true, subtree: true });
    },
    [client.results, most],
  );
  answers.length = 0;
  await page.goto(origin + client.page(words, most));
  await page.waitForFunction(() => window.shown, undefined, { timeout: 30_000 });
  await page.waitForLoadState("networkidle");
  const [shown, start] = await page.evaluate(() => [window.shown, performance.timeOrigin]);
  await context.close();
  const asked = answers.filter(({ time }) => time <= shown);
  const apart = ({ path }) => path.endsWith("/") || /\.(css|svg|ico)$/.test(path);
  const sum = (some) => ({
    requests: some.length,
    bytes: some.reduce((total, { bytes }) => total + bytes, 0),
  });
  return {
    search: sum(asked.filter((answer) => !apart(answer))),
    page: sum(asked.filter(apart)),
    milliseconds: shown - start,
  };
}

async function load(browser, server, client, words) {
  const costs = [];
  for (const word of words) {
    const ten = await cost(browser, server, client, word, 10);
    const twenty = await cost(browser, server, client, word, 20);
    costs.push({ word, ten, twenty });
  }
  return costs;
}

// Types each word letter by letter, twice, and measures the second time: from
// the event of a key to the last change of the results within a second. The
// first letter is left out: no client searches for a letter alone.
async function type(browser, { origin }, client, words) {
  const page = await browser.newPage();
  await page.goto(origin + client.page("", 10));
  const box = page.locator(client.box);
  await box.waitFor();
  await page.waitForLoadState("networkidle");
  await page.evaluate((region) => {
    window.keys = [];
    document.addEventListener("input", () => window.keys.push({ start: performance.now() }), true);
    const observer = new MutationObserver(() => {
      const key = window.keys.at(-1);
      if (key) key.end = performance.now();
    });
    observer.observe(document.querySelector(region), { childList: true, subtree: true });
  }, client.region);
  const taken = [];
  for (const word of words) {
    for (const isMeasured of [false, true]) {
      await box.fill("");
      await page.waitForTimeout(1000);
      await page.evaluate(() => (window.keys = []));
      for (const letter of word) {
        await box.press(letter === " " ? "Space" : letter);
        await page.waitForTimeout(1000);
      }
      const keys = await page.evaluate(() => window.keys);
      const ended = keys.slice(1).filter((key) => key.end);
      if (isMeasured) taken.push(...ended.map((key) => key.end - key.start));
    }
  }
  return taken;
}

const [task, ...rest] = process.argv.slice(2);
const [client, folder, ...words] = task === "ask" ? ["pagefind", ...rest] : rest;
const server = await serve(path.resolve(folder));
const browser = await launchChromium();
try {
  const tasks = { ask, load, type };
  console.log(JSON.stringify(await tasks[task](browser, server, clients[client], words)));
} finally {
  await browser.close();
  server.server.closeAllConnections();
  server.server.close();
}
