// The package as it would be published, installed into a project of its own, and a Chromium to run what is made with it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findBrowser } from "../e2e/find-browser.mjs";

const WWW = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Packs the package and installs it beside the sources in `projects/`.
 *
 * @returns {{ folder: string, installed: string, remove: () => void }}
 */
export function installPacked() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "referral-guide-")));
  const npm = (/** @type {string[]} */ ...options) =>
    execFileSync("npm", [...options, "--ignore-scripts", "--silent", "--offline", "--no-audit", "--no-fund"], { cwd: folder, stdio: "pipe" });
  cpSync(fileURLToPath(new URL("projects/", import.meta.url)), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }\n');
  npm("pack", WWW, "--pack-destination", folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  assert.ok(tarball, "npm packed nothing");
  npm("install", join(folder, tarball));
  return { folder, installed: join(folder, "node_modules/referral-guide"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Starts a Chromium.
 *
 * @param {string[]} [args]
 */
export async function startChromium(args = []) {
  const executablePath = findBrowser();
  assert.ok(executablePath, "there is no Chrome or Chromium; run scripts/setup.sh browser, or name one in CHROME");
  const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
  return chromium.launch({ executablePath, args: [...flags, ...args], headless: true });
}

/**
 * Opens a page, runs something in it, and fails on anything that the page logs as an error, throws or cannot load.
 *
 * @template T
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {(page: import("playwright-core").Page) => Promise<T>} use
 * @param {RegExp} [expected] trouble that this page is about
 * @returns {Promise<T>}
 */
export async function onPage(browser, url, use, expected) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const trouble = [];
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("requestfailed", (request) => trouble.push(`failed: ${request.url()}`));
  try {
    await page.goto(url);
    const result = await use(page).catch((error) => assert.fail(`${error}\n${trouble.join("\n")}`));
    assert.deepEqual(
      trouble.filter((line) => !expected?.test(line)),
      [],
      "the page stayed out of trouble",
    );
    return result;
  } finally {
    await page.close();
  }
}

/** @param {import("playwright-core").Page} page @returns {Promise<any>} what the page's script left in `report` */
export async function reportOn(page) {
  const handle = await page.waitForFunction(() => /** @type {any} */ (globalThis).report, undefined, { timeout: 20_000 });
  return JSON.parse(String(await handle.jsonValue()));
}
