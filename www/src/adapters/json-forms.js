/**
 * JSON Forms: what is required as `additionalErrors`, so that it shows at its control; the rest as advice.
 *
 * @import { Guide } from "../guide.js"
 * @import { GuidanceErrorObject } from "./ajv.js"
 * @import { Guidance, HostShape } from "./findings.js"
 */
import { toErrorObject } from "./ajv.js";
import { findingsOf, isAdvice, isOpen } from "./findings.js";

/**
 * JSON Forms shows every error alike and knows no warnings (3.8), so advice is not among its errors: show it in a panel of your own.
 *
 * @param {Pick<Guide, "check">} guide
 * @param {HostShape} [options]
 * @returns {(data: unknown) => { additionalErrors: GuidanceErrorObject[], advice: Guidance[] }}
 *   Keep the result of one `data` while it lasts (`useMemo`): JSON Forms takes a new list for a change.
 *
 * @example
 * const read = jsonFormsGuidance(guide);
 * const { additionalErrors, advice } = useMemo(() => read(data), [data]);
 * <JsonForms data={data} additionalErrors={additionalErrors} onChange={({ data }) => setData(data)} {...rest} />
 */
export function jsonFormsGuidance(guide, options = {}) {
  const read = findingsOf(guide, options);
  return (data) => {
    const findings = read(data);
    return { additionalErrors: findings.filter(isOpen).map(toErrorObject), advice: findings.filter(isAdvice) };
  };
}
