/**
 * AJV-style error objects, which most JSON-Schema builders take (RJSF, JSON Forms, VueForm, uniforms), and the guide as an AJV keyword.
 *
 * @import { Guide } from "../guide.js"
 * @import { Guidance, HostShape } from "./findings.js"
 */
import { toPointer } from "../pointer.js";
import { findingsOf, isAdvice, isOpen } from "./findings.js";

/** The name of the keyword in schemas and errors. */
export const KEYWORD = "referralGuide";

/**
 * The shape of AJV 8's `ErrorObject`. `params` carries what the finding says beyond its message.
 *
 * @typedef {object} GuidanceErrorObject
 * @property {typeof KEYWORD} keyword
 * @property {string} instancePath JSON Pointer into the host's data.
 * @property {string} schemaPath
 * @property {Omit<Guidance, "message">} params
 * @property {string} message
 */

/**
 * @param {Pick<Guide, "check">} guide
 * @param {HostShape} [options]
 * @returns {{ errors: (data: unknown) => GuidanceErrorObject[], advice: (data: unknown) => Guidance[] }}
 *   `errors` holds what is required and open, `advice` the rest.
 *
 * @example
 * const { errors, advice } = ajvErrors(guide);
 * const all = [...(validate.errors ?? []), ...errors(data)];
 */
export function ajvErrors(guide, options = {}) {
  const findings = findingsOf(guide, options);
  return {
    errors: (data) => findings(data).filter(isOpen).map(toErrorObject),
    advice: (data) => findings(data).filter(isAdvice),
  };
}

/**
 * The guide as a keyword: a schema with `"referralGuide": true` at its root then validates by it, in AJV and in whatever runs AJV.
 *
 * @param {Pick<Guide, "check">} guide
 * @param {HostShape} [options]
 *
 * @example
 * const ajv = new Ajv({ allErrors: true, keywords: [ajvKeyword(guide)] });
 * const validate = ajv.compile({ ...schema, referralGuide: true });
 *
 * @example
 * // React JSON Schema Form
 * const validator = customizeValidator({ ajvOptionsOverrides: { keywords: [ajvKeyword(guide)] } });
 */
export function ajvKeyword(guide, options = {}) {
  const { errors } = ajvErrors(guide, options);
  /**
   * AJV reads the errors of a keyword from the function that validated.
   *
   * @type {((on: boolean, data: unknown) => boolean) & { errors?: GuidanceErrorObject[] }}
   */
  const validate = (on, data) => {
    validate.errors = on ? errors(data) : [];
    return validate.errors.length === 0;
  };
  // "full": the errors are complete, so AJV does not write its own places over theirs.
  return { keyword: KEYWORD, schemaType: /** @type {const} */ ("boolean"), errors: /** @type {const} */ ("full"), validate };
}

/**
 * A finding in AJV's shape.
 *
 * @param {Guidance} finding
 * @returns {GuidanceErrorObject}
 */
export function toErrorObject({ message, ...params }) {
  return { keyword: KEYWORD, instancePath: toPointer(params.pathArray), schemaPath: `#/${KEYWORD}`, params, message };
}
