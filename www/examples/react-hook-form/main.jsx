import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { useFieldArray, useForm } from "react-hook-form";
import { guidanceResolver } from "referral-guide/adapters/react-hook-form";
import { start } from "../shared/form.js";
import { guide } from "../shared/guide.js";
import "../shared/page.css";
import { offerToSend, sent, showAdvice } from "../shared/panel.js";

const resolver = guidanceResolver(guide);

function Referral() {
  const { control, formState, getValues, handleSubmit, register, watch } = useForm({ defaultValues: start(), mode: "onChange", resolver });
  const { fields } = useFieldArray({ control, name: "children", keyName: "key" });
  const values = watch();
  useEffect(() => showAdvice(resolver.advice(values)));
  return (
    <form
      noValidate
      onSubmit={handleSubmit(
        (valid) => sent(valid, true),
        () => offerToSend(getValues),
      )}
    >
      <Field label="What happened" name="incident.narrative" error={formState.errors.incident?.narrative} register={register} />
      {fields.map(({ key, name }, index) => (
        <Field
          key={key}
          label={`What it meant for ${name}`}
          name={`children.${index}.impact`}
          error={formState.errors.children?.[index]?.impact}
          register={register}
        />
      ))}
      {formState.errors.root && <p role="alert">{formState.errors.root.message}</p>}
      <button>Send</button>
    </form>
  );
}

function Field({ label, name, error, register }) {
  const id = name.replaceAll(".", "-");
  return (
    <p>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={4} aria-invalid={Boolean(error)} aria-describedby={error && `${id}-error`} {...register(name)} />
      {error && (
        <span id={`${id}-error`} role="alert">
          {error.message}
        </span>
      )}
    </p>
  );
}

createRoot(document.getElementById("form")).render(<Referral />);
