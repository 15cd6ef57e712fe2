/**
 * Referral Guide in Node, Deno and Bun: as `index.js`, with the module read from disk.
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { loadingError } from "./guide.js";
import { loadGuide as load, loadGuideSync as loadSync } from "./index.js";

export * from "./api.js";

const WASM = new URL("./wasm/referral_guide_bg.wasm", import.meta.url);

/** @type {Promise<WebAssembly.Module> | undefined} */
let module;

/**
 * Loads the guide.
 *
 * @param {import("./index.js").LoadOptions} [options]
 * @returns {Promise<import("./guide.js").Guide>}
 * @throws {import("./guide.js").ReferralGuideError} where the module cannot be read or the policy cannot be used.
 */
export async function loadGuide(options = {}) {
  if (options.wasm !== undefined || options.engine === "js" || typeof WebAssembly === "undefined") return load(options);
  try {
    module ??= readFile(WASM).then((bytes) => WebAssembly.compile(bytes));
    await module;
  } catch (cause) {
    module = undefined;
    throw loadingError(cause);
  }
  return load({ ...options, wasm: await module });
}

/**
 * The same, at once.
 *
 * @param {import("./guide.js").GuideOptions & { wasm?: BufferSource | WebAssembly.Module }} [options]
 * @returns {import("./guide.js").Guide}
 */
export function loadGuideSync(options = {}) {
  return loadSync({ ...options, wasm: options.wasm ?? readFileSync(WASM) });
}
