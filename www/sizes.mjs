// What each way into the package makes a page download: minified, with everything it imports, as a server compresses it.
// node sizes.mjs prints the table; with --set it writes what was measured and 3 % more into size-budget.json: the limits, in bytes after brotli.

import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import * as esbuild from "esbuild";

const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
const MODULE = "src/wasm/referral_guide_bg.wasm";

/** Every entry, with the files of which a page downloads all. */
const ENTRIES = /** @type {Record<string, string[]>} */ ({
  "referral-guide": ["src/index.js", MODULE],
  "referral-guide/inline": ["src/inline.js"],
  "referral-guide/js": ["src/js.js"],
  "referral-guide/worker": ["src/worker.js", "src/guide.worker.js", MODULE],
  "referral-guide/iife": ["dist/referral-guide.iife.js"],
  "referral-guide/iife-js": ["dist/referral-guide-js.iife.js"],
  "referral-guide/attach": ["src/attach.js"],
  "referral-guide/element": ["src/element.js"],
  "referral-guide/adapters/standard-schema": ["src/adapters/standard-schema.js"],
  "referral-guide/adapters/react-hook-form": ["src/adapters/react-hook-form.js"],
  "referral-guide/adapters/surveyjs": ["src/adapters/surveyjs.js"],
  "referral-guide/adapters/json-forms": ["src/adapters/json-forms.js"],
  "referral-guide/adapters/form-io": ["src/adapters/form-io.js"],
  "referral-guide/adapters/ajv": ["src/adapters/ajv.js"],
  "referral-guide.wasm": [MODULE],
});

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size */

/**
 * @returns {Promise<Record<string, Size>>} of every entry
 */
export async function measure() {
  const files = [...new Set(Object.values(ENTRIES).flat())];
  const sizes = new Map(await Promise.all(files.map(async (file) => /** @type {const} */ ([file, await sizeOf(await contentOf(file))]))));
  const sum = (/** @type {string[]} */ parts, /** @type {keyof Size} */ key) => parts.reduce((total, part) => total + (sizes.get(part)?.[key] ?? 0), 0);
  return Object.fromEntries(
    Object.entries(ENTRIES).map(([entry, parts]) => [entry, { raw: sum(parts, "raw"), gzip: sum(parts, "gzip"), brotli: sum(parts, "brotli") }]),
  );
}

/** @param {string} file @returns {Promise<Uint8Array>} */
async function contentOf(file) {
  if (!file.startsWith("src/") || file === MODULE) return readFileSync(path(file));
  const { outputFiles } = await esbuild.build({
    entryPoints: [path(file)],
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "esm",
    target: "es2022",
    write: false,
    // What is only imported where it is needed is downloaded only there.
    external: file === "src/js.js" ? [] : ["./js.js"],
  });
  return /** @type {esbuild.OutputFile} */ (outputFiles[0]).contents;
}

/** @param {Uint8Array} content @returns {Promise<Size>} */
async function sizeOf(content) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [zipped, brotli] = await Promise.all([promisify(gzip)(content, { level: 9 }), promisify(brotliCompress)(content, { params })]);
  return { raw: content.length, gzip: zipped.length, brotli: brotli.length };
}

/** @returns {Record<string, number>} the most that each entry may have */
export function budget() {
  return JSON.parse(readFileSync(path("size-budget.json"), "utf8"));
}

/** @param {Record<string, Size>} sizes */
export function table(sizes) {
  const kb = (/** @type {number} */ bytes) => (bytes / 1024).toFixed(1).padStart(9);
  const limits = budget();
  const rows = Object.entries(sizes).map(([entry, size]) => `${entry.padEnd(40)}${kb(size.raw)}${kb(size.gzip)}${kb(size.brotli)}${kb(limits[entry] ?? NaN)}`);
  return [`${"entry, in KB".padEnd(40)}      raw     gzip   brotli   budget`, ...rows].join("\n");
}

/** Where the engine with its policy is meant to get to: below what other validators and rules engines make a page download. */
const GOAL = 230;

if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const sizes = await measure();
  if (argv[2] === "--set") {
    const limits = Object.fromEntries(Object.entries(sizes).map(([entry, { brotli }]) => [entry, Math.ceil((brotli * 1.03) / 512) * 512]));
    writeFileSync(path("size-budget.json"), `${JSON.stringify(limits, null, 2)}\n`);
  }
  console.log(table(sizes));
  const now = ((sizes["referral-guide"]?.brotli ?? NaN) / 1024).toFixed(1);
  console.log(`The goal for everything that a page downloads is ${GOAL} KB after brotli; it is ${now} KB.`);
}
