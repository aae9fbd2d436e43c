// The browser of the checks, and what is asked of pages in it.
import axe from "axe-core";
import { chromium } from "playwright-core";

// How wide screens are, in pixels, and the colours that readers prefer.
export const widths = [320, 1280];
export const schemes = ["light", "dark"];

const axeOptions = {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
};

// Starts Chromium, which then asks no other host for anything by itself. On
// the `port`, if there is one, other programs can steer it.
export function launchChromium({ port } = {}) {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(port ? [`--remote-debugging-port=${port}`] : []),
    ],
  });
}

// Opens a window in which nothing reaches another host than `origin`.
export async function openContext(browser, origin, options) {
  const context = await browser.newContext(options);
  await context.route(
    (url) => url.origin !== origin && url.protocol !== "data:",
    (route) => route.abort(),
  );
  return context;
}

// Reports what a page asks of other hosts, and what its console says: files
// that are missing, scripts that fail, and whatever the host's policy forbids.
// That an unknown address answers with status 404 is as it should be.
export function watch(page, origin, address, fault) {
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

// Puts axe into a page, for `violations`.
export function addAxe(page) {
  return page.evaluate(axe.source);
}

// What axe finds wrong with a page as it is shown now.
export async function violations(page) {
  const found = await page.evaluate((options) => window.axe.run(options), axeOptions);
  return found.violations;
}
