// The browser of the checks, and what is asked of pages in it.
import axe from "axe-core";
import { chromium } from "playwright-core";

// How wide screens are, in pixels, and the colours that readers prefer.
export const widths = [320, 1280];
export const schemes = ["light", "dark"];

const axeOptions = {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
};

// Starts Chromium, which then asks no other host for anything by itself.
export function launchChromium() {
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
    ],
  });
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
