// The demo, as an officer meets it: it answers while one types, never stands in the way, and what is typed stays text.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { answer, at, demoOf, finding, send, values } from "./demo-page.mjs";

const { newPage } = launch();

/** @typedef {import("playwright-core").Page} Page */

const demo = demoOf(newPage);

test("the page loads under its content security policy, and the guide answers", async (t) => {
  const page = await demo(t);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(String(policy), /default-src 'none'/);
  assert.doesNotMatch(String(policy), /unsafe-inline|'unsafe-eval|\*/);
  assert.match(String(await page.locator("#policy").textContent()), /^Policy: \S+ \S+/);
  assert.equal(await page.locator("#guide-state").textContent(), "");
  assert.ok((await page.locator(finding("/children/0", "child-impact.")).count()) > 0);
  assert.notEqual(await page.locator("#threshold").getAttribute("data-likely"), "");
});

describe("while one types", () => {
  test("the impact finding of that child goes, and of that child only", async (t) => {
    const page = await demo(t);
    await page.locator(at("/children/1/impact")).focus();
    const [first, second] = [finding("/children/0/impact", "child-impact.inadequate"), finding("/children/1/impact", "child-impact.missing")];
    await page.locator(first).waitFor();
    await page.locator(second).waitFor();
    await page.locator(at("/children/0/impact")).fill("Ava was crying and shaking and would not let go of her mum's sleeve. She had wet herself.");
    await page.locator(first).waitFor({ state: "detached" });
    await page.locator(second).waitFor();
    const status = page.locator('[data-impact="/children/0/impact"]');
    await status.locator('[data-facet="presentation"]').waitFor();
    assert.equal(await status.locator("[data-code]").count(), 0);
    // Back to words that say nothing about the child.
    await page.locator(at("/children/0/impact")).fill("Safe and well, no concerns.");
    await page.locator(first).waitFor();
  });

  test("No to strangulation with hands round her throat in the text is pointed out, at both ends", async (t) => {
    const page = await demo(t);
    const contradiction = page.locator('[data-row="/dash/answers/q18"] [data-code="dash.contradiction"]');
    const narrative = page.locator(at("/incident/narrative"));
    await narrative.fill("Kelly said Dean came in and shouted at her about money. He left before we came.");
    await contradiction.waitFor({ state: "detached" });
    await narrative.fill("Kelly said Dean came in 😡 and put his hands round her throat. He left before we came.");
    await answer(page, "q18", "yes");
    await page.waitForTimeout(700);
    assert.equal(await contradiction.count(), 0);
    await answer(page, "q18", "no");
    await contradiction.waitFor();
    const words = String(await contradiction.locator("q").first().textContent());
    assert.match(words, /throat/);
    assert.ok((await narrative.inputValue()).includes(words), "the words are the officer's own");
    const mirror = page.locator('[data-slot="/incident/narrative"] [data-code="dash.contradiction"][data-mirror]');
    assert.ok((await mirror.count()) > 0, "it is said beside the narrative, too");
    // "Show me" puts the selection on those words.
    await contradiction.locator('[data-show="/incident/narrative"]').first().click();
    const selected = await narrative.evaluate((/** @type {HTMLTextAreaElement} */ area) => area.value.slice(area.selectionStart, area.selectionEnd));
    assert.equal(selected, words);
    await answer(page, "q18", "yes");
    await contradiction.waitFor({ state: "detached" });
  });

  test("the words a report rests on are marked in the text, and move along with it", async (t) => {
    const page = await demo(t);
    const area = page.locator(at("/children/0/impact"));
    const marks = page.locator('[data-field="/children/0/impact"] .marked__copy');
    await marks.locator(".mark--weak", { hasText: "was present" }).waitFor();
    assert.doesNotMatch(String(await marks.locator(".mark--told").allTextContents()), /safe and well|no concerns/i, "filler is not read as evidence");
    await area.fill("Ava was crying and shaking. ");
    await marks.locator(".mark--told", { hasText: "crying" }).waitFor();
    await area.press("Home");
    await page.keyboard.type("Tonight ");
    // At once, before anything is read again: the copy has the same text, the marks the same words.
    assert.equal(String(await marks.textContent()).trimEnd(), (await area.inputValue()).trimEnd());
    assert.match(String(await marks.locator(".mark--told").first().textContent()), /^(crying|crying and shaking|shaking)$/);
    assert.equal(await marks.evaluate((one) => one.parentElement?.getAttribute("aria-hidden")), "true", "a screen reader hears the text once");
  });

  test("the caret and the text stay where they are", async (t) => {
    const page = await demo(t);
    const area = page.locator(at("/children/0/impact"));
    await area.fill("");
    await area.pressSequentially("Ava was crying. ", { delay: 5 });
    await page.keyboard.press("Home");
    await page.waitForTimeout(700);
    await page.keyboard.type("Tonight ");
    await page.waitForTimeout(700);
    assert.equal(await area.inputValue(), "Tonight Ava was crying. ");
    assert.equal(await area.evaluate((/** @type {HTMLTextAreaElement} */ one) => one.selectionStart), "Tonight ".length);
    assert.equal(await area.evaluate((one) => one === document.activeElement), true);
  });
});

describe("sending is always possible", () => {
  test("from every example, with all that is open listed first", async (t) => {
    const page = await demo(t);
    for (const sample of await values(page, "#sample")) {
      await page.locator("#sample").selectOption(sample);
      await send(page);
      const sent = JSON.parse(String(await page.locator("#sent-json").textContent()));
      assert.ok(sent.formType, sample);
    }
  });

  test("from every form, empty", async (t) => {
    const page = await demo(t);
    for (const form of await values(page, "#form-type")) {
      await page.locator("#sample").selectOption("nobody-listed");
      await page.locator("#form-type").selectOption(form);
      await page.locator(at("/incident/narrative")).fill("");
      await send(page);
      assert.equal(JSON.parse(String(await page.locator("#sent-json").textContent())).formType, form);
    }
  });

  test("the list leads to the fields, and a reason answers what is open", async (t) => {
    const page = await demo(t);
    await page.locator("#submit").click();
    const summary = page.locator("#summary");
    await summary.waitFor();
    assert.equal(await summary.evaluate((one) => one === document.activeElement), true, "the list has the focus");
    await summary.locator('[data-open-for="/children/0/impact"]').first().click();
    assert.equal(await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).dataset.path), "/children/0/impact");
    for (const reason of await summary.locator("[data-reason-code]").all()) await reason.fill("Not seen yet: on the way there now.");
    await page.locator("#send").click();
    await page.locator('#sent[data-complete="true"]').waitFor();
    const { overrides } = JSON.parse(String(await page.locator("#sent-json").textContent()));
    assert.ok(overrides.some((/** @type {any} */ { code, path }) => code === "child-impact.inadequate" && path === "/children/0/impact"));
  });

  test("on a phone, too, however long the list is: the button is in sight, and hides nothing that has the focus", async (t) => {
    const page = await demo(t, { width: 390, height: 844 });
    await page.locator("#sample").selectOption("contradictions");
    await page.locator("#submit").click();
    await page.locator("#summary").waitFor();
    const box = await page.locator("#send").boundingBox();
    assert.ok(box && box.y + box.height <= 844, "the button is in sight");
    assert.ok((await page.locator("#summary").evaluate((one) => one.scrollHeight)) > 844, "the list is longer than the screen");
    for (const link of await page.locator("#summary a").all()) {
      await page.keyboard.press("Tab");
      const [here, send] = [await link.boundingBox(), await page.locator("#send").boundingBox()];
      assert.ok(here && send && here.y + here.height <= send.y + 1, String(await link.textContent()));
    }
  });

  test("without the guide", async (t) => {
    const page = await newPage(t, null, { expect: [/^failed: .*\.wasm/, /^console: Failed to load resource/] });
    page.on("dialog", (dialog) => dialog.accept());
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("/demo/");
    await page.locator('html[data-guide="off"]').waitFor();
    assert.match(String(await page.locator("#guide-state").textContent()), /Guidance is off/);
    await page.locator(at("/children/0/impact")).fill("Ava was crying.");
    await send(page);
    assert.match(String(await page.locator("#sent-json").textContent()), /Ava was crying\./);
  });
});

describe("hostile text stays text", () => {
  const HOSTILE =
    '<img src="/hostile.png" onerror="window.hostile=1"><script>window.hostile=1</script>"\'>\u202Ecba\u202C\u2067\u200B\u200D\uFEFFה {child} </textarea>';
  const before = ["img", "script", "iframe", "object", "[onerror]"].join();

  test("in every text field of every form", async (t) => {
    const page = await demo(t);
    const scripts = await page.locator(before).count();
    for (const form of await values(page, "#form-type")) {
      await page.locator("#form-type").selectOption(form);
      for (const add of await page.locator("[data-add]").evaluateAll((all) => all.map((one) => /** @type {HTMLElement} */ (one).dataset.add)))
        await page.locator(`[data-add="${add}"]`).click();
      // Each press takes the button out of the list.
      const notes = page.locator('#form [data-note-for][aria-expanded="false"]');
      while (await notes.count()) await notes.first().click();
      const fields = await page.locator('#form textarea[data-path], #form input[type="text"][data-path]').all();
      assert.ok(fields.length > 5, `${form} has text fields`);
      for (const field of fields) await field.fill(HOSTILE);
      await page.waitForTimeout(700);
      for (const field of fields) assert.equal(await field.inputValue(), HOSTILE, String(await field.getAttribute("data-path")));
      await page.locator("#submit").click();
      await page.locator("#summary, #sent").first().waitFor();
      for (const reason of await page.locator("[data-reason-code]").all()) await reason.fill(HOSTILE);
      if (await page.locator("#send").count()) await page.locator("#send").click();
      await page.locator("#sent").waitFor();
      const sent = JSON.parse(String(await page.locator("#sent-json").textContent()));
      assert.equal(sent.incident.narrative, HOSTILE);
      assert.equal(sent.children[0].name, HOSTILE);
      await page.locator("#back").click();
      await page.locator("#submit").waitFor();
      assert.equal(await page.locator(before).count(), scripts, `${form}: nothing became an element`);
    }
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).hostile), undefined);
  });

  test("where it is quoted back", async (t) => {
    const page = await demo(t);
    const scripts = await page.locator(before).count();
    await page.locator(at("/children/0/name")).fill(HOSTILE);
    await page.locator(at("/children/0/impact")).fill(`${HOSTILE} Ava was crying and shaking. ${HOSTILE}`);
    await page.locator(at("/incident/narrative")).fill(`${HOSTILE} Dean put his <b>hands</b> round\u200B her throat. ${HOSTILE}`);
    await page.waitForTimeout(900);
    assert.ok(String(await page.locator('[data-title="/children/0"]').textContent()).includes("<img"), "the name stands there as typed");
    const closed = page.locator("#form details:not([open]) > summary:visible");
    while (await closed.count()) await closed.first().click();
    assert.equal(await page.locator(before).count(), scripts);
    assert.equal(await page.locator("#form b, #form q *").count(), 0);
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).hostile), undefined);
  });
});
