// The adapters: what is required fails a builder's validation, in the builder's own shape; advice never does.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Ajv } from "ajv";
import { Model, SurveyError } from "survey-core";
import { ajvErrors, ajvKeyword } from "../../src/adapters/ajv.js";
import { findingsOf, remembering } from "../../src/adapters/findings.js";
import { formioGuidance } from "../../src/adapters/form-io.js";
import { jsonFormsGuidance } from "../../src/adapters/json-forms.js";
import { guidanceResolver } from "../../src/adapters/react-hook-form.js";
import { surveyGuidance } from "../../src/adapters/surveyjs.js";
import { loadGuide, standardSchema } from "../../src/index.node.js";
import { form } from "../support.mjs";

/** @type {import("../../src/index.node.js").Guide} */
let guide;
before(async () => {
  guide = await loadGuide();
});

/** A form with nothing required open, and with advice. */
const complete = () => {
  const value = form();
  Object.assign(/** @type {any} */ (value.children[0]), { impact: "Ava was crying and shaking and hid behind the sofa." });
  return value;
};
/** A host that calls things otherwise. @type {Required<import("../../src/adapters/findings.js").HostShape>} */
const shape = {
  map: (/** @type {any} */ { kids, ...rest }) => ({ ...rest, children: kids }),
  locate: ([top, ...rest]) => (top === "children" ? ["kids", ...rest] : top === undefined ? [] : [top, ...rest]),
};
const hosts = (/** @type {any} */ { children, ...rest }) => ({ ...rest, kids: children });
const open = () => guide.check(form()).findings.filter(({ severity }) => severity === "required");
const advised = (/** @type {any} */ value) => guide.check(value).findings.filter(({ severity }) => severity !== "required");

/** A guide that says what it is told to. @param {...Record<string, unknown>} findings */
const saying = (...findings) => ({
  check: () =>
    /** @type {any} */ ({ findings: findings.map((one) => ({ code: "a.b", severity: "required", path: "", message: "m", overridden: false, ...one })) }),
});

describe("findings", () => {
  test("carry the host's place beside the referral's", () => {
    const [first] = findingsOf(guide, shape)(hosts(form())).filter(({ severity }) => severity === "required");
    assert.equal(first?.path, "/children/0/impact");
    assert.deepEqual(first?.pathArray, ["kids", 0, "impact"]);
  });

  test("the form is read again only when it changed", () => {
    let count = 0;
    const counting = remembering({ check: (value) => (count++, guide.check(value)) });
    const value = form();
    assert.equal(counting.check(value), counting.check(form()));
    assert.equal(count, 1);
    /** @type {any} */ (value.children[0]).impact = "Ava cried.";
    counting.check(value);
    assert.equal(count, 2);
    const circular = /** @type {any} */ ({});
    circular.self = circular;
    assert.equal(counting.check(circular).findings[0]?.code, "guide.unavailable");
  });
});

describe("the guidance extension", () => {
  test("a finding and an issue are answered by the same override", () => {
    const schema = standardSchema(guide, shape);
    const result = schema["~standard"].validate(hosts(form()));
    const issue = result.issues?.[0];
    assert.ok(issue);
    assert.deepEqual(issue.path, ["kids", 0, "impact"]);
    const finding = schema.guidance.findings(hosts(form())).find(({ path }) => path === issue.pointer);
    assert.ok(finding);
    const answer = schema.guidance.override(issue, "Not seen yet.");
    assert.deepEqual(answer, schema.guidance.override(finding, "Not seen yet."));
    assert.equal(schema["~standard"].validate(hosts({ ...form(), overrides: [answer] })).issues, undefined);
  });

  test("fits the types of Standard Schema", () => {
    /** @type {import("@standard-schema/spec").StandardSchemaV1} */
    const standard = standardSchema(guide);
    assert.equal(standard["~standard"].version, 1);
  });
});

describe("React Hook Form", () => {
  test("errors are nested as the values are, lists as lists", () => {
    const { errors, values } = guidanceResolver(guide)(form());
    assert.deepEqual(values, {});
    assert.ok(Array.isArray(errors.children));
    const [finding] = open();
    assert.equal(errors.children[0].impact.message, finding?.message);
    assert.equal(errors.children[0].impact.type, finding?.code);
    assert.equal(errors.children[0].impact.finding.why, finding?.why);
  });

  test("advice fails nothing", () => {
    const resolver = guidanceResolver(guide);
    const value = complete();
    assert.deepEqual(resolver(value), { values: value, errors: {} });
    assert.deepEqual(
      resolver.advice(value).map(({ code }) => code),
      advised(value).map(({ code }) => code),
    );
    assert.ok(resolver.advice(value).length > 0);
  });

  test("a finding about the whole form is the root's, the first of a place stays, and no name reaches a prototype", () => {
    const told = saying(
      { message: "first" },
      { message: "second" },
      { path: "/children", message: "list" },
      { path: "/children/0/impact" },
      { path: "/__proto__/polluted" },
    );
    const { errors } = guidanceResolver(told)({});
    assert.equal(errors.root.message, "first");
    assert.equal(errors.children.message, "list");
    assert.equal(errors.children[0].impact.message, "m");
    assert.equal(/** @type {any} */ ({}).polluted, undefined);
    assert.ok(Object.hasOwn(errors, "__proto__"));
  });
});

describe("AJV", () => {
  test("errors have AJV's shape, with the finding in params", () => {
    const [error] = ajvErrors(guide).errors(form());
    const [finding] = open();
    assert.ok(error && finding);
    assert.deepEqual([error.keyword, error.instancePath, error.message, error.params.code], ["referralGuide", finding.path, finding.message, finding.code]);
    assert.deepEqual(error.params.evidence, finding.evidence);
    assert.deepEqual(ajvErrors(guide).errors(complete()), []);
    assert.ok(ajvErrors(guide).advice(complete()).length > 0);
  });

  test("as a keyword it fails on what is required, at its place, beside the schema's own errors", () => {
    const ajv = new Ajv({ allErrors: true, keywords: [ajvKeyword(guide)] });
    const validate = ajv.compile({ type: "object", required: ["reference"], referralGuide: true });
    assert.equal(validate({ ...complete(), reference: "1" }), true);
    assert.equal(validate(form()), false);
    assert.deepEqual(validate.errors?.map(({ keyword, instancePath }) => [keyword, instancePath]).sort(), [
      ["referralGuide", "/children/0/impact"],
      ["required", ""],
    ]);
    assert.equal(ajv.compile({ referralGuide: false })(form()), true);
  });
});

test("JSON Forms gets what is required as additional errors, and advice apart", () => {
  const read = jsonFormsGuidance(guide, shape);
  const { additionalErrors, advice } = read(hosts(form()));
  assert.deepEqual(
    additionalErrors.map(({ instancePath }) => instancePath),
    ["/kids/0/impact"],
  );
  assert.ok(advice.length > 0 && advice.every(({ severity }) => severity !== "required"));
  assert.deepEqual(read(hosts(complete())).additionalErrors, []);
});

describe("SurveyJS", () => {
  /** @param {any} [more] */
  const survey = (more = {}) => {
    const model = new Model({
      elements: [
        { type: "paneldynamic", name: "kids", templateElements: [{ type: "comment", name: "impact" }] },
        { type: "matrixdynamic", name: "adults", rowCount: 0, columns: [{ name: "role", cellType: "text" }] },
        { type: "comment", name: "note" },
      ],
      ...more,
    });
    return model;
  };
  const rest = (/** @type {any} */ { kids, note, adults }) => ({ ...form(), children: kids, adults, referral: { reason: note } });
  const locate = (/** @type {(string | number)[]} */ [top, ...path]) =>
    top === "children" ? ["kids", ...path] : top === "referral" ? ["note"] : top === undefined ? [] : [top, ...path];

  test("what is required fails its own question in its own panel, and is gone once mended", () => {
    const model = survey();
    model.data = { kids: form().children };
    surveyGuidance(guide, model, { SurveyError, map: rest, locate });
    assert.equal(model.validate(), false);
    const panels = /** @type {any} */ (model.getQuestionByName("kids")).panels;
    const impact = panels[0].getQuestionByName("impact");
    assert.deepEqual(
      impact.errors.filter((/** @type {any} */ { isError }) => isError).map((/** @type {any} */ { text }) => text),
      open().map(({ message }) => message),
    );
    assert.equal(
      panels[1].getQuestionByName("impact").errors.some((/** @type {any} */ { isError }) => isError),
      false,
    );
    impact.value = "Ava was crying and shaking and hid behind the sofa.";
    assert.equal(
      impact.errors.some((/** @type {any} */ { isError }) => isError),
      false,
      "mended while writing",
    );
    assert.equal(model.validate(), true);
  });

  test("advice shows at SurveyJS's own levels and fails nothing", () => {
    const told = saying(
      { path: "/note", severity: "warning", message: "w" },
      { path: "/note", severity: "prompt", message: "p" },
      { path: "/note", severity: "info", message: "answered", overridden: true },
    );
    const model = survey();
    const { advice } = surveyGuidance(told, model, { SurveyError });
    assert.equal(model.validate(), true);
    assert.deepEqual(
      model.getQuestionByName("note").errors.map(({ notificationType, text }) => [notificationType, text]),
      [
        ["warning", "w"],
        ["info", "p"],
      ],
    );
    assert.equal(advice().length, 2);
  });

  test("without the class only what is required shows; detached, nothing does", () => {
    const told = saying({ path: "/note", severity: "warning", message: "w" }, { path: "/note", message: "r" });
    const model = survey();
    const { detach } = surveyGuidance(told, model);
    assert.equal(model.validate(), false);
    assert.deepEqual(
      model.getQuestionByName("note").errors.map(({ text }) => text),
      ["r"],
    );
    detach();
    assert.equal(model.validate(), true);
  });

  test("a cell of a matrix is a question too, and a place without one is only in the list", () => {
    const told = saying({ path: "/adults/0/role", message: "cell" }, { path: "/elsewhere", message: "nowhere" });
    const model = survey();
    model.data = { adults: [{ role: "x" }] };
    const { findings } = surveyGuidance(told, model, { SurveyError });
    assert.equal(model.validate(), false);
    const row = /** @type {any} */ (model.getQuestionByName("adults")).visibleRows[0];
    assert.deepEqual(
      row.getQuestionByName("role").errors.map((/** @type {any} */ { text }) => text),
      ["cell"],
    );
    assert.equal(findings().length, 2);
  });
});

describe("Form.io", () => {
  /** @param {ReturnType<typeof formioGuidance>} guidance @param {unknown} data @returns {any} */
  const submit = (guidance, data) => {
    /** @type {any} */
    let given = "never called";
    guidance.hooks.customValidation({ data }, (errors) => (given = errors));
    return given;
  };

  test("the hook reports what is required by Form.io's paths, and lets advice through", () => {
    const guidance = formioGuidance(guide);
    assert.deepEqual(
      submit(guidance, form()).map((/** @type {any} */ { path, level }) => [path, level]),
      [["children[0].impact", "error"]],
    );
    assert.equal(submit(guidance, complete()), null);
    assert.ok(guidance.advice(complete()).length > 0);
  });

  test("nothing in a message is markup or a template", () => {
    const [{ message }] = submit(formioGuidance(saying({ message: `<img src=x onerror="a()"> {{ data }} & 'b'` })), {});
    assert.doesNotMatch(message, /[<>"'{}]|&(?!#\d+;)/);
  });

  test("fields show findings once they were touched, unless Form.io itself has something to say", () => {
    /** @type {Record<string, any>} */
    const fields = {};
    for (const name of ["a", "b", "c"])
      fields[name] = { pristine: false, errors: [], shown: [], setCustomValidity: (/** @type {any} */ list) => (fields[name].shown = list) };
    fields.b.pristine = true;
    fields.c.errors = [{ message: "its own" }];
    /** @type {Record<string, any>[]} */
    let findings = ["/a", "/b", "/c", "/d"].map((path) => ({ path, severity: "warning" }));
    let count = 0;
    const told = { check: () => saying(...findings).check() };
    /** @type {Set<() => void>} */
    const listening = new Set();
    const host = {
      submission: { data: {} },
      getComponent: (/** @type {string} */ path) => fields[path],
      on: (/** @type {string} */ _, /** @type {() => void} */ handler) => listening.add(handler),
      off: (/** @type {string} */ _, /** @type {() => void} */ handler) => listening.delete(handler),
    };
    const change = () => {
      host.submission = { data: { count: count++ } };
      for (const handler of listening) handler();
    };
    const stop = formioGuidance(told).watch(host);
    change();
    assert.deepEqual(
      Object.values(fields).map(({ shown }) => shown.map((/** @type {any} */ { level }) => level)),
      [["warning"], [], []],
    );
    findings = [];
    change();
    assert.deepEqual(fields.a.shown, []);
    findings = [{ path: "/a" }];
    change();
    assert.equal(fields.a.shown[0].level, "error");
    stop();
    assert.deepEqual(fields.a.shown, []);
    assert.equal(listening.size, 0);
  });
});
