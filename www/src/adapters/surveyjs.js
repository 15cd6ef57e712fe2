/**
 * SurveyJS (2.3.8 and later): what is required fails a question's validation, the rest shows as SurveyJS's own warnings and notes.
 *
 * @import { Guide } from "../guide.js"
 * @import { Guidance, HostShape } from "./findings.js"
 */
import { findingsOf, isAdvice, isOpen, LEVELS, remembering } from "./findings.js";

/**
 * What the adapter needs of a `SurveyModel`.
 *
 * @typedef {object} SurveyLike
 * @property {any} data
 * @property {(name: string) => any} getQuestionByValueName
 * @property {SurveyEvent} onValidateQuestion
 * @property {SurveyEvent} onValueChanged
 *
 * @typedef {{ add: (handler: (survey: any, options: any) => void) => unknown, remove: (handler: (survey: any, options: any) => void) => unknown }} SurveyEvent
 */

/**
 * @typedef {object} SurveyGuidance
 * @property {() => Guidance[]} findings Every finding on the survey as it stands, those without a question of their own included.
 * @property {() => Guidance[]} advice Those that never fail validation.
 * @property {() => void} detach Takes the guide off the survey.
 */

/**
 * Puts the guide on a survey. With `checkErrorsMode: "onValueChanged"` findings show while the officer writes, else at the next page or the end.
 *
 * SurveyJS shows only the strongest level of a question, so its warnings wait until its errors are gone; `advice()` has them all, for a panel.
 * A survey with an error does not complete; call `survey.doComplete()` when the officer sends it all the same.
 *
 * @param {Pick<Guide, "check">} guide
 * @param {SurveyLike} survey
 * @param {HostShape & { SurveyError?: new (text: string) => { notificationType: string } }} [options]
 *   `SurveyError` is survey-core's class. Without it advice is not shown at questions, only given by `advice()`.
 * @returns {SurveyGuidance}
 *
 * @example
 * import { Model, SurveyError } from "survey-core";
 * const survey = new Model({ ...definition, checkErrorsMode: "onValueChanged", textUpdateMode: "onTyping" });
 * const guidance = surveyGuidance(guide, survey, { SurveyError });
 */
export function surveyGuidance(guide, survey, { SurveyError, ...shape } = {}) {
  const read = findingsOf(remembering(guide), shape);
  const findings = () => read(survey.data);
  /** The questions that SurveyJS has validated, each with what was last said there. @type {Map<any, string>} */
  const said = new Map();
  const at = (/** @type {any} */ question) => findings().filter((finding) => !finding.overridden && questionAt(survey, finding.pathArray) === question);

  /** @param {unknown} _ @param {any} options */
  const validate = (_, options) => {
    const here = at(options.question);
    said.set(options.question, key(here));
    for (const finding of here) {
      if (SurveyError) {
        const error = new SurveyError(finding.message);
        error.notificationType = LEVELS[finding.severity] ?? "info";
        options.errors.push(error);
      } else if (isOpen(finding)) options.error ??= finding.message;
    }
  };
  // A word in one field can settle or raise a finding in another. Fields not yet validated stay quiet.
  const refresh = () => {
    for (const [question, last] of said) {
      if (question.isDisposed) said.delete(question);
      else if (key(at(question)) !== last) question.validate(true);
    }
  };
  survey.onValidateQuestion.add(validate);
  survey.onValueChanged.add(refresh);
  return {
    findings,
    advice: () => findings().filter(isAdvice),
    detach() {
      survey.onValidateQuestion.remove(validate);
      survey.onValueChanged.remove(refresh);
      said.clear();
    },
  };
}

/**
 * The question at a path: through the panels of a dynamic panel and the rows of a matrix, as deep as there are questions.
 *
 * @param {SurveyLike} survey
 * @param {(string | number)[]} path
 */
function questionAt(survey, path) {
  const [top, ...rest] = path;
  if (top === undefined) return null;
  let question = survey.getQuestionByValueName(String(top));
  for (let index = 0; index + 1 < rest.length; index += 2) {
    const group = (question?.panels ?? question?.visibleRows)?.[/** @type {number} */ (rest[index])];
    const name = String(rest[index + 1]);
    const inner = group?.getQuestionByName?.(name) ?? group?.getQuestionByColumnName?.(name);
    if (!inner) break;
    question = inner;
  }
  return question ?? null;
}

/** @param {Guidance[]} findings */
const key = (findings) => JSON.stringify(findings.map(({ code, message }) => [code, message]));
