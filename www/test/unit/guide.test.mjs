// The guide as a host sees it: whatever a form holds, a report comes back, and the form stays as it was.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import process from "node:process";
import { before, describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { guideFrom } from "../../src/guide.js";
import { Guide, ReferralGuideError, loadGuide, loadGuideSync } from "../../src/index.node.js";
import * as glue from "../../src/wasm/referral_guide.js";
import { assertReport, codes, evidenceOf, form, quote } from "../support.mjs";

const WASM = new URL("../../src/wasm/referral_guide_bg.wasm", import.meta.url);

/** @type {Guide} */
let guide;
before(async () => {
  guide = await loadGuide();
});

/** @param {any} value @returns {any} */
const check = (value) => guide.check(value);

/** @param {any} value @returns {any} */
function frozen(value) {
  if (value !== null && typeof value === "object") Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe("a form in, a report out", () => {
  test("names its policy", () => {
    assert.ok(guide instanceof Guide);
    assert.deepEqual(Object.keys(guide.policy).sort(), ["id", "language", "name", "version"]);
    const { id, version } = guide.policy;
    assert.deepEqual(check(form()).policy, { id, version });
    assert.ok(id && version);
  });

  test("reports what is open", () => {
    const report = check(form());
    assertReport(report);
    assert.equal(report.complete, false);
    assert.deepEqual(
      report.children.map((/** @type {any} */ { id, impact }) => [id, impact.status]),
      [
        ["c1", "inadequate"],
        ["c2", "described"],
      ],
    );
    const [first] = report.findings;
    assert.deepEqual([first.code, first.severity, first.path, first.childId], ["child-impact.inadequate", "required", "/children/0/impact", "c1"]);
    assert.match(first.message, /Ava/);
    assert.deepEqual(
      report.dash.contradictions.map((/** @type {any} */ { question }) => question),
      ["q18"],
    );
  });

  test("a reason answers a finding, which stays to be seen", () => {
    const report = check({
      ...form(),
      overrides: [{ code: "child-impact.inadequate", path: "/children/0/impact", reason: "Not seen yet; on the way to gran's." }],
    });
    assert.equal(report.findings.find((/** @type {any} */ { code }) => code === "child-impact.inadequate").overridden, true);
    assert.equal(report.complete, !report.findings.some((/** @type {any} */ { severity, overridden }) => severity === "required" && !overridden));
  });

  test("the same form gives the same report, through every door", async () => {
    const first = check(form());
    assert.deepEqual(check(form()), first);
    const json = JSON.stringify(form());
    assert.deepEqual(guide.checkJson(json), first);
    assert.equal(guide.checkText(json), guide.checkText(json));
    assert.deepEqual(JSON.parse(String(guide.checkText(json))), first);
    assert.deepEqual((await loadGuide()).check(form()), first);
    assert.deepEqual(loadGuideSync({ wasm: readFileSync(WASM) }).check(form()), first);
  });

  test("the form is not changed, nor does it have to be changeable", () => {
    const given = form();
    const copy = structuredClone(given);
    check(given);
    assert.deepEqual(given, copy);
    assert.deepEqual(check(frozen(form())), check(form()));
  });

  test("a report is the caller's own", () => {
    const report = check(form());
    report.findings.length = 0;
    report.policy.id = "changed";
    assert.notEqual(check(form()).findings.length, 0);
    assert.notEqual(guide.policy.id, "changed");
  });
});

describe("whatever a form holds, nothing is thrown", () => {
  class Host {
    formType = "domestic-abuse";
    children = [{ id: "c1", name: "Ava" }];
    #secret = 1;
    get more() {
      return this.#secret;
    }
  }
  const cyclic = /** @type {any} */ (form());
  cyclic.self = cyclic;
  /** @param {number} depth */
  const nested = (depth) => {
    let value = /** @type {any} */ ({});
    for (let at = 0; at < depth; at += 1) value = at % 2 ? [value] : { children: value };
    return value;
  };

  /** @type {[string, any][]} */
  const values = [
    ["nothing", undefined],
    ["null", null],
    ["an array", [form()]],
    ["an empty object", {}],
    ["a text", "domestic-abuse"],
    ["a number", 7],
    ["NaN", NaN],
    ["a BigInt", 12n],
    ["a symbol", Symbol("form")],
    ["a function", () => form()],
    ["a date", new Date(0)],
    ["a date that is none", { ...form(), createdAt: new Date(NaN) }],
    ["a map", new Map([["formType", "domestic-abuse"]])],
    ["a class instance", new Host()],
    ["an object without prototype", Object.assign(Object.create(null), form())],
    ["BigInt inside", { ...form(), children: [{ id: "c1", name: "Ava", ageYears: 7n }] }],
    ["a BigInt without end", { ...form(), missing: { totalEpisodes: 10n ** 400n } }],
    [
      "NaN and Infinity inside",
      {
        ...form(),
        children: [
          { id: "c1", ageYears: NaN },
          { id: "c2", ageYears: -Infinity },
        ],
      },
    ],
    ["a lone surrogate", { ...form(), incident: { narrative: "\ud800" }, children: [{ id: "\udc00", name: "\ud800", impact: "crying \ud83d and shaking" }] }],
    ["a lone surrogate as a key", { ...form(), "\ud800": { "\udfff": 1 } }],
    ["null everywhere", { formType: null, incident: null, children: null, adults: [null], dash: { answers: { q1: null } }, overrides: [null] }],
    ["the wrong kinds", { formType: 3, incident: "x", children: { 0: "x" }, dash: [], referral: true, records: [[[]]], overrides: {} }],
    ["a megabyte of text", { ...form(), incident: { domesticAbuse: true, narrative: "He put his hands round her throat. ".repeat(30_000) } }],
    ["a megabyte without a space", { ...form(), incident: { narrative: "a".repeat(1_000_000) } }],
    ["a megabyte of marks", { ...form(), children: [{ id: "c1", impact: "\u0301\u200d\ufe0f\u202e".repeat(250_000) }] }],
    ["200 levels", { ...form(), more: nested(200), incident: nested(200) }],
    ["a hundred thousand levels", { ...form(), more: nested(100_000) }],
    ["five thousand children", { ...form(), children: Array.from({ length: 5_000 }, (_, at) => ({ id: `c${at}`, name: `Child ${at}`, impact: "crying" })) }],
    ["no characters to speak of", { ...form(), incident: { narrative: "\0\u0001\u007f\u200b\u2028\ufeff\uffff" } }],
  ];
  for (const [name, value] of values)
    test(name, () => {
      const report = check(value);
      assertReport(report);
      // JSON has no undefined: what came from text comes back the same.
      assert.deepEqual(check(value), report);
      assert.notEqual(codes(check(form())).length, 0);
    });

  /** @type {[string, any][]} */
  const unreadable = [
    ["a form that holds itself", cyclic],
    [
      "a getter that throws",
      {
        get formType() {
          throw new Error("no");
        },
      },
    ],
    [
      "a toJSON that throws",
      {
        toJSON() {
          throw new Error("no");
        },
      },
    ],
    [
      "a proxy that refuses",
      new Proxy(
        {},
        {
          ownKeys() {
            throw new TypeError("no");
          },
        },
      ),
    ],
    ["a revoked proxy", (() => (({ proxy, revoke }) => (revoke(), proxy))(Proxy.revocable({}, {})))()],
  ];
  for (const [name, value] of unreadable)
    test(`${name} is said not to be checked`, () => {
      const report = check(value);
      assertReport(report);
      assert.deepEqual(codes(report), ["guide.unavailable"]);
      assert.equal(report.complete, false, "silence never looks like all clear");
      assert.equal(report.policy.id, guide.policy.id);
    });

  test("text that is no JSON", () => {
    for (const text of ["", " ", "{", "nul", '{"formType":"domestic-abuse"', "\ud800", "[".repeat(100_000)]) {
      const report = guide.checkJson(text);
      assertReport(report);
      assert.equal(report.complete, false, text.slice(0, 20));
    }
  });

  test("the rest of a form is still checked beside a value that cannot be read", () => {
    const report = check({ ...form(), createdAt: "yesterday", children: [{ ...form().children[0], ageYears: "seven or so" }] });
    assert.ok(codes(report).includes("form.invalid"));
    assert.ok(codes(report).includes("child-impact.inadequate"));
    assert.equal(report.complete, false);
  });

  test("half a surrogate pair costs its own place and no more", () => {
    const given = /** @type {any} */ (form());
    given.children[1] = { ...given.children[1], impact: "\ud83d Noah was crying and shaking \ude00 and would not let go of his mum." };
    const report = check(given);
    assert.equal(report.children[1].impact.status, "described");
    assert.ok(report.children[1].impact.facets.presentation.some((/** @type {any} */ place) => /crying|shaking/.test(quote(given, place))));
  });
});

describe("hostile keys do nothing", () => {
  test("in the form", () => {
    const hostile = JSON.parse(
      JSON.stringify(form()).replace(
        /^\{/,
        '{"__proto__":{"polluted":"yes","formType":"missing-child"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"polluted","hasOwnProperty":"polluted","":"polluted",',
      ),
    );
    assert.ok(Object.hasOwn(hostile, "__proto__"));
    assert.deepEqual(check(hostile), check(form()));
    assert.equal(/** @type {any} */ ({}).polluted, undefined);
  });

  test("in a child, an adult, the answers", () => {
    const json = JSON.stringify(form())
      .replaceAll('{"id"', '{"__proto__":{"impact":"polluted","name":"polluted"},"id"')
      .replace('"answers":{', '"answers":{"__proto__":{"answer":"yes"},"constructor":{"answer":"yes"},"q99":{"answer":"yes"},');
    const report = guide.checkJson(json);
    assertReport(report);
    assert.deepEqual(report.children, check(form()).children);
    assert.deepEqual(report.dash, check(form()).dash);
    assert.doesNotMatch(JSON.stringify(report), /polluted/);
  });

  test("as ids and as the code of a reason", () => {
    const report = check({
      ...form(),
      children: [{ ...form().children[0], id: "__proto__" }],
      overrides: [{ code: "__proto__", path: "/__proto__/polluted", reason: "x" }],
    });
    assertReport(report);
    assert.deepEqual(
      report.children.map((/** @type {any} */ { id }) => id),
      ["__proto__"],
    );
    assert.equal(report.findings.find((/** @type {any} */ { code }) => code === "child-impact.inadequate").childId, "__proto__");
    assert.equal(/** @type {any} */ ({}).polluted, undefined);
  });
});

describe("evidence slices what was typed", () => {
  // Off by one in UTF-16, UTF-8 or code points would cut a word or a pair of surrogates.
  const given = /** @type {any} */ (form());
  given.incident.narrative = "👮🏽‍♀️ Kelly said 😀😀 Dean put both hands round her throat ✋🏿 cafe\u0301 and she couldn’t breathe. 🇬🇧 He kicked the dog 🐕‍🦺.";
  const second = {
    ...given.children[1],
    name: "Zoe\u0308",
    impact: "👧🏽 Zoe\u0308 was 😢 crying and sha\u0301king, he’d wet himself 😱 and would not let go of mum’s sleeve. 𝒜𝒷𝒸 Has not eaten 🍽️.",
    voice: "“Mummy’s 🩸 bleeding,” he said.",
  };
  given.children[1] = second;

  test("with emoji, flags, skin tones and combining marks in it", () => {
    const report = check(given);
    assertReport(report);
    const places = evidenceOf(report);
    assert.ok(places.length > 3, "there is evidence");
    for (const place of places) {
      const words = quote(given, place);
      assert.doesNotThrow(() => encodeURIComponent(words), words);
      assert.equal(words, words.trim());
      assert.equal(words.length, place.end - place.start, `${place.path} ends before ${place.end}`);
      const text = place.path === "/incident/narrative" ? given.incident.narrative : quote(given, { path: place.path, start: 0, end: Infinity });
      const letter = /[\p{L}\p{N}\p{M}]/u;
      const cut = (/** @type {string} */ left, /** @type {string} */ right) => letter.test(left) && letter.test(right);
      assert.equal(cut([...text.slice(0, place.start)].at(-1) ?? "", [...words][0] ?? ""), false, `"${words}" starts at a word`);
      assert.equal(cut([...words].at(-1) ?? "", [...text.slice(place.end)][0] ?? ""), false, `"${words}" ends at a word`);
    }
  });

  test("and finds the same words as without them", () => {
    const report = check(given);
    const [throat] = report.dash.contradictions.filter((/** @type {any} */ { question }) => question === "q18");
    assert.match(throat.evidence.map((/** @type {any} */ place) => quote(given, place)).join("|"), /hands round her throat/);
    assert.equal(report.children[1].impact.status, "described");
    assert.match(report.children[1].impact.facets.presentation.map((/** @type {any} */ place) => quote(given, place)).join("|"), /crying/);
  });

  test("wherever the words stand in the text", () => {
    const words = "He put both hands round her throat.";
    for (const lead of ["", "😀", "😀\n", "e\u0301 ", "ﷺ\t", "\ufeff", "𝒜. ".repeat(50), "\r\n\r\n", "مرحبا. ", "日本語。"]) {
      const one = { ...form(), incident: { domesticAbuse: true, narrative: `${lead} ${words} ${lead}` } };
      const [found] = check(one).dash.contradictions.filter((/** @type {any} */ { question }) => question === "q18");
      assert.ok(found, JSON.stringify(lead));
      for (const place of found.evidence) assert.ok(words.includes(quote(one, place)), JSON.stringify(lead));
    }
  });
});

describe("after a trap", () => {
  const trap = () => new WebAssembly.RuntimeError("unreachable");

  test("one check says so, and the next works again", () => {
    const seen = { instances: 0, engines: 0, checks: 0 };
    const text = String(guide.checkText("{}"));
    const stub = /** @type {any} */ ({
      initSync: () => void (seen.instances += 1),
      Engine: class {
        policy = { id: "england", version: "1", name: "England", language: "en" };
        constructor() {
          seen.engines += 1;
        }
        checkJson() {
          seen.checks += 1;
          if (seen.checks === 2) throw trap();
          return text;
        }
        free() {}
      },
    });
    const own = guideFrom(/** @type {any} */ ({}), {}, stub);
    assert.deepEqual(own.check({}), JSON.parse(text));
    const report = own.check({});
    assertReport(report);
    assert.deepEqual(codes(report), ["guide.unavailable"]);
    assert.deepEqual(report.policy, { id: "england", version: "1" });
    assert.equal(report.complete, false);
    assert.deepEqual(own.check({}), JSON.parse(text));
    assert.deepEqual(seen, { instances: 2, engines: 2, checks: 3 }, "the next check has an instance of its own");
  });

  test("a trap while the new engine is made is no end either", () => {
    let broken = false;
    const own = new Guide(() => {
      if (broken) throw trap();
      return /** @type {any} */ ({
        policy: { id: "england", version: "1", name: "England", language: "en" },
        checkJson: () => {
          broken = true;
          throw trap();
        },
        free() {},
      });
    });
    assert.equal(own.checkText("{}"), null);
    assert.deepEqual(codes(own.check(/** @type {any} */ ({}))), ["guide.unavailable"]);
    broken = false;
    assert.equal(own.checkText("{}"), null);
    own.free();
  });

  /** Makes the next check of any guide trap for real: its text is said to lie outside of the memory. */
  function trapOnce() {
    const { prototype } = glue.Engine;
    const real = prototype.checkJson;
    prototype.checkJson = function () {
      prototype.checkJson = real;
      const { engine_checkJson } = /** @type {any} */ (glue).initSync();
      return engine_checkJson(/** @type {any} */ (this).__wbg_ptr, -64, 1 << 20);
    };
  }

  test("with the real module, again and again", async () => {
    const own = await loadGuide();
    const json = JSON.stringify(form());
    const wanted = own.checkText(json);
    for (let time = 0; time < 30; time += 1) {
      trapOnce();
      assert.equal(own.checkText(json), null);
      assert.equal(own.checkText(json), wanted, `after trap ${time + 1}`);
    }
  });

  test("what is collected after it frees nothing of the next", async (t) => {
    const escaped = /** @type {unknown[]} */ ([]);
    const note = (/** @type {unknown} */ error) => escaped.push(error);
    process.on("uncaughtException", note);
    t.after(() => process.off("uncaughtException", note));
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    const own = await loadGuide();
    const json = JSON.stringify(form());
    const wanted = own.checkText(json);
    for (let time = 0; time < 5; time += 1) {
      trapOnce();
      assert.equal(own.checkText(json), null);
      assert.equal(own.checkText(json), wanted);
      collect();
      await new Promise((done) => setTimeout(done, 20));
      assert.equal(own.checkText(json), wanted);
    }
    assert.deepEqual(escaped, []);
  });

  test("the real module is instantiated anew", async (t) => {
    const own = await loadGuide();
    const json = JSON.stringify(form());
    const wanted = own.checkText(json);
    const real = WebAssembly.Instance;
    let made = 0;
    t.after(() => {
      WebAssembly.Instance = real;
    });
    WebAssembly.Instance = /** @type {any} */ (
      new Proxy(real, {
        construct(target, given) {
          made += 1;
          return Reflect.construct(target, given);
        },
      })
    );
    trapOnce();
    assert.equal(own.checkText(json), null);
    assert.equal(own.checkText(json), wanted);
    assert.ok(made > 0, "a memory in which something went wrong is not used again");
  });

  test("other guides of the page come through it", async () => {
    const [one, other] = [await loadGuide(), await loadGuide()];
    const json = JSON.stringify(form());
    const wanted = one.checkText(json);
    trapOnce();
    assert.equal(one.checkText(json), null);
    const after = [one, other, one, other, one, other].map((each) => each.checkText(json));
    assert.deepEqual(
      after.map((text) => text === wanted),
      [true, true, true, true, true, true],
    );
  });

  test("memory that was given back is asked for again", () => {
    const own = loadGuideSync({ wasm: readFileSync(WASM) });
    const wanted = own.checkText("{}");
    own.free();
    own.free();
    assert.equal(own.checkText("{}"), wanted);
    assert.equal(guide.checkText("{}"), wanted);
  });
});

describe("what cannot be loaded is said", () => {
  /** @param {any} options @param {RegExp} message */
  const refuses = (options, message) =>
    assert.rejects(loadGuide(options), (/** @type {any} */ error) => {
      assert.ok(error instanceof ReferralGuideError, String(error));
      assert.equal(error.name, "ReferralGuideError");
      assert.match(error.message, message);
      return true;
    });
  const embedded = () => JSON.parse(readFileSync(new URL("../../../policies/england.json", import.meta.url), "utf8"));

  test("a policy that is no JSON, or no policy", async () => {
    await refuses({ policy: "{" }, /pack|line 1/);
    await refuses({ policy: "" }, /pack|line 1/);
    await refuses({ policy: "[]" }, /pack/);
    await refuses({ policy: {} }, /policy/);
  });

  test("a policy with a mistake: its place is named", async () => {
    const severity = embedded();
    severity.findings["child-impact.missing"].severity = "urgent";
    await refuses({ policy: severity }, /child-impact\.missing[\s\S]*"urgent" is no severity/);
    const question = embedded();
    question.settings.questions = "no-such-set";
    await refuses({ policy: question }, /settings\.questions[\s\S]*no-such-set/);
    const level = embedded();
    const [indicator] = Object.keys(level.indicators);
    level.indicators[String(indicator)].level = 9;
    await refuses({ policy: JSON.stringify(level) }, new RegExp(`indicators\\.${indicator}\\.level`));
  });

  test("every mistake at once", async () => {
    const pack = embedded();
    pack.findings["child-impact.missing"].severity = "urgent";
    pack.settings.questions = "no-such-set";
    await refuses({ policy: pack }, /no-such-set/);
    await refuses({ policy: pack }, /"urgent"/);
  });

  test("a policy that holds itself", async () => {
    /** @type {any} */
    const pack = {};
    pack.self = pack;
    await refuses({ policy: pack }, /./);
  });

  test("a module that is none; the next try works", async () => {
    await refuses({ wasm: new Uint8Array([0, 1, 2]) }, /./);
    assert.throws(() => loadGuideSync({ wasm: new Uint8Array([0, 1, 2]) }), ReferralGuideError);
    assert.throws(() => loadGuideSync({ wasm: readFileSync(WASM), policy: "{" }), ReferralGuideError);
    assert.deepEqual((await loadGuide()).check(/** @type {any} */ (form())), check(form()));
  });

  test("a policy that is good, as text and as object, is used", async () => {
    const pack = embedded();
    pack.policy.id = "elsewhere";
    for (const policy of [pack, JSON.stringify(pack)]) {
      const own = await loadGuide({ policy });
      assert.equal(own.policy.id, "elsewhere");
      assert.equal(own.check(/** @type {any} */ (form())).policy.id, "elsewhere");
    }
    assert.notEqual(check(form()).policy.id, "elsewhere");
  });

  test("a language that the policy lacks changes nothing", async () => {
    assert.deepEqual((await loadGuide({ locale: "tlh" })).check(/** @type {any} */ (form())), check(form()));
  });
});
