// The officer's own words, quoted where guidance speaks of them.

import { button, h } from "./dom.js";
import { getAt } from "./form-model.js";
import { goTo } from "./go-to.js";

/** @typedef {import("../src/types.js").Evidence} Evidence */
/** @typedef {import("./form-model.js").Form} Form */

/** The word that stands for a severity. @type {Record<import("../src/types.js").Severity, string>} */
export const TAGS = { required: "Needed", warning: "Check", prompt: "Worth a look", info: "Note" };

/** The officer's words that evidence points at. @param {Form} form @param {Evidence} evidence @returns {string} */
export const quoteOf = (form, evidence) => {
  const text = getAt(form, evidence.path);
  return typeof text === "string" ? text.slice(evidence.start, evidence.end) : "";
};

/** Changes when the places or the words of some evidence do. @param {Form} form @param {Evidence[]} list */
export const signOf = (form, list) => list.map((at) => [at.path, at.start, at.end, quoteOf(form, at)]);

/** @param {string} text */
const inOneLine = (text) => text.replace(/\s+/g, " ").trim();

/** Quotes as a list, each with a way to its place. @param {Form} form @param {Evidence[]} list */
export function quotes(form, list, most = 4) {
  const seen = new Set();
  return list
    .map((evidence) => ({ ...evidence, quote: quoteOf(form, evidence) }))
    .filter(({ path, start, end, quote }) => {
      const key = `${path} ${start} ${end}`;
      if (!quote.trim() || seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, most)
    .map(({ path, start, end, quote }) =>
      h(
        "li",
        { class: "quote" },
        h("q", {}, inOneLine(quote)),
        " ",
        button("Show me", { class: "link govuk-link", "data-show": path, on: { click: () => goTo(path, { start, end, quote }) } }, `“${inOneLine(quote)}”`),
      ),
    );
}
