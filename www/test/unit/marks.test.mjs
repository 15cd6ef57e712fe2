import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { moveMarks, pieces } from "../../demo/marks.js";

const mark = (/** @type {number} */ start, /** @type {number} */ end, kind = "told") => ({ start, end, kind });

test("marks before an edit stay, behind it move along, in it go", () => {
  const text = "Ava cried. She shook.";
  const marks = [mark(0, 9), mark(11, 20)];
  assert.deepEqual(moveMarks(marks, text, "Ava cried. Then she shook."), [mark(0, 9)]);
  assert.deepEqual(moveMarks(marks, text, "Ava cried. Badly. She shook."), [mark(0, 9), mark(18, 27)]);
  assert.deepEqual(moveMarks(marks, text, ""), []);
});

test("a mark that is left stands on the words it stood on", () => {
  const texts = fc.tuple(fc.string(), fc.string(), fc.string(), fc.string());
  fc.assert(
    fc.property(texts, fc.nat(40), fc.nat(40), ([head, old, young, tail], from, length) => {
      const [before, after] = [head + old + tail, head + young + tail];
      const one = mark(Math.min(from, before.length), Math.min(from + length, before.length));
      for (const left of moveMarks([one], before, after)) assert.equal(after.slice(left.start, left.end), before.slice(one.start, one.end));
    }),
  );
});

test("the pieces are the text, and where marks overlap the graver one shows", () => {
  const marks = fc.array(fc.record({ start: fc.nat(30), end: fc.nat(30), kind: fc.constantFrom("weak", "told", "check") }));
  fc.assert(
    fc.property(fc.string(), marks, (text, given) => {
      assert.equal(
        pieces(text, given)
          .map((piece) => piece.text)
          .join(""),
        text,
      );
    }),
  );
  assert.deepEqual(pieces("abcdef", [mark(0, 4, "told"), mark(2, 6, "check")]), [
    { text: "ab", kind: "told" },
    { text: "cdef", kind: "check" },
  ]);
});
