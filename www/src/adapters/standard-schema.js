/**
 * Standard Schema v1: React Hook Form, TanStack Form and others take the guide as it is.
 *
 * Only open `required` findings fail validation; advice stays advice and travels in `guidance`, an open
 * extension beside `~standard` that carries every finding with severity, code, evidence, why, source.
 *
 * @import { Guide } from "../guide.js"
 * @import { Report, Finding } from "../types.js"
 */
import { toPathArray } from "../pointer.js";

/**
 * @typedef {Finding & { pathArray: (string | number)[] }} Guidance
 */

/**
 * @param {Guide} guide
 * @param {{ map?: (value: any) => Record<string, unknown> }} [options] `map` turns the host's values into a referral.
 */
export function standardSchema(guide, options = {}) {
  const read = (/** @type {unknown} */ value) => guide.check(/** @type {any} */ (options.map ? options.map(value) : value));
  return {
    "~standard": {
      version: /** @type {const} */ (1),
      vendor: "referral-guide",
      /** @param {unknown} value */
      validate(value) {
        const issues = issuesOf(read(value));
        return issues.length === 0 ? { value } : { issues };
      },
    },
    guidance: {
      version: /** @type {const} */ (1),
      /** Every finding, advice included. @param {unknown} value @returns {Guidance[]} */
      findings: (value) => read(value).findings.map((finding) => ({ ...finding, pathArray: toPathArray(finding.path) })),
    },
  };
}

/** @param {Report} report */
function issuesOf(report) {
  return report.findings
    .filter((finding) => finding.severity === "required" && !finding.overridden)
    .map((finding) => ({ ...finding, path: toPathArray(finding.path) }));
}
