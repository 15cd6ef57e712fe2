import { isOpen } from "referral-guide/adapters/findings";
import { surveyGuidance } from "referral-guide/adapters/surveyjs";
import { Model, SurveyError } from "survey-core";
import "survey-core/survey-core.fontless.css";
import { renderSurvey } from "survey-js-ui";
import { start } from "../shared/form.js";
import { guide } from "../shared/guide.js";
import "../shared/page.css";
import { offerToSend, sent, showAdvice } from "../shared/panel.js";

const survey = new Model({
  checkErrorsMode: "onValueChanged",
  textUpdateMode: "onTyping",
  completeText: "Send",
  showCompletePage: false,
  elements: [
    { type: "comment", name: "narrative", title: "What happened" },
    {
      type: "paneldynamic",
      name: "children",
      title: "Children",
      templateElements: [
        { type: "text", name: "name", title: "Name" },
        { type: "comment", name: "impact", title: "What it meant for this child" },
      ],
    },
  ],
});

// SurveyJS's names are flat; the referral has the account in `incident`.
const { incident, children, ...rest } = start();
const guidance = surveyGuidance(guide, survey, {
  SurveyError,
  map: ({ narrative, children }) => ({ ...rest, incident: { ...incident, narrative }, children }),
  locate: (path) => (path[0] === "incident" ? path.slice(1) : path),
});
survey.data = { narrative: incident.narrative, children };

showAdvice(guidance.advice());
survey.onValueChanged.add(() => showAdvice(guidance.advice()));
survey.onComplete.add(({ data }) => sent(data, !guidance.findings().some(isOpen)));
// Where validation keeps the survey back, the officer may send it all the same.
survey.onValidatePage.add((_, { errors }) => {
  if (errors.some(({ isError }) => isError)) offerToSend(() => survey.data);
});
renderSurvey(survey, document.getElementById("form"));
