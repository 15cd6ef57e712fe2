// The guide in a worker, from the page's side: every check is answered, whatever becomes of the worker.

import assert from "node:assert/strict";
import { before, beforeEach, describe, test } from "node:test";
import { loadGuide } from "../../src/index.node.js";
import { loadGuideWorker } from "../../src/worker.js";
import { assertReport, form } from "../support.mjs";

/** @type {import("../../src/guide.js").Guide} */
let guide;
before(async () => {
  guide = await loadGuide();
});

/** What each worker that was made got, in order. */
/** @type {FakeWorker[]} */
let made = [];
beforeEach(() => {
  made = [];
});

/** A worker whose behaviour a test decides; otherwise it does what the real one does. */
class FakeWorker {
  /** @type {((event: any) => void) | null} */
  onmessage = null;
  /** @type {((event: any) => void) | null} */
  onerror = null;
  /** @type {(() => void) | null} */
  onmessageerror = null;
  /** @type {any[]} */
  got = [];
  ended = false;

  /** @param {(message: any, worker: FakeWorker) => any} [answer] the message to send back, if any */
  constructor(answer = honest) {
    this.answer = answer;
    made.push(this);
  }

  /** @param {any} message */
  postMessage(message) {
    const copy = structuredClone(message);
    this.got.push(copy);
    queueMicrotask(() => {
      const data = this.ended ? undefined : this.answer(copy, this);
      if (data !== undefined) this.onmessage?.({ data });
    });
  }

  /** The worker's script threw, or the browser ended it. */
  fail() {
    this.onerror?.({ preventDefault() {} });
  }

  terminate() {
    this.ended = true;
  }
}

/** @param {any} message */
function honest(message) {
  return "load" in message ? { policy: guide.policy } : { id: message.id, report: guide.checkText(message.json) };
}
/** Loads, then says nothing more. @param {any} message */
const silent = (message) => ("load" in message ? { policy: guide.policy } : undefined);

/**
 * @param {((message: any, worker: FakeWorker) => any)[]} answers of the first worker, the second, …; then honest ones
 * @param {object} [options]
 */
function load(answers = [], options = {}) {
  return loadGuideWorker({ worker: () => /** @type {any} */ (new FakeWorker(answers[made.length] ?? honest)), patience: 2_000, ...options });
}

/** @param {import("../../src/types.js").Report} report */
const isUnavailable = (report) => report.findings.some(({ code }) => code === "guide.unavailable");
const given = /** @type {any} */ (form());

describe("a guide in a worker", () => {
  test("reports what the guide on the page reports", async () => {
    const worker = await load();
    assert.deepEqual(await worker.check(given), guide.check(given));
    assert.deepEqual(await worker.checkJson(JSON.stringify(given)), guide.check(given));
    assert.deepEqual(worker.policy, guide.policy);
  });

  test("hands over how to load, with addresses made whole", async () => {
    await load([], { locale: "cy", wasm: new URL("https://example.org/guide.wasm") });
    assert.deepEqual(made[0]?.got[0], { load: { locale: "cy", wasm: "https://example.org/guide.wasm" } });
  });

  test("several at once are each answered with their own", async () => {
    const worker = await load();
    const forms = [given, {}, { formType: "missing-child" }, given];
    const reports = await Promise.all(forms.map((one) => worker.check(one)));
    assert.deepEqual(
      reports,
      forms.map((one) => guide.check(one)),
    );
  });

  test("the newest wins: what had not begun gets the newest one's report", async () => {
    const worker = await load([], { newestWins: true });
    const forms = [{ formType: "domestic-abuse" }, { formType: "missing-child" }, { formType: "child-in-custody" }, given];
    const [begun, ...rest] = await Promise.all(forms.map((one) => worker.check(one)));
    assert.deepEqual(begun, guide.check(/** @type {any} */ (forms[0])));
    for (const report of rest) assert.deepEqual(report, guide.check(given));
    assert.equal(made[0]?.got.length, 3, "to load, the one that had begun, and the newest");
  });

  test("a report that comes twice or under another number answers nobody else", async () => {
    const worker = await load([
      (message, self) => {
        if (!("id" in message)) return honest(message);
        self.onmessage?.({ data: { id: message.id + 7, report: '{"wrong":true}' } });
        self.onmessage?.({ data: honest(message) });
        return honest(message);
      },
    ]);
    assert.deepEqual(await Promise.all([worker.check(given), worker.check({})]), [guide.check(given), guide.check({})]);
  });
});

describe("a worker in trouble", () => {
  test("a trap is answered as one, and the worker goes on", async () => {
    let traps = 1;
    const worker = await load([(message) => ("id" in message && traps-- > 0 ? { id: message.id, report: null } : honest(message))]);
    const report = await worker.check(given);
    assertReport(report);
    assert.ok(isUnavailable(report));
    assert.deepEqual(await worker.check(given), guide.check(given));
    assert.equal(made.length, 1);
  });

  test("an error answers everybody, and the next check gets a new worker", async () => {
    const worker = await load([(message, self) => ("id" in message ? void self.fail() : honest(message))]);
    const reports = await Promise.all([worker.check(given), worker.check(given)]);
    assert.ok(reports.every(isUnavailable));
    assert.deepEqual(await worker.check(given), guide.check(given));
    assert.deepEqual(
      made.map(({ ended }) => ended),
      [true, false],
    );
  });

  test("a message that cannot be read does the same", async () => {
    const worker = await load([(message, self) => ("id" in message ? void self.onmessageerror?.() : honest(message))]);
    assert.ok(isUnavailable(await worker.check(given)));
    assert.deepEqual(await worker.check(given), guide.check(given));
  });

  test("silence is not waited for for ever", async () => {
    const worker = await load([silent], { patience: 50 });
    assert.ok(isUnavailable(await worker.check(given)));
    assert.equal(made[0]?.ended, true);
  });

  test("a new worker that does not start is no reason to wait or to throw", async () => {
    const worker = await load([(message, self) => ("id" in message ? void self.fail() : honest(message)), (_message, self) => void self.fail()]);
    assert.ok(isUnavailable(await worker.check(given)));
    assert.ok(isUnavailable(await worker.check(given)));
    assert.deepEqual(await worker.check(given), guide.check(given));
    assert.equal(made.length, 3);
  });

  test("a form that contains itself", async () => {
    const worker = await load();
    const cyclic = /** @type {any} */ ({});
    cyclic.self = cyclic;
    assert.ok(isUnavailable(await worker.check(cyclic)));
  });

  test("after it was closed", async () => {
    const worker = await load([silent]);
    const open = worker.check(given);
    worker.close();
    assert.ok(isUnavailable(await open));
    assert.ok(isUnavailable(await worker.check(given)));
    assert.equal(made.length, 1);
  });
});

describe("loading fails with one kind of error", () => {
  /** @type {[string, () => Promise<unknown>][]} */
  const ways = [
    ["the worker's script is not there", () => load([(_message, self) => void self.fail()])],
    ["the policy cannot be used", () => load([() => ({ failed: "the policy is none" })])],
    ["the worker says something else", () => load([() => ({ id: 1, report: "" })])],
    ["the worker says nothing", () => load([() => undefined], { patience: 50 })],
    ["no worker can be made", () => loadGuideWorker({ worker: () => /** @type {any} */ (null) })],
    ["there are no workers", () => loadGuideWorker()],
    ["an option cannot be handed over", () => load([], { policy: { name: () => "" } })],
  ];
  for (const [name, attempt] of ways) {
    test(name, async () => {
      await assert.rejects(attempt(), { name: "ReferralGuideError" });
      assert.ok(made.every(({ ended }) => ended));
    });
  }
});
