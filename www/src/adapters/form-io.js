/**
 * Form.io: a `customValidation` hook in which only what is required fails a submission, and findings at their fields while one writes.
 *
 * @import { Guide } from "../guide.js"
 * @import { Guidance, HostShape } from "./findings.js"
 */
import { findingsOf, isAdvice, isOpen, LEVELS, remembering } from "./findings.js";

/**
 * A message in Form.io's shape. `level` is `error`, `warning` or `info`; only an error makes a field invalid.
 *
 * @typedef {{ path: string, level: string, message: string, external: false, code: string }} FormioMessage
 */

/**
 * What the adapter needs of a Form.io form.
 *
 * @typedef {object} FormioLike
 * @property {any} submission
 * @property {(path: string) => any} getComponent
 * @property {(event: string, handler: (...given: any[]) => void) => unknown} on
 * @property {(event: string, handler: (...given: any[]) => void) => unknown} off
 */

/**
 * @typedef {object} FormioGuidance
 * @property {{ customValidation: (submission: { data: unknown }, next: (errors?: FormioMessage[] | null) => void) => void }} hooks
 *   For the option `hooks` of `Formio.createForm`.
 * @property {(form: FormioLike) => () => void} watch Shows findings at fields that were changed. Gives the way to stop.
 * @property {(data: unknown) => Guidance[]} advice What never fails a submission.
 */

/**
 * Form.io inserts messages as markup, after filling in `{{…}}`. A message may quote the officer, so what is special there is written
 * as character references.
 *
 * @param {string} text
 */
const escape = (text) => text.replace(/[&<>"'{}]/g, (one) => `&#${one.charCodeAt(0)};`);

/**
 * Form.io keeps a submission back while the hook reports errors. A referral can be sent all the same: offer it on `submitError`.
 *
 * Form.io itself evaluates text as code, so its page needs `'unsafe-eval'` for conditions and calculations. The guide does not.
 *
 * @param {Pick<Guide, "check">} guide
 * @param {HostShape} [options]
 * @returns {FormioGuidance}
 *
 * @example
 * const guidance = formioGuidance(guide);
 * const form = await Formio.createForm(element, definition, { hooks: guidance.hooks });
 * const stop = guidance.watch(form);
 */
export function formioGuidance(guide, options = {}) {
  const findings = findingsOf(remembering(guide), options);
  return {
    hooks: {
      customValidation({ data }, next) {
        const open = findings(data).filter(isOpen);
        next(open.length === 0 ? null : open.map(toMessage));
      },
    },
    watch: (form) => watch(form, findings),
    advice: (data) => findings(data).filter(isAdvice),
  };
}

/**
 * @param {FormioLike} form
 * @param {(values: unknown) => Guidance[]} findings
 */
function watch(form, findings) {
  /** Fields that hold something of ours. @type {Set<any>} */
  let shown = new Set();
  const update = () => {
    /** @type {Map<any, FormioMessage[]>} */
    const messages = new Map();
    for (const finding of findings(form.submission?.data)) {
      const component = finding.overridden ? null : form.getComponent(toFormioPath(finding.pathArray));
      // A field that nobody touched stays quiet, and what Form.io itself has to say comes first.
      if (!component || component.pristine || component.errors?.length > 0) continue;
      messages.set(component, [...(messages.get(component) ?? []), toMessage(finding)]);
    }
    for (const component of shown) if (!messages.has(component) && !(component.errors?.length > 0)) component.setCustomValidity([], true);
    for (const [component, list] of messages) component.setCustomValidity(list, true);
    shown = new Set(messages.keys());
  };
  form.on("change", update);
  return () => {
    form.off("change", update);
    for (const component of shown) component.setCustomValidity([], true);
    shown.clear();
  };
}

/** @param {Guidance} finding @returns {FormioMessage} */
const toMessage = ({ pathArray, severity, message, code }) => ({
  path: toFormioPath(pathArray),
  level: LEVELS[severity] ?? "info",
  message: escape(message),
  external: false,
  code,
});

/** ["children", 0, "impact"] as "children[0].impact". @param {(string | number)[]} path */
const toFormioPath = (path) => path.reduce((/** @type {string} */ text, part) => text + (typeof part === "number" ? `[${part}]` : (text && ".") + part), "");
