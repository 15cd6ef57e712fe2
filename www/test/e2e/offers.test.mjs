// What the demo offers: ten examples, policies, the panel in words, the page for form builders.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SAMPLES } from "../../demo/samples.js";
import { axe, launch } from "./browser.mjs";
import { EVERYWHERE, at, demoOf, finding, values } from "./demo-page.mjs";
import { FORM_TYPES, formIn } from "./forms.mjs";

const { newPage } = launch();
const demo = demoOf(newPage);

test("ten examples, of every form, good and bad: each shows what it says it shows", async (t) => {
  const page = await demo(t);
  assert.equal((await values(page, "#sample")).length, 10);
  assert.deepEqual([...new Set(SAMPLES.map(({ form }) => form.formType))].sort(), [...FORM_TYPES].sort());
  for (const { id, about, good, form } of SAMPLES) {
    await page.locator("#sample").selectOption(id);
    assert.equal(await page.locator("#sample-about").textContent(), about);
    assert.equal(await page.locator("#form-type").inputValue(), form.formType);
    await page.locator("#submit").click();
    await page.locator("#summary, #sent").first().waitFor();
    if (good) assert.equal(await page.locator('#summary [data-severity="required"]').count(), 0, id);
    else assert.ok((await page.locator("#summary [data-open-code]").count()) > 0, id);
  }
});

test("the panel says in words what the level is, what shows it, whose words those are, and what else could help", async (t) => {
  const page = await demo(t, { form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
  const panel = page.locator("#threshold");
  assert.equal(await panel.locator(".threshold__likely").textContent(), "This reads as significant harm.");
  assert.match(String(await panel.locator(".threshold__means").textContent()), /Section 47.*Phone now/);
  const indicator = panel.locator("[data-indicator]").first();
  assert.match(String(await indicator.locator(".indicator__name").textContent()), /strangled.*\(Ava, Noah\)/);
  assert.notEqual(await indicator.locator(".source").textContent(), "");
  await indicator.locator("[data-show]").first().click();
  assert.match(await page.evaluate(() => String(document.getSelection())), /neck|throat/);
  assert.doesNotMatch(String(await panel.textContent()), /\d\s*%|score of|points/);

  await page.locator("#sample").selectOption("no-effect");
  await page.locator("#submit").click();
  assert.match(String(await panel.locator(".threshold__likely").textContent()), /below the referral threshold/);
  assert.match(String(await panel.locator(".threshold__means").textContent()), /Early help may fit better/);
  assert.match(String(await panel.locator('[data-code="threshold.likely-below"]').textContent()), /your judgement prevails/);
});

describe("policies", () => {
  test("another policy speaks at once, the text stays, and what it is called is shown", async (t) => {
    const page = await demo(t, { form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
    await page.locator("#policy-field").waitFor();
    await page.locator(at("/referral/reason")).fill("Because of last night.");
    await page.locator("#policy-choice").selectOption({ label: "Herefordshire (example)" });
    await page.locator("#policy", { hasText: "herefordshire" }).waitFor();
    await page.locator("#policy-choice").selectOption({ label: "Wales (example)" });
    await page.locator("#policy", { hasText: "wales" }).waitFor();
    assert.equal(await page.locator(".threshold__likely").textContent(), "This reads as a child at risk.");
    assert.doesNotMatch(String(await page.locator("#threshold").textContent()), /Section (17|47)/);
    assert.equal(await page.locator(at("/referral/reason")).inputValue(), "Because of last night.");
  });

  test("Welsh is Welsh, and says so to a screen reader; English again does not", async (t) => {
    const page = await demo(t, { form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
    const message = page.locator('[data-row] [data-code="dash.contradiction"] .finding__message .said');
    await page.locator("#policy-choice").selectOption({ label: "Wales (example), Cymraeg (Welsh)" });
    await message.getByText("Ysgrifennoch").waitFor();
    assert.equal(await message.getAttribute("lang"), "cy");
    assert.equal(await page.locator(`${finding("/children/0/impact")} .said`).getAttribute("lang"), "cy");
    await page.locator("#submit").click();
    await page.locator("#summary").waitFor();
    assert.equal(await page.locator("#summary [data-open-code]").first().getAttribute("lang"), "cy");
    assert.deepEqual(await axe(page), []);
    await page.locator("#policy-choice").selectOption({ label: "England: national baseline" });
    await message.getByText("You wrote").waitFor();
    assert.equal(await message.getAttribute("lang"), null);
  });
});

describe("the page for form builders", () => {
  test("shows the report beside the form, and it follows what is typed", async (t) => {
    for (const [width, colorScheme] of /** @type {const} */ ([
      [390, "dark"],
      [1280, "light"],
    ])) {
      const page = await newPage(t, "/demo/builders.html", { width, colorScheme, reducedMotion: "reduce" });
      await page.locator('html[data-guide="on"]').waitFor();
      const report = async () => JSON.parse(String(await page.locator("#report").textContent()));
      assert.ok((await report()).findings.some((/** @type {any} */ { path }) => path === "/children/1/impact"));
      await page.locator(at("/children/1/impact")).fill("Noah was stiff and silent in his mum's arms and would not take his bottle.");
      await page.waitForFunction(
        () => !JSON.parse(String(document.querySelector("#report")?.textContent)).findings.some((/** @type {any} */ { path }) => path === "/children/1/impact"),
      );
      assert.deepEqual(await axe(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      for (const id of await values(page, "#sample")) {
        await page.locator("#sample").selectOption(id);
        assert.equal((await report()).policy.id, "england");
      }
      await page.close();
    }
  });
});
