// From a keystroke to painted findings: the demo with the large form, in Chromium made four times slower. Prints a table and judges nothing.
//
// The demo waits for a pause before it checks; here that pause is taken away, so that every single keystroke is checked and painted.

import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { serve } from "../serve.mjs";
import { findBrowser } from "../test/e2e/find-browser.mjs";

const SLOWER = 4;
const WARM_UP = 40;
const KEYS = 200;
const TEXT = "She said he shouted at her and the children heard it from upstairs. ";
const NARRATIVE = '[data-path="/incident/narrative"]';

const executablePath = findBrowser();
if (executablePath) await measure(executablePath);
else console.log("keystroke: there is no Chromium to measure in; run scripts/setup.sh browser");

/** @param {string} executablePath */
async function measure(executablePath) {
  const { address, close } = await serve();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"], headless: true });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const large = readFileSync(new URL("../../benches/inputs/large.json", import.meta.url), "utf8");
    const everywhere = ["incident", "children", "adults", "dash", "referral"];
    await page.route("**/demo/samples.js", (route) => {
      const sample = `{ id: "large", title: "Large", form: ${large}, visited: ${JSON.stringify(everywhere)} }`;
      return route.fulfill({ contentType: "text/javascript", body: `export const SAMPLES = [${sample}];` });
    });
    await page.route("**/demo/demo.js", async (route) => {
      const body = await (await route.fetch()).text();
      if (!body.includes("const PAUSE = 400;")) throw new Error("the demo's pause is written otherwise now; see bench/keystroke.mjs");
      return route.fulfill({ contentType: "text/javascript", body: body.replace("const PAUSE = 400;", "const PAUSE = 0;") });
    });
    await page.goto(`${address}/demo/`);
    await page.locator('html[data-guide="on"]').waitFor();
    const findings = await page.locator("#form [data-code]").count();

    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.locator(NARRATIVE).focus();
    await page.evaluate(watchPainting);

    /** @type {Record<string, number>[]} */
    const samples = [];
    for (let key = 0; key < WARM_UP + KEYS; key += 1) {
      const before = await metrics(session);
      await session.send("Input.dispatchKeyEvent", { type: "char", text: TEXT[key % TEXT.length] });
      const painted = await page.evaluate(() => /** @type {any} */ (globalThis).painted());
      const after = await metrics(session);
      if (key < WARM_UP) continue;
      const spent = (/** @type {string} */ name) => ((after[name] ?? 0) - (before[name] ?? 0)) * 1000;
      samples.push({
        "to painted findings": painted,
        "main thread, all": spent("TaskDuration"),
        "  script (engine and page)": spent("ScriptDuration"),
        "  style and layout": spent("RecalcStyleDuration") + spent("LayoutDuration"),
      });
    }
    console.log(`keystroke, large form (${Math.round(large.length / 1024)} KB, ${findings} findings shown), Chromium ${SLOWER}x slower`.padEnd(30));
    console.log(`${"".padEnd(30)}      p50       p99`);
    for (const name of Object.keys(samples[0] ?? {})) {
      const sorted = samples.map((sample) => sample[name] ?? NaN).sort((one, other) => one - other);
      const at = (/** @type {number} */ part) => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN).toFixed(1)} ms`.padStart(10);
      console.log(`  ${name.padEnd(28)}${at(0.5)}${at(0.99)}`);
    }
  } finally {
    await browser.close();
    await close();
  }
}

/** In the page: `painted()` waits for the frame that shows what the last keystroke led to, and gives the time since that keystroke. */
function watchPainting() {
  /** @type {Promise<number>} */
  let last = Promise.resolve(NaN);
  // On the window, after the demo's own listener: its timer is set first and runs first.
  addEventListener("input", ({ timeStamp }) => {
    last = new Promise((done) => {
      setTimeout(() => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - timeStamp);
          port2.postMessage(null); // runs once the frame is painted
        });
      });
    });
  });
  Object.assign(globalThis, { painted: () => last });
}

/** @param {import("playwright-core").CDPSession} session @returns {Promise<Record<string, number>>} */
async function metrics(session) {
  const found = await session.send("Performance.getMetrics");
  return Object.fromEntries(found.metrics.map(({ name, value }) => [name, value]));
}
