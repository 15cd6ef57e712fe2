// Does the built module run? node scripts/check-wasm.mjs FOLDER
// Instantiates it in Node, checks a form through both doors and prints its size.

import { strictEqual, ok } from "node:assert";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = resolve(argv[2] ?? "www/src/wasm");
const bytes = readFileSync(`${folder}/referral_guide_bg.wasm`);
const glue = await import(pathToFileURL(`${folder}/referral_guide.js`).href);
glue.initSync({ module: bytes });

const engine = new glue.Engine();
const form = JSON.stringify({
  formType: "child-concern",
  children: [{ id: "c1", name: "Zoë 👧", ageYears: 7, impact: "In bed upstairs." }],
});
const text = engine.checkJson(form);
const report = JSON.parse(text);
ok(Array.isArray(report.findings), "a report has findings");
strictEqual(engine.checkJson(form), text, "the same form gives the same report");
// Enough text to make the memory grow, which moves every view of it.
ok(
  JSON.parse(
    engine.checkJson(
      JSON.stringify({
        formType: "child-concern",
        incident: { narrative: "word ".repeat(200_000) },
      }),
    ),
  ).findings,
  "a long form",
);
strictEqual(engine.checkJson(form), text, "the same after the memory grew");
engine.free();

const kilobytes = (/** @type {number} */ size) => `${(size / 1024).toFixed(1)} KB`;
const gzip = gzipSync(bytes, { level: 9 }).length;
const brotli = brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
}).length;
console.log(`WebAssembly: runs; ${kilobytes(bytes.length)} raw, ${kilobytes(gzip)} gzip, ${kilobytes(brotli)} brotli.`);
