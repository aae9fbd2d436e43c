// Shows a small archive with `pressmark serve`, changes its files as people and
// programs do, and looks at its pages in Chromium and through plain sockets.
// `checks`, near the end, is the table of contents: each check has a site of its
// own in a temporary folder, and a preview that must end well.
//
//   node preview.mjs PROGRAM NOTE [PICTURES]
//
// The file NOTE gets the number of checks. The folder PICTURES, if there is to be
// one, gets pictures of what a preview shows besides the site. With ONLY=WORDS in
// the environment only the checks whose names hold these words are made.
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { addAxe, launchChromium, schemes, violations, widths } from "./browser.mjs";
import { pagesOf } from "./pages.mjs";

// How long anything is waited for, in milliseconds.
const patience = 10_000;
// How long an interrupted preview may take to end, in milliseconds.
const farewell = 1000;
// What stands in sources and must never be sent.
const secret = "secret-of-the-sources";
const saves = 500;
const warmUp = 100;
// How many megabytes the memory may grow from the first saves to the last.
const growth = 16;
const burst = 1000;

function demand(condition, words) {
  if (!condition) throw new Error(words);
}

function equal(actual, expected, what) {
  demand(actual === expected, `${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
}

function holds(text, words, what) {
  demand(text.includes(words), `${what} does not hold \`${words}\`:\n${text}`);
}

function lacks(text, words, what) {
  demand(!text.includes(words), `${what} holds \`${words}\``);
}

// A text without colours, and with one space where there was any.
function flat(text) {
  return text.replaceAll(/\x1b\[[0-9;]*m/g, "").replaceAll(/\s+/g, " ").trim();
}

// --- The site -----------------------------------------------------------------

const strike = { file: "content/articles/strike.md", address: "/1973/05/01/strike/" };
const march = { file: "content/articles/march.md", address: "/1973/06/02/march/" };
const sheet = "static/style.css";
const ownTemplate = "templates/article.html";

// A template that shows these words.
const template = (words) =>
  `{% extends "base.html" %}\n{% block main %}<h1>{{ article.title }}</h1>\n` +
  `${words}{{ article.body | safe }}{% endblock main %}\n`;

function article(title, { date = "1973-05-01", more = "", body = "Words of it." } = {}) {
  return `+++\n# ${secret}\ntitle = "${title}"\ndate = ${date}\n${more}+++\n\n${body}\n`;
}

// The strike, with a body higher than any screen.
function strikeWith(words, more = "") {
  const rest = Array.from({ length: 200 }, (_, n) => `Paragraph ${n}.`).join("\n\n");
  return article("Strike", { more, body: `${words}\n\n${rest}` });
}

// A text that takes some time to read.
const longText = "Words **and** words.\n\n".repeat(20_000);

const sheetWith = (colour) => `h1 { color: ${colour}; }\n`;

const sample = {
  "config.toml": `# ${secret}\ntitle = "Test Archive"\nbase_url = "https://archive.example"\n`,
  [strike.file]: strikeWith("The first words.", 'organizations = ["The Union"]\n'),
  [march.file]: article("March", { date: "1973-06-02", more: 'redirects = ["/old/march/"]\n' }),
  "content/organizations/union.md": '+++\nname = "The Union"\nkind = "union"\n+++\n\nIts words.\n',
  "content/pages/about.md": '+++\ntitle = "About"\n+++\n\nWords about it.\n',
  [sheet]: sheetWith("rgb(1, 2, 3)"),
  "static/files/notes.txt": "0123456789\n",
};

class Site {
  folder = mkdtempSync(path.join(os.tmpdir(), "pressmark-preview-"));

  constructor() {
    for (const [file, text] of Object.entries(sample)) this.write(file, text);
  }

  path(file) {
    return path.join(this.folder, file);
  }

  write(file, text) {
    mkdirSync(path.dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  // Saves a file as many editors do: the new one takes the place of the old.
  replace(file, text) {
    this.write(`${file}~`, text);
    this.move(`${file}~`, file);
  }

  // Saves a file as others do: the old one is moved away first.
  writeBeside(file, text) {
    this.move(file, `${file}~`);
    this.write(file, text);
    this.remove(`${file}~`);
  }

  move(file, to) {
    renameSync(this.path(file), this.path(to));
  }

  remove(file) {
    rmSync(this.path(file), { recursive: true });
  }

  // Each file with its bytes, except those of the folder for what is remembered.
  files() {
    const files = globSync("**/*", { cwd: this.folder, withFileTypes: true })
      .concat(globSync("**/.*", { cwd: this.folder, withFileTypes: true }))
      .filter((found) => !found.isDirectory())
      .map((found) => path.relative(this.folder, path.join(found.parentPath, found.name)))
      .filter((file) => !file.startsWith(".pressmark/"));
    return new Map(files.sort().map((file) => [file, readFileSync(this.path(file), "utf8")]));
  }
}

// --- The program --------------------------------------------------------------

const [program, note, pictures] = process.argv.slice(2);
if (!note) throw new Error("usage: node preview.mjs PROGRAM NOTE [PICTURES]");

function launch(site, options) {
  return spawn(path.resolve(program), options, {
    cwd: site.folder,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

// Runs the program to its end.
async function run(site, ...options) {
  const child = launch(site, options);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece) => (said += piece));
  }
  const watch = setTimeout(() => child.kill("SIGKILL"), patience);
  const code = await new Promise((done) => child.on("close", done));
  clearTimeout(watch);
  return { code, said };
}

// Asks for a path and takes what comes. The path is sent as it is.
function ask(port, address, { method = "GET", headers = {} } = {}) {
  return new Promise((done, failed) => {
    const options = { host: "127.0.0.1", port, path: address, method };
    const request = http.request({ ...options, headers: { host: `localhost:${port}`, ...headers } }, (response) => {
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece));
      response.on("error", failed);
      response.on("end", () => {
        const text = Buffer.concat(pieces).toString();
        done({ status: response.statusCode, headers: response.headers, text });
      });
    });
    request.on("error", failed);
    request.end();
  });
}

// Sends these very bytes and takes what comes until the connection ends.
function send(port, bytes) {
  return new Promise((done, failed) => {
    let text = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(patience, () => socket.destroy(new Error(`no answer to ${JSON.stringify(bytes)}`)));
    socket.setEncoding("utf8").on("data", (piece) => (text += piece));
    socket.on("error", failed);
    socket.on("end", () => {
      socket.destroy();
      done({ status: Number(text.match(/^HTTP\/1\.1 (\d+)/)?.[1]), text });
    });
  });
}

// A preview that runs. It has what it said last to its pages, `state`, and all
// that it said to the terminal, `said`.
class Preview {
  said = "";
  state = undefined;
  ended = undefined;
  #news = 0;
  #waiting = new Set();

  static async start(site, ...options) {
    const preview = new Preview();
    preview.child = launch(site, ["serve", ...options]);
    preview.#hear();
    const ready = /^the site is at (http:\/\/\S+:(\d+))\/; end it with Ctrl-C$/m;
    await preview.until("the words that it is ready", () => ready.test(preview.said));
    const [, origin, port] = preview.said.match(ready);
    preview.origin = origin;
    preview.port = Number(port);
    preview.#listen();
    await preview.until("the first event", () => preview.state);
    await preview.until("the first edition or error", async () =>
      preview.state.n_errors > 0 || (await preview.ask("/")).status !== 503,
    );
    return preview;
  }

  #hear() {
    this.child.stderr.setEncoding("utf8").on("data", (piece) => {
      this.said += piece;
      this.#tell();
    });
    this.end = new Promise((done) => {
      this.child.on("close", (code, signal) => {
        this.ended = { code, signal };
        this.#tell();
        done(this.ended);
      });
    });
  }

  // Hears what pages are told.
  #listen() {
    const options = { host: "127.0.0.1", port: this.port, path: "/__pressmark/events", agent: false };
    const request = http.get({ ...options, headers: { host: `localhost:${this.port}` } }, (response) => {
      let rest = "";
      response.setEncoding("utf8").on("data", (piece) => {
        const events = (rest + piece).split("\n\n");
        rest = events.pop();
        const data = events.map((event) => event.match(/^data: ?(.*)$/m)?.[1]).filter(Boolean);
        for (const text of data) this.state = JSON.parse(text);
        this.#tell();
      });
      response.on("error", () => {});
    });
    request.on("error", () => {});
  }

  #tell() {
    this.#news += 1;
    for (const wake of this.#waiting) wake(true);
  }

  // Waits for news after those that were seen; false if there are none in time.
  #newsAfter(seen, limit) {
    if (this.#news !== seen) return true;
    return new Promise((done) => {
      const wake = (isNew) => {
        clearTimeout(watch);
        this.#waiting.delete(wake);
        done(isNew);
      };
      const watch = setTimeout(() => wake(false), limit);
      this.#waiting.add(wake);
    });
  }

  // Waits until the test gives something. It is made again whenever the preview
  // says something to its pages or to the terminal.
  async until(what, test) {
    const end = Date.now() + patience;
    for (let isNew = true; ; ) {
      const seen = this.#news;
      const found = await test();
      if (found) return found;
      demand(!this.ended, `the preview ended instead of ${what}: ${JSON.stringify(this.ended)}`);
      demand(isNew, `waited in vain for ${what}; pages were last told ${JSON.stringify(this.state)}`);
      isNew = await this.#newsAfter(seen, Math.max(0, end - Date.now()));
    }
  }

  ask(address, options) {
    return ask(this.port, address, options);
  }

  // Waits until a page answers with a status and with words.
  answers(address, status, words = "") {
    return this.until(`status ${status} and the words \`${words}\` at ${address}`, async () => {
      const answer = await this.ask(address);
      return answer.status === status && answer.text.includes(words) ? answer : undefined;
    });
  }

  // Waits until there is no error.
  isMended() {
    return this.until("an edition without errors", () => this.state.n_errors === 0);
  }

  // Waits until there is an error of which pages are told these words.
  isBroken(words) {
    return this.until(`the error \`${words}\``, () => this.state.n_errors > 0 && this.state.faults.includes(words));
  }

  // Interrupts the preview and gives how long it took to end, in milliseconds.
  async interrupt() {
    const began = performance.now();
    this.child.kill("SIGINT");
    const watch = setTimeout(() => this.child.kill("SIGKILL"), patience);
    const { code, signal } = await this.end;
    clearTimeout(watch);
    equal(code, 0, `the status of an interrupted preview (signal ${signal})`);
    return performance.now() - began;
  }

  // How many megabytes of memory it uses.
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Number(status.match(/^VmRSS:\s+(\d+) kB$/m)[1]) / 1024;
  }
}

// --- The browser --------------------------------------------------------------

// Waits until a function gives something true in the page.
async function until(page, what, test, argument) {
  try {
    await page.waitForFunction(test, argument, { timeout: patience });
  } catch (error) {
    const text = await page.locator("body").innerText().catch(() => "");
    const why = error.message.split("\n")[0];
    throw new Error(`waited in vain for ${what} (${why}); the page shows:\n${text.slice(0, 600)}`);
  }
}

const shows = (page, words) =>
  until(page, `the words \`${words}\` on the page`, (text) => document.body?.innerText.includes(text), words);

// Waits until an overlay with these words can be seen, and gives all of its words.
async function overlayWith(page, words) {
  const shown = page.locator("pressmark-overlay section[role=alert] pre");
  try {
    await shown.filter({ hasText: words }).waitFor({ timeout: patience });
  } catch {
    const found = (await shown.allTextContents().catch(() => [])).join("\n");
    throw new Error(`waited in vain for an overlay with \`${words}\`; there is ${found || "none"}`);
  }
  return shown.textContent();
}

const hasNoOverlay = (page) =>
  until(page, "the overlay's end", () =>
    document.readyState === "complete" &&
    !document.querySelector("pressmark-overlay")?.shadowRoot.querySelector("section"),
  );

// Puts a sign on a page that is lost when the page is loaded again.
const sign = (page) => page.evaluate(() => void (window.isSigned = true));
const isSigned = (page) => page.evaluate(() => window.isSigned === true);

async function scroll(page, height) {
  await page.evaluate((y) => window.scrollTo(0, y), height);
  await isScrolled(page, height);
}

const isScrolled = (page, height) =>
  until(page, `the page scrolled to ${height}`, (y) => Math.abs(window.scrollY - y) < 2, height);

// What axe and a ruler find wrong with a page as it is shown now.
async function faultsOf(page, width) {
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  const found = (await violations(page)).map(
    ({ id, help, nodes: [{ html, failureSummary }] }) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`,
  );
  return wide > width ? [`it is ${wide} pixels wide`, ...found] : found;
}

// Looks at a page at every width and in every scheme, and takes its picture.
async function inspect(page, name) {
  await addAxe(page);
  const found = new Map();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      if (pictures) {
        const file = path.join(pictures, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: name === "helper" });
      }
      for (const fault of await faultsOf(page, width)) {
        found.set(fault, [...(found.get(fault) ?? []), `${width} px ${colorScheme}`]);
      }
    }
  }
  return [...found].map(([fault, where]) => `${name} (${where.join(", ")}): ${fault}`);
}

// --- Checks -------------------------------------------------------------------

// What a check works with: a site, its previews and pages, all of which go away.
class Trial {
  site = new Site();
  previews = [];
  faults = [];

  constructor(browser) {
    this.browser = browser;
  }

  async start(...options) {
    const preview = await Preview.start(this.site, ...options);
    this.previews.push(preview);
    return preview;
  }

  async open(preview, address) {
    this.context ??= await this.browser.newContext();
    const page = await this.context.newPage();
    page.on("pageerror", (error) => this.faults.push(`a script fails on ${address}: ${error.message}`));
    page.on("request", (request) => {
      const url = request.url();
      const isOwn = url.startsWith(`${preview.origin}/`) || url.startsWith("data:");
      if (!isOwn) this.faults.push(`${address} asks for ${url}`);
    });
    await page.goto(preview.origin + address, { waitUntil: "load", timeout: patience });
    return page;
  }

  async finish() {
    for (const preview of this.previews.filter(({ ended }) => !ended)) await preview.interrupt();
    demand(this.faults.length === 0, this.faults.join("\n"));
  }

  async clean() {
    for (const { child, end, ended } of this.previews) {
      if (!ended) child.kill("SIGKILL");
      await end;
    }
    await this.context?.close();
    this.site.remove("");
  }
}

async function editedBody(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  for (const way of ["write", "replace", "writeBeside"]) {
    await scroll(page, 1500);
    await sign(page);
    trial.site[way](strike.file, strikeWith(`Words by ${way}.`));
    await shows(page, `Words by ${way}.`);
    demand(!(await isSigned(page)), "the page shows new words and was not loaded again");
    await isScrolled(page, 1500);
  }
}

async function brokenDate(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  await sign(page);
  const before = preview.said.length;
  trial.site.write(strike.file, article("Strike", { date: "2019-02-30" }));
  const words = flat(await overlayWith(page, "2019-02-30"));
  await preview.until(`the overlay's words at the terminal: ${words}`, () =>
    flat(preview.said.slice(before)).includes(words),
  );
  await shows(page, "The first words.");
  demand(await isSigned(page), "the page was loaded again though there is no new edition");
  equal((await preview.ask(march.address)).status, 200, "the status of another page");
  // A text is shown as it is now, and all else as it was.
  await page.reload();
  await shows(page, "Words of it.");
  await shows(page, "May 1, 1973");
  equal(flat(await overlayWith(page, "")), words, "the overlay of a page that is loaded again");
  trial.site.write(strike.file, strikeWith("Mended words."));
  await shows(page, "Mended words.");
  await hasNoOverlay(page);
}

// The last good edition stands, also where nobody has looked so far, with texts as they
// are now.
async function unseenPage(trial) {
  const preview = await trial.start();
  trial.site.write(march.file, article("March", { date: "2019-02-30", body: "Other words." }));
  await preview.isBroken("2019-02-30");
  const page = await trial.open(preview, march.address);
  await overlayWith(page, "2019-02-30");
  await shows(page, "Other words.");
  await shows(page, "June 2, 1973");
}

// Faults of other texts are told after each change, however long the texts are.
async function longTexts(trial) {
  for (let n = 1; n <= 8; n += 1) {
    const link = n === 1 ? "To [nowhere](nowhere.md).\n\n" : "";
    trial.site.write(`content/articles/long-${n}.md`, article(`Long ${n}`, { body: link + longText }));
  }
  const preview = await trial.start();
  await preview.isBroken("nowhere.md");
  for (let n = 1; n <= 3; n += 1) {
    const said = preview.said.length;
    trial.site.write("templates/languages/en.ftl", `latest = Newest number ${n}\n`);
    await preview.answers("/", 200, `Newest number ${n}`);
    const told = await preview.until("the number of faults at the terminal", () =>
      preview.said.slice(said).match(/^templates.*: (.*), \d+ ms$/m),
    );
    equal(told[1], "1 error", "what the terminal says of a link to nowhere after a change elsewhere");
    await preview.isBroken("nowhere.md");
  }
}

async function brokenFromStart(trial) {
  trial.site.write(march.file, article("March", { date: "2019-02-30" }));
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  await overlayWith(page, "2019-02-30");
  trial.site.write(march.file, sample[march.file]);
  await shows(page, "The first words.");
  await hasNoOverlay(page);
}

async function closedOverlay(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  trial.site.write(march.file, "+++\n");
  await overlayWith(page, march.file);
  await page.locator("pressmark-overlay button").click();
  await hasNoOverlay(page);
  await page.reload();
  await overlayWith(page, march.file);
  trial.site.write(march.file, sample[march.file]);
  await preview.isMended();
  await hasNoOverlay(page);
}

async function brokenLink(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  trial.site.write(strike.file, strikeWith("To [nowhere](nowhere.md)."));
  await overlayWith(page, "nowhere.md");
  await shows(page, "To nowhere.");
  trial.site.write(strike.file, strikeWith("To [the march](march.md)."));
  await shows(page, "To the march.");
  await preview.isMended();
  await hasNoOverlay(page);
  // The file with the link is as it was; what it leads to has gone.
  trial.site.move(march.file, "content/articles/walk.md");
  await overlayWith(page, "march.md");
  trial.site.move("content/articles/walk.md", march.file);
  await preview.isMended();
  await hasNoOverlay(page);
}

async function warning(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  trial.site.write("static/photo.png", "");
  trial.site.write(strike.file, strikeWith("![](/photo.png)"));
  const badge = page.locator("pressmark-overlay aside");
  await until(page, "the badge", () => document.querySelector("pressmark-overlay")?.shadowRoot.querySelector("aside"));
  equal(await badge.innerText(), "1 warning", "the badge");
  const { text } = await preview.ask("/__pressmark/");
  holds(text.slice(text.indexOf("Pictures without a description")), strike.file, "the list of pictures");
  trial.site.write(strike.file, strikeWith("![A strike](/photo.png)"));
  await preview.until("no warning", () => preview.state.n_warnings === 0);
  await until(page, "the badge's end", () =>
    document.images[0]?.alt === "A strike" &&
    !document.querySelector("pressmark-overlay")?.shadowRoot.querySelector("aside"),
  );
}

async function changedStyle(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  const hasColour = (colour) =>
    until(
      page,
      `the colour ${colour}`,
      (wanted) => getComputedStyle(document.querySelector("h1")).color === wanted,
      colour,
    );
  await hasColour("rgb(1, 2, 3)");
  await scroll(page, 1500);
  await sign(page);
  const { edition } = preview.state;
  for (const colour of ["rgb(4, 5, 6)", "rgb(7, 8, 9)"]) {
    trial.site.write(sheet, sheetWith(colour));
    await hasColour(colour);
    await until(page, "the old style sheet's end", () =>
      document.querySelectorAll('link[rel="stylesheet"]').length === 1,
    );
  }
  equal(preview.state.edition, edition, "the number of the edition");
  demand(await isSigned(page), "the page was loaded again");
  await isScrolled(page, 1500);
}

const draft = { file: "content/articles/draft.md", address: "/1973/07/03/draft/" };
const early = { file: "content/articles/early.md", address: "/1973/08/04/early/" };

function writeUnpublished(site) {
  site.write(draft.file, article("Draft", { date: "1973-07-03", more: "draft = true\n" }));
  site.write(early.file, article("Early", { date: "1973-08-04", more: "embargo = 2099-01-01\n" }));
}

// Demands that the page that helps lists a piece that is kept back, with words.
async function isListed(preview, file, ...words) {
  const { text } = await preview.ask("/__pressmark/");
  const row = text.match(/<tr>.*?<\/tr>/gs)?.find((found) => found.includes(file));
  demand(row, `/__pressmark/ does not list ${file}`);
  for (const word of words) holds(row, word, `the line of ${file} at /__pressmark/`);
}

async function keptBack(trial) {
  writeUnpublished(trial.site);
  const preview = await trial.start();
  for (const { address } of [draft, early]) {
    equal((await preview.ask(address)).status, 404, `the status of ${address}`);
  }
  for (const address of ["/", "/feed.xml", "/sitemap.xml"]) {
    const { text } = await preview.ask(address);
    for (const piece of [draft, early]) lacks(text, piece.address, address);
  }
  await isListed(preview, draft.file, "draft", "1973-07-03", "Draft");
  await isListed(preview, early.file, "embargo", "1973-08-04", "2099-01-01", "Early");
}

async function shownDrafts(trial) {
  writeUnpublished(trial.site);
  const preview = await trial.start("--drafts");
  const pieces = [
    [draft, "Not published: draft", "1973-07-03"],
    [early, "Not published: embargo until 2099-01-01", "1973-08-04"],
  ];
  for (const [{ address, file }, words, date] of pieces) {
    const page = await trial.open(preview, address);
    const banner = page.locator("pressmark-banner");
    equal(await banner.count(), 1, `the number of banners on ${address}`);
    equal(await banner.innerText(), words, `the banner on ${address}`);
    const { y, height } = await banner.boundingBox();
    demand(y >= 0 && y + height <= page.viewportSize().height, `the banner on ${address} stands outside of the screen`);
    await isListed(preview, file, date);
  }
  lacks((await preview.ask(strike.address)).text, "pressmark-banner", "a published page");
  // It is published while somebody looks at it.
  const page = await trial.open(preview, draft.address);
  trial.site.write(draft.file, article("Draft", { date: "1973-07-03", body: "Published." }));
  await shows(page, "Published.");
  equal(await page.locator("pressmark-banner").count(), 0, "the number of banners on a page that is published");
}

async function renamedFile(trial) {
  const preview = await trial.start();
  trial.site.move(march.file, "content/articles/walk.md");
  await preview.answers("/1973/06/02/walk/", 200, "Words of it.");
  await preview.answers(march.address, 404);
  const { text } = await preview.ask("/");
  holds(text, "/1973/06/02/walk/", "the home page");
  lacks(text, march.address, "the home page");
}

async function newFolder(trial) {
  const preview = await trial.start();
  for (const folder of ["content/new", "content/a/b/c/d"]) {
    const name = path.basename(folder);
    const file = `${folder}/${name}.md`;
    trial.site.write(file, article(name));
    await preview.answers(`/1973/05/01/${name}/`, 200, "Words of it.");
    trial.site.write(file, article(name, { body: "Later words." }));
    await preview.answers(`/1973/05/01/${name}/`, 200, "Later words.");
  }
  // A folder of files that was made elsewhere.
  const elsewhere = "elsewhere/moved";
  trial.site.write(`${elsewhere}/deep/moved.md`, article("Moved"));
  trial.site.move(elsewhere, "content/moved");
  await preview.answers("/1973/05/01/moved/", 200, "Words of it.");
  trial.site.write("content/moved/deep/moved.md", article("Moved", { body: "Later words." }));
  await preview.answers("/1973/05/01/moved/", 200, "Later words.");
  trial.site.move("content/moved", "elsewhere/again");
  await preview.answers("/1973/05/01/moved/", 404);
}

async function deletedArticle(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, "/");
  await shows(page, "March");
  trial.site.remove(march.file);
  await preview.answers(march.address, 404);
  await until(page, "the article's end on the home page", () => !document.body?.innerText.includes("March"));
  await shows(page, "Strike");
}

async function halfTemplate(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  const whole = template('<p class="own">Our own template.</p>');
  trial.site.write(ownTemplate, whole.slice(0, whole.indexOf("article.title") + 7));
  await overlayWith(page, ownTemplate);
  await shows(page, "The first words.");
  await preview.answers(strike.address, 200, "The first words.");
  trial.site.write(ownTemplate, whole);
  await shows(page, "Our own template.");
  await preview.isMended();
  await hasNoOverlay(page);
  trial.site.remove("templates");
  await until(page, "the theme's template", () =>
    document.body && !document.body.innerText.includes("Our own template."),
  );
}

async function failingTemplate(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  trial.site.write(ownTemplate, template('{{ throw(message="the presses stand still") }}'));
  await preview.answers(strike.address, 500, "The first words.");
  await overlayWith(page, "the presses stand still");
  await shows(page, "The first words.");
  equal((await preview.ask("/")).status, 200, "the status of a page with another template");
  trial.site.write(ownTemplate, template("<p>The presses run.</p>"));
  await shows(page, "The presses run.");
  await hasNoOverlay(page);
  await preview.answers(strike.address, 200, "The presses run.");
}

async function manySaves(trial) {
  const preview = await trial.start();
  let early;
  for (let n = 1; n <= saves; n += 1) {
    const { edition } = preview.state;
    trial.site.write(strike.file, strikeWith(`Save number ${n}.`));
    await preview.until(`the edition of save ${n}`, () => preview.state.edition > edition);
    await preview.answers(strike.address, 200, `Save number ${n}.`);
    if (n === warmUp) early = preview.memory();
  }
  const late = preview.memory();
  const told = `${early.toFixed(1)} MB after ${warmUp} saves, ${late.toFixed(1)} MB after ${saves}`;
  demand(late - early < growth, `the memory grows by more than ${growth} MB: ${told}`);
  return told;
}

async function manyFiles(trial) {
  const preview = await trial.start();
  const made = path.join(trial.site.folder, "made");
  const names = Array.from({ length: burst }, (_, n) => `burst-${n}`);
  for (const name of names) trial.site.write(`made/${name}.md`, article(name));
  const { edition } = preview.state;
  cpSync(made, trial.site.path("content/articles"), { recursive: true });
  await preview.until("an edition", () => preview.state.edition > edition);
  for (const name of names) {
    const { status } = await preview.ask(`/1973/05/01/${name}/`);
    equal(status, 200, `the status of ${name} in the first edition after the burst`);
  }
  // Whatever else the burst brings has come by the time that one more save is seen.
  trial.site.replace(strike.file, strikeWith("After the burst."));
  await preview.until("an edition", () => preview.state.edition > edition + 1);
  await preview.answers(strike.address, 200, "After the burst.");
  equal(preview.state.edition - edition, 2, `the number of editions after a burst of ${burst} files and one save`);
}

async function brokenSettings(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  trial.site.write("config.toml", 'title = "Test');
  await overlayWith(page, "config.toml");
  await shows(page, "The first words.");
  // What changes meanwhile is not lost.
  trial.site.write(strike.file, strikeWith("Meanwhile."));
  trial.site.write("config.toml", sample["config.toml"].replace("Test Archive", "New Archive"));
  await shows(page, "New Archive");
  await shows(page, "Meanwhile.");
  await preview.isMended();
  await hasNoOverlay(page);
  trial.site.remove("config.toml");
  await overlayWith(page, "config.toml");
  trial.site.write("config.toml", sample["config.toml"]);
  await shows(page, "Test Archive");
  await hasNoOverlay(page);
}

async function lostContent(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  trial.site.move("content", "away");
  await overlayWith(page, "`content`");
  await page.reload();
  await shows(page, "The first words.");
  await overlayWith(page, "`content`");
  trial.site.move("away", "content");
  await preview.isMended();
  await hasNoOverlay(page);
  trial.site.write(strike.file, strikeWith("After the move."));
  await shows(page, "After the move.");
  cpSync(trial.site.path("content"), trial.site.path("copy"), { recursive: true });
  trial.site.remove("content");
  await overlayWith(page, "`content`");
  cpSync(trial.site.path("copy"), trial.site.path("content"), { recursive: true });
  await preview.isMended();
  await hasNoOverlay(page);
  trial.site.write(strike.file, strikeWith("After the copy."));
  await shows(page, "After the copy.");
  trial.site.write(march.file, article("March", { date: "1973-06-02", body: "A march again." }));
  await preview.answers(march.address, 200, "A march again.");
}

// Paths that ask for what is not the site's.
const hostilePaths = [
  "/../config.toml",
  "/articles/../../config.toml",
  "/./config.toml",
  "/%2e%2e/config.toml",
  "/.%2E/config.toml",
  "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
  "/..%2fconfig.toml",
  "/files%2f..%2f..%2fconfig.toml",
  "/%2fetc%2fpasswd",
  "/..%5cconfig.toml",
  "/..\\config.toml",
  "/style.css%00",
  "/%00/config.toml",
  "/%c0%ae%c0%ae/config.toml",
  "/%252e%252e/config.toml",
  "//etc/passwd",
  "///etc/passwd",
  "/config.toml",
  "/content/articles/strike.md",
  "/.pressmark/",
  "/__pressmark/../config.toml",
  "/__pressmark/%2e%2e/config.toml",
  "/__pressmark/config.toml",
  "../config.toml",
  "http://localhost/../config.toml",
];

const foreignHosts = (port) => [
  "host: other.example",
  `host: other.example:${port}`,
  "host: localhost.other.example",
  "host: 127.0.0.1.other.example",
  "host:",
];

function isRefused({ status, text }, what) {
  demand(status >= 400 && status < 500, `${what} is answered with status ${status}:\n${text.slice(0, 300)}`);
  for (const words of [secret, "root:", "Strike"]) lacks(text, words, `the answer to ${what}`);
}

async function hostileRequests(trial) {
  const { port } = await trial.start();
  const request = (line, ...headers) => send(port, [line, ...headers, "connection: close", "", ""].join("\r\n"));
  const own = `host: localhost:${port}`;
  equal((await request("GET / HTTP/1.1", own)).status, 200, "the status of the home page");
  for (const hostile of hostilePaths) isRefused(await request(`GET ${hostile} HTTP/1.1`, own), hostile);
  for (const address of ["/", strike.address, "/__pressmark/", "/__pressmark/events", "/files/notes.txt"]) {
    for (const host of foreignHosts(port)) {
      isRefused(await request(`GET ${address} HTTP/1.1`, host), `${address} with \`${host}\``);
    }
    isRefused(await request(`GET ${address} HTTP/1.1`), `${address} without a host`);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      isRefused(await request(`${method} ${address} HTTP/1.1`, own), `${method} ${address}`);
    }
  }
  const foreign = await request(`GET ${strike.address} HTTP/1.1`, own, "origin: https://other.example");
  lacks(foreign.text.toLowerCase(), "access-control-allow", "the answer to another site's script");
}

async function foreignLinks(trial) {
  const preview = await trial.start();
  const page = await trial.open(preview, strike.address);
  const outside = mkdtempSync(path.join(os.tmpdir(), "pressmark-outside-"));
  try {
    writeFileSync(path.join(outside, "notes.txt"), secret);
    symlinkSync(path.join(outside, "notes.txt"), trial.site.path("static/link.txt"));
    await overlayWith(page, "static/link.txt");
    await preview.answers("/link.txt", 404);
    trial.site.remove("static/link.txt");
    await preview.isMended();
    // In the place of what was a file and a folder when they were listed.
    for (const [link, target] of [["static/files/notes.txt", "notes.txt"], ["static/files", ""]]) {
      await preview.answers("/files/notes.txt", 200, "0123");
      trial.site.move(link, "kept");
      symlinkSync(path.join(outside, target), trial.site.path(link));
      const answer = await preview.ask("/files/notes.txt");
      isRefused(answer, `a link at ${link}`);
      await preview.isBroken(link);
      isRefused(await preview.ask("/files/notes.txt"), `a link at ${link}, after an edition was refused`);
      trial.site.remove(link);
      trial.site.move("kept", link);
      await preview.isMended();
    }
  } finally {
    rmSync(outside, { recursive: true });
  }
}

// The addresses, as the system writes them, at which somebody listens at a port.
function listenersAt(port) {
  const end = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lists = ["/proc/net/tcp", "/proc/net/tcp6"].filter((list) => existsSync(list));
  const lines = lists.flatMap((list) => readFileSync(list, "utf8").trim().split("\n").slice(1));
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local.endsWith(end) && state === "0A")
    .map(([, local]) => local.split(":")[0]);
}

function isConnected(port, host) {
  return new Promise((done) => {
    const socket = net.connect({ port, host });
    const end = (found) => {
      socket.destroy();
      done(found);
    };
    socket.setTimeout(patience, () => end(false));
    socket.on("connect", () => end(true)).on("error", () => end(false));
  });
}

async function loopbackOnly(trial) {
  const preview = await trial.start();
  equal(listenersAt(preview.port).join(), "0100007F", "the address at which a preview listens");
  lacks(preview.said, "warning", "what a preview says");
  const others = Object.values(os.networkInterfaces()).flat().filter(({ internal }) => !internal);
  for (const { address, scopeid } of others) {
    const host = scopeid ? `${address}%${scopeid}` : address;
    demand(!(await isConnected(preview.port, host)), `the preview answers at ${host}`);
  }
  const open = await trial.start("--bind", "0.0.0.0");
  equal(listenersAt(open.port).join(), "00000000", "the address at which `--bind 0.0.0.0` listens");
  holds(open.said, "warning: others on the network can read the preview", "what `--bind 0.0.0.0` says");
  for (const { address } of others.filter(({ family }) => family === "IPv4")) {
    demand(await isConnected(open.port, address), `\`--bind 0.0.0.0\` does not answer at ${address}`);
  }
  return `${others.length} other addresses`;
}

async function asHostsDo(trial) {
  const preview = await trial.start();
  const types = [
    ["/", /^text\/html; charset=utf-8$/],
    ["/style.css", /^text\/css\b/],
    ["/feed.xml", /^(application\/atom|application|text)[/+]xml\b/],
    ["/sitemap.xml", /^(application|text)\/xml\b/],
    ["/robots.txt", /^text\/plain\b/],
    ["/files/notes.txt", /^text\/plain\b/],
  ];
  for (const [address, type] of types) {
    const { status, headers } = await preview.ask(address);
    equal(status, 200, `the status of ${address}`);
    demand(type.test(headers["content-type"]), `the type of ${address} is ${headers["content-type"]}`);
    const head = await preview.ask(address, { method: "HEAD" });
    equal(`${head.status} ${head.text}`, "200 ", `the status and text of HEAD ${address}`);
  }
  const lost = await preview.ask("/no/such/page/");
  equal(lost.status, 404, "the status of an unknown address");
  holds(lost.text, "Test Archive", "the page of an unknown address");
  holds(lost.headers["content-type"], "text/html", "the type of an unknown address");
  const part = await preview.ask("/files/notes.txt", { headers: { range: "bytes=2-5" } });
  equal(part.status, 206, "the status of a part of a file");
  equal(part.text, "2345", "a part of a file");
  equal(part.headers["content-range"], "bytes 2-5/11", "the range of a part");
}

async function redirects(trial) {
  const accented = "/1973/05/01/%C3%A9t%C3%A9/";
  trial.site.write("content/articles/summer.md", article("Summer", { more: 'slug = "été"\n' }));
  const preview = await trial.start();
  for (const [from, to] of [
    ["/old/march/", march.address],
    ["/old/march", march.address],
    [march.address.slice(0, -1), march.address],
    [accented.slice(0, -1), accented],
  ]) {
    const { status, headers } = await preview.ask(from);
    equal(status, 301, `the status of ${from}`);
    equal(new URL(headers.location, preview.origin).href, preview.origin + to, `where ${from} leads`);
  }
}

async function siteBelowPath(trial) {
  const settings = sample["config.toml"].replace("archive.example", "archive.example/press");
  trial.site.write("config.toml", settings);
  const preview = await trial.start();
  const { status, headers } = await preview.ask("/");
  equal(`${status} ${headers.location}`, "301 /press/", "the answer at the root of the host");
  const page = await trial.open(preview, `/press${strike.address}`);
  trial.site.write(strike.file, strikeWith("Below a path."));
  await shows(page, "Below a path.");
  equal((await preview.ask(strike.address)).status, 404, "the status of an address outside of the path");
}

// A port that is free now.
async function freePort() {
  const server = net.createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function takenPort(trial) {
  const port = await freePort();
  const first = await trial.start("--port", String(port));
  equal(first.port, port, "the port that was asked for");
  const { code, said } = await run(trial.site, "serve", "--port", String(port));
  equal(code, 1, "the status of a preview on a port that is taken");
  holds(said, "error[cannot-listen]", "what a preview on a port that is taken says");
  holds(said, "--port", "what a preview on a port that is taken says");
  holds(said, "hint", "what a preview on a port that is taken says");
  const [second, third] = [await trial.start(), await trial.start()];
  demand(second.port !== third.port, "two previews use one port");
}

async function restarted(trial) {
  const port = String(await freePort());
  const first = await trial.start("--port", port);
  const page = await trial.open(first, strike.address);
  await first.interrupt();
  trial.site.write(strike.file, strikeWith("Words of another run."));
  await trial.start("--port", port);
  await shows(page, "Words of another run.");
}

// A browser has six connections to a host, and a page that listens holds one.
async function manyPages(trial) {
  const preview = await trial.start();
  const pages = [];
  for (let n = 1; n <= 10; n += 1) {
    const opened = trial.open(preview, strike.address);
    pages.push(await opened.catch(() => { throw new Error(`page ${n} that is open at once does not load`); }));
  }
  trial.site.write(strike.file, strikeWith("Words for all pages."));
  for (const page of pages) await shows(page, "Words for all pages.");
}

// The numbers of the processes that work in a folder.
function processesIn(folder) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readlinkSync(`/proc/${id}/cwd`).startsWith(folder);
      } catch {
        // It has ended, or is somebody else's.
        return false;
      }
    });
}

async function nothingLeft(trial) {
  const before = trial.site.files();
  const preview = await trial.start();
  await trial.open(preview, strike.address);
  await trial.open(preview, "/__pressmark/");
  // Connections on which nothing comes, or only half a request.
  const sockets = ["", "GET / HTTP/1.1\r\nhost: loc"].map((words) => {
    const socket = net.connect(preview.port, "127.0.0.1", () => socket.write(words));
    return socket.on("error", () => {});
  });
  await Promise.all(sockets.map((socket) => new Promise((done) => socket.once("ready", done))));
  const took = await preview.interrupt();
  for (const socket of sockets) socket.destroy();
  demand(took < farewell, `an interrupted preview takes ${took.toFixed(0)} ms to end`);
  equal(processesIn(trial.site.folder).join(), "", "the processes that are left");
  equal(JSON.stringify([...trial.site.files()]), JSON.stringify([...before]), "the site's folder after a preview");
  demand(!existsSync(trial.site.path("public")), "a preview makes `public/`");
  return `${took.toFixed(0)} ms`;
}

async function buildAfterwards(trial) {
  const preview = await trial.start("--drafts");
  await preview.ask(strike.address);
  // A build beside a preview gives what one without it gives.
  const { code, said } = await run(trial.site, "build", "--output", "beside");
  equal(code, 0, `the status of a build beside a preview, which says ${said}`);
  trial.site.remove("beside");
  await preview.interrupt();
  const after = await run(trial.site, "build");
  equal(after.code, 0, `the status of a build after a preview, which says ${after.said}`);
  const pages = pagesOf(trial.site.path("public"));
  demand(pages.some(({ address }) => address === strike.address), "a build after a preview lacks a page");
  for (const [file, text] of trial.site.files()) {
    if (!file.startsWith("public/")) continue;
    for (const words of ["__pressmark", "pressmark-", "localhost"]) lacks(text, words, file);
  }
}

async function accessible(trial) {
  writeUnpublished(trial.site);
  trial.site.remove(sheet);
  trial.site.write("static/photo.png", "");
  trial.site.write(march.file, article("March", { date: "1973-06-02", body: "![](/photo.png)" }));
  const preview = await trial.start("--drafts");
  const banner = await trial.open(preview, draft.address);
  const found = await inspect(banner, "banner");
  const badge = await trial.open(preview, march.address);
  await until(badge, "the badge", () => document.querySelector("pressmark-overlay")?.shadowRoot.querySelector("aside"));
  found.push(...(await inspect(badge, "badge")));
  trial.site.write(draft.file, article("Draft", { date: "2019-02-30" }));
  trial.site.write(early.file, article("Early", { more: 'tittle = "Early"\n' }));
  await preview.isBroken("2019-02-30");
  const page = await trial.open(preview, strike.address);
  await overlayWith(page, "2019-02-30");
  found.push(...(await inspect(page, "overlay")));
  const helper = await trial.open(preview, "/__pressmark/");
  found.push(...(await inspect(helper, "helper")));
  const hidden = helper.locator("pressmark-overlay button");
  if (await hidden.count()) await hidden.click();
  found.push(...(await inspect(helper, "helper")));
  demand(found.length === 0, [...new Set(found)].join("\n"));
}

async function helperPage(trial) {
  writeUnpublished(trial.site);
  const preview = await trial.start("--drafts");
  const page = await trial.open(preview, "/__pressmark/");
  await shows(page, "How long each stage took");
  await shows(page, "Not published yet: 2");
  await shows(page, "Articles without a byline");
  await shows(page, "Articles without a source");
  // What is wrong with a long text is known later than that there is a new edition.
  for (let n = 1; n <= 3; n += 1) {
    trial.site.write(strike.file, strikeWith(`Words.\n\n${longText}`));
    await shows(page, "Errors: 0");
    trial.site.write(strike.file, strikeWith(`To [nowhere](nowhere.md).\n\n${longText}`));
    await shows(page, "Errors: 1");
  }
  await shows(page, "nowhere.md");
  const link = page.locator(`a[href$="${strike.address}"]`).first();
  await link.click();
  await shows(page, "To nowhere.");
}

async function polled(trial) {
  const preview = await trial.start("--poll");
  trial.site.write(strike.file, strikeWith("Words that were looked for."));
  await preview.answers(strike.address, 200, "Words that were looked for.");
  trial.site.write("content/new/folder/new.md", article("New"));
  await preview.answers("/1973/05/01/new/", 200, "Words of it.");
}

const checks = [
  ["an edited body: the page loads itself again and stays where it was", editedBody],
  ["a date that does not exist: an overlay over the last good page", brokenDate],
  ["a broken article that nobody has opened: it is shown as it was", unseenPage],
  ["a broken link in a long text: it is not forgotten", longTexts],
  ["a site that is broken from the start", brokenFromStart],
  ["an overlay can be closed", closedOverlay],
  ["a broken link: an overlay", brokenLink],
  ["a warning: a badge", warning],
  ["a changed style sheet: taken over without loading the page", changedStyle],
  ["what is kept back: not there, but listed", keptBack],
  ["what is kept back, with --drafts: there, with a banner", shownDrafts],
  ["a renamed file", renamedFile],
  ["a new folder", newFolder],
  ["a deleted article", deletedArticle],
  ["a template that is saved by half", halfTemplate],
  ["a template that fails while it renders", failingTemplate],
  [`${saves} saves`, manySaves],
  [`${burst} files at once: one edition`, manyFiles],
  ["broken settings", brokenSettings],
  ["a content folder that goes and comes back", lostContent],
  ["requests for what is not the site's", hostileRequests],
  ["links that lead out of the site", foreignLinks],
  ["it listens on this machine only", loopbackOnly],
  ["types, parts and unknown addresses", asHostsDo],
  ["redirects", redirects],
  ["a site below a path", siteBelowPath],
  ["a port that is taken", takenPort],
  ["a preview that is started again: open pages follow it", restarted],
  ["many open pages", manyPages],
  ["an interrupted preview leaves nothing behind", nothingLeft],
  ["a build afterwards, without a trace of previews", buildAfterwards],
  ["the page that helps", helperPage],
  ["what is shown besides the site serves everybody", accessible],
  ["files that are looked at again and again", polled],
];

// Makes a check; gives whether it was passed.
async function pass(browser, name, check) {
  const trial = new Trial(browser);
  const began = performance.now();
  const took = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    const told = await check(trial);
    await trial.finish();
    console.log(`ok   ${name} (${[took(), told].filter(Boolean).join(", ")})`);
    return true;
  } catch (error) {
    console.log(`FAIL ${name} (${took()})\n${error.message.replaceAll(/^/gm, "       ")}`);
    const said = trial.previews.at(-1)?.said.split("\n").slice(-25).join("\n") ?? "";
    console.log(`     The preview said last:\n${said.replaceAll(/^/gm, "       ")}`);
    return false;
  } finally {
    await trial.clean();
  }
}

if (pictures) mkdirSync(pictures, { recursive: true });
const browser = await launchChromium();
const wanted = checks.filter(([name]) => name.includes(process.env.ONLY ?? ""));
let passed = 0;
for (const [name, check] of wanted) {
  if (await pass(browser, name, check)) passed += 1;
}
await browser.close();

writeFileSync(note, `${passed} of ${wanted.length} checks`);
process.exit(passed === wanted.length && passed > 0 ? 0 : 1);
