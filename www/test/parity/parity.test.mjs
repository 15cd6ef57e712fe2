// The browser's engine and the command line are one: on every case with a form the same report, byte for byte.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { env } from "node:process";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadGuide } from "../../src/index.node.js";
import { form } from "../support.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CASES = `${ROOT}tests/cases/`;

/** What the variable REFERRAL_GUIDE names, else the one built last. */
function binary() {
  if (env.REFERRAL_GUIDE) return env.REFERRAL_GUIDE;
  const built = ["release", "quick", "debug"]
    .map((profile) => `${ROOT}target/${profile}/referral-guide`)
    .flatMap((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found?.isFile() ? [{ path, at: found.mtimeMs }] : [];
    })
    .sort((one, other) => other.at - one.at);
  assert.ok(built[0], "there is no native referral-guide to compare with: run `cargo build --profile quick`, or name one in REFERRAL_GUIDE");
  return built[0].path;
}

/** @type {import("../../src/guide.js").Guide} */
let guide;
/** @type {string} */
let native;
before(async () => {
  guide = await loadGuide();
  native = binary();
});

/**
 * @param {{ id: string, form: unknown }[]} cases
 */
function compare(cases) {
  const lines = cases.map((one) => JSON.stringify(one.form));
  const { status, stdout, stderr, error } = spawnSync(native, ["check", "--lines", "-"], {
    input: lines.map((line) => `${line}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  assert.ifError(error);
  assert.ok(status === 0 || status === 1, `${native} ended with ${status}: ${stderr}`);
  const reports = stdout.split("\n").slice(0, -1);
  assert.equal(reports.length, lines.length, "one report for each form");
  const { id, version } = guide.policy;
  assert.deepEqual(JSON.parse(reports[0] ?? "{}").policy, { id, version }, `${native} has the policy of the package`);
  const different = cases.flatMap((one, at) => {
    const here = guide.checkText(lines[at] ?? "");
    return here === reports[at] ? [] : [`${one.id}: ${firstDifference(here ?? "null", reports[at] ?? "")}`];
  });
  assert.equal(
    different.length,
    0,
    `${different.length} of ${cases.length} differ from ${native} (are both built from the same sources and policy?)\n${different.slice(0, 5).join("\n")}`,
  );
}

/** @param {string} here @param {string} there */
function firstDifference(here, there) {
  let at = 0;
  while (at < here.length && here[at] === there[at]) at += 1;
  const from = Math.max(0, at - 60);
  return `at ${at}\n    package …${here.slice(from, at + 80)}\n    native  …${there.slice(from, at + 80)}`;
}

const files = readdirSync(CASES)
  .filter((name) => name.endsWith(".ndjson"))
  .sort()
  .map((name) => ({
    name,
    cases: readFileSync(CASES + name, "utf8")
      .split("\n")
      .filter((line) => line.trim())
      .map((line) => JSON.parse(line))
      .filter((one) => one.form),
  }))
  .filter(({ cases }) => cases.length > 0);

test("there are cases", () => assert.ok(files.length > 0, `no form in ${CASES}`));

for (const { name, cases } of files) test(`${name}: ${cases.length} forms`, () => compare(cases));

test("forms that nobody would write", () => {
  const texts = [
    "",
    " ",
    "😀👧🏽 crying e\u0301 🇬🇧",
    "\u202ethroat\u202c\u200b",
    "\0\u0001\u2028\ufeff",
    "a".repeat(100_000),
    "İIıi ẞß ﬁ Ⅻ ½",
    "{child} {0} %s \\ \" '",
  ];
  const odd = [
    {},
    { formType: "no-such-form" },
    { formType: "domestic-abuse", children: [], dash: { answers: { q99: { answer: "maybe" }, q1: { answer: 7 } } } },
    { formType: "missing-child", missing: { totalEpisodes: 1e300 } },
    { formType: "missing-child", missing: { totalEpisodes: -0.5, episodes: [{}, { from: "2026-02-30T25:61" }] } },
    { formType: "child-in-custody", custody: { bail: "refused", chargedAt: "yesterday" } },
    { formType: "child-concern", children: [{ id: "c1" }, { id: "c1" }, {}, { id: "" }] },
    { ...form(), extra: { deep: [[[{}]]] } },
    ...texts.map((text) => ({ ...form(), incident: { narrative: text }, children: [{ id: text, name: text, impact: text, voice: text }] })),
  ];
  compare(odd.map((one, at) => ({ id: `odd ${at + 1}`, form: one })));
});
