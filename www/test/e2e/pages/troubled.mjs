// Tests that must fail, but for the last; harness.test.mjs runs them.

import { test } from "node:test";
import { launch } from "../browser.mjs";

const { newPage } = launch();
const QUIET = "/test/e2e/pages/quiet.html";

test("page that logs an error", async (t) => {
  const page = await newPage(t, QUIET);
  await page.evaluate(() => void setTimeout(() => console.error("at the very end")));
});

test("page that asks another machine", async (t) => {
  const page = await newPage(t, QUIET, { bypassCSP: true });
  await page.evaluate(() => void fetch("https://example.org/").catch(() => {}));
});

test("page that lacks what was expected", async (t) => {
  await newPage(t, QUIET, { expect: [/never comes/] });
});

test("page that is quiet", async (t) => {
  await newPage(t, QUIET);
});
