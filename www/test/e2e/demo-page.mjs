// The demo's page, for the tests of it.

import assert from "node:assert/strict";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("node:test").TestContext} TestContext */
/** @typedef {import("./browser.mjs").PageOptions & { form?: import("../../demo/form-model.js").Form, visited?: string[], clock?: boolean }} DemoOptions */

/** Every part of a form, as after the officer was everywhere. */
export const EVERYWHERE = ["about", "incident", "children", "child:c1", "child:c2", "adults", "dash", "referral", "records", "missing", "custody", "strategy"];

/**
 * Opens the demo with its guide on. The page fails its test on any error, any refusal of its content security policy, any request elsewhere.
 * A form is put on the page as one that was kept for this tab.
 *
 * @param {ReturnType<typeof import("./browser.mjs").launch>["newPage"]} newPage
 */
export const demoOf =
  (newPage) =>
  /** @param {TestContext} t @param {DemoOptions} [options] @returns {Promise<Page>} */
  async (t, { form, visited = [], clock = false, ...options } = {}) => {
    const page = await newPage(t, null, { reducedMotion: "reduce", ...options });
    // Leaving a form that was typed in asks first.
    page.on("dialog", (dialog) => dialog.accept());
    if (clock) await page.clock.install();
    if (form) await page.addInitScript((kept) => sessionStorage.setItem("referral-guide.kept", kept), JSON.stringify({ form, visited }));
    await page.goto("/demo/index.html");
    await page.locator('html[data-guide="on"]').waitFor();
    return page;
  };

/** @param {string} pointer */
export const at = (pointer) => `[data-path="${pointer}"]`;

/** @param {string} pointer @param {string} [code] */
export const finding = (pointer, code = "") => `#form ${code ? `[data-code^="${code}"]` : "[data-code]"}[data-for^="${pointer}"]:not([data-mirror])`;

/** @param {Page} page @param {string} question @param {"yes" | "no" | "unknown"} answer */
export const answer = (page, question, answer) => page.locator(`label:has(> input[value="${answer}"]${at(`/dash/answers/${question}/answer`)})`).click();

/** @param {Page} page @param {string} selector */
export const values = (page, selector) =>
  page.locator(`${selector} option`).evaluateAll((all) => all.map((one) => /** @type {HTMLOptionElement} */ (one).value));

/** Sends what is on the page, open or not. @param {Page} page */
export async function send(page) {
  const submit = page.locator("#submit");
  assert.equal(await submit.isEnabled(), true, "Submit is never off");
  await submit.click();
  const now = page.locator("#send");
  await page.locator("#send, #sent").first().waitFor();
  if (await now.count()) {
    assert.equal(await now.isEnabled(), true);
    await now.click();
  }
  await page.locator("#sent").waitFor();
}

/** What was sent. @param {Page} page @returns {Promise<any>} */
export const sent = async (page) => JSON.parse(String(await page.locator("#sent-json").textContent()));

/** The pointer of the field with the focus. @param {Page} page */
export const focused = (page) => page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).dataset.path);
