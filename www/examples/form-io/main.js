import { Formio } from "@formio/js/form";
import "@formio/js/dist/formio.form.min.css";
import { formioGuidance } from "referral-guide/adapters/form-io";
import { start } from "../shared/form.js";
import { guide } from "../shared/guide.js";
import "../shared/page.css";
import { offerToSend, sent, showAdvice } from "../shared/panel.js";

const guidance = formioGuidance(guide, { map: (data) => ({ ...start(), ...data, incident: { ...start().incident, ...data.incident } }) });
const form = await Formio.createForm(
  document.getElementById("form"),
  {
    components: [
      {
        type: "container",
        key: "incident",
        hideLabel: true,
        input: true,
        tree: true,
        components: [{ type: "textarea", key: "narrative", label: "What happened", input: true, rows: 4 }],
      },
      {
        type: "datagrid",
        key: "children",
        label: "Children",
        disableAddingRemovingRows: true,
        input: true,
        tree: true,
        components: [
          { type: "textfield", key: "name", label: "Name", input: true },
          { type: "textarea", key: "impact", label: "What it meant for this child", input: true, rows: 4 },
        ],
      },
      { type: "button", key: "submit", label: "Send", action: "submit", input: true, theme: "primary" },
    ],
  },
  { hooks: guidance.hooks, noAlerts: true },
);
form.nosubmit = true;
guidance.watch(form);
form.on("change", () => showAdvice(guidance.advice(form.submission.data)));
form.on("submit", ({ data }) => sent(data, true));
form.on("submitError", () => offerToSend(() => form.submission.data));
await form.setSubmission({ data: { incident: start().incident, children: start().children } });
