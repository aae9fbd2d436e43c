// Lets Lighthouse judge a built site: its home page, an article and the page
// of an organization, as a telephone on a slow network shows them.
//
//   node lighthouse.mjs SITE NOTE
//
// The four scores of each page are printed; the file NOTE gets the lowest of
// each. The exit status is 1 if one is lower than it must be. With ONLY=ADDRESS
// in the environment only this page is judged.
import { createServer } from "node:net";
import lighthouse from "lighthouse";
import { checkSite } from "./check.mjs";
import { inHomeLanguage, isWanted, onePerKind } from "./pages.mjs";

const least = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
const tries = 3;

// A port of this machine that is free now.
async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

// The scores of a page, out of 100, and what they were lowered by.
async function judge(url, port) {
  const result = await lighthouse(url, { port, logLevel: "error", onlyCategories: Object.keys(least) });
  if (result.lhr.runtimeError) throw new Error(result.lhr.runtimeError.message);
  const { audits, categories } = result.lhr;
  const scores = Object.values(categories).map(({ id, score, auditRefs }) => ({
    id,
    score: Math.round(score * 100),
    lowered: auditRefs
      .filter(({ id: audit, weight }) => weight > 0 && audits[audit].score !== null && audits[audit].score < 0.9)
      .map(({ id: audit }) => `${audit} (${audits[audit].displayValue ?? audits[audit].title})`),
  }));
  return { scores, paint: audits["largest-contentful-paint"].numericValue / 1000 };
}

// Judges a page again if it is slow, for a machine that is busy makes it so.
async function judgeFairly(url, port) {
  for (let n = 1; ; n += 1) {
    const judged = await judge(url, port);
    const { score } = judged.scores.find(({ id }) => id === "performance");
    if (score >= least.performance || n === tries) return judged;
  }
}

const port = await freePort();
await checkSite({ port }, async ({ pages, origin, fault }) => {
  const lowest = new Map();
  const inHome = inHomeLanguage(pages);
  const organizations = inHome.filter(({ address }) => address.startsWith("/organizations/"));
  const wanted = [...onePerKind(inHome, ["home", "article"]), ...onePerKind(organizations, ["term"])];
  let slowest = 0;
  for (const { address } of wanted.filter(({ address: known }) => isWanted(known))) {
    const { scores, paint } = await judgeFairly(origin + address, port);
    slowest = Math.max(slowest, paint);
    console.log(`${address}: ${scores.map(({ id, score }) => `${id} ${score}`).join(", ")}`);
    for (const { id, score, lowered } of scores) {
      lowest.set(id, Math.min(score, lowest.get(id) ?? 100));
      if (score < least[id]) fault(address, `gets ${score} for ${id}, not ${least[id]}: ${lowered.join("; ")}`);
    }
  }
  const told = [...lowest].map(([id, score]) => `${id} ${score}`).join(", ");
  return { count: lowest.size, told: `${wanted.length} pages, at least ${told}, painted after ${slowest.toFixed(1)} s` };
});
