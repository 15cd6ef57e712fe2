// Guidance keeps out of the way: nothing within a word, in a section not yet begun, or under the thumb; nothing at all where it is to be quiet.
// The page's clock is the test's own, so that a slow machine changes nothing.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { EVERYWHERE, at, demoOf, finding } from "./demo-page.mjs";
import { formIn } from "./forms.mjs";

const demo = demoOf(launch().newPage);
const IMPACT = at("/children/0/impact");
const STATUS = '[data-impact="/children/0/impact"]';
const contradiction = '[data-code="dash.contradiction"]';

/** Every finding and status on the form, as text. @param {import("playwright-core").Page} page */
const said = (page) =>
  page.locator("#form .guide, #form .impact").evaluateAll((all) => all.map((one) => /** @type {HTMLElement} */ (one).innerText.trim()).join("|"));

/** What the page's live region has said since. @param {import("playwright-core").Page} page */
async function listen(page) {
  await page.evaluate(() => {
    /** @type {unknown[]} */
    const heard = [];
    Reflect.set(window, "heard", heard);
    new MutationObserver(() => heard.push(document.querySelector("#announce")?.textContent)).observe(
      /** @type {Node} */ (document.querySelector("#announce")),
      {
        childList: true,
        characterData: true,
        subtree: true,
      },
    );
  });
  return () => page.evaluate(() => /** @type {string[]} */ (Reflect.get(window, "heard")));
}

test("nothing appears or goes within a word; it does once the word is done", async (t) => {
  const page = await demo(t, { clock: true, form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
  const area = page.locator(IMPACT);
  await area.fill("");
  await page.clock.runFor(2000);
  const before = await said(page);
  for (const letter of "Crying") {
    await page.keyboard.type(letter);
    await page.clock.runFor(1000);
    assert.equal(await said(page), before, `after ${letter}`);
  }
  await page.keyboard.type(" ");
  await page.clock.runFor(1000);
  await page.locator(`${STATUS} [data-facet="presentation"]`).waitFor();
});

test("nothing appears while a character is composed", async (t) => {
  const page = await demo(t, { clock: true, form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
  const area = page.locator(IMPACT);
  await area.fill("Ava was crying ");
  await area.dispatchEvent("compositionstart");
  const before = await said(page);
  await page.clock.runFor(5000);
  assert.equal(await said(page), before);
  await area.dispatchEvent("compositionend");
  await page.clock.runFor(2000);
  assert.notEqual(await said(page), before);
});

test("a section that nobody has been in stays silent, and speaks once somebody has", async (t) => {
  const page = await demo(t, { clock: true, form: formIn("domestic-abuse", "half-finished") });
  await page.clock.runFor(3000);
  assert.equal((await said(page)).replaceAll("|", ""), "");
  assert.match(String(await page.locator("#threshold").textContent()), /This fills in as you write/);
  await page.locator(IMPACT).focus();
  await page.clock.runFor(3000);
  await page.locator(finding("/children/0/impact")).waitFor();
  assert.equal(await page.locator(`[data-row] ${contradiction}`).count(), 0, "the risk questions have not been begun");
  assert.equal(await page.locator(finding("/children/1/impact")).count(), 0, "nor has the other child");
});

test("what is under the finger stays there: the check waits, and the page does not move", async (t) => {
  const page = await demo(t, { clock: true, width: 390, height: 844, form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
  await page.clock.runFor(2000);
  const grade = page.locator('label:has-text("Standard")');
  await page.locator(at("/incident/narrative")).fill("Kelly and Dean argued about money. Nobody was touched. ");
  await grade.scrollIntoViewIfNeeded();
  const box = await grade.boundingBox();
  assert.ok(box);
  const before = await said(page);
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.clock.runFor(5000);
  assert.equal(await said(page), before, "nothing changes while it is pressed");
  assert.equal((await grade.boundingBox())?.y, box.y);
  await page.mouse.up();
  await page.clock.runFor(3000);
  assert.notEqual(await said(page), before);
  const after = await grade.boundingBox();
  assert.ok(after && Math.abs(after.y - box.y) <= 2, `the choice moved by ${Number(after?.y) - box.y}`);
  assert.equal(await page.locator(`${at("/dash/grade")}[value="standard"]`).isChecked(), true);
});

test("an opened Why stays open, and what stands already does not fade in again", async (t) => {
  const page = await demo(t, { clock: true, reducedMotion: "no-preference", form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
  await page.clock.runFor(2000);
  const found = page.locator(`[data-row] ${contradiction}`);
  await found.locator("summary").click();
  await found.evaluate((one) => one.setAttribute("data-known", "yes"));
  await page.locator(at("/dash/rationale")).fill("He has done it before. ");
  await page.clock.runFor(3000);
  assert.equal(await found.getAttribute("data-known"), "yes", "the same element is still there");
  assert.equal(await found.locator("details").getAttribute("open"), "");
});

describe("the live region", () => {
  test("is polite, and speaks what is new, once", async (t) => {
    const page = await demo(t, { clock: true, form: formIn("domestic-abuse", "complete"), visited: EVERYWHERE });
    await page.clock.runFor(2000);
    assert.equal(await page.locator("#announce").getAttribute("aria-live"), "polite");
    assert.equal(await page.locator('[aria-live="assertive"], [role="alert"]').count(), 0);
    const heard = await listen(page);
    await page.locator(at("/incident/narrative")).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Marcus put both hands round Priya's throat. ");
    await page.clock.runFor(3000);
    await page.locator(`[data-row="/dash/answers/q18"] ${contradiction}`).waitFor();
    await page.keyboard.type("Then he left. ");
    await page.clock.runFor(3000);
    const words = await heard();
    assert.equal(words.filter((one) => /throat/.test(one)).length, 1, words.join("\n"));
  });
});

describe("quiet", () => {
  test("nothing is shown or spoken before Submit, and all of it then", async (t) => {
    const page = await demo(t, { clock: true, form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
    await page.clock.runFor(2000);
    assert.ok((await page.locator("#form [data-code]").count()) > 0);
    await page.locator("#quiet").check();
    const heard = await listen(page);
    assert.equal(await page.locator("#form [data-code], .mark").count(), 0);
    assert.match(String(await page.locator("#threshold").textContent()), /Quiet: you see this when you press Submit/);
    await page.locator(IMPACT).fill("Safe and well. ");
    await page.clock.runFor(3000);
    assert.equal(await page.locator("#form [data-code], .mark").count(), 0);
    assert.equal(await page.locator('.impact__status:not([aria-live="off"])').count(), 0);
    assert.deepEqual(await heard(), []);
    await page.locator("#submit").click();
    await page.locator("#summary").waitFor();
    assert.ok((await page.locator("#form [data-code]").count()) > 0);
  });
});
