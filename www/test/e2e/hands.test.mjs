// By keys alone and by thumbs: a whole referral without a mouse, the 27 questions quickly, every control large enough.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { EVERYWHERE, answer, at, demoOf, focused, sent } from "./demo-page.mjs";
import { FORM_TYPES, formIn } from "./forms.mjs";

const demo = demoOf(launch().newPage);

/** @typedef {import("playwright-core").Page} Page */

/**
 * Tabs on until the focus is on what fits; fails where the page has no such stop.
 *
 * @param {Page} page
 * @param {string} selector
 * @param {"Tab" | "Shift+Tab"} [key]
 */
async function tabTo(page, selector, key = "Tab") {
  for (let stops = 0; stops < 200; stops += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`no tab stop is ${selector}`);
}

/** Which answers are chosen, by question. @param {Page} page @returns {Promise<Record<string, string>>} */
const answers = (page) =>
  page
    .locator("[data-row] input:checked")
    .evaluateAll((all) => Object.fromEntries(all.map((one) => [one.getAttribute("data-path")?.split("/")[3], /** @type {HTMLInputElement} */ (one).value])));

test("a referral from the first key to the last, without a mouse", async (t) => {
  const page = await demo(t, { form: formIn("domestic-abuse", "empty") });
  // No pointer from here on.
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the form");
  await page.keyboard.press("Enter");
  await tabTo(page, at("/reference"));
  await page.keyboard.type("22/1/26");
  await tabTo(page, at("/incident/domesticAbuse"));
  await page.keyboard.press("Space");
  await tabTo(page, at("/incident/narrative"));
  await page.keyboard.type("Dean put both hands round Kelly's throat. Ava stood in the doorway and saw it. ");

  await tabTo(page, '[data-add="/children"]');
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "/children/0/name", "the new child's name has the focus");
  await page.keyboard.type("Ava");
  await tabTo(page, at("/children/0/ageYears"));
  await page.keyboard.type("7");
  await tabTo(page, at("/children/0/presence"));
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, at("/children/0/impact"));
  await page.keyboard.type("Safe and well. ");
  await page.locator('[data-impact="/children/0/impact"] .impact__ask li').first().waitFor();
  assert.ok((await page.locator('[data-impact="/children/0/impact"] .impact__ask li').count()) <= 2, "at most two questions");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Ava was crying and shaking and would not let go of her mum's sleeve. She had wet herself. ");
  await page.locator('[data-impact="/children/0/impact"] [data-facet="presentation"]').waitFor();
  await page.keyboard.press("Tab");
  assert.match(String(await page.evaluate(() => document.activeElement?.textContent)), /What was read/, "what was read is the next stop");
  await page.keyboard.press("Enter");
  await tabTo(page, '[data-show="/children/0/impact"]');
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "/children/0/impact");
  assert.notEqual(await page.evaluate(() => String(document.getSelection())), "", "the words are selected");

  // All 27 questions: one key each.
  await tabTo(page, at("/dash/status"));
  await page.keyboard.press("Space");
  await tabTo(page, at("/dash/answers/q1/answer"));
  for (let number = 1; number <= 27; number += 1) {
    assert.equal(await focused(page), `/dash/answers/q${number}/answer`);
    await page.keyboard.press(number === 2 ? "y" : number === 5 ? "k" : "n");
  }
  assert.equal(await page.locator("#dash-count").textContent(), "27 of 27 answered");
  const given = await answers(page);
  assert.deepEqual([given.q1, given.q2, given.q5, given.q27], ["no", "yes", "unknown", "no"]);

  // The contradiction, at both ends, with a jump between them.
  const row = page.locator('[data-row="/dash/answers/q18"]');
  await row.locator('[data-code="dash.contradiction"]').waitFor();
  await tabTo(page, '[data-row="/dash/answers/q18"] [data-show="/incident/narrative"]', "Shift+Tab");
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "/incident/narrative");
  assert.match(await page.evaluate(() => String(document.getSelection())), /throat/);
  await tabTo(page, '[data-slot="/incident/narrative"] [data-jump="/dash/answers/q18"]');
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "/dash/answers/q18/answer");
  await page.keyboard.press("y");
  await row.locator('[data-code="dash.contradiction"]').waitFor({ state: "detached" });

  await tabTo(page, "#submit");
  await page.keyboard.press("Enter");
  await page.locator("#summary").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "summary");
  await page.keyboard.press("Tab");
  const leads = await page.evaluate(() => document.activeElement?.getAttribute("data-open-for"));
  await page.keyboard.press("Enter");
  assert.ok(String(await focused(page)).startsWith(String(leads)), `${leads} is where the focus is`);
  await tabTo(page, "#send", "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator("#sent").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "sent");
  const form = await sent(page);
  assert.equal(form.children[0].name, "Ava");
  assert.equal(Object.keys(form.dash.answers).length, 27);
});

for (const formType of FORM_TYPES) {
  test(`${formType}: every field is a tab stop, in the order of the page, and the focus can be seen`, async (t) => {
    const page = await demo(t, { form: formIn(formType, "half-finished") });
    await page.locator("#main").focus();
    const all = await page
      .locator("#form [data-path]:visible")
      .evaluateAll((fields) => [...new Set(fields.filter((one) => one.getClientRects().length).map((one) => one.getAttribute("data-path")))]);
    /** @type {(string | undefined)[]} */
    const met = [];
    while (!(await page.evaluate(() => document.activeElement?.id === "submit"))) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(() => {
        const active = /** @type {HTMLElement} */ (document.activeElement);
        const shown = getComputedStyle(active);
        const box = active.getBoundingClientRect();
        const outline = shown.outlineStyle !== "none" || shown.boxShadow !== "none" || getComputedStyle(active, "::before").boxShadow !== "none";
        const own = active.matches("input[type=radio], input[type=checkbox]")
          ? getComputedStyle(/** @type {Element} */ (active.nextElementSibling ?? active), "::before")
          : null;
        const seen = (outline || (own !== null && own.boxShadow !== "none")) && box.bottom > 0 && box.top < innerHeight;
        return { path: active.dataset.path, seen, what: `${active.tagName} ${active.id}` };
      });
      // A date has stops of its own inside, which the browser shows itself.
      assert.ok(here.seen || (here.path && here.path === met.at(-1)), here.what);
      if (here.path && met.at(-1) !== here.path) met.push(here.path);
      assert.ok(met.length < 400, "it ends");
    }
    assert.deepEqual(met, all);
  });
}

describe("the 27 questions", () => {
  test("Delete clears, the arrow keys choose, other letters and shortcuts do nothing", async (t) => {
    const page = await demo(t, { form: formIn("domestic-abuse", "empty") });
    await page.locator(at("/dash/answers/q4/answer")).first().focus();
    await page.keyboard.press("y");
    await page.keyboard.press("ArrowRight");
    assert.deepEqual(await answers(page), { q4: "yes", q5: "no" });
    for (const key of ["x", "Control+n", "Alt+k"]) await page.keyboard.press(key).catch(() => {});
    assert.deepEqual(await answers(page), { q4: "yes", q5: "no" });
    await page.keyboard.press("Delete");
    assert.deepEqual(await answers(page), { q4: "yes" });
    assert.equal(await page.locator("#dash-count").textContent(), "1 of 27 answered");
    await page.locator(at("/dash/rationale")).focus();
    await page.keyboard.type("yes, no, k");
    assert.deepEqual(await answers(page), { q4: "yes" }, "in a text they are letters");
  });

  test("by thumb: one tap each, nothing has moved for the next", async (t) => {
    const page = await demo(t, { width: 390, height: 844, hasTouch: true, isMobile: true, form: formIn("domestic-abuse", "empty") });
    const where = (/** @type {number} */ number) =>
      page.locator(`[data-row="/dash/answers/q${number}"]`).evaluate((row) => row.getBoundingClientRect().top + scrollY);
    const before = await where(27);
    for (let number = 1; number <= 27; number += 1)
      await page
        .locator(`[data-row="/dash/answers/q${number}"] label`, { hasText: number % 9 ? "No" : "Not known" })
        .first()
        .tap();
    assert.equal(Object.keys(await answers(page)).length, 27);
    assert.equal(await where(27), before);
    assert.equal(await page.locator("#dash-next").isVisible(), false);
  });

  test("“Next unanswered” goes there", async (t) => {
    const page = await demo(t);
    await page.locator("#dash-next").click();
    assert.equal(await focused(page), "/dash/answers/q19/answer");
    await answer(page, "q19", "no");
    await page.locator("#dash-next").click();
    assert.equal(await focused(page), "/dash/answers/q20/answer");
  });
});

test("on a phone every control has room for a thumb", async (t) => {
  for (const formType of FORM_TYPES) {
    const page = await demo(t, { width: 390, height: 844, form: formIn(formType, "half-finished"), visited: EVERYWHERE });
    const small = await page
      .locator("button:visible, #form select:visible, #form input:visible, #form textarea:visible, #form summary:visible, #form label:has(> input):visible")
      .evaluateAll((all) =>
        all
          .filter((one) => !(one instanceof HTMLInputElement && one.closest("label")))
          .map((one) => ({ what: `${one.tagName} ${one.id} ${one.textContent?.slice(0, 20)}`, height: one.getBoundingClientRect().height }))
          .filter(({ height }) => height < 43.5),
      );
    assert.deepEqual(small, []);
    await page.close();
  }
});
