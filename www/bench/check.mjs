// What a check costs in Node: object in, report out, on a small, a typical and a large form; fresh start; memory; size.
// Prints a table and judges nothing. The text differs on every call, as it does when somebody types.

import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { brotliCompressSync, gzipSync } from "node:zlib";

const root = new URL("../../", import.meta.url);
const bytes = readFileSync(new URL("www/src/wasm/referral_guide_bg.wasm", root));

const began = performance.now();
const { loadGuide } = await import("../src/index.node.js");
const guide = await loadGuide();
const loaded = performance.now();
guide.check({ formType: "child-concern", children: [] });
const first = performance.now();

/** @type {{ size: string, median: number, p99: number }[]} */
const rows = [];
for (const size of ["small", "typical", "large"]) {
  const form = JSON.parse(readFileSync(new URL(`benches/inputs/${size}.json`, root), "utf8"));
  const narrative = form.incident.narrative;
  const times = [];
  for (let round = 0; round < 600; round += 1) {
    const at = Math.floor(narrative.length * 0.6);
    form.incident.narrative = narrative.slice(0, at) + String.fromCharCode(97 + (round % 26)) + narrative.slice(at);
    const from = performance.now();
    guide.check(form);
    times.push(performance.now() - from);
  }
  const settled = times.slice(200).sort((a, b) => a - b);
  rows.push({ size, median: settled[Math.floor(settled.length / 2)] ?? NaN, p99: settled[Math.floor(settled.length * 0.99)] ?? NaN });
}

const ms = (/** @type {number} */ value) => `${value.toFixed(2)} ms`;
const kb = (/** @type {number} */ value) => `${(value / 1024).toFixed(1)} KB`;
console.log("check in Node     median      p99");
for (const { size, median, p99 } of rows) console.log(`  ${size.padEnd(14)} ${ms(median).padStart(9)} ${ms(p99).padStart(9)}`);
console.log(`load (module, policy)  ${ms(loaded - began)}; first check ${ms(first - loaded)}`);
console.log(`module with policy     ${kb(bytes.length)} raw, ${kb(gzipSync(bytes).length)} gzip, ${kb(brotliCompressSync(bytes).length)} brotli`);
