import Form from "@rjsf/core";
import { customizeValidator } from "@rjsf/validator-ajv8";
import { createRoot } from "react-dom/client";
import { ajvErrors, ajvKeyword } from "referral-guide/adapters/ajv";
import { schema, start } from "../shared/form.js";
import { guide } from "../shared/guide.js";
import "../shared/page.css";
import { offerToSend, sent, showAdvice } from "../shared/panel.js";

const validator = customizeValidator({ ajvOptionsOverrides: { keywords: [ajvKeyword(guide)] } });
const { advice } = ajvErrors(guide);
const area = { "ui:widget": "textarea", "ui:options": { rows: 4 } };

let data = start();
showAdvice(advice(data));
createRoot(document.getElementById("form")).render(
  <Form
    schema={{ ...schema, referralGuide: true }}
    uiSchema={{ incident: { narrative: area }, children: { "ui:options": { addable: false, orderable: false, removable: false }, items: { impact: area } } }}
    formData={data}
    validator={validator}
    liveValidate
    showErrorList={false}
    onChange={({ formData }) => showAdvice(advice((data = formData)))}
    onSubmit={({ formData }) => sent(formData, true)}
    onError={() => offerToSend(() => data)}
  >
    <button>Send</button>
  </Form>,
);
