// For the tests of the page: a Chromium, and pages in it that fail their test when anything goes wrong unseen.
//
//   import { test } from "node:test";
//   import { launch } from "./browser.mjs";
//
//   const { newPage } = launch();
//
//   test("the guide answers", async (t) => {
//     const page = await newPage(t, "/demo/", { width: 390 });
//     await page.getByLabel("What happened").fill("…");
//   });
//
// `newPage` gives a Playwright page in a context of its own. The test fails when the page logs an error (a content security policy's refusal is one),
// throws, fails to load a file, or asks anything of any address but this machine's; such a request is refused too.

import { strictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { env } from "node:process";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "../../serve.mjs";
import { findBrowser } from "./find-browser.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Dates as they are written here.
  "--lang=en-GB",
  // No name resolves: not even the browser itself can reach out.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** Where screenshots and other things to look at go. */
export const OUTPUT = fileURLToPath(new URL("output/", import.meta.url));

function executable() {
  const found = findBrowser();
  if (!found) throw new Error("There is no Chrome or Chromium; run scripts/setup.sh browser, or name one in CHROME.");
  return found;
}

/** Starts the Chromium that all test files share. Only the runner calls this. */
export function startBrowser() {
  return chromium.launchServer({ executablePath: executable(), args: FLAGS, headless: true });
}

/**
 * Gets a Chromium and a server ready before the tests of this file and closes them afterwards. Takes the runner's where it runs them.
 *
 * @param {{ args?: string[] }} [options] flags that these tests need (they get a Chromium of their own), e.g. `--js-flags=--jitless`
 */
export function launch({ args } = {}) {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {string} */
  let address;
  /** @type {{ close: () => Promise<void> } | undefined} */
  let server;

  before(async () => {
    if (env.REFERRAL_GUIDE_ADDRESS) address = env.REFERRAL_GUIDE_ADDRESS;
    else {
      const started = await serve();
      server = started;
      address = started.address;
    }
    browser =
      env.REFERRAL_GUIDE_BROWSER && !args
        ? await chromium.connect(env.REFERRAL_GUIDE_BROWSER)
        : await chromium.launch({ executablePath: executable(), args: [...FLAGS, ...(args ?? [])], headless: true });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  return {
    /** The server's address, known once the tests run. */
    address: () => address,

    /**
     * A page at an address (or at none yet: `null`), watched until the test ends.
     *
     * @param {import("node:test").TestContext} t the test that fails when the page does
     * @param {string | null} url a path on the test server, such as `/demo/`
     * @param {PageOptions} [options]
     * @returns {Promise<import("playwright-core").Page>}
     */
    async newPage(t, url, { width = 1280, height = 900, expect = [], ...context } = {}) {
      const within = await browser.newContext({ viewport: { width, height }, baseURL: address, ...context });
      const trouble = await watch(within, context.baseURL ?? address);
      t.after(async () => {
        // A question to each page and a request of its own, so that what it logged and asked for last has arrived: requests are heard of in their order,
        // but not in one order with answers.
        await Promise.all(within.pages().map((open) => open.evaluate(askForLast, LAST).catch(() => {})));
        await within.close();
        const unexpected = trouble.filter((line) => !line.includes(LAST) && !expect.some((pattern) => pattern.test(line)));
        strictEqual(unexpected.join("\n"), "", "the page stayed out of trouble");
        for (const pattern of expect)
          strictEqual(
            trouble.some((line) => pattern.test(line)),
            true,
            `the page showed ${pattern}`,
          );
      });
      const page = await within.newPage();
      page.setDefaultTimeout(10_000);
      if (url !== null) await page.goto(url);
      return page;
    },
  };
}

/** Marks the harness's own request, which a page's policy may refuse, or find no server for. */
const LAST = "the-last-request";

/**
 * Runs in a page: lets its timers run, then asks for the page itself again.
 *
 * @param {string} mark
 */
async function askForLast(mark) {
  await new Promise((done) => setTimeout(done, 0));
  const own = new URL(location.href);
  own.search = mark;
  await fetch(own).catch(() => {});
}

/**
 * @typedef {object} PageSize
 * @property {number} [width] of the window, 1280 unless told
 * @property {number} [height] of the window, 900 unless told
 * @property {RegExp[]} [expect] trouble that this test is about: each must show, and none of it fails the test
 * @typedef {PageSize & import("playwright-core").BrowserContextOptions} PageOptions
 */

/**
 * Notes everything that should not happen in the pages of a context, and refuses what would leave the machine.
 *
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} address
 * @returns {Promise<string[]>} the list, still growing
 */
async function watch(context, address) {
  /** @type {string[]} */
  const trouble = [];
  const own = new URL(address).host;
  const stays = (/** @type {string} */ url) => {
    const { protocol, host } = new URL(url);
    return ["data:", "blob:", "about:"].includes(protocol) || host === own;
  };
  await context.route(
    (url) => !stays(url.href),
    (route) => {
      trouble.push(`request: ${route.request().method()} ${route.request().url()} leaves this machine`);
      return route.abort();
    },
  );
  await context.routeWebSocket(
    (url) => url.host !== own,
    (socket) => {
      trouble.push(`request: web socket ${socket.url()} leaves this machine`);
      return socket.close();
    },
  );
  context.on("console", (message) => {
    if (message.type() === "error" && !message.location().url.includes(LAST)) trouble.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => {
    trouble.push(`error: ${error.error().stack ?? error.error()}`);
  });
  context.on("requestfailed", (request) => {
    // What a page drops when it is left or closed is no trouble.
    if (request.failure()?.errorText !== "net::ERR_ABORTED" && stays(request.url())) trouble.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`response: ${response.status()} ${response.url()}`);
  });
  return trouble;
}

/**
 * What axe finds wrong for people who use a screen reader, a keyboard or large print: one line each, so that `deepStrictEqual(await axe(page), [])` says it.
 *
 * @param {import("playwright-core").Page} page
 * @param {object} [options] for axe.run
 * @returns {Promise<string[]>}
 */
export async function axe(page, options = {}) {
  axeSource ??= readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(axeSource);
  return page.evaluate(async (given) => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, given);
    return violations.flatMap((/** @type {any} */ violation) =>
      violation.nodes.map((/** @type {any} */ node) => `${violation.id}: ${violation.help} (${node.target.join(" ")})`),
    );
  }, options);
}
/** @type {string | undefined} */
let axeSource;

/**
 * Saves a picture of the whole page for people to look at: test/e2e/output/NAME.png.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
export async function picture(page, name) {
  const path = join(OUTPUT, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}
