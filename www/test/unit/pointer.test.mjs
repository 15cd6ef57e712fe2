// JSON Pointers and the paths that form libraries use.

import assert from "node:assert/strict";
import { test } from "node:test";
import { resolvePointer, toPathArray, toPointer } from "../../src/index.node.js";

/** @type {[string, (string | number)[]][]} */
const PAIRS = [
  ["", []],
  ["/", [""]],
  ["/children/0/impact", ["children", 0, "impact"]],
  ["/children/12/impact", ["children", 12, "impact"]],
  ["/dash/answers/q18", ["dash", "answers", "q18"]],
  ["/a~1b/m~0n/~01", ["a/b", "m~n", "~1"]],
  ["/01/1e3/-1/1.5", ["01", "1e3", "-1", "1.5"]],
  ["/a//b", ["a", "", "b"]],
  ["/ /😀/é", [" ", "😀", "é"]],
];

for (const [pointer, path] of PAIRS)
  test(`${JSON.stringify(pointer)} is ${JSON.stringify(path)}, and back`, () => {
    assert.deepEqual(toPathArray(pointer), path);
    assert.equal(toPointer(path), pointer);
  });

test("list indexes are numbers, keys are texts", () => {
  assert.deepEqual(
    toPathArray("/children/0/impact").map((part) => typeof part),
    ["string", "number", "string"],
  );
});

test("the value at a pointer", () => {
  const form = { children: [{ id: "c1", impact: "crying" }], "a/b": { "m~n": 0 }, "": 5, none: null };
  assert.equal(resolvePointer(form, ""), form);
  assert.equal(resolvePointer(form, "/children/0/impact"), "crying");
  assert.equal(resolvePointer(form, "/a~1b/m~0n"), 0);
  assert.equal(resolvePointer(form, "/"), 5);
  assert.equal(resolvePointer(form, "/none"), null);
});

test("nothing where there is nothing", () => {
  const form = { children: [{ impact: "crying" }], none: null };
  for (const pointer of ["/children/1", "/children/0/voice", "/children/0/impact/length", "/none/x", "/children/-1", "/children/01"])
    assert.equal(resolvePointer(form, pointer), undefined, pointer);
  for (const nothing of [undefined, null, 7, "text"]) assert.equal(resolvePointer(nothing, "/a"), undefined);
});

test("nothing that an object inherits", () => {
  for (const pointer of ["/__proto__", "/constructor", "/toString", "/constructor/prototype"]) assert.equal(resolvePointer({}, pointer), undefined, pointer);
  assert.equal(resolvePointer([], "/map"), undefined);
});
