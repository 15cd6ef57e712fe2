/**
 * Referral Guide without WebAssembly: the same engine as JavaScript, for React Native's Hermes, Lockdown Mode and browsers that forbid
 * compiling. The reports are the same, byte for byte; a check takes several times as long.
 *
 * @example
 * import { loadGuideSync } from "referral-guide/js";
 * const report = loadGuideSync().check(form);
 */
import { guideFrom, loadingError } from "./guide.js";
import * as glue from "./js/referral_guide.js";

export * from "./api.js";

/**
 * Makes a guide at once.
 *
 * @param {import("./guide.js").GuideOptions} [options]
 * @returns {import("./guide.js").Guide}
 * @throws {import("./guide.js").ReferralGuideError} where the policy cannot be used.
 */
export function loadGuideSync(options = {}) {
  try {
    return guideFrom(/** @type {any} */ (undefined), options, glue);
  } catch (cause) {
    throw loadingError(cause);
  }
}

/**
 * The same as a promise, so that it can stand in for any other `loadGuide`.
 *
 * @param {import("./guide.js").GuideOptions} [options]
 * @returns {Promise<import("./guide.js").Guide>}
 */
export async function loadGuide(options) {
  return loadGuideSync(options);
}
