/**
 * The guide over the WebAssembly engine: `check` never throws on what a form holds, and silence never looks
 * like "all clear".
 *
 * @import { Report, Referral } from "./types.js"
 */

/**
 * @typedef {object} GuideOptions
 * @property {string | object} [policy] A built policy pack, as JSON text or an object. Default: England's.
 * @property {string} [locale] Language of the messages, where the policy has it (`cy`).
 */

/**
 * Something kept the guide from loading: the module, or a policy that cannot be used.
 */
export class ReferralGuideError extends Error {
  /** @param {string} message @param {{ cause?: unknown }} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = "ReferralGuideError";
  }
}

/**
 * Whatever kept the guide from loading, as the one kind of error that hosts see.
 *
 * @param {unknown} cause
 * @returns {ReferralGuideError}
 */
export function loadingError(cause) {
  if (cause instanceof ReferralGuideError) return cause;
  return new ReferralGuideError(cause instanceof Error ? cause.message : "the guide could not be loaded", { cause });
}

/**
 * The report for a form that could not be checked.
 *
 * @param {{ id: string, version: string }} policy
 * @returns {Report}
 */
export function unavailable(policy) {
  return {
    policy: { id: policy.id, version: policy.version },
    complete: false,
    findings: [
      {
        code: "guide.unavailable",
        severity: "info",
        path: "",
        message: "Guidance is off for the moment. The form still works; nothing has been checked.",
        why: "The guide could not read this form. No finding here means nothing was looked at, not that nothing is missing.",
        source: "",
        evidence: [],
        overridden: false,
      },
    ],
    children: [],
    dash: { status: "not-required", answered: 0, of: 0, unanswered: [], yes: 0, contradictions: [] },
    threshold: { likely: "uncertain", indicators: [] },
  };
}

/**
 * A form as JSON text; `null` for one that contains itself, which cannot be written down and so cannot be checked.
 *
 * @param {unknown} form
 * @returns {string | null}
 */
export function toJson(form) {
  try {
    return JSON.stringify(form, wellFormed) ?? "null";
  } catch {
    return null;
  }
}

/** Half of a surrogate pair alone would lose the whole form on its way; U+FFFD has the same length. */
function wellFormed(/** @type {string} */ _key, /** @type {unknown} */ value) {
  if (typeof value === "string") return toWellFormed(value);
  if (typeof value === "bigint") return Number(value);
  return value;
}

/** Whole pairs and lone halves; without looking behind, which Safari cannot read before 16.4. */
const surrogates = /[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g;

/** @param {string} text @returns {string} */
function toWellFormed(text) {
  const native = /** @type {{ toWellFormed?: () => string }} */ (/** @type {unknown} */ (text)).toWellFormed;
  return native ? native.call(text) : text.replace(surrogates, (one) => (one.length === 2 ? one : "\uFFFD"));
}

/**
 * Checks referrals by a policy. Made by `loadGuide`.
 */
export class Guide {
  #make;
  #generation;
  /** @type {{ checkJson(form: string): string, free(): void } | null} */
  #engine = null;
  /** The instance that the engine was made in; an engine of an earlier one is gone. */
  #made = 0;
  /** The instance in which a check trapped. */
  #trapped = -1;
  #policy;

  /**
   * @param {(fresh: boolean) => { checkJson(form: string): string, policy: object, free(): void }} make
   *   Makes an engine; `fresh` asks for a new instance of the module, after a trap.
   * @param {() => number} [generation] Number of the module's current instance.
   */
  constructor(make, generation = () => 0) {
    this.#make = make;
    this.#generation = generation;
    const engine = make(false);
    this.#engine = engine;
    this.#made = generation();
    this.#policy = /** @type {{ id: string, version: string, name: string, language: string }} */ (engine.policy);
  }

  /** Id, version, name and language of the policy in use. */
  get policy() {
    return { ...this.#policy };
  }

  /**
   * Checks a form. Synchronous; never throws on what the form holds and never changes it.
   *
   * @param {Referral | Record<string, unknown>} form
   * @returns {Report}
   */
  check(form) {
    const json = toJson(form);
    return json === null ? unavailable(this.#policy) : this.checkJson(json);
  }

  /**
   * The same for a form that is JSON text already.
   *
   * @param {string} json
   * @returns {Report}
   */
  checkJson(json) {
    const text = this.checkText(json);
    return text === null ? unavailable(this.#policy) : JSON.parse(text);
  }

  /**
   * JSON text in, JSON text out, as every other host gets it; `null` where the engine failed.
   *
   * @param {string} json
   * @returns {string | null}
   */
  checkText(json) {
    try {
      if (this.#engine === null || this.#made !== this.#generation()) {
        this.#engine = this.#make(this.#trapped === this.#generation());
        this.#made = this.#generation();
      }
      return this.#engine.checkJson(toWellFormed(json));
    } catch {
      // After a trap the instance may be in any state: the next check gets a new one.
      this.#engine = null;
      this.#trapped = this.#generation();
      return null;
    }
  }

  /** Gives the engine's memory back. The guide can still be used; it then makes a new engine. */
  free() {
    try {
      if (this.#made === this.#generation()) this.#engine?.free();
    } catch {
      // It is gone either way.
    }
    this.#engine = null;
  }
}

/**
 * Makes guides from a compiled module.
 *
 * @param {WebAssembly.Module} module
 * @param {GuideOptions} options
 * @param {typeof import("./wasm/referral_guide.js")} glue
 * @returns {Guide}
 */
export function guideFrom(module, options, glue) {
  const policy = options.policy === undefined ? undefined : typeof options.policy === "string" ? options.policy : JSON.stringify(options.policy);
  const state = stateOf(glue);
  return new Guide(
    (fresh) => {
      if (fresh || state.generation === 0) {
        // `initSync` as it is shipped makes a new instance each time it is called.
        glue.initSync({ module });
        state.generation += 1;
      }
      return new glue.Engine(policy, options.locale);
    },
    () => state.generation,
  );
}

/** @type {WeakMap<object, { generation: number }>} */
const states = new WeakMap();

/** @param {object} glue */
function stateOf(glue) {
  let state = states.get(glue);
  if (!state) states.set(glue, (state = { generation: 0 }));
  return state;
}
