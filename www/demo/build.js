// Builds a form from the table in forms.js. Values are put in afterwards by form-model.js, guidance by guidance.js.

import { button, h, idFor } from "./dom.js";
import { getAt } from "./form-model.js";
import { FORMS, QUESTION_GROUPS, QUESTIONS } from "./forms.js";

/** @typedef {import("./forms.js").Field} Field */
/** @typedef {import("./forms.js").Repeat} Repeat */
/** @typedef {import("./form-model.js").Form} Form */

/**
 * What the buttons of a form do.
 *
 * @typedef {object} Actions
 * @property {(field: Repeat) => void} add
 * @property {(field: Repeat, index: number) => void} remove
 * @property {(pointer: string) => HTMLElement | null} [undoIn] what brings back the last item taken out of a list
 */

/** Where findings for a pointer are shown. @param {string} pointer */
const guideSlot = (pointer, extra = "") => h("div", { class: `guide ${extra}`.trim(), id: `${idFor(pointer)}-guide`, "data-slot": pointer });

/**
 * The sections of a form, ready for values.
 *
 * @param {import("./forms.js").FormType} formType
 * @param {Form} form  says how many items each list has
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function buildSections(formType, form, actions) {
  return FORMS[formType].sections.map((section) =>
    h(
      "section",
      { class: "section", id: `section-${section.id}`, "data-section": section.id, "aria-labelledby": `title-${section.id}` },
      h("h2", { id: `title-${section.id}`, class: "section__title govuk-heading-m", tabindex: "-1" }, section.title),
      section.intro && h("p", { class: "govuk-hint" }, section.intro),
      h(
        "div",
        { class: "fields" },
        section.items.map((item) => buildItem(item, form, actions)),
      ),
      section.slot && guideSlot(section.slot),
    ),
  );
}

/** Where everything ends: what concerns the whole form, and Submit, which is never off. */
export const buildSend = () =>
  h(
    "div",
    { class: "send" },
    guideSlot(""),
    h("button", { type: "submit", class: "govuk-button", id: "submit" }, "Submit"),
    h("p", { class: "govuk-hint" }, "You can always send. If something is open, you see it first."),
  );

/** @param {import("./forms.js").Item} item @param {Form} form @param {Actions} actions */
function buildItem(item, form, actions) {
  if ("grid" in item) return buildDash();
  if ("repeat" in item) return buildRepeat(item, form, actions);
  return buildField(item, item.at);
}

/** A list of cards with its "Add" button. @param {Repeat} field @param {Form} form @param {Actions} actions */
export function buildRepeat(field, form, actions) {
  const list = getAt(form, field.repeat);
  const count = Array.isArray(list) ? list.length : 0;
  return h(
    "div",
    { class: "repeat", "data-repeat": field.repeat },
    guideSlot(field.repeat),
    Array.from({ length: count }, (_, index) => buildCard(field, list[index], index, actions)),
    actions.undoIn?.(field.repeat),
    button(`Add ${count ? "another" : field.noun.match(/^[aeiou]/) ? "an" : "a"} ${field.noun}`, {
      class: "govuk-button govuk-button--secondary",
      id: `${idFor(field.repeat)}-add`,
      "data-add": field.repeat,
      on: { click: () => actions.add(field) },
    }),
  );
}

/** "Child 1: Ava" @param {Repeat} field @param {Form | undefined} value @param {number} index */
export function cardTitle(field, value, index) {
  const noun = field.noun.charAt(0).toUpperCase() + field.noun.slice(1);
  const name = typeof value?.name === "string" ? value.name.trim() : "";
  return `${noun} ${index + 1}${name ? `: ${name}` : ""}`;
}

/** @param {Repeat} field @param {Form | undefined} value @param {number} index @param {Actions} actions */
function buildCard(field, value, index, actions) {
  const pointer = `${field.repeat}/${index}`;
  const id = idFor(pointer);
  return h(
    "section",
    {
      class: "card",
      "data-card": pointer,
      "data-section": `${field.key}:${value?.id ?? index}`,
      "aria-labelledby": `${id}-title`,
    },
    h(
      "div",
      { class: "card__head" },
      h("h3", { id: `${id}-title`, class: "card__title govuk-heading-s", tabindex: "-1", "data-title": pointer }, cardTitle(field, value, index)),
      button("Remove", { class: "link govuk-link", "data-remove": pointer, on: { click: () => actions.remove(field, index) } }, `${field.noun} ${index + 1}`),
    ),
    guideSlot(pointer),
    h(
      "div",
      { class: "fields" },
      field.items.map((item) => buildField(item, `${pointer}/${item.at}`)),
    ),
  );
}

/** @param {string} pointer @param {Field} field */
function described(pointer, field) {
  return [field.hint && `${idFor(pointer)}-hint`, `${idFor(pointer)}-guide`].filter(Boolean).join(" ");
}

/** @param {Field} field @param {string} pointer */
function buildField(field, pointer) {
  const id = idFor(pointer);
  const common = { id, name: id, "data-path": pointer, "aria-describedby": described(pointer, field) };
  const label = h("label", { for: id, class: "govuk-label label" }, field.label);
  const hint = field.hint && h("p", { class: "govuk-hint", id: `${id}-hint` }, field.hint);
  const wrap = (/** @type {import("./dom.js").Child[]} */ ...inside) =>
    h("div", { class: `field field--${field.kind}${field.half ? " field--half" : ""}`, "data-field": pointer }, ...inside, guideSlot(pointer));
  switch (field.kind) {
    case "textarea": {
      const area = h("textarea", { ...common, rows: field.rows, class: "govuk-textarea marked__text" });
      const marked = h("div", { class: "marked" }, area);
      return wrap(label, hint, marked, h("p", { class: "marked__key", "data-key-for": pointer }), field.impact && buildImpact(pointer));
    }
    case "select":
      return wrap(
        label,
        hint,
        h(
          "select",
          { ...common, class: "govuk-select" },
          h("option", { value: "" }, "Choose"),
          field.options?.map(([value, text]) => h("option", { value }, text)) ?? [],
        ),
      );
    case "check":
      return wrap(
        h(
          "div",
          { class: "govuk-checkboxes" },
          h(
            "div",
            { class: "govuk-checkboxes__item" },
            h("input", { ...common, type: "checkbox", class: "govuk-checkboxes__input" }),
            h("label", { for: id, class: "govuk-label govuk-checkboxes__label" }, field.label),
          ),
        ),
      );
    case "radios":
      return wrap(
        h(
          "fieldset",
          { class: "govuk-fieldset", "aria-describedby": described(pointer, field), id: `${id}-group` },
          h("legend", { class: "govuk-fieldset__legend label" }, field.label),
          hint,
          h(
            "div",
            { class: `govuk-radios${field.inline ? " govuk-radios--inline" : ""}` },
            (field.options ?? []).map(([value, text], at) => {
              const own = at ? `${id}-${at}` : id;
              const radio = { type: "radio", class: "govuk-radios__input", id: own, name: id, value, "data-path": pointer, "data-type": field.type };
              return h("div", { class: "govuk-radios__item" }, h("input", radio), h("label", { for: own, class: "govuk-label govuk-radios__label" }, text));
            }),
          ),
        ),
      );
    default: {
      const type = field.kind === "date" ? "date" : field.kind === "datetime" ? "datetime-local" : "text";
      return wrap(
        label,
        hint,
        h("input", {
          ...common,
          type,
          class: `govuk-input input--${field.kind}`,
          inputmode: field.kind === "number" ? "numeric" : undefined,
          "data-type": field.kind === "number" || field.kind === "list" ? field.kind : undefined,
        }),
      );
    }
  }
}

/** The status line under an impact box. @param {string} pointer */
function buildImpact(pointer) {
  const id = idFor(pointer);
  return h(
    "div",
    { class: "impact", "data-impact": pointer },
    h(
      "div",
      { role: "status", "aria-live": "polite", "aria-atomic": "false", "aria-relevant": "additions text", id: `${id}-status`, class: "impact__status" },
      h("p", { class: "impact__line" }),
      h("ul", { class: "impact__ask", "aria-label": "Questions that would help", hidden: true }),
    ),
    h(
      "div",
      { class: "impact__more" },
      h("details", { class: "why impact__why", hidden: true }, h("summary", {}, "Why"), h("p", { class: "impact__reason said" }), h("p", { class: "source" })),
      h("details", { class: "why impact__read", hidden: true }, h("summary", {}, "What was read"), h("ul", { class: "quotes" })),
    ),
  );
}

/** 27 rows of yes, no, not known. */
function buildDash() {
  const rows = [];
  for (const [at, question] of QUESTIONS.entries()) {
    const group = QUESTION_GROUPS[question.key];
    if (group) rows.push(h("h3", { class: "dash__group govuk-heading-s" }, group));
    rows.push(buildRow(question, at));
  }
  return h(
    "div",
    { class: "dash", "data-dash": true },
    h(
      "div",
      { class: "dash__head" },
      h("p", { class: "dash__count", id: "dash-count" }),
      button("Next unanswered", { class: "link govuk-link", id: "dash-next" }),
    ),
    rows,
    guideSlot("/dash/answers"),
  );
}

/** @param {typeof QUESTIONS[number]} question @param {number} at */
function buildRow({ key, label, words }, at) {
  const pointer = `/dash/answers/${key}`;
  const id = idFor(pointer);
  const always = key === "q3";
  const note = h(
    "div",
    { class: "row__note", hidden: !always, "data-note": pointer },
    h("label", { for: `${id}-detail`, class: "row__notelabel" }, words),
    h("input", {
      type: "text",
      class: "govuk-input",
      id: `${id}-detail`,
      name: `${id}-detail`,
      "data-path": `${pointer}/detail`,
      "aria-describedby": `${id}-label`,
    }),
    h("div", { class: "guide", id: `${id}-detail-guide`, "data-slot": `${pointer}/detail` }),
  );
  return h(
    "div",
    { class: "row", "data-row": pointer },
    h(
      "div",
      { class: "row__main" },
      h("p", { class: "row__label", id: `${id}-label` }, h("span", { class: "row__number" }, String(at + 1)), " ", h("span", {}, label)),
      h(
        "div",
        { class: "row__choices", role: "radiogroup", "aria-labelledby": `${id}-label`, "aria-describedby": `${id}-guide` },
        [
          ["yes", "Yes"],
          ["no", "No"],
          ["unknown", "Not known"],
        ].map(([value, text], choice) =>
          h(
            "label",
            { class: "choice choice--row" },
            h("input", { type: "radio", id: choice ? `${id}-${value}` : id, name: id, value, "data-path": `${pointer}/answer` }),
            h("span", {}, text),
          ),
        ),
      ),
      !always &&
        button(
          "Note",
          { class: "link govuk-link row__more", "aria-expanded": "false", "aria-controls": `${id}-notebox`, "data-note-for": pointer },
          `on question ${at + 1}`,
        ),
    ),
    Object.assign(note, { id: `${id}-notebox` }),
    guideSlot(pointer),
  );
}

/** What a pointer is called on the page, for "Go to" links. @param {string} pointer @returns {string} */
export function nameOf(pointer) {
  const question = /^\/dash\/answers\/(q\d+)/.exec(pointer);
  if (question) return `question ${question[1]?.slice(1)}`;
  const element = document.getElementById(idFor(pointer));
  const field = element?.closest("[data-field]");
  const label = field?.querySelector(".label")?.textContent;
  const card = element?.closest("[data-card]")?.querySelector(".card__title")?.textContent;
  if (label) return card ? `“${label}”, ${card}` : `“${label}”`;
  const here = document.querySelector(`[data-repeat="${CSS.escape(pointer)}"]`) ?? document.querySelector(`[data-card="${CSS.escape(pointer)}"]`);
  return here?.closest("[data-section]")?.querySelector(".section__title, .card__title")?.textContent ?? "the field";
}
