// The guide on a form that knows nothing of it, and its panel, under the strictest policy a page can have.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { axe, launch } from "./browser.mjs";

const { newPage } = launch();

/** @typedef {import("playwright-core").Page} Page */

const MODULE = readFileSync(new URL("../../src/wasm/referral_guide_bg.wasm", import.meta.url));
const EMPTY_IMPACT = "In bed upstairs. Safe and well, no concerns.";

/** Notes every way for text to leave the page, to be kept, or to become markup or code. */
function guard() {
  const used = /** @type {string[]} */ ([]);
  /** @type {any} */ (window).used = used;
  const spy = (/** @type {any} */ of, /** @type {string} */ name) => {
    const was = Object.getOwnPropertyDescriptor(of, name);
    if (!was) return;
    const key = was.set ? "set" : was.value ? "value" : "get";
    const real = /** @type {any} */ (was)[key];
    /** @this {unknown} @param {...unknown} given */
    function seen(...given) {
      // The test's own questions to the page come through eval.
      if (name !== "eval" || !/UtilityScript/.test(String(new Error().stack))) used.push(name);
      return new.target ? Reflect.construct(real, given) : real.apply(this, given);
    }
    Object.defineProperty(of, name, { ...was, [key]: seen });
  };
  for (const name of [
    "fetch",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "Worker",
    "SharedWorker",
    "eval",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "caches",
  ])
    spy(window, name);
  spy(Navigator.prototype, "sendBeacon");
  spy(Document.prototype, "cookie");
  spy(Document.prototype, "write");
  spy(Element.prototype, "innerHTML");
  spy(Element.prototype, "outerHTML");
  spy(Element.prototype, "insertAdjacentHTML");
  spy(ShadowRoot.prototype, "innerHTML");
  spy(Range.prototype, "createContextualFragment");
  spy(DOMParser.prototype, "parseFromString");
}

/**
 * The page with its form; `start` attaches the guide.
 *
 * @param {import("node:test").TestContext} t
 * @param {Record<string, unknown>} [options]
 */
async function open(t, options = {}) {
  const page = await newPage(t, null, { reducedMotion: "reduce" });
  await page.addInitScript(guard);
  await page.route("**/bytes.mjs", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `export const bytes = Uint8Array.from(${JSON.stringify(MODULE.toString("hex"))}.match(/../g), (two) => parseInt(two, 16));`,
    }),
  );
  await page.goto("/test/e2e/pages/attach.html");
  await page.locator("html[data-ready]").waitFor();
  await page.evaluate((given) => void (/** @type {any} */ (window).start(given)), options);
  return page;
}

/** @param {Page} page */
const form = (page) => page.locator("#form").evaluate((element) => element.outerHTML);
/** @param {string} code */
const item = (code) => `referral-guide li[data-code^="${code}"]`;
/** @param {Page} page @param {string} name @param {string} text */
async function write(page, name, text) {
  await page.locator(`[name="${name}"]`).fill(text);
  await page.locator(`[name="${name}"]`).blur();
}
/** @param {Page} page */
const referral = (page) => page.evaluate(() => /** @type {any} */ (window).attachment().referral);
/** @param {Page} page */
const used = (page) => page.evaluate(() => /** @type {any} */ (window).used);
/** The form is gone to where it sends. @param {Page} page */
const isSent = (page) => page.waitForURL(/quiet\.html/);

test("nothing is said of a field the officer has not been in", async (t) => {
  const page = await open(t);
  assert.ok((await page.evaluate(() => /** @type {any} */ (window).attachment().report.findings.length)) > 0, "there is something to say");
  assert.equal(await page.locator("referral-guide li").count(), 0);
  await write(page, "child[5].name", "Ava");
  assert.equal(await page.locator(item("child-impact.")).count(), 0, "the name says nothing about the impact box yet");
  await page.locator('[name="child[5].impact"]').focus();
  await page.locator('[name="child[5].impact"]').blur();
  await page.locator(item("child-impact.missing")).first().waitFor();
  assert.equal(await page.locator('[name="child[9].impact"]').getAttribute("aria-describedby"), null);
});

test("it waits for the end of the word, of the composition, or for the field to be left", async (t) => {
  const page = await open(t, { debounce: 600_000 });
  const readings = () => page.evaluate(() => /** @type {any} */ (window).said.filter((/** @type {any} */ { what }) => what === "report").length);
  const before = await readings();
  const area = page.locator('[name="circs"]');
  await area.pressSequentially("Dean put both hands round her thro");
  await area.dispatchEvent("compositionstart");
  await page.evaluate(() => new Promise((done) => setTimeout(done, 30)));
  assert.equal(await readings(), before);
  await area.dispatchEvent("compositionend");
  await area.blur();
  await page.waitForFunction((was) => /** @type {any} */ (window).said.filter((/** @type {any} */ { what }) => what === "report").length > was, before);
});

test("fields are read by the map: codes, boxes, editable elements, two fields in one", async (t) => {
  const page = await open(t);
  await write(page, "circs", "One.");
  await write(page, "more", "Two.");
  await page.locator('[name="da"]').check();
  await page.locator("#notes").pressSequentially("Because.");
  await page.locator("#notes").blur();
  await write(page, "child[9].name", "Noah");
  await page.waitForFunction(() => /** @type {any} */ (window).attachment().referral.children?.length === 1);
  assert.deepEqual(await referral(page), {
    formType: "domestic-abuse",
    incident: { narrative: "One.\n\nTwo.", domesticAbuse: true },
    referral: { reason: "Because." },
    children: [{ name: "Noah", id: "9" }],
  });
});

describe("on the field", () => {
  test("the message describes it, beside the host's own description; only what is needed is invalid", async (t) => {
    const page = await open(t);
    await write(page, "child[5].name", "Ava");
    await write(page, "child[5].impact", EMPTY_IMPACT);
    const area = page.locator('[name="child[5].impact"]');
    await page.locator('[name="child[5].impact"][aria-invalid="true"]').waitFor();
    const about = await area.evaluate((element) => document.getElementById(String(element.getAttribute("aria-describedby")))?.textContent);
    assert.match(String(about), /\S/);
    assert.equal(await area.evaluate((/** @type {HTMLTextAreaElement} */ element) => element.validity.valid), true, "validity is the host's unless asked");
    await write(page, "circs", "Kelly said Dean strangled her. Ava saw it.");
    assert.match(String(await page.locator('[name="circs"]').getAttribute("aria-describedby")), /^hint\b/);
    await write(page, "child[5].impact", "Ava was crying and shaking and would not let go of her mum. She had wet herself.");
    await page.locator('[name="child[5].impact"]:not([aria-invalid])').waitFor();
  });

  test("detach leaves the form as it was", async (t) => {
    const page = await open(t, { validity: true });
    // What the officer typed is no attribute, so the markup alone shows what was added.
    const before = await page.evaluate(() => {
      const { start, attachment } = /** @type {any} */ (window);
      attachment().detach();
      const was = /** @type {HTMLElement} */ (document.querySelector("#form")).outerHTML;
      start({ validity: true });
      return was;
    });
    await write(page, "child[5].name", "Ava");
    await write(page, "circs", "Dean hit Kelly.");
    await write(page, "child[5].impact", EMPTY_IMPACT);
    await page.locator('[name="child[5].impact"][aria-invalid="true"]').waitFor();
    assert.notEqual(await form(page), before);
    await page.evaluate(() => /** @type {any} */ (window).attachment().detach());
    assert.equal(await form(page), before);
    assert.equal(await page.locator("#form").evaluate((/** @type {HTMLFormElement} */ element) => element.checkValidity()), true);
    assert.equal(await page.locator("referral-guide li").count(), 0);
    assert.equal(await page.locator("body > [data-referral-guide]").count(), 0);
    const said = () => page.evaluate(() => /** @type {any} */ (window).said.length);
    const was = await said();
    await write(page, "circs", "More.");
    await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    assert.equal(await said(), was);
  });
});

describe("sending", () => {
  /** @param {Page} page */
  const openFinding = async (page) => {
    await write(page, "child[5].name", "Ava");
    await write(page, "child[5].impact", EMPTY_IMPACT);
    await page.locator(item("child-impact.inadequate")).waitFor();
  };

  for (const options of [{}, { validity: true }]) {
    const name = JSON.stringify(options);
    test(`a form with open findings is sent by its button, with ${name}`, async (t) => {
      const page = await open(t, options);
      await openFinding(page);
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await isSent(page);
    });
    test(`and by Enter in a field, with ${name}`, async (t) => {
      const page = await open(t, options);
      await openFinding(page);
      await page.locator('[name="ref"]').press("Enter");
      await isSent(page);
    });
  }

  test("with validity, the field says what is needed and nothing of what is advised, and the host's own rules still hold", async (t) => {
    const page = await open(t, { validity: true });
    await openFinding(page);
    const invalid = () => page.locator("#form :invalid:not(fieldset)").evaluateAll((all) => all.map((one) => one.getAttribute("name")));
    assert.deepEqual(await invalid(), ["child[5].impact"]);
    await write(page, "ref", "");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    assert.match(page.url(), /attach\.html/, "the host's own required field stops it");
    await page.locator('[name="child[5].impact"]:invalid').waitFor();
    assert.deepEqual((await invalid()).sort(), ["child[5].impact", "ref"]);
  });

  test("a guide that fails stops nothing", async (t) => {
    const page = await open(t);
    await page.evaluate(() => {
      const broken = {
        check() {
          throw new Error("broken");
        },
      };
      /** @type {any} */ (window).start({ guide: broken, blockOnRequired: true, validity: true });
    });
    await write(page, "child[5].name", "Ava");
    assert.match(String(await page.locator("referral-guide [part=empty]").textContent()), /off/);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await isSent(page);
  });

  test("where the host asks for a reason, one reason sends it, and goes along", async (t) => {
    const page = await open(t, { blockOnRequired: true, validity: true });
    await openFinding(page);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Before you send this" });
    await dialog.waitFor();
    assert.deepEqual(await axe(page), []);
    await dialog.getByRole("button", { name: "Go back to the form" }).click();
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await dialog.getByLabel("Your reason").fill("Child not home yet, visit planned.");
    await dialog.getByRole("button", { name: "Send with this reason" }).click();
    await isSent(page);
    const overrides = JSON.parse(String(new URL(page.url()).searchParams.get("referralGuideOverrides")));
    assert.ok(overrides.some((/** @type {any} */ { code, path }) => code === "child-impact.inadequate" && path === "/children/0/impact"));
    for (const { reason } of overrides) assert.equal(reason, "Child not home yet, visit planned.");
  });

  test("a host can ask in its own way", async (t) => {
    const page = await open(t, { blockOnRequired: true });
    await openFinding(page);
    await page.evaluate(() =>
      document.addEventListener("referral-guide:blocked", (event) => {
        event.preventDefault();
        const { override, submit } = /** @type {CustomEvent} */ (event).detail;
        override("Known to the duty team.");
        submit();
      }),
    );
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await isSent(page);
    assert.match(String(new URL(page.url()).searchParams.get("referralGuideOverrides")), /Known to the duty team/);
  });
});

test("children come and go; a reason stays with its child", async (t) => {
  const page = await open(t);
  for (const [number, name] of [
    ["5", "Ava"],
    ["9", "Noah"],
  ]) {
    await write(page, `child[${number}].name`, String(name));
    await write(page, `child[${number}].impact`, number === "5" ? EMPTY_IMPACT : "Asleep upstairs.");
  }
  const noah = page.locator(`${item("child-impact.inadequate")}[data-path="/children/1/impact"]`);
  await noah.getByText("Give a reason instead").click();
  await noah.getByRole("textbox").fill("Not seen yet; the night team will.");
  await noah.getByRole("button", { name: /Keep this reason/ }).click();
  await noah.getByText("You gave a reason.").waitFor();
  await page
    .locator(".child")
    .first()
    .evaluate((element) => element.remove());
  const moved = page.locator(`${item("child-impact.inadequate")}[data-path="/children/0/impact"]`);
  await moved.getByText("You gave a reason.").waitFor();
  await page.locator(".child").evaluate((element) => {
    const copy = /** @type {Element} */ (element.cloneNode(true));
    for (const field of copy.querySelectorAll("input, textarea")) {
      field.setAttribute("name", String(field.getAttribute("name")).replace("9", "12"));
      field.removeAttribute("aria-describedby");
    }
    element.after(copy);
  });
  await write(page, "child[12].name", "Mia");
  await write(page, "child[12].impact", "");
  await page.locator(`${item("child-impact.missing")}[data-path="/children/1/impact"]`).waitFor();
  assert.equal((await referral(page)).children.length, 2);
});

describe("the panel", () => {
  test("a quote goes to its words", async (t) => {
    const page = await open(t);
    await write(page, "child[5].name", "Ava");
    await write(page, "child[5].impact", EMPTY_IMPACT);
    const finding = page.locator(item("child-impact.inadequate"));
    const quote = await finding.locator("q").first().textContent();
    await finding
      .getByRole("button", { name: /^Show me/ })
      .first()
      .click();
    assert.equal(
      await page.locator('[name="child[5].impact"]').evaluate((/** @type {HTMLTextAreaElement} */ area) => {
        return document.activeElement === area && area.value.slice(area.selectionStart, area.selectionEnd);
      }),
      quote,
    );
    assert.match(String(await finding.locator("[part=tag]").textContent()), /Needed/, "severity is a word");
    await page.locator("body > [data-referral-guide] mark").first().waitFor();
  });

  test("words in an editable element are marked without touching it", async (t) => {
    const page = await open(t, { map: { notes: "/children/1/impact", "child[5].name": "/children/1/name" } });
    await write(page, "child[5].name", "Ava");
    await page.locator("#notes").pressSequentially(EMPTY_IMPACT);
    await page.locator("#notes").blur();
    await page.locator(item("child-impact.inadequate")).waitFor();
    const marked = await page.evaluate(() => [.../** @type {any} */ (CSS).highlights.get("referral-guide")].map(String));
    assert.ok(marked.length > 0);
    for (const words of marked) assert.ok(EMPTY_IMPACT.includes(words), words);
    assert.equal(await page.locator("#notes *").count(), 0);
  });

  test("the live region speaks what is new, once", async (t) => {
    const page = await open(t);
    const status = page.locator("referral-guide [role=status]");
    await write(page, "child[5].name", "Ava");
    await write(page, "child[5].impact", EMPTY_IMPACT);
    await page.locator(item("child-impact.inadequate")).waitFor();
    const first = String(await status.textContent());
    assert.match(first, /^Needed: /);
    await page.evaluate(() => {
      const { shadowRoot } = /** @type {HTMLElement} */ (document.querySelector("referral-guide"));
      /** @type {any} */ (window).spoken = 0;
      new MutationObserver(() => /** @type {any} */ (window).spoken++).observe(/** @type {Node} */ (shadowRoot?.querySelector("[role=status]")), {
        childList: true,
        characterData: true,
        subtree: true,
      });
      /** @type {any} */ (window).attachment().check();
    });
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).spoken), 0);
  });

  test("an opened Why stays open while one writes on", async (t) => {
    const page = await open(t);
    await write(page, "child[5].name", "Ava");
    await write(page, "child[5].impact", EMPTY_IMPACT);
    const why = page.locator(`${item("child-impact.inadequate")} details[part=why]`);
    await why.locator("summary").click();
    await write(page, "child[5].impact", `${EMPTY_IMPACT} In her room.`);
    await write(page, "circs", "Dean hit Kelly.");
    assert.equal(await why.evaluate((/** @type {HTMLDetailsElement} */ element) => element.open), true);
  });

  test("a guide attached before the panel, and one for another form, are found", async (t) => {
    const page = await open(t);
    await write(page, "child[5].name", "Ava");
    await write(page, "child[5].impact", EMPTY_IMPACT);
    await page.evaluate(() => {
      document.querySelector("referral-guide")?.remove();
      const panel = /** @type {any} */ (document.createElement("referral-guide"));
      panel.attachTo(document.querySelector("#form"));
      document.querySelector("main")?.append(panel);
    });
    await page.locator(item("child-impact.inadequate")).waitFor();
  });
});

const HOSTILE = {
  markup: `<img src=x onerror="window.hit=1"><script>window.hit=1</script>"'>{{7*7}}\${7*7} Safe and well, no concerns.`,
  rtl: "\u202E\u2067no concerns\u2069 בטוח safe and well \u202D\u061C",
  "zero width": "no\u200B con\u200Dcerns\uFEFF \u2060safe and well\u00AD \u0000\uD800",
  "a megabyte": "Safe and well, no concerns. <b>x</b> ".repeat(28_000),
};

for (const [name, text] of Object.entries(HOSTILE))
  test(`hostile text in every field: ${name}`, async (t) => {
    const page = await open(t, { show: "all" });
    const requests = /** @type {string[]} */ ([]);
    page.on("request", (request) => requests.push(request.url()));
    const values = await page.evaluate((hostile) => {
      const fields = [...document.querySelectorAll("#form input:not([type=checkbox], [type=radio]), #form textarea")];
      for (const field of fields) /** @type {HTMLInputElement} */ (field).value = hostile;
      /** @type {HTMLElement} */ (document.querySelector("#notes")).textContent = hostile;
      const before = fields.map((field) => /** @type {HTMLInputElement} */ (field).value);
      const { attachment } = /** @type {any} */ (window);
      attachment().check();
      const after = fields.map((field) => /** @type {HTMLInputElement} */ (field).value);
      return { same: before.every((value, at) => value === after[at]), codes: attachment().report.findings.map((/** @type {any} */ { code }) => code) };
    }, text);
    assert.equal(values.same, true, "no value is changed");
    assert.ok(!values.codes.includes("guide.unavailable"));
    assert.ok((await page.locator("referral-guide li").count()) > 0);
    assert.equal(await page.locator("referral-guide img, referral-guide script, referral-guide b, #notes *, [data-referral-guide] img").count(), 0);
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).hit), undefined);
    assert.equal(await page.evaluate(() => Object.keys(Object.prototype).length), 0);
    assert.deepEqual(await used(page), []);
    assert.deepEqual(requests, []);
  });

test("no network, no storage, no markup and no code from text, whatever is done", async (t) => {
  const page = await open(t, { validity: true });
  const requests = /** @type {string[]} */ ([]);
  page.on("request", (request) => requests.push(request.url()));
  await write(page, "child[5].name", "Ava");
  await write(page, "child[5].impact", EMPTY_IMPACT);
  await page
    .getByRole("button", { name: /^Show me/ })
    .first()
    .click();
  await page.evaluate(() => /** @type {any} */ (window).attachment().showAll());
  await page.evaluate(() => /** @type {any} */ (window).attachment().detach());
  assert.deepEqual(await used(page), []);
  assert.deepEqual(requests, []);
  await page.evaluate(() => void localStorage.length);
  assert.deepEqual(await used(page), ["localStorage"], "the guard sees it where something is used");
  const seesEval = await page.evaluate(
    () =>
      new Promise((done) => {
        const before = /** @type {any} */ (window).used.length;
        // In a task of its own, outside the test's question; a value that is no text is handed back and no policy asked.
        setTimeout(() => {
          (0, eval)(/** @type {any} */ (1));
          done(/** @type {any} */ (window).used.length - before);
        }, 0);
      }),
  );
  assert.equal(seesEval, 1, "and where eval is");
});

for (const [name, options] of /** @type {[string, import("./browser.mjs").PageOptions][]} */ ([
  ["wide", {}],
  ["on a phone", { width: 390 }],
  ["dark", { colorScheme: "dark" }],
  ["forced colours", { forcedColors: "active" }],
]))
  test(`the example, ${name}: it answers, and axe finds nothing`, async (t) => {
    const page = await newPage(t, "/examples/plain-html/", { reducedMotion: "reduce", ...options });
    await page.waitForFunction(() => /** @type {any} */ (document.querySelector("referral-guide"))?.attachment?.report);
    await page.getByLabel("Forename").fill("Ava");
    await page.getByLabel("Circumstances").fill("Kelly said Dean put both hands round her throat until she could not breathe. Ava saw it from the doorway.");
    await page.getByLabel("What this meant for the child").fill(EMPTY_IMPACT);
    await page.getByLabel("Has she or he ever been choked").selectOption({ label: "No" });
    await page.locator(item("child-impact.inadequate")).waitFor();
    await page.locator(item("dash.contradiction")).waitFor();
    await page.locator("referral-guide summary").first().click();
    assert.deepEqual(await axe(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "nothing runs off the side");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    assert.equal(await page.locator("#sent").textContent(), "Sent.");
  });
