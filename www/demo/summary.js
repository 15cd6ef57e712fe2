// What is open once Submit was pressed, as GOV.UK's error summary does it. Sending stays one press away.

import { every, h } from "./dom.js";
import { goTo, targetFor } from "./go-to.js";

/** @typedef {import("../src/types.js").Finding} Finding */

/** @param {Finding} finding */
function link(finding) {
  const follow = (/** @type {Event} */ event) => {
    event.preventDefault();
    goTo(finding.path);
  };
  const href = `#${targetFor(finding.path)?.id || "main"}`;
  const data = { "data-open-code": finding.code, "data-open-for": finding.path, "data-severity": finding.severity };
  return h("a", { href, class: "said", ...data, on: { click: follow } }, finding.message);
}

/** @param {Finding} finding @param {number} at */
function withReason(finding, at) {
  const id = `reason-${at}`;
  return h(
    "li",
    {},
    link(finding),
    h("label", { for: id, class: "summary__label" }, "Or say why it stays open", h("span", { class: "sr-only" }, `: ${finding.message}`)),
    h("textarea", { id, class: "govuk-textarea", rows: "1", "data-reason-code": finding.code, "data-reason-path": finding.path }),
  );
}

/**
 * Shows the summary and gives it the focus.
 *
 * @param {HTMLElement} place
 * @param {Finding[]} needed   open findings of severity `required`: each takes a reason
 * @param {Finding[]} warned   the warnings
 * @param {() => void} send
 * @returns {string} its heading
 */
export function showSummary(place, needed, warned, send) {
  const heading = needed.length
    ? `Before you send: ${needed.length === 1 ? "one thing is" : `${needed.length} things are`} missing`
    : "Before you send: please check";
  const list = (/** @type {HTMLElement[]} */ items) => h("ul", { class: "govuk-list govuk-error-summary__list" }, items);
  const summary = h(
    "div",
    { id: "summary", class: "govuk-error-summary summary", tabindex: "-1", role: "group", "aria-labelledby": "summary-title" },
    h("h2", { id: "summary-title", class: "govuk-error-summary__title" }, heading),
    h(
      "div",
      { class: "govuk-error-summary__body" },
      needed.length > 0 && list(needed.map(withReason)),
      warned.length > 0 && needed.length > 0 && h("h3", { class: "govuk-heading-s" }, "Also worth checking"),
      warned.length > 0 && list(warned.map((finding) => h("li", {}, link(finding)))),
      h("p", {}, "Urgent? Send it now. What is open can be added later."),
      h("div", { class: "summary__send" }, h("button", { type: "button", class: "govuk-button", id: "send", on: { click: () => send() } }, "Send it now")),
    ),
  );
  place.replaceChildren(summary);
  summary.focus();
  summary.scrollIntoView({ block: "start" });
  return heading;
}

/** The reasons that were given in the summary. */
export const reasonsGiven = () =>
  every(document, "[data-reason-code]").map((box) => ({
    code: box.dataset.reasonCode ?? "",
    path: box.dataset.reasonPath ?? "",
    reason: /** @type {HTMLTextAreaElement} */ (box).value.trim(),
  }));
