/**
 * What every adapter starts from: a host's values in, findings out, each with its place in the host's own values.
 *
 * @import { Guide } from "../guide.js"
 * @import { Finding, Override } from "../types.js"
 */
import { toPathArray } from "../pointer.js";

/**
 * A finding as the `guidance` extension carries it (docs/guidance-extension.md).
 *
 * `path` is the JSON Pointer into the referral, by which an override names it; `pathArray` is the same place in the host's values.
 *
 * @typedef {Finding & { pathArray: (string | number)[] }} Guidance
 */

/**
 * How a host's values differ from a referral. Both are left out where the form's names are the referral's own.
 *
 * @typedef {object} HostShape
 * @property {(values: any) => Record<string, unknown>} [map] Turns the host's values into a referral. It must not change them.
 * @property {(path: (string | number)[]) => (string | number)[]} [locate]
 *   The other way for places: from a path in the referral to the host's.
 */

/**
 * A function from a host's values to all findings, in the guide's order. Synchronous, and it throws only where `map` or `locate` does.
 *
 * @param {Pick<Guide, "check">} guide
 * @param {HostShape} [shape]
 * @returns {(values: unknown) => Guidance[]}
 *
 * @example
 * const findings = findingsOf(guide, { map: ({ kids, ...rest }) => ({ ...rest, children: kids }), locate: ([top, ...rest]) => [top === "children" ? "kids" : top, ...rest] });
 */
export function findingsOf(guide, { map, locate } = {}) {
  return (values) =>
    guide.check(/** @type {any} */ (map ? map(values) : values)).findings.map((finding) => {
      const path = toPathArray(finding.path);
      return { ...finding, pathArray: locate ? locate(path) : path };
    });
}

/**
 * A guide that keeps its last answer: builders ask about one field at a time, the guide reads the whole form.
 *
 * @param {Pick<Guide, "check">} guide
 * @returns {Pick<Guide, "check">}
 */
export function remembering(guide) {
  /** @type {string | undefined} */
  let key;
  /** @type {ReturnType<Guide["check"]>} */
  let report;
  return {
    check(form) {
      let now;
      try {
        now = JSON.stringify(form);
      } catch {
        return guide.check(form);
      }
      if (now === undefined || now !== key) {
        report = guide.check(form);
        // A guide that could not answer is asked again: the next engine may.
        key = report.findings.some(({ code }) => code === "guide.unavailable") ? undefined : now;
      }
      return report;
    },
  };
}

/**
 * Severities as builders that have errors, warnings and notes call them.
 *
 * @type {Record<string, "error" | "warning" | "info">}
 */
export const LEVELS = { required: "error", warning: "warning", prompt: "info", info: "info" };

/**
 * Does it fail validation? Only what is required and not answered with a reason does.
 *
 * @param {Pick<Finding, "severity" | "overridden">} finding
 */
export const isOpen = ({ severity, overridden }) => severity === "required" && !overridden;

/**
 * Is it advice: worth showing, and never a reason to fail?
 *
 * @param {Pick<Finding, "severity" | "overridden">} finding
 */
export const isAdvice = ({ severity, overridden }) => severity !== "required" && !overridden;

/**
 * The override that answers a finding, for the referral's `overrides`.
 *
 * @param {{ code: string, path: string | readonly unknown[], pointer?: string }} finding A finding, or an issue of `~standard`.
 * @param {string} reason The officer's own words.
 * @returns {Override}
 *
 * @example
 * referral.overrides = [...(referral.overrides ?? []), overrideOf(finding, "Ava was asleep at her aunt's; not seen yet.")];
 */
export function overrideOf({ code, path, pointer }, reason) {
  return { code, path: pointer ?? String(path), reason };
}
