// The status line under each impact box: what is covered, and at most two questions.

import { h, reconcile, setText } from "./dom.js";
import { TAGS, quotes, signOf } from "./quotes.js";

const FACETS = [
  ["presentation", (who) => `how ${who} looked and behaved`],
  ["voice", (who) => `what ${who} said`],
  ["physical", () => "body and health"],
  ["functioning", () => "sleep, eating, school, play"],
  ["safety", (who) => `who keeps ${who} safe`],
  ["exposure", (who) => `what ${who} saw or heard`],
];

const openImpact = (report, childId) => report.findings.find((one) => one.childId === childId && speaksInline(one) && !one.overridden);

/**
 * A question about a child waits while that child's impact box asks: the same thing is never asked twice in other words.
 *
 * @param {object} report
 * @param {object} finding
 */
export const heldBack = (report, finding) =>
  finding.code.startsWith("child-impact.") && !speaksInline(finding) && openImpact(report, finding.childId) !== undefined;

/** What an impact finding states, without the question it ends in: the status line asks that already. */
export function plainly(report, finding) {
  if (!speaksInline(finding)) return finding.message;
  const asks = report.children.find((child) => child.id === finding.childId)?.impact.ask ?? [];
  if (!asks.length) return finding.message;
  const bare = asks.reduce((message, ask) => message.replace(ask, ""), finding.message).trim();
  return bare.replace(/(?<=[.!?]["”]?\s)[^.!?]*\?$/u, "").trim() || finding.message;
}

/** Said in the status line of the impact box, whose place is kept free. */
export const speaksInline = ({ code, path }) => (code === "child-impact.missing" || code === "child-impact.inadequate") && path.endsWith("/impact");

/** Shows what is covered for a child and asks at most two questions. */
export function showImpact(box, form, report, visited) {
  const pointer = box.dataset.impact;
  const index = Number(pointer.split("/")[2]);
  const child = form.children?.[index];
  const line = box.querySelector(".impact__line");
  const list = box.querySelector(".impact__ask");
  const read = box.querySelector(".impact__read");
  const why = box.querySelector(".impact__why");
  const section = box.closest("[data-section]").dataset.section;
  const impact = report && visited(section, pointer) ? report.children[index]?.impact : undefined;
  if (!impact) {
    line.replaceChildren();
    list.replaceChildren();
    list.hidden = true;
    read.hidden = true;
    why.hidden = true;
    return;
  }
  const who = (child?.name ?? "").trim() || "the child";
  const covered = FACETS.filter(([facet]) => (impact.facets[facet] ?? []).length > 0);
  const finding = report.findings.find((one) => speaksInline(one) && one.path === pointer);
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
          finding && !finding.overridden && h("strong", { class: "finding__tag" }, TAGS[finding.severity] ?? TAGS.info),
          finding && !finding.overridden && " ",
          opening,
        ),
    },
  ];
  // Each facet is its own node: the live region speaks the one that is new.
  if (covered.length) parts.push({ key: "covered", sign: "", make: () => h("span", {}, "Covered:") });
  for (const [facet, say] of covered) {
    parts.push({ key: facet, sign: say(who), make: () => h("span", { class: "impact__facet", "data-facet": facet }, say(who)) });
  }
  reconcile(line, parts);
  reconcile(
    list,
    impact.ask.slice(0, 2).map((ask) => ({ key: ask, sign: ask, make: () => h("li", {}, ask) })),
  );
  list.hidden = impact.ask.length === 0;
  const items = covered.map(([facet, say]) => ({
    key: facet,
    sign: JSON.stringify(signOf(form, impact.facets[facet])),
    make: () => h("li", {}, `${say(who)[0].toUpperCase()}${say(who).slice(1)}`, h("ul", { class: "quotes" }, quotes(form, impact.facets[facet], 3))),
  }));
  if (finding?.evidence.length) {
    items.push({
      key: "finding",
      sign: JSON.stringify(signOf(form, finding.evidence)),
      make: () => h("li", {}, "Not enough by itself", h("ul", { class: "quotes" }, quotes(form, finding.evidence, 3))),
    });
  }
  reconcile(read.querySelector("ul"), items);
  why.hidden = !finding || !(finding.why || finding.source);
  setText(why.querySelector("p"), finding?.why ?? "");
  setText(why.querySelector(".source"), finding?.source ?? "");
  read.hidden = items.length === 0;
}
