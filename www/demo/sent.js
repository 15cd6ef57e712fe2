// What stands there once the form was sent: in the demo nothing goes anywhere.

import { button, h } from "./dom.js";

/**
 * @param {HTMLElement} place
 * @param {import("./form-model.js").Form} form
 * @param {boolean} complete whether nothing required was open
 * @param {() => void} back
 */
export function showSent(place, form, complete, back) {
  const sent = h(
    "section",
    { id: "sent", class: "sent", tabindex: "-1", "aria-labelledby": "sent-title", "data-complete": String(complete) },
    h("h2", { id: "sent-title" }, "Sent"),
    h(
      "p",
      {},
      complete ? "A real form would now go to the safeguarding team." : "A real form would now go to the safeguarding team, with what is still open marked.",
    ),
    h("p", {}, "This is a demo: nothing left this page."),
    h(
      "details",
      { class: "why" },
      h("summary", {}, "What a form would hand over"),
      h("pre", { id: "sent-json", tabindex: "0", "aria-label": "The form as JSON" }, JSON.stringify(form, null, 2)),
    ),
    button("Back to the form", { class: "govuk-button govuk-button--secondary", id: "back", on: { click: back } }),
  );
  place.replaceChildren(sent);
  sent.focus();
}
