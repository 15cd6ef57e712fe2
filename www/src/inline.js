/**
 * Referral Guide with its module inside: nothing is fetched, so it works from any bundler, from a folder and in a WebView.
 *
 * @example
 * import { loadGuide } from "referral-guide/inline";
 * const guide = await loadGuide();
 */
import { guideFrom, loadingError, ReferralGuideError } from "./guide.js";
import { unpack } from "./packed.js";
import * as glue from "./wasm/referral_guide.js";
import { module as packed } from "./wasm/packed.js";

export * from "./api.js";

/** @type {WebAssembly.Module | undefined} */
let compiled;

/**
 * Loads the guide.
 *
 * @param {import("./guide.js").GuideOptions} [options]
 * @returns {Promise<import("./guide.js").Guide>}
 * @throws {ReferralGuideError} where the module may not be compiled or the policy cannot be used.
 */
export async function loadGuide(options = {}) {
  try {
    if (typeof WebAssembly !== "undefined") compiled ??= await WebAssembly.compile(unpack(packed));
  } catch (cause) {
    throw loadingError(cause);
  }
  return loadGuideSync(options);
}

/**
 * The same, at once. It keeps the page busy while it compiles; where that can wait, prefer `loadGuide`.
 *
 * @param {import("./guide.js").GuideOptions} [options]
 * @returns {import("./guide.js").Guide}
 * @throws {ReferralGuideError} where the module may not be compiled or the policy cannot be used.
 */
export function loadGuideSync(options = {}) {
  if (typeof WebAssembly === "undefined") throw new ReferralGuideError("there is no WebAssembly here; use referral-guide/js");
  try {
    compiled ??= new WebAssembly.Module(unpack(packed));
    return guideFrom(compiled, options, glue);
  } catch (cause) {
    throw loadingError(cause);
  }
}
