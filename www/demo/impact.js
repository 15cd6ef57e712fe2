// The status line under each impact box: what is covered, and at most two questions.

import { every, h, reconcile, setText, within } from "./dom.js";
import { TAGS, quotes, signOf } from "./quotes.js";

/** @typedef {import("../src/types.js").Report} Report */
/** @typedef {import("../src/types.js").Finding} Finding */
/** @typedef {import("./form-model.js").Form} Form */

/** @type {[facet: string, say: (who: string) => string][]} */
const FACETS = [
  ["presentation", (who) => `how ${who} looked and behaved`],
  ["voice", (who) => `what ${who} said`],
  ["physical", () => "body and health"],
  ["functioning", () => "sleep, eating, school, play"],
  ["safety", (who) => `who keeps ${who} safe`],
  ["exposure", (who) => `what ${who} saw or heard`],
];

/** Said in the status line of the impact box. @param {Finding} finding */
export const speaksInline = ({ code, path }) => (code === "child-impact.missing" || code === "child-impact.inadequate") && path.endsWith("/impact");

/** @param {Report} report @param {string | null | undefined} childId */
const openImpact = (report, childId) => report.findings.find((one) => one.childId === childId && speaksInline(one) && !one.overridden);

/**
 * A question about a child waits while that child's impact box asks: the same thing is never asked twice in other words.
 *
 * @param {Report} report
 * @param {Finding} finding
 */
export const heldBack = (report, finding) =>
  finding.code.startsWith("child-impact.") && !speaksInline(finding) && openImpact(report, finding.childId) !== undefined;

/** What an impact finding states, without the question it ends in: the status line asks that already. @param {Report} report @param {Finding} finding */
export function plainly(report, finding) {
  if (!speaksInline(finding)) return finding.message;
  const asks = report.children.find((child) => child.id === finding.childId)?.impact.ask ?? [];
  if (!asks.length) return finding.message;
  const bare = asks.reduce((message, ask) => message.replace(ask, ""), finding.message).trim();
  // The last sentence, where it is a question.
  return bare.replace(/([.!?]["”]?\s)[^.!?]*\?$/u, "$1").trim() || finding.message;
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Shows what is covered for a child and asks at most two questions.
 *
 * @param {HTMLElement} box
 * @param {Form} form
 * @param {Report | null} report
 * @param {import("./guidance.js").Visited} visited
 */
export function showImpact(box, form, report, visited) {
  const pointer = box.dataset.impact ?? "";
  const index = Number(pointer.split("/")[2]);
  const section = /** @type {HTMLElement | null} */ (box.closest("[data-section]"))?.dataset.section ?? "any";
  const impact = report && visited(section, pointer) ? report.children[index]?.impact : undefined;
  box.classList.toggle("impact--on", impact !== undefined);
  const line = within(box, ".impact__line");
  const list = within(box, ".impact__ask");
  const read = within(box, ".impact__read");
  const why = within(box, ".impact__why");
  if (!report || !impact) {
    line.replaceChildren();
    list.replaceChildren();
    for (const part of [list, read, why]) part.hidden = true;
    return;
  }
  const who = (form.children?.[index]?.name ?? "").trim() || "the child";
  const covered = FACETS.flatMap(([facet, say]) => {
    const evidence = impact.facets[facet] ?? [];
    return evidence.length ? [{ facet, words: say(who), evidence }] : [];
  });
  const finding = report.findings.find((one) => speaksInline(one) && one.path === pointer);
  const open = finding && !finding.overridden;
  const opening = finding
    ? `${finding.overridden ? "You gave a reason. " : ""}${plainly(report, finding)}`
    : { described: "Described.", inadequate: `Not yet: how ${who} was.`, missing: `Nothing yet about ${who}.` }[impact.status];
  const parts = [
    {
      key: "opening",
      sign: `${finding?.code} ${finding?.severity} ${opening}`,
      make: () =>
        h(
          "span",
          {
            class: `impact__opening impact__opening--${impact.status}${finding ? ` finding--${finding.severity}` : ""}`,
            "data-code": finding?.code,
            "data-for": finding?.path,
            "data-severity": finding?.severity,
          },
          open && h("strong", { class: "finding__tag" }, TAGS[finding.severity]),
          open && " ",
          h("span", { class: finding && "said" }, opening),
        ),
    },
    // Each facet is its own node: the live region speaks the one that is new.
    ...(covered.length ? [{ key: "covered", sign: "", make: () => h("span", {}, "Covered:") }] : []),
    ...covered.map(({ facet, words }) => ({ key: facet, sign: words, make: () => h("span", { class: "impact__facet", "data-facet": facet }, words) })),
  ];
  reconcile(line, parts);
  reconcile(
    list,
    impact.ask.slice(0, 2).map((ask) => ({ key: ask, sign: ask, make: () => h("li", { class: "said" }, ask) })),
  );
  list.hidden = impact.ask.length === 0;
  const items = covered.map(({ facet, words, evidence }) => ({
    key: facet,
    sign: JSON.stringify([words, signOf(form, evidence)]),
    make: () => h("li", {}, capital(words), h("ul", { class: "quotes" }, quotes(form, evidence, 3))),
  }));
  const weak = finding?.evidence ?? [];
  if (weak.length) {
    items.push({
      key: "finding",
      sign: JSON.stringify(signOf(form, weak)),
      make: () => h("li", {}, "Not enough by itself", h("ul", { class: "quotes" }, quotes(form, weak, 3))),
    });
  }
  reconcile(within(read, "ul"), items);
  read.hidden = items.length === 0;
  why.hidden = !finding || !(finding.why || finding.source);
  setText(within(why, ".impact__reason"), finding?.why ?? "");
  setText(within(why, ".source"), finding?.source ?? "");
}

/** Whether the status lines speak by themselves. @param {HTMLElement} root @param {boolean} aloud */
export function speakStatus(root, aloud) {
  for (const status of every(root, ".impact__status")) status.setAttribute("aria-live", aloud ? "polite" : "off");
}
