// Takes the pictures of the README, by hand: node test/e2e/screenshots.mjs
// docs/demo.png is 1280 pixels wide, the others are a phone's 390.

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../../serve.mjs";
import { startBrowser } from "./browser.mjs";

const DOCS = fileURLToPath(new URL("../../../docs/", import.meta.url));
mkdirSync(DOCS, { recursive: true });

const PHONE = { width: 390, height: 844 };

const server = await serve();
const launched = await startBrowser();
const browser = await chromium.connect(launched.wsEndpoint());

/**
 * @param {string} name
 * @param {{ width: number, height: number }} viewport
 * @param {string} top what stands at the top of the picture
 * @param {{ colorScheme?: "light" | "dark", submit?: boolean }} [how]
 */
async function take(name, viewport, top, { colorScheme = "light", submit = false } = {}) {
  const context = await browser.newContext({ viewport, reducedMotion: "reduce", colorScheme, locale: "en-GB", baseURL: server.address });
  const page = await context.newPage();
  await page.goto("/demo/");
  await page.locator('html[data-guide="on"]').waitFor();
  if (submit) await page.locator("#submit").click();
  await page.locator(top).evaluate((element) => {
    element.scrollIntoView({ block: "start" });
    scrollBy(0, -12);
  });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${DOCS}${name}.png` });
  await context.close();
}

try {
  await take("demo", { width: 1280, height: 900 }, '[data-field="/children/0/plan"]');
  await take("demo-phone", PHONE, '[data-field="/children/0/impact"]');
  await take("demo-dash", PHONE, '[data-row="/dash/answers/q16"]', { colorScheme: "dark" });
  await take("demo-summary", PHONE, "#summary", { submit: true });
} finally {
  await browser.close();
  await launched.close();
  await server.close();
}
