// The examples with a form builder in them, each with the real library: a finding shows in the builder's own place, goes when it is
// mended, and advice fails nothing. Each runs under a content security policy of its own (examples/build.mjs).

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EXAMPLES, bundle, policyOf } from "../../examples/build.mjs";
import { serve } from "../../serve.mjs";
import { launch, picture } from "./browser.mjs";

const { newPage } = launch();

/** Where each builder shows what fails, beside the field. @type {Record<string, string>} */
const SHOWN = {
  ajv: "#root_children_0_impact__error",
  "form-io": ".formio-component-impact .error",
  "json-forms": ".validation.validation_error",
  "react-hook-form": "#children-0-impact-error",
  surveyjs: ".sd-question__erbox:not(.sd-error--warning, .sd-error--info)",
};
const INADEQUATE = "In bed upstairs.";
const MENDED = "Ava was crying and shaking and hid behind the sofa.";

for (const name of EXAMPLES) {
  describe(name, () => {
    /** @param {import("node:test").TestContext} t */
    async function open(t) {
      await bundle(name);
      const server = await serve({ policy: policyOf(name) });
      t.after(() => server.close());
      const page = await newPage(t, null, { baseURL: server.address });
      await page.goto(`/examples/${name}/index.html`);
      const impact = page.getByLabel(/What it meant/).last();
      await impact.waitFor();
      return {
        page,
        impact,
        failing: page.locator(SHOWN[name] ?? "").filter({ hasText: /\S/ }),
        send: page.getByRole("button", { name: "Send", exact: true }),
        end: page.locator("#end"),
      };
    }

    test("what is required shows at its field, and goes when it is mended", async (t) => {
      const { page, impact, failing } = await open(t);
      await impact.fill("");
      // At the pace of a quick typist: builders hand changes on a little after the keystroke.
      await impact.pressSequentially(INADEQUATE, { delay: 30 });
      await failing.filter({ hasText: "In bed upstairs" }).first().waitFor();
      await picture(page, `example-${name}`);
      await impact.fill(MENDED);
      await failing.first().waitFor({ state: "hidden" });
    });

    test("with advice alone it is sent as valid", async (t) => {
      const { page, impact, failing, send, end } = await open(t);
      await impact.fill(MENDED);
      await page.locator('#advice [data-severity="warning"], #advice [data-severity="prompt"]').first().waitFor();
      await send.click();
      await page.locator('#end[data-sent="valid"]').waitFor();
      assert.equal(await end.innerText(), "Sent.");
      assert.equal(await failing.count(), 0);
    });

    test("with something required open it can be sent all the same, as it stands", async (t) => {
      const { page, impact, send, end } = await open(t);
      await page.evaluate(() => document.addEventListener("sent", (event) => Object.assign(window, { sent: /** @type {CustomEvent} */ (event).detail })));
      await impact.fill(INADEQUATE);
      await send.click();
      await end.getByRole("button").click();
      await page.locator('#end[data-sent="anyway"]').waitFor();
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).sent.children[0].impact), INADEQUATE);
    });

    if (name !== "react-hook-form")
      test("what was typed never becomes markup or a template", async (t) => {
        const { page, impact, failing } = await open(t);
        await page
          .getByLabel(/\bName\b/)
          .last()
          .fill('<b id="hostile">Ava</b> {{ 6 * 7 }}');
        await impact.fill('<i id="hostile">In bed upstairs.</i> {{ 6 * 7 }}');
        await failing.first().waitFor();
        assert.equal(await page.locator("#hostile").count(), 0);
        assert.doesNotMatch(await failing.first().innerText(), /\b42\b|&#\d/);
      });
  });
}
