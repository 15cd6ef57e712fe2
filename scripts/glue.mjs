// Changes the JavaScript that wasm-bindgen writes around the module. Every change is checked: where that text is no longer as it was,
// the build stops instead of shipping something that nobody looked at.
//
//   node scripts/glue.mjs FOLDER        changes FOLDER/referral_guide.js and .d.ts in place

import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/**
 * @param {string} text
 * @param {string | RegExp} old
 * @param {string} by
 */
export function replaceOnce(text, old, by) {
  const parts = typeof old === "string" ? text.split(old).length - 1 : [...text.matchAll(new RegExp(old, `${old.flags}g`))].length;
  if (parts !== 1) throw new Error(`wasm-bindgen's glue is not as it was: ${parts} times ${old}; see scripts/glue.mjs`);
  return text.replace(old, () => by);
}

/**
 * Leaves `Engine` and `initSync`. The asynchronous door holds `new URL("….wasm", import.meta.url)`, for which bundlers ship a second copy of
 * the module.
 *
 * @param {string} text
 */
function withoutAsyncDoor(text) {
  text = replaceOnce(text, /async function __wbg_load\([^]*?(?=\nfunction initSync\()/, "");
  text = replaceOnce(text, /let __wbg_init_promise;[^]*(?=\nexport \{)/, "");
  return ofItsInstance(replaceOnce(text, "export { initSync, __wbg_init as default };", "export { initSync };"));
}

/**
 * What is collected gives its memory back to the instance that it came from, if that is still the one in use: after a trap the same number
 * would free something else in the next instance, or throw where nobody catches it.
 *
 * @param {string} text
 */
function ofItsInstance(text) {
  text = replaceOnce(text, "EngineFinalization.register(this, this.__wbg_ptr, this);", "EngineFinalization.register(this, [this.__wbg_ptr, wasm], this);");
  return replaceOnce(
    text,
    "new FinalizationRegistry(ptr => wasm.__wbg_engine_free(ptr, 1));",
    `new FinalizationRegistry(([ptr, instance]) => {
        if (instance !== wasm) return;
        try {
            wasm.__wbg_engine_free(ptr, 1);
        } catch {
            // The instance failed meanwhile: nothing of it is used again.
        }
    });`,
  );
}

/**
 * For WebAssembly. wasm-bindgen's `initSync` keeps the instance it made; after a trap the guide needs another one.
 *
 * @param {string} text
 */
export function glueForWebAssembly(text) {
  const at = text.indexOf("function initSync(");
  return withoutAsyncDoor(text.slice(0, at) + replaceOnce(text.slice(at), /if \(wasm !== undefined\) return wasm;(?=[^]*let __wbg_init_promise)/, ""));
}

/**
 * For the JavaScript build: the instance is a function's result, and the views of its memory are renewed whenever the memory has grown.
 * WebAssembly detaches the old buffer, wasm2js leaves it as it was; by the length alone the glue would go on writing into the old one.
 *
 * @param {string} text
 */
export function glueForJavaScript(text) {
  text = withoutAsyncDoor(text);
  if (text.includes("__wbindgen_externref_xform__")) {
    text = replaceOnce(text, /import \* as import1 from "__wbindgen_externref_xform__"\n/, "");
    // The first handles are taken: 1024 and undefined, null, true, false.
    text = replaceOnce(text, '"__wbindgen_externref_xform__": import1', '"__wbindgen_externref_xform__": { __wbindgen_externref_statics_end: () => 1028 }');
  }
  text = replaceOnce(
    text,
    /function initSync\(module\) \{[^]*?\n\}/,
    "function initSync() {\n    return __wbg_finalize_init({ exports: instantiate(__wbg_get_imports()) });\n}",
  );
  const views = text.match(/function get\w+Memory0\(\)/g) ?? [];
  let renewed = 0;
  text = text.replace(/if \((cached\w+Memory0) === null \|\|.*\) \{/g, (_, cached) => {
    renewed += 1;
    return `if (${cached} === null || ${cached}.buffer !== wasm.memory.buffer) {`;
  });
  if (renewed === 0 || renewed !== views.length) throw new Error(`${renewed} of ${views.length} views of the memory would be renewed; see scripts/glue.mjs`);
  return text;
}

/** @param {string} text the declarations of types */
function declarations(text) {
  text = replaceOnce(text, /export type InitInput =[^\n]*\n/, "");
  return replaceOnce(text, /\n\/\*\*(?:(?!\*\/)[^])*\*\/\nexport default function __wbg_init[^\n]*\n/, "");
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const change = (/** @type {string} */ name, /** @type {(text: string) => string} */ by) => {
    const file = `${argv[2]}/${name}`;
    writeFileSync(file, by(readFileSync(file, "utf8")));
  };
  change("referral_guide.js", glueForWebAssembly);
  change("referral_guide.d.ts", declarations);
}
