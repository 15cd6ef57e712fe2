// The panel that says in words which level the text reads as, what shows it, and what else could help.

import { h, reconcile, setText, within } from "./dom.js";
import { quotes, signOf } from "./quotes.js";

/** @typedef {import("../src/types.js").Report} Report */
/** @typedef {import("../src/types.js").ThresholdReport} Threshold */
/** @typedef {import("./form-model.js").Form} Form */

/** @type {Record<import("../src/types.js").Likely, string>} */
const LIKELY = {
  "significant-harm": "This reads as significant harm.",
  meets: "This reads as a child in need.",
  below: "This reads as below the referral threshold.",
  uncertain: "Not enough is written to tell the level yet.",
};

/** Where the law has other words for it. @type {Record<string, string>} */
const BY_ROUTE = {
  "child-at-risk": "This reads as a child at risk.",
  "care-and-support": "This reads as a child with care and support needs.",
};

/** What each way on means, by the names that the policies give them. @type {Record<string, string>} */
const ROUTES = {
  "section-47": "Section 47: children’s social care and police make enquiries together. Phone now; the form can follow.",
  "section-17": "Section 17: children’s social care would assess.",
  "early-help": "Early help may fit better. If you know more, add it.",
  universal: "Universal services may fit better. If you know more, add it.",
  "child-at-risk": "In Wales it must be reported to the local authority. Phone now; the form can follow.",
  "care-and-support": "In Wales social services would assess.",
};

/** @returns {HTMLElement} */
export function buildThreshold() {
  return h(
    "section",
    { id: "threshold", class: "threshold", "data-threshold": true, "aria-labelledby": "threshold-title" },
    h("h2", { id: "threshold-title" }, "Level of need"),
    h("p", { class: "threshold__likely" }),
    h("p", { class: "threshold__local said" }),
    h("p", { class: "threshold__means" }),
    h("ul", { class: "threshold__indicators" }),
    h("details", { class: "why threshold__rest", hidden: true }, h("summary", {}, "What else was read"), h("ul", { class: "threshold__indicators" })),
    h("div", { class: "guide", "data-slot": "threshold" }),
    h("p", { class: "threshold__note" }),
  );
}

/** Ava, child 2 @param {Form} form @param {string[]} ids */
function names(form, ids) {
  return ids
    .map((id) => {
      const index = (form.children ?? []).findIndex((/** @type {any} */ child) => child.id === id);
      return index < 0 ? "" : (form.children[index].name ?? "").trim() || `child ${index + 1}`;
    })
    .filter(Boolean)
    .join(", ");
}

/** @param {Form} form @param {Threshold["indicators"][number]} found */
function indicator(form, found) {
  const name = found.name || found.indicator.replaceAll("-", " ");
  const who = names(form, found.childIds);
  return {
    key: found.indicator,
    sign: JSON.stringify([name, who, found.level, found.doubt, found.source, signOf(form, found.evidence)]),
    make: () =>
      h(
        "li",
        { class: "indicator", "data-indicator": found.indicator, "data-level": found.level },
        h(
          "p",
          { class: "indicator__name" },
          found.doubt && "Not explained yet: ",
          h("strong", {}, name.charAt(0).toUpperCase() + name.slice(1)),
          who && ` (${who})`,
        ),
        h("ul", { class: "quotes" }, quotes(form, found.evidence, 3)),
        found.source && h("p", { class: "source" }, found.source),
      ),
  };
}

/**
 * @param {HTMLElement | null} panel
 * @param {Form} form
 * @param {Report | null} report
 * @param {boolean} speak whether the officer has begun, and wants to hear
 * @param {string} silence what stands there instead
 */
export function showThreshold(panel, form, report, speak, silence) {
  if (!panel) return;
  const threshold = speak ? report?.threshold : undefined;
  const say = (/** @type {string} */ part, /** @type {string} */ text) => {
    const line = within(panel, `.threshold__${part}`);
    setText(line, text);
    line.hidden = text === "";
  };
  panel.dataset.likely = threshold?.likely ?? "";
  say("likely", threshold ? (BY_ROUTE[threshold.route ?? ""] ?? LIKELY[threshold.likely]) : silence);
  say("local", threshold?.localLevel ?? "");
  say("means", !threshold ? "" : threshold.likely === "uncertain" ? "Send it now if it is urgent." : (ROUTES[threshold.route ?? ""] ?? ""));
  // What carries the level first; what speaks for a lower one is there for who asks.
  const found = threshold?.indicators ?? [];
  const least = threshold?.likely === "significant-harm" ? 4 : threshold?.likely === "meets" || found.some(({ doubt }) => doubt) ? 3 : 0;
  const carrying = found.filter(({ level }) => level >= least);
  const others = found.filter(({ level }) => level < least);
  const rest = within(panel, ".threshold__rest");
  reconcile(
    within(panel, ".threshold__indicators"),
    carrying.map((one) => indicator(form, one)),
  );
  reconcile(
    within(rest, "ul"),
    others.map((one) => indicator(form, one)),
  );
  rest.hidden = others.length === 0;
  say("note", threshold ? "Levels are the partnership’s words, not a score. Your judgement stands." : "");
}
