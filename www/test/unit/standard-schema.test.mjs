// Standard Schema: what is required fails validation, all the rest is guidance.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { loadGuide, standardSchema } from "../../src/index.node.js";
import { form } from "../support.mjs";

/** @type {import("../../src/index.node.js").Guide} */
let guide;
/** @type {any} */
let schema;
before(async () => {
  guide = await loadGuide();
  schema = standardSchema(guide);
});

/** @param {any} value @returns {any[]} */
const findings = (value) => guide.check(value).findings;

test("says what it is", () => {
  assert.equal(schema["~standard"].version, 1);
  assert.equal(schema["~standard"].vendor, "referral-guide");
  assert.equal(schema.guidance.version, 1);
});

test("issues are what is required, with a message and a path of keys and numbers", () => {
  const { issues, value } = schema["~standard"].validate(form());
  assert.equal(value, undefined);
  assert.deepEqual(
    issues.map((/** @type {any} */ { path }) => path),
    [["children", 0, "impact"]],
  );
  for (const issue of issues) {
    assert.equal(issue.severity, "required");
    assert.ok(issue.message.length > 0);
  }
  assert.equal(typeof issues[0].path[1], "number");
});

test("advice alone lets the same value through", () => {
  const value = form();
  Object.assign(/** @type {any} */ (value.children[0]), { impact: "Ava was crying and shaking and hid behind the sofa.", voice: "She said: I was so scared." });
  const open = findings(value).filter(({ severity }) => severity === "required");
  assert.deepEqual(open, []);
  assert.ok(findings(value).length > 0, "there is advice");
  const result = schema["~standard"].validate(value);
  assert.equal(result.issues, undefined);
  assert.equal(result.value, value);
});

test("a reason answers an issue", () => {
  const value = { ...form(), overrides: [{ code: "child-impact.inadequate", path: "/children/0/impact", reason: "Not seen yet." }] };
  assert.equal(schema["~standard"].validate(value).issues, undefined);
  assert.ok(schema.guidance.findings(value).some((/** @type {any} */ { overridden }) => overridden));
});

test("guidance carries every finding with all it says", () => {
  const all = schema.guidance.findings(form());
  assert.deepEqual(
    all.map((/** @type {any} */ { pathArray: _, ...finding }) => finding),
    findings(form()),
  );
  assert.ok(all.some((/** @type {any} */ { severity }) => severity === "warning"));
  const contradiction = all.find((/** @type {any} */ { code }) => code === "dash.contradiction");
  assert.deepEqual(contradiction.pathArray.slice(0, 3), ["dash", "answers", "q18"]);
  assert.ok(contradiction.evidence.length > 0 && contradiction.why && contradiction.source);
});

test("a host's own shape is mapped first", () => {
  /** @type {any[]} */
  const seen = [];
  const mapped = /** @type {any} */ (
    standardSchema(guide, {
      map: (values) => {
        seen.push(values);
        return { ...form(), children: values.kids };
      },
    })
  );
  const host = { kids: [{ id: "k1", name: "Ava", ageYears: 7 }] };
  const [issue] = mapped["~standard"].validate(host).issues;
  assert.deepEqual([issue.code, issue.childId, issue.path[0], issue.path[1]], [findings({ ...form(), children: host.kids })[0].code, "k1", "children", 0]);
  assert.deepEqual(seen, [host]);
});

test("whatever comes in, an answer comes out", () => {
  for (const value of [undefined, null, [], 7n, "text", Object.assign(Object.create(null), { self: {} })]) {
    const result = schema["~standard"].validate(value);
    assert.ok("value" in result || result.issues.length > 0);
    assert.ok(Array.isArray(schema.guidance.findings(value)));
  }
});
