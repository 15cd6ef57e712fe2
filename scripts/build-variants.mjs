// Makes the other builds of the module, from the one that is there:
//
//   www/src/wasm/packed.js         the module as a string, for the inlined entry
//   www/src/js/referral_guide.js   the module as JavaScript (binaryen's wasm2js), for engines without WebAssembly
//   www/dist/*.iife.js             each of both as one file for a plain <script>, with the global ReferralGuide
//
//   node scripts/build-variants.mjs RAW BINDGEN
//
// RAW is the module as the compiler wrote it, BINDGEN the wasm-bindgen to use. Makes only what something changed for.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { argv, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { glueForJavaScript } from "./glue.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SRC = `${ROOT}www/src/`;
const DIST = `${ROOT}www/dist/`;
const BINARYEN = `${ROOT}www/node_modules/binaryen/bin/`;
const [raw, bindgen] = argv.slice(2);
if (!raw || !bindgen) throw new Error("usage: node scripts/build-variants.mjs RAW BINDGEN");
const require = createRequire(`${ROOT}www/package.json`);
/** @type {typeof import("esbuild")} */
const esbuild = require("esbuild");
const versions = `esbuild ${esbuild.version}, binaryen ${require("binaryen/package.json").version}, ${execFileSync(bindgen, ["--version"])}`;

const module = readFileSync(`${SRC}wasm/referral_guide_bg.wasm`);
const script = [readFileSync(fileURLToPath(import.meta.url)), readFileSync(`${ROOT}scripts/glue.mjs`), versions];

make("wasm/packed.js", [module, ...script], () => `// The module, one character a byte; see packed.js.\nexport const module = ${packed(module)};\n`);
make("js/referral_guide.js", [readFileSync(raw), readFileSync(`${SRC}packed.js`), readFileSync(`${SRC}utf8.js`), ...script], asJavaScript);
for (const [entry, name] of [
  ["inline", "referral-guide"],
  ["js", "referral-guide-js"],
]) {
  make(`../dist/${name}.iife.js`, [...sources(), ...script], () => plainScript(`${SRC}${entry}.js`));
}
declare("wasm/packed.d.ts", "/** The module, one character a byte. */\nexport declare const module: string;\n");
declare("js/referral_guide.d.ts", readFileSync(`${SRC}wasm/referral_guide.d.ts`, "utf8"));

/**
 * Writes a file, unless what it is made from is what it was made from the last time.
 *
 * @param {string} name
 * @param {(string | Buffer)[]} from
 * @param {() => string} how
 */
function make(name, from, how) {
  const hash = createHash("sha256");
  for (const part of from) hash.update(part).update("\0");
  const stamp = `// ${hash.digest("hex")}\n`;
  const file = SRC + name;
  let last = "";
  try {
    last = readFileSync(file, "utf8");
  } catch {
    // It is made for the first time.
  }
  if (last.endsWith(stamp)) return;
  console.log(`Building www/${name.replace("../", "").replace(/^(wasm|js)/, "src/$1")}`);
  const text = how();
  mkdirSync(file.replace(/[^/]*$/, ""), { recursive: true });
  // Whole or not at all.
  writeFileSync(`${file}.new`, `${text.trimEnd()}\n${stamp}`);
  renameSync(`${file}.new`, file);
}

/** @param {string} name @param {string} text */
function declare(name, text) {
  writeFileSync(SRC + name, text);
}

/** Everything under src, for what is bundled from it. */
function sources() {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .sort()
    .map((name) => readFileSync(SRC + name));
}

/**
 * Bytes as a string literal of JavaScript, to be read by `unpack`. UTF-8 keeps half of the bytes as they are; only what ends the literal,
 * and NUL, which tools take for the end of a text, is escaped.
 *
 * @param {Buffer} bytes
 */
function packed(bytes) {
  const escapes = /** @type {Record<string, string>} */ ({ "\n": "\\n", "\r": "\\r", "'": "\\'", "\\": "\\\\" });
  const text = bytes
    .toString("latin1")
    .replace(/[\n\r'\\]/g, (one) => escapes[one] ?? one)
    .replace(/\0(?=[0-9])/g, "\\x00")
    .replace(/\0/g, "\\0");
  return `'${text}'`;
}

/** The module as JavaScript, with its glue, as one minified file. */
function asJavaScript() {
  const folder = `${ROOT}target/wasm/js/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const run = (/** @type {string} */ command, /** @type {string[]} */ ...options) =>
    execFileSync(execPath, [BINARYEN + command, ...options], { stdio: ["ignore", "inherit", "inherit"] });

  // wasm2js knows neither tables of JavaScript values nor several results. The compiler's own code has none: wasm-bindgen adds them where the
  // module says that it may.
  writeFileSync(`${folder}plain.wasm`, without(readFileSync(String(raw)), ["reference-types", "multivalue"]));
  execFileSync(String(bindgen), ["--target", "web", "--no-typescript", "--out-dir", folder, "--out-name", "glue", `${folder}plain.wasm`]);
  const features = ["bulk-memory", "bulk-memory-opt", "nontrapping-float-to-int", "sign-ext", "mutable-globals"].map((name) => `--enable-${name}`);
  const lowering = ["--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering", "--signext-lowering"];
  const strip = ["--strip-debug", "--strip-producers", "--strip-target-features"];
  run("wasm-opt", `${folder}glue_bg.wasm`, ...features, ...lowering, "-Oz", ...strip, "-o", `${folder}lowered.wasm`);
  run("wasm2js", `${folder}lowered.wasm`, "-O", "--mvp-features", "--enable-mutable-globals", "-o", `${folder}module.js`);

  writeFileSync(`${folder}instantiate.js`, instantiable(readFileSync(`${folder}module.js`, "utf8")));
  writeFileSync(
    `${folder}entry.js`,
    `import { instantiate } from "./instantiate.js";\nimport { Decoder as TextDecoder, Encoder as TextEncoder } from "${SRC}utf8.js";\n` +
      glueForJavaScript(readFileSync(`${folder}glue.js`, "utf8")),
  );
  return bundle({ entryPoints: [`${folder}entry.js`], format: "esm" });
}

/**
 * The module without some of the features that it says it may use.
 *
 * @param {Buffer} bytes
 * @param {string[]} features
 */
function without(bytes, features) {
  const section = bytes.lastIndexOf("target_features");
  for (const feature of features) {
    const at = bytes.indexOf(`+${String.fromCharCode(feature.length)}${feature}`, section, "latin1");
    if (section >= 0 && at >= 0) bytes[at] = "-".charCodeAt(0);
  }
  return bytes;
}

/**
 * What wasm2js wrote, as a function that makes instances, with data that compresses well.
 *
 * @param {string} text
 */
function instantiable(text) {
  const from = text.indexOf("function initActiveSegments(");
  const to = text.indexOf("var retasmFunc = asmFunc(");
  if (from < 0 || to < 0) throw new Error("wasm2js writes something else now; see scripts/build-variants.mjs");
  const body = text
    .slice(from, to)
    .replace(
      /base64DecodeToExistingUint8Array\(bufferView, (\d+), "([A-Za-z0-9+/=]*)"\);/g,
      (_, at, data) => `unpackInto(bufferView, ${at}, ${packed(Buffer.from(data, "base64"))});`,
    )
    .replace("function asmFunc(", "export function instantiate(");
  if (body.includes("base64DecodeToExisting") || !body.includes("export function instantiate(")) throw new Error("wasm2js writes its data otherwise now");
  return `import { unpackInto } from "${SRC}packed.js";\nvar bufferView;\n${body}`;
}

/**
 * An entry as one plain script. Pages of old systems are often not in UTF-8: the mark at the beginning says that this file is.
 *
 * @param {string} entry
 */
function plainScript(entry) {
  mkdirSync(DIST, { recursive: true });
  return `\ufeff${bundle({ entryPoints: [entry], format: "iife", globalName: "ReferralGuide" })}`;
}

/** @param {import("esbuild").BuildOptions} options */
function bundle(options) {
  const { outputFiles } = esbuild.buildSync({ bundle: true, minify: true, charset: "utf8", target: "es2020", write: false, logLevel: "warning", ...options });
  return outputFiles?.[0]?.text ?? "";
}
