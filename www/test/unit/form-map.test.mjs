// A vendor's fields as a referral, and back again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { fieldReader, typeOf } from "../../src/form-map.js";
import { loadGuide } from "../../src/index.node.js";

/** @typedef {import("../../src/form-map.js").Field} Field */

/** @param {Record<string, string>} texts @returns {Field[]} */
const fields = (texts) => Object.entries(texts).map(([name, value]) => ({ name, value }));

/** @param {import("../../src/form-map.js").MapOptions} options @param {Record<string, string>} texts */
const read = (options, texts) => fieldReader(options)(fields(texts));

describe("lists", () => {
  const map = { "child[{i}].name": "/children/{i}/name", "kids-{i}-impact": "/children/{i}/impact", "dash_{q}": "/dash/answers/q{q}/answer" };

  test("the vendor's numbers may begin anywhere and have gaps; both spellings are one child", () => {
    const reading = read({ map }, { "child[3].name": "Ava", "child[7].name": "Noah", "kids-7-impact": "crying", "kids-3-impact": "hid" });
    assert.deepEqual(reading.referral, {
      children: [
        { name: "Ava", impact: "hid", id: "3" },
        { name: "Noah", impact: "crying", id: "7" },
      ],
    });
    assert.deepEqual(
      reading.fields("/children/1/impact").map(({ name }) => name),
      ["kids-7-impact"],
    );
  });

  test("an empty row is no child", () => {
    assert.deepEqual(read({ map }, { "child[0].name": " ", "child[1].name": "Ava" }).referral, { children: [{ name: "Ava", id: "1" }] });
  });

  test("a number in a key is a key", () => {
    assert.deepEqual(read({ map }, { dash_18: "yes" }).referral, { dash: { answers: { q18: { answer: "yes" } } } });
  });

  test("items without numbers count by their element", () => {
    const reader = fieldReader({ groups: [{ selector: "fieldset", at: "/children", map: { nm: "/name", imp: "/impact" } }], map: { nm: "/reference" } });
    const { referral } = reader([
      { name: "nm", value: "22/1" },
      { name: "nm", value: "Ava", group: { index: 0, key: "item-2" } },
      { name: "imp", value: "cried", group: { index: 0, key: "item-2" } },
      { name: "nm", value: "Noah", group: { index: 0, key: "item-1" } },
    ]);
    assert.deepEqual(referral, {
      reference: "22/1",
      children: [
        { name: "Ava", impact: "cried", id: "item-2" },
        { name: "Noah", id: "item-1" },
      ],
    });
  });

  test("a pointer keeps to its child when an earlier one is taken away", () => {
    const lasting = read({ map }, { "child[3].name": "Ava", "child[7].name": "Noah" }).lasting("/children/1/impact");
    const after = read({ map }, { "child[7].name": "Noah" });
    assert.equal(after.current(lasting), "/children/0/impact");
    assert.equal(read({ map }, { "child[3].name": "Ava" }).current(lasting), undefined);
  });
});

describe("values", () => {
  test("types follow the contract's own schema", () => {
    const schema = JSON.parse(readFileSync(new URL("../../schemas/referral.schema.json", import.meta.url), "utf8"));
    for (const { properties = {} } of [schema, ...Object.values(schema.$defs)])
      for (const [name, about] of Object.entries(properties)) {
        const json = JSON.stringify(about);
        const wanted = /"boolean"/.test(json) ? "boolean" : /"(number|integer)"/.test(json) ? "number" : /Moment/.test(json) ? "moment" : undefined;
        assert.equal(typeOf(`/x/${name}`), wanted ?? (name === "alsoKnownAs" ? "list" : "text"), name);
      }
  });

  test("yes and no in the usual spellings; a code map of one's own; what cannot be read stays for the guide to name", () => {
    const map = { da: "/incident/domesticAbuse", age: "/children/{i}/ageYears" };
    assert.throws(() => fieldReader({ map }), /no \{i\}/);
    const one = { map: { da: "/incident/domesticAbuse" } };
    for (const [text, value] of /** @type {const} */ ([
      ["Y", true],
      ["yes", true],
      ["1", true],
      ["N", false],
      ["false", false],
      ["perhaps", "perhaps"],
    ]))
      assert.deepEqual(read(one, { da: text }).referral, { incident: { domesticAbuse: value } });
    assert.deepEqual(read(one, { da: "" }).referral, {});
    assert.deepEqual(read({ ...one, values: { "/incident/domesticAbuse": { J: true } } }, { da: "J" }).referral, { incident: { domesticAbuse: true } });
    const children = { map: { "w{n}": "/children/{n}/presence" }, values: { "/children/{i}/presence": { R: "in-room", "?": null } } };
    assert.deepEqual(read(children, { w1: "R", w2: "?" }).referral, { children: [{ presence: "in-room", id: "1" }, { id: "2" }] });
  });

  test("boxes and radio buttons", () => {
    const reader = fieldReader({
      map: { da: "/incident/domesticAbuse", seen: "/children/{i}/seen".replace("{i}", "1"), lvl: "/referral/concern" },
      values: { "/referral/concern": { a: "information" } },
    });
    const { referral } = reader([
      { name: "da", value: "on", kind: "checkbox", checked: false },
      { name: "lvl", value: "a", kind: "radio", checked: true },
      { name: "lvl", value: "b", kind: "radio", checked: false },
    ]);
    assert.deepEqual(referral, { incident: { domesticAbuse: false }, referral: { concern: "information" } });
  });

  test("a date and its time, in any order, and a date as people here write it", () => {
    const map = { t: "/incident/occurredAt", d: "/incident/occurredAt" };
    assert.deepEqual(read({ map }, { t: "21:40", d: "20/11/2026" }).referral, { incident: { occurredAt: "2026-11-20T21:40" } });
  });

  test("two texts make one, and its words are found in the field that has them", () => {
    const reading = read({ map: { a: "/incident/narrative", b: "/incident/narrative" } }, { a: "first", b: "then more" });
    const text = /** @type {any} */ (reading.referral).incident.narrative;
    const start = text.indexOf("more");
    const found = reading.locate({ path: "/incident/narrative", start, end: start + 4 });
    assert.equal(found?.field.value.slice(found.start, found.end), "more");
    assert.equal(found?.field.name, "b");
  });

  test("the base is not changed", () => {
    const base = { formType: "child-concern", incident: { domesticAbuse: true } };
    const reader = fieldReader({ base, map: { circs: "/incident/narrative" } });
    assert.deepEqual(reader(fields({ circs: "x" })).referral, { formType: "child-concern", incident: { domesticAbuse: true, narrative: "x" } });
    assert.deepEqual(base, { formType: "child-concern", incident: { domesticAbuse: true } });
  });
});

describe("hostile names", () => {
  const clean = () =>
    assert.equal(Object.keys(Object.prototype).length + Object.getOwnPropertyNames(Object.prototype).filter((name) => name.startsWith("x")).length, 0);

  for (const to of ["/__proto__/x", "/constructor/prototype/x", "/children/__proto__/x", "x", "/a/{n}/__proto__"])
    test(`a map to ${to} is refused`, () => assert.throws(() => fieldReader({ map: { "f{n}": to } }), TypeError));

  test("no name of a field reaches a prototype", () => {
    const map = { "{a}-{b}": "/dash/{a}/{b}", "c[{i}]": "/children/{i}/name", __proto__: "/reference" };
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom("__proto__-x", "constructor-x", "x-__proto__", "prototype-x", "c[__proto__]", "c[constructor]", "__proto__", "toString-x", "a-b"),
        ),
        (names) => {
          const { referral } = fieldReader({ map })(names.map((name) => ({ name, value: "v" })));
          JSON.stringify(referral);
          clean();
          assert.equal(/** @type {any} */ ({}).x, undefined);
        },
      ),
    );
  });

  test("a map from JSON text with such a key is a name like any other", () => {
    const map = JSON.parse('{"__proto__":"/reference"}');
    assert.deepEqual(fieldReader({ map })([{ name: "__proto__", value: "22/1" }]).referral, { reference: "22/1" });
    clean();
  });

  test("signs that mean something in a pattern mean themselves", () => {
    const map = { "a.b*c(d)[{i}]$": "/children/{i}/name" };
    assert.deepEqual(read({ map }, { "a.b*c(d)[1]$": "Ava", "aXbbc(d)[1]$": "no" }).referral, { children: [{ name: "Ava", id: "1" }] });
  });
});

test("any fields at all give a form that the guide can check, and every evidence is found again", async () => {
  const guide = await loadGuide();
  const map = {
    n: "/incident/narrative",
    m: "/incident/narrative",
    "c{i}": "/children/{i}/impact",
    "a{i}": "/children/{i}/ageYears",
    d: "/incident/domesticAbuse",
  };
  const reader = fieldReader({ map, base: { formType: "domestic-abuse" } });
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          name: fc.constantFrom("n", "m", "c1", "c9", "a1", "d", "other"),
          value: fc.oneof(
            fc.string({ unit: "binary" }),
            fc.constantFrom("Ava was crying and shaking.", "He strangled her.", "\u202Eno concerns\u200B", "<img src=x>"),
          ),
        }),
        { maxLength: 8 },
      ),
      (some) => {
        const reading = reader(some);
        const report = guide.check(reading.referral);
        assert.ok(!report.findings.some(({ code }) => code === "guide.unavailable"));
        for (const { evidence } of report.findings) for (const one of evidence) assert.ok(reading.locate(one), one.path);
      },
    ),
    { numRuns: 60 },
  );
});
