import { JsonForms } from "@jsonforms/react";
import { vanillaCells, vanillaRenderers } from "@jsonforms/vanilla-renderers";
import { useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { jsonFormsGuidance } from "referral-guide/adapters/json-forms";
import { schema, start } from "../shared/form.js";
import { guide } from "../shared/guide.js";
import "../shared/page.css";
import { offerToSend, sent, showAdvice } from "../shared/panel.js";

const read = jsonFormsGuidance(guide);
const area = (scope) => ({ type: "Control", scope, options: { multi: true } });
const layout = {
  type: "VerticalLayout",
  elements: [
    area("#/properties/incident/properties/narrative"),
    {
      type: "Control",
      scope: "#/properties/children",
      options: { detail: { type: "VerticalLayout", elements: [{ type: "Control", scope: "#/properties/name" }, area("#/properties/impact")] } },
    },
  ],
};

function Referral() {
  const [data, setData] = useState(start);
  const [errors, setErrors] = useState([]);
  const { additionalErrors, advice } = useMemo(() => read(data), [data]);
  useEffect(() => showAdvice(advice), [advice]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // JSON Forms leaves sending to the page. The errors that it reports are those of the schema alone.
        if (errors.length + additionalErrors.length === 0) sent(data, true);
        else offerToSend(() => data);
      }}
    >
      <JsonForms
        schema={schema}
        uischema={layout}
        data={data}
        renderers={vanillaRenderers}
        cells={vanillaCells}
        additionalErrors={additionalErrors}
        onChange={(now) => {
          setData(now.data);
          setErrors(now.errors);
        }}
      />
      <button>Send</button>
    </form>
  );
}

createRoot(document.getElementById("form")).render(<Referral />);
