/**
 * Referral Guide in Node: as `index.js`, with the module read from disk.
 */
import { readFile } from "node:fs/promises";
import { loadGuide as load } from "./index.js";

export { Guide, ReferralGuideError, loadGuideSync, resolvePointer, standardSchema, toPathArray, toPointer } from "./index.js";

/** @type {Promise<WebAssembly.Module> | undefined} */
let module;

/**
 * Loads the guide.
 *
 * @param {Parameters<typeof load>[0]} [options]
 * @returns {ReturnType<typeof load>}
 */
export async function loadGuide(options = {}) {
  if (options.wasm !== undefined) return load(options);
  module ??= readFile(new URL("./wasm/referral_guide_bg.wasm", import.meta.url)).then((bytes) => WebAssembly.compile(bytes));
  return load({ ...options, wasm: await module });
}
