/**
 * Standard Schema v1: React Hook Form, TanStack Form and others take the guide as it is.
 *
 * Only open `required` findings fail validation; advice stays advice and travels in `guidance`, an open
 * extension beside `~standard` that carries every finding with severity, code, evidence, why, source and the way
 * to answer it with a reason. docs/guidance-extension.md specifies it for any vendor.
 *
 * @import { Guide } from "../guide.js"
 * @import { Finding, Override } from "../types.js"
 * @import { Guidance, HostShape } from "./findings.js"
 */
import { findingsOf, isOpen, overrideOf } from "./findings.js";

/**
 * What fails validation: the finding, with `path` as Standard Schema has it and `pointer` as the referral has it.
 *
 * @typedef {Omit<Finding, "path"> & { path: (string | number)[], pointer: string }} GuidanceIssue
 */

/**
 * Standard Schema v1 with the `guidance` extension.
 *
 * @typedef {{
 *   "~standard": {
 *     version: 1,
 *     vendor: string,
 *     validate: (value: unknown) => { value: any, issues?: undefined } | { issues: GuidanceIssue[] },
 *   },
 *   guidance: {
 *     version: 1,
 *     findings: (value: unknown) => Guidance[],
 *     override: (finding: Guidance | GuidanceIssue, reason: string) => Override,
 *   },
 * }} StandardGuidance
 */

/**
 * @param {Pick<Guide, "check">} guide
 * @param {HostShape} [options] `map` turns the host's values into a referral, `locate` a place in it into the host's.
 * @returns {StandardGuidance}
 *
 * @example
 * const schema = standardSchema(guide);
 * useForm({ validators: { onChange: schema } }); // TanStack Form
 * schema.guidance.findings(values); // advice included, for a panel beside the form
 */
export function standardSchema(guide, options = {}) {
  const findings = findingsOf(guide, options);
  return {
    "~standard": {
      version: 1,
      vendor: "referral-guide",
      validate(value) {
        const issues = findings(value).filter(isOpen).map(toIssue);
        return issues.length === 0 ? { value } : { issues };
      },
    },
    guidance: { version: 1, findings, override: overrideOf },
  };
}

/** @param {Guidance} finding @returns {GuidanceIssue} */
const toIssue = ({ pathArray, path, ...finding }) => ({ ...finding, path: pathArray, pointer: path });
