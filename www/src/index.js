/**
 * Referral Guide in a browser, a bundler or a worker.
 *
 * @example
 * import { loadGuide } from "referral-guide";
 * const guide = await loadGuide();
 * const report = guide.check(form);
 */
import { Guide, ReferralGuideError, guideFrom } from "./guide.js";
import * as glue from "./wasm/referral_guide.js";

export { Guide, ReferralGuideError };
export { resolvePointer, toPathArray, toPointer } from "./pointer.js";
export { standardSchema } from "./adapters/standard-schema.js";

/** @type {Promise<WebAssembly.Module> | undefined} */
let module;

/**
 * Loads the guide. Nothing happens before it is called, and nothing is fetched but the module beside this file.
 *
 * @param {import("./guide.js").GuideOptions & { wasm?: URL | string | BufferSource | WebAssembly.Module }} [options]
 *   `wasm` says where the module is, or hands over its bytes.
 * @returns {Promise<Guide>}
 * @throws {ReferralGuideError} where the module cannot be loaded or the policy cannot be used.
 */
export async function loadGuide(options = {}) {
  try {
    const compiled = await (options.wasm === undefined
      ? (module ??= compile(new URL("./wasm/referral_guide_bg.wasm", import.meta.url)))
      : compile(options.wasm));
    return guideFrom(compiled, options, glue);
  } catch (cause) {
    if (options.wasm === undefined && !(cause instanceof Error && cause.message.startsWith("the policy"))) module = undefined;
    throw new ReferralGuideError(cause instanceof Error ? cause.message : "the guide could not be loaded", { cause });
  }
}

/**
 * The same, at once, from the module's bytes: for service workers and hosts that forbid fetching.
 *
 * @param {BufferSource | WebAssembly.Module} wasm
 * @param {import("./guide.js").GuideOptions} [options]
 * @returns {Guide}
 */
export function loadGuideSync(wasm, options = {}) {
  try {
    return guideFrom(wasm instanceof WebAssembly.Module ? wasm : new WebAssembly.Module(wasm), options, glue);
  } catch (cause) {
    throw new ReferralGuideError(cause instanceof Error ? cause.message : "the guide could not be loaded", { cause });
  }
}

/** @param {URL | string | BufferSource | WebAssembly.Module} from @returns {Promise<WebAssembly.Module>} */
async function compile(from) {
  if (from instanceof WebAssembly.Module) return from;
  if (typeof from !== "string" && !(from instanceof URL)) return WebAssembly.compile(from);
  const response = await fetch(from);
  if (!response.ok) throw new Error(`the guide's module could not be fetched (${response.status})`);
  return WebAssembly.compile(await response.arrayBuffer());
}
