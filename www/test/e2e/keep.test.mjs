// Nothing typed is lost: over a reload, back, a crash of the engine, a policy that does not load, no network.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launch } from "./browser.mjs";
import { EVERYWHERE, at, demoOf, finding, send, sent } from "./demo-page.mjs";
import { formIn } from "./forms.mjs";

const { newPage } = launch();
const demo = demoOf(newPage);
const IMPACT = at("/children/0/impact");
const TYPED = "Ava hid behind the sofa and would not come out.";

/** Everything the browser could have kept. @param {import("playwright-core").Page} page */
const stored = (page) =>
  page.evaluate(async () => {
    const bases = (await indexedDB.databases()).map(({ name }) => name);
    return [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href, JSON.stringify(history.state), ...bases].join("\n");
  });

/** @param {import("playwright-core").Page} page */
const isReady = (page) => page.locator('html[data-guide="on"]').waitFor();

describe("a reload", () => {
  test("asks first, and nothing was kept anywhere", async (t) => {
    const page = await newPage(t, null);
    /** @type {string[]} */
    const asked = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      return dialog.dismiss();
    });
    await page.goto("/demo/index.html");
    await isReady(page);
    await page.locator(IMPACT).fill(TYPED);
    await page.locator(at("/incident/narrative")).focus();
    assert.doesNotMatch(await stored(page), /hid behind/);
    await page.reload({ timeout: 1000 }).catch(() => {});
    assert.deepEqual(asked, ["beforeunload"]);
    assert.equal(await page.locator(IMPACT).inputValue(), TYPED, "who stays has everything");
  });

  test("where the officer ticks it, text, reasons and all are there again, until it is sent", async (t) => {
    const page = await demo(t);
    await page.locator("#keep").check();
    await page.locator(IMPACT).fill(TYPED);
    await page.locator("#submit").click();
    await page.locator('[data-reason-path="/children/1/impact"]').fill("At his nan's tonight.");
    await page.reload();
    await isReady(page);
    assert.equal(await page.locator("#keep").isChecked(), true, "the box shows that it is kept");
    assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
    await page.locator("#submit").click();
    await page.locator("#summary, #sent").first().waitFor();
    assert.equal(await page.locator('[data-reason-path="/children/1/impact"]').count(), 0, "the reason is there too");
    await page.locator("#send").click();
    assert.equal((await sent(page)).overrides[0].reason, "At his nan's tonight.");
    assert.doesNotMatch(await stored(page), /hid behind/, "sent: nothing is left");
  });

  test("unticked, nothing is left behind", async (t) => {
    const page = await demo(t);
    await page.locator("#keep").check();
    await page.locator(IMPACT).fill(TYPED);
    await page.locator(at("/incident/narrative")).focus();
    await page.waitForFunction(() => JSON.stringify(sessionStorage).includes("hid behind"));
    await page.locator("#keep").uncheck();
    assert.doesNotMatch(await stored(page), /hid behind/);
  });

  test("where the browser keeps nothing, it is said", async (t) => {
    const page = await newPage(t, null);
    page.on("dialog", (dialog) => dialog.accept());
    await page.addInitScript(() =>
      Object.defineProperty(window, "sessionStorage", {
        get: () => {
          throw new Error("off");
        },
      }),
    );
    await page.goto("/demo/index.html");
    await isReady(page);
    await page.locator("#keep").check();
    await page.locator(IMPACT).fill(TYPED);
    await page.locator("#keep-hint", { hasText: "nothing is kept" }).waitFor();
  });
});

test("away to another page and back: it is all there", async (t) => {
  const page = await demo(t);
  await page.locator("#keep").check();
  await page.locator(IMPACT).fill(TYPED);
  await page.getByRole("link", { name: /form builders/ }).click();
  await page.waitForURL(/builders/);
  await page.goBack();
  await isReady(page);
  assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
});

test("an example in place of one's own text, another form, a child taken out: each can be undone", async (t) => {
  const page = await demo(t);
  await page.locator(IMPACT).fill(TYPED);
  await page.locator("#sample").selectOption("custody");
  await page.locator("#undo").click();
  assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
  await page.locator("#form-type").selectOption("missing-child");
  await page.locator("#form-type").selectOption("domestic-abuse");
  assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
  assert.equal(await page.locator(`${at("/dash/answers/q1/answer")}[value="yes"]`).isChecked(), true, "what the other form does not show is still there");
  await page.locator('[data-remove="/children/0"]').click();
  assert.equal(await page.locator(IMPACT).inputValue(), "");
  await page.locator("#bring-back").click();
  assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
});

test("the engine crashes: it is said plainly, the form works on, and the guide comes back by itself", async (t) => {
  const page = await newPage(t, null, { reducedMotion: "reduce" });
  page.on("dialog", (dialog) => dialog.accept());
  // While this is set, every call into the module traps, as a fault in it would.
  await page.addInitScript(() => {
    const Real = WebAssembly.Instance;
    const crashing = (/** @type {any} */ call) =>
      typeof call !== "function"
        ? call
        : (/** @type {any[]} */ ...given) => {
            if (Reflect.get(window, "crash")) throw new WebAssembly.RuntimeError("unreachable");
            return call(...given);
          };
    /** @type {any} */ (WebAssembly).Instance = function (/** @type {WebAssembly.Module} */ module, /** @type {WebAssembly.Imports} */ imports) {
      const { exports } = new Real(module, imports);
      return { exports: Object.fromEntries(Object.entries(exports).map(([name, found]) => [name, crashing(found)])) };
    };
  });
  await page.goto("/demo/index.html");
  await isReady(page);
  await page.evaluate(() => Reflect.set(window, "crash", true));
  await page.locator(IMPACT).fill(TYPED);
  await page.locator(at("/incident/narrative")).focus();
  await page.locator('html[data-guide="off"]').waitFor();
  assert.match(String(await page.locator("#guide-state").textContent()), /^Guidance is off\. The form still works/);
  assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
  assert.equal(await page.locator("#form [data-code]").count(), 0, "no old finding stays");
  await send(page);
  assert.equal((await sent(page)).children[0].impact, TYPED);
  await page.locator("#back").click();
  await page.evaluate(() => Reflect.set(window, "crash", false));
  await page.locator("#again").click();
  await isReady(page);
  assert.equal(await page.locator("#guide-state").textContent(), "");
  assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
});

for (const [how, fulfil] of /** @type {const} */ ([
  ["is not there", { status: 404, body: "Not found" }],
  ["is broken", { status: 200, contentType: "application/json", body: '{"policy":{}' }],
])) {
  test(`a policy that ${how}: the text stays, it is said, and another one can be taken`, async (t) => {
    const page = await demo(t, {
      // Else the worker would have it still.
      serviceWorkers: "block",
      expect: how === "is not there" ? [/^response: 404 .*wales\.json/, /^console: Failed to load resource/] : [],
    });
    await page.locator(IMPACT).fill(TYPED);
    await page.route("**/policies/wales.json", (route) => route.fulfill(fulfil));
    await page.locator("#policy-choice").selectOption({ label: "Wales (example)" });
    await page.locator('html[data-guide="off"]').waitFor();
    assert.match(String(await page.locator("#guide-state").textContent()), /policy could not be loaded, so guidance is off\. The form still works/);
    assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
    await page.locator("#policy-choice").selectOption({ label: "Herefordshire (example)" });
    await isReady(page);
    assert.match(String(await page.locator("#policy").textContent()), /herefordshire/);
    assert.equal(await page.locator(IMPACT).inputValue(), TYPED);
  });
}

test("without a network: after the first visit the page, its guide and its policies are all there", async (t) => {
  const page = await demo(t, { expect: [/^failed: .*INTERNET_DISCONNECTED$/] });
  await page.locator('html[data-offline="ready"]').waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await isReady(page);
  await page.locator(finding("/children/0", "child-impact.")).first().waitFor();
  await page.locator("#policy-choice").selectOption({ label: "Wales (example), Cymraeg (Welsh)" });
  await page.locator("#policy", { hasText: "wales" }).waitFor();
  await page.goto("/demo/builders.html");
  await isReady(page);
});

test("it can be installed: a name, an icon, a start page, a worker", async (t) => {
  const page = await demo(t);
  const manifest = await page.evaluate(async () => (await fetch(/** @type {HTMLLinkElement} */ (document.querySelector('link[rel="manifest"]')).href)).json());
  assert.ok(manifest.name && manifest.start_url && manifest.icons.length && manifest.display === "standalone");
  const session = await page.context().newCDPSession(page);
  await page.locator('html[data-offline="ready"]').waitFor();
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(
    installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"),
    [],
  );
});

test("a reason can be taken back, and comes back with its child", async (t) => {
  const form = formIn("domestic-abuse", "half-finished");
  form.overrides = [{ code: "child-impact.no-voice", path: "/children/0/voice", reason: "Asleep, woken by nobody." }];
  form.children[0].impact = "Ava was crying and shaking and held on to her mum's sleeve.";
  const page = await demo(t, { form, visited: [...EVERYWHERE, "/children/0/voice"] });
  const answered = page.locator(finding("/children/0/voice", "child-impact.no-voice"));
  await answered.getByText("Asleep, woken by nobody.").waitFor();
  await page.locator('[data-remove="/children/0"]').click();
  await page.locator("#bring-back").click();
  await answered.getByText("Asleep, woken by nobody.").waitFor();
  await answered.locator("[data-take-back]").click();
  await answered.getByText("You gave a reason").waitFor({ state: "detached" });
});
