// The harness itself: trouble in a page fails the test that opened it, and nothing leaves the machine.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { env, execPath } from "node:process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { axe, launch } from "./browser.mjs";

const { newPage, address } = launch();
const QUIET = "/test/e2e/pages/quiet.html";

test("a quiet page passes, under the content security policy, with WebAssembly allowed", async (t) => {
  const page = await newPage(t, QUIET, { width: 390 });
  assert.equal(await page.evaluate(() => innerWidth), 390);
  assert.equal(await page.evaluate(() => WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))), true);
  await page.evaluate(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
  assert.deepEqual(await axe(page), []);
});

test("a logged error is seen", async (t) => {
  const page = await newPage(t, QUIET, { expect: [/^console: it broke/] });
  await page.evaluate(() => console.error("it broke"));
});

test("a thrown error is seen", async (t) => {
  const page = await newPage(t, QUIET, { expect: [/^error: .*it threw/] });
  await page.evaluate(() => void setTimeout(() => Promise.reject(new Error("it threw")), 0));
  await page.waitForTimeout(100);
});

test("a missing file is seen", async (t) => {
  const page = await newPage(t, QUIET, { expect: [/^response: 404/, /^console: Failed to load/] });
  await page.evaluate(() => fetch("/nothing.json"));
});

test("what the content security policy refuses is seen", async (t) => {
  const page = await newPage(t, QUIET, { expect: [/^console: .*Content Security Policy/] });
  await page.evaluate(() => fetch("https://example.org/").catch(() => {}));
});

test("a request to elsewhere is refused and seen, even where the page's policy allows it", async (t) => {
  const page = await newPage(t, QUIET, { bypassCSP: true, expect: [/^request: GET https:\/\/example\.org\/ leaves/, /^console: Failed to load/] });
  assert.equal(
    await page.evaluate(() =>
      fetch("https://example.org/").then(
        () => "sent",
        () => "refused",
      ),
    ),
    "refused",
  );
});

test("so is one to another port of this machine, and a web socket", async (t) => {
  const elsewhere = /** @type {const} */ ("http://127.0.0.1:9/");
  const page = await newPage(t, QUIET, {
    bypassCSP: true,
    expect: [/^request: GET http:\/\/127\.0\.0\.1:9\/ leaves/, /^request: web socket ws:\/\/127\.0\.0\.1:9\/ leaves/, /^console: Failed to load/],
  });
  await page.evaluate((url) => fetch(url).catch(() => {}), elsewhere);
  await page.evaluate((url) => void new WebSocket(url.replace("http", "ws")), elsewhere);
  await page.waitForTimeout(100);
  assert.notEqual(elsewhere, `${address()}/`);
});

test("axe finds a field without a label", async (t) => {
  const page = await newPage(t, QUIET);
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("textarea")));
  assert.match((await axe(page)).join("\n"), /^label: /m);
});

test("trouble that was not expected fails the test that opened the page, and only that one", () => {
  const file = fileURLToPath(new URL("pages/troubled.mjs", import.meta.url));
  const { NODE_TEST_CONTEXT: _, ...rest } = env;
  const { status, stdout } = spawnSync(execPath, ["--test", "--test-reporter=tap", file], { env: rest, encoding: "utf8" });
  assert.equal(status, 1, stdout);
  assert.deepEqual(
    stdout.match(/^ *(not ok|ok) \d+ - page .*$/gm)?.map((line) => line.trim().replace(/ \d+ -/, "")),
    ["not ok page that logs an error", "not ok page that asks another machine", "not ok page that lacks what was expected", "ok page that is quiet"],
  );
});
