// The JavaScript build gives the same bytes as WebAssembly, in a process that has no WebAssembly.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { execPath } from "node:process";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadGuide } from "../../src/index.node.js";
import { form } from "../support.mjs";

const CASES = new URL("../../../tests/cases/", import.meta.url);
const CHECKER = fileURLToPath(new URL("check-without-webassembly.mjs", import.meta.url));

/** @type {{ id: string, form: any }[]} */
const cases = readdirSync(CASES)
  .filter((name) => name.endsWith(".ndjson"))
  .sort()
  .flatMap((name) => readFileSync(new URL(name, CASES), "utf8").split("\n"))
  .filter((line) => line.trim())
  .map((line) => JSON.parse(line))
  .filter((one) => one.form);

/**
 * @param {string[]} lines forms, each as JSON text
 * @param {string} [entry] what the process imports
 * @param {string[]} [missing] names that it lacks besides WebAssembly
 * @returns {string[]} its reports
 */
function withoutWebAssembly(lines, entry = "index.node.js", missing = []) {
  const input = lines.map((line) => `${line}\n`).join("");
  const { status, stdout, stderr, error } = spawnSync(execPath, [CHECKER, entry, ...missing], { input, encoding: "utf8", maxBuffer: 1 << 30 });
  assert.ifError(error);
  assert.equal(status, 0, stderr);
  return stdout.split("\n").slice(0, -1);
}

/** @type {import("../../src/guide.js").Guide} */
let guide;
before(async () => {
  guide = await loadGuide();
});

/** @param {string[]} lines @param {string[]} reports */
function same(lines, reports) {
  assert.equal(reports.length, lines.length);
  const different = lines.flatMap((line, at) => (guide.checkText(line) === reports[at] ? [] : [at]));
  assert.deepEqual(different, [], "numbers of the forms whose reports differ");
}

describe("without WebAssembly", () => {
  test(`all ${cases.length} development cases give the same bytes`, () => {
    assert.ok(cases.length > 0);
    const lines = cases.map((one) => JSON.stringify(one.form));
    same(lines, withoutWebAssembly(lines));
  });

  test("forms that make the memory grow, and ordinary ones after them", () => {
    const sentence = "Zoë 👧🏽 was crying and would not let go of her mum. ";
    const grown = (/** @type {number} */ times) => ({ formType: "domestic-abuse", incident: { narrative: sentence.repeat(times) } });
    const lines = [1, 400, 20_000, 1, 1_000].map((times) => JSON.stringify(grown(times)));
    same(lines, withoutWebAssembly(lines));
  });

  test("nor TextEncoder and TextDecoder", () => {
    const lines = ["\0 é ß \ufeff 😀👧🏽 e\u0301", "a".repeat(100_000), "\u07ff\u0800\uffff𐀀"].map((text) =>
      JSON.stringify({ ...form(), children: [{ id: text, name: text, impact: text }] }),
    );
    same(lines, withoutWebAssembly(lines, "js.js", ["TextEncoder", "TextDecoder", "FinalizationRegistry"]));
  });
});
