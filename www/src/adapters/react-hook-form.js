/**
 * React Hook Form: a resolver in which what is required is an error, and a way to read the rest.
 *
 * @import { Guide } from "../guide.js"
 * @import { Guidance, HostShape } from "./findings.js"
 */
import { findingsOf, isAdvice, isOpen } from "./findings.js";

/**
 * One error in React Hook Form's shape: `type` is the finding's code, `finding` all it says.
 *
 * @typedef {{ type: string, message: string, finding: Guidance }} GuidanceError
 */

/**
 * A resolver for `useForm`. A field's first open finding is its error; a finding about the whole form is `errors.root`.
 *
 * `handleSubmit` calls its second function where something is open. A referral can be sent all the same: let that function offer it.
 *
 * @param {Pick<Guide, "check">} guide
 * @param {HostShape} [options]
 * @returns {((values: any) => any) & { advice: (values: unknown) => Guidance[] }}
 *   The resolver (its result is typed loosely, so that it fits any `useForm<…>`), with `advice` beside it.
 *
 * @example
 * const resolver = guidanceResolver(guide);
 * const { register, handleSubmit, watch, getValues } = useForm({ resolver, mode: "onTouched" });
 * const advice = resolver.advice(watch()); // never an error: show it in a panel
 * <form onSubmit={handleSubmit(send, () => offerToSendAnyway(getValues()))}>…
 */
export function guidanceResolver(guide, options = {}) {
  const findings = findingsOf(guide, options);
  /** @param {any} values */
  const resolver = (values) => {
    const open = findings(values).filter(isOpen);
    return open.length === 0 ? { values, errors: {} } : { values: {}, errors: toErrors(open) };
  };
  return Object.assign(resolver, { advice: (/** @type {unknown} */ values) => findings(values).filter(isAdvice) });
}

/**
 * Errors nested as the values are; lists stay lists, as `formState.errors.children[0]` needs.
 *
 * @param {Guidance[]} open
 */
function toErrors(open) {
  /** @type {Record<string | number, any>} */
  const errors = {};
  for (const finding of open) {
    const path = finding.pathArray.length === 0 ? ["root"] : finding.pathArray;
    let here = errors;
    path.forEach((part, index) => {
      const next = path[index + 1];
      if (!Object.hasOwn(here, part)) own(here, part, next === undefined ? {} : typeof next === "number" ? [] : {});
      here = here[part];
    });
    // An error may sit above other errors (a list and an entry of it). The first one for a place stays.
    if (!Object.hasOwn(here, "type")) Object.assign(here, { type: finding.code, message: finding.message, finding });
  }
  return errors;
}

/** Sets an own property whatever its name is: a host's `locate` may hand over any. @param {any} target @param {string | number} key @param {unknown} value */
function own(target, key, value) {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
