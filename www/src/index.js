/**
 * Referral Guide in a browser, a bundler or a worker.
 *
 * @example
 * import { loadGuide } from "referral-guide";
 * const guide = await loadGuide();
 * const report = guide.check(form);
 */
import { guideFrom, loadingError, ReferralGuideError } from "./guide.js";
import * as glue from "./wasm/referral_guide.js";

export * from "./api.js";

/**
 * @typedef {object} SourceOptions
 * @property {URL | string | BufferSource | WebAssembly.Module} [wasm] Where the module is, or its bytes. Default: the file beside this one.
 * @property {"auto" | "wasm" | "js"} [engine] `js` takes the JavaScript build, `wasm` never does. Default `auto`: the JavaScript build where
 *   there is no WebAssembly, or where it may not compile (a content security policy, Lockdown Mode, an old browser).
 *
 * @typedef {import("./guide.js").GuideOptions & SourceOptions} LoadOptions
 */

/** @type {Promise<WebAssembly.Module> | undefined} */
let shipped;

/**
 * Loads the guide. Nothing happens before it is called, and nothing is fetched but what lies beside this file.
 *
 * @param {LoadOptions} [options]
 * @returns {Promise<import("./guide.js").Guide>}
 * @throws {ReferralGuideError} where the module cannot be loaded or the policy cannot be used.
 */
export async function loadGuide(options = {}) {
  const { wasm, engine = "auto" } = options;
  if (engine === "js" || (engine === "auto" && !(await mayCompile()))) return inJavaScript(options);
  /** @type {WebAssembly.Module} */
  let module;
  try {
    module = await (wasm === undefined ? (shipped ??= compile(new URL("./wasm/referral_guide_bg.wasm", import.meta.url))) : compile(wasm));
  } catch (cause) {
    if (wasm === undefined) shipped = undefined; // the next attempt may find the network
    if (engine === "auto" && wasm === undefined && cause instanceof WebAssembly.CompileError) return inJavaScript(options);
    throw loadingError(cause);
  }
  return make(module, options);
}

/**
 * The same, at once, from the module's bytes: for service workers and hosts that forbid fetching.
 *
 * @param {import("./guide.js").GuideOptions & { wasm: BufferSource | WebAssembly.Module }} options
 * @returns {import("./guide.js").Guide}
 * @throws {ReferralGuideError} where the module may not be compiled or the policy cannot be used.
 *
 * @example
 * const guide = loadGuideSync({ wasm: bytes });
 */
export function loadGuideSync(options) {
  const wasm = options?.wasm;
  if (wasm === undefined) throw new ReferralGuideError("loadGuideSync needs the bytes of the module in `wasm`; referral-guide/inline has them inside");
  try {
    return make(wasm instanceof WebAssembly.Module ? wasm : new WebAssembly.Module(wasm), options);
  } catch (cause) {
    throw loadingError(cause);
  }
}

/** A content security policy may forbid compiling although WebAssembly is there; the smallest module shows it. */
async function mayCompile() {
  if (typeof WebAssembly === "undefined") return false;
  try {
    await WebAssembly.compile(new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]));
    return true;
  } catch {
    return false;
  }
}

/** @param {WebAssembly.Module} module @param {import("./guide.js").GuideOptions} options */
function make(module, options) {
  try {
    return guideFrom(module, options, glue);
  } catch (cause) {
    throw loadingError(cause);
  }
}

/** @param {import("./guide.js").GuideOptions} options */
async function inJavaScript(options) {
  /** @type {typeof import("./js.js")} */
  let build;
  try {
    build = await import("./js.js");
  } catch (cause) {
    throw loadingError(cause);
  }
  return build.loadGuide(options);
}

/** @param {URL | string | BufferSource | WebAssembly.Module} from @returns {Promise<WebAssembly.Module>} */
async function compile(from) {
  if (from instanceof WebAssembly.Module) return from;
  if (typeof from !== "string" && !(from instanceof URL)) return WebAssembly.compile(from);
  const response = await fetch(from);
  if (!response.ok) throw new Error(`the guide's module could not be fetched (${response.status})`);
  return WebAssembly.compile(await response.arrayBuffer());
}
