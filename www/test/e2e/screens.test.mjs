// Every form in every state, wide and narrow, by day and by night: axe finds nothing, and nothing is wider than the screen.
// PICTURES=1 leaves a picture of each in test/e2e/output.

import assert from "node:assert/strict";
import { env } from "node:process";
import { describe, test } from "node:test";
import { axe, launch, picture } from "./browser.mjs";
import { EVERYWHERE, demoOf } from "./demo-page.mjs";
import { FORM_TYPES, STATES, formIn } from "./forms.mjs";

const demo = demoOf(launch().newPage);
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
const SCHEMES = /** @type {const} */ (["light", "dark"]);
/** Narrow by day and wide by night; all four where pictures are taken. @param {{ width: number }} size @param {string} scheme */
const isLookedAt = (size, scheme) => Boolean(env.PICTURES) || (size === SIZES[0]) === (scheme === "light");

/** How much of the page stands out at the side, and what. @param {import("playwright-core").Page} page @returns {Promise<string[]>} */
const tooWide = (page) =>
  page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return [`${document.documentElement.scrollWidth} wide`, ...wide.slice(0, 5).map((one) => `${one.tagName} ${one.className} ${one.id}`)];
  });

/** Labels whose words are broken into letters: higher than they are long. @param {import("playwright-core").Page} page @returns {Promise<string[]>} */
const squeezed = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("#form label, #form legend")]
      .filter((label) => {
        const { width, height } = label.getBoundingClientRect();
        return width > 0 && height > 2 * width;
      })
      .map((label) => String(label.textContent)),
  );

for (const formType of FORM_TYPES) {
  describe(formType, () => {
    for (const state of STATES) {
      test(state, async (t) => {
        const page = await demo(t, { ...SIZES[0], form: formIn(formType, state), visited: EVERYWHERE });
        const look = async (/** @type {string} */ when) => {
          for (const size of SIZES) {
            await page.setViewportSize(size);
            for (const colorScheme of SCHEMES.filter((scheme) => isLookedAt(size, scheme))) {
              await page.emulateMedia({ colorScheme });
              // What depends neither on size nor on colour is looked at once.
              const whole = size === SIZES[0] && colorScheme === "light";
              const found = await axe(page, whole ? {} : { runOnly: ["color-contrast", "target-size"], rules: { "target-size": { enabled: true } } });
              assert.deepEqual(found, [], `${when}, ${size.width} wide, ${colorScheme}`);
              if (env.PICTURES) await picture(page, `${formType}-${state}${when === "before" ? "" : `-${when}`}-${size.width}-${colorScheme}`);
            }
            assert.deepEqual(await tooWide(page), [], `${when}, ${size.width} wide`);
            assert.deepEqual(await squeezed(page), [], `${when}, ${size.width} wide`);
          }
        };
        await look("before");
        await page.locator("#submit").click();
        await page.locator("#summary, #sent").first().waitFor();
        const isSent = (await page.locator("#sent").count()) === 1;
        if (state !== "empty") assert.equal(isSent, state === "complete", "what is complete goes at once; of the rest one is told first");
        await look(isSent ? "sent" : "summary");
      });
    }
  });
}

describe("as people set their screens", () => {
  for (const formType of FORM_TYPES) {
    test(`${formType}: 320 pixels, and text twice as large`, async (t) => {
      const page = await demo(t, { width: 320, height: 640, form: formIn(formType, "half-finished"), visited: EVERYWHERE });
      assert.deepEqual(await tooWide(page), []);
      assert.deepEqual(await squeezed(page), []);
      const session = await page.context().newCDPSession(page);
      // As the browser's own setting does it: everything is sized by the text.
      await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px");
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await tooWide(page), [], `${width} wide`);
      }
    });
  }

  test("text spacing as WCAG 1.4.12 has it: nothing is cut off", async (t) => {
    const page = await demo(t, { width: 390, height: 844, form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
    const cut = await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
      );
      document.adoptedStyleSheets = [sheet];
      return [...document.querySelectorAll("#form p, #form label, #form legend, #form button, #form summary, #form li, #form h2, #form h3")]
        .filter(
          (one) =>
            one instanceof HTMLElement &&
            !one.matches(".sr-only") &&
            one.offsetParent &&
            one.scrollWidth > one.clientWidth + 4 &&
            getComputedStyle(one).display !== "inline",
        )
        .map((one) => one.textContent);
    });
    assert.deepEqual(cut, []);
    assert.deepEqual(await tooWide(page), []);
  });

  test("forced colours: what is chosen, marked and found is still told apart", async (t) => {
    const page = await demo(t, { forcedColors: "active", form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
    assert.deepEqual(await axe(page), []);
    const seen = await page.evaluate(() => {
      const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (document.querySelector(selector)));
      return {
        chosen: style(".choice:has(:checked)").outlineStyle,
        other: style(".choice:not(:has(:checked))").outlineStyle,
        marked: style(".marked__copy .mark").textDecorationLine,
        found: style(".finding").borderLeftStyle,
      };
    });
    assert.deepEqual(seen, { chosen: "solid", other: "none", marked: "underline", found: "solid" });
    await page.locator("#submit").focus();
    assert.equal(await page.locator("#submit").evaluate((one) => getComputedStyle(one).outlineStyle), "solid");
    if (env.PICTURES) await picture(page, "forced-colours");
  });

  for (const reducedMotion of /** @type {const} */ (["reduce", "no-preference"])) {
    test(`motion: ${reducedMotion}`, async (t) => {
      const page = await demo(t, { reducedMotion, form: formIn("domestic-abuse", "half-finished"), visited: EVERYWHERE });
      const fades = await page
        .locator("#form .fresh")
        .first()
        .evaluate((one) => getComputedStyle(one).animationName);
      assert.equal(fades, reducedMotion === "reduce" ? "none" : "appear");
    });
  }
});
