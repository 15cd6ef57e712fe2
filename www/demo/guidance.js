// Shows a report on the page: under fields, under impact boxes, at both ends of a contradiction, in the threshold panel.

import { nameOf } from "./build.js";
import { button, h, reconcile, setText } from "./dom.js";
import { goTo } from "./go-to.js";
import { heldBack, plainly, showImpact, speaksInline } from "./impact.js";
import { showMarks } from "./marks.js";
import { TAGS, quotes, signOf } from "./quotes.js";

/** "Likely" in words, and what it would mean. */
const LIKELY = {
  "significant-harm": [
    "This reads as significant harm.",
    "Section 47: children’s social care and police make enquiries together. Phone now; the form can follow.",
  ],
  meets: ["This reads as a child in need.", "Section 17: children’s social care would assess."],
  below: ["This reads as below the referral threshold.", "Early or universal help may fit better. If you know more, add it."],
  uncertain: ["Not enough is written to tell the level yet.", "Send it now if it is urgent."],
};
/** What the lower levels lead to; the words above name sections 17 and 47. */
const ROUTES = { universal: "Universal services", "early-help": "Early help" };

/** The slot that shows what is said of a pointer: its own or the nearest one above it. */
function slotFor(root, pointer) {
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
    const slot = root.querySelector(`[data-slot="${CSS.escape(at)}"]`);
    if (slot) return slot;
  }
  return root.querySelector('[data-slot=""]');
}

function findingElement(form, finding, { forPath, mirror, message }) {
  const words = quotes(form, finding.evidence);
  const links = mirror ? [finding.path] : finding.code === "dash.contradiction" ? [] : (finding.related ?? []).slice(0, 5);
  if (!mirror && finding.code === "dash.contradiction" && !words.length) links.push(...(finding.related ?? []));
  return h(
    "div",
    { class: `finding finding--${finding.severity}`, "data-code": finding.code, "data-for": forPath, "data-severity": finding.severity, "data-mirror": mirror },
    h("p", { class: "finding__message" }, h("strong", { class: "finding__tag" }, TAGS[finding.severity] ?? TAGS.info), " ", message),
    finding.overridden && h("p", { class: "finding__answered" }, "You gave a reason. Thank you."),
    words.length > 0 && h("ul", { class: "quotes" }, words),
    links.length > 0 &&
      h(
        "p",
        { class: "finding__links" },
        links.map((path) => button(`Go to ${nameOf(path)}`, { class: "link govuk-link", "data-jump": path, on: { click: () => goTo(path) } })),
      ),
    (finding.why || finding.source) &&
      h(
        "details",
        { class: "why", open: finding.code.startsWith("threshold.") },
        h("summary", {}, "Why", h("span", { class: "sr-only" }, ` this: ${message}`)),
        finding.why && h("p", {}, finding.why),
        finding.source && h("p", { class: "source" }, finding.source),
      ),
  );
}

/**
 * Shows the report. Only sections the officer has been in speak.
 * @param {HTMLElement} root   the form
 * @param {object} form        the form that was checked: quotes are cut from it
 * @param {object | null} report
 * @param {(section: string, pointer?: string) => boolean} visited   whether a section, and a text in it, may be spoken of yet
 * @returns {object[]} findings shown now and not before, for the live region
 */
export function showReport(root, form, report, visited) {
  const findings = report?.findings ?? [];
  const bySlot = new Map([...root.querySelectorAll("[data-slot]")].map((slot) => [slot, []]));
  const heard = (slot, finding) => {
    const section = slot.closest("[data-section]");
    return visited(section ? section.dataset.section : "any", finding.code.startsWith("child-impact.") ? finding.path : undefined);
  };
  const put = (slot, finding, options) => {
    if (!slot || !bySlot.has(slot) || !heard(slot, finding)) return;
    bySlot.get(slot).push({ finding, ...options });
  };

  for (const finding of findings) {
    const message = plainly(report, finding);
    if (speaksInline(finding) || heldBack(report, finding)) continue;
    const slot = finding.code.startsWith("threshold.")
      ? root.querySelector('[data-slot="threshold"]')
      : finding.code === "dash.unanswered" || finding.code === "dash.no-detail"
        ? (root.querySelector('[data-slot="/dash/answers"]') ?? slotFor(root, finding.path))
        : slotFor(root, finding.path);
    put(slot, finding, { forPath: finding.path, message });
    if (finding.code !== "dash.contradiction") continue;
    // The other end of a contradiction: where the words are.
    const ends = new Set([...finding.evidence.map(({ path }) => path), ...(finding.related ?? [])]);
    ends.delete(finding.path);
    for (const end of ends) {
      const other = slotFor(root, end);
      if (other !== slot) put(other, finding, { forPath: end, mirror: true, message });
    }
  }

  const news = [];
  for (const [slot, wanted] of bySlot) {
    const fresh = new Set(
      reconcile(
        slot,
        wanted.map(({ finding, forPath, mirror, message }) => ({
          key: `${finding.code}|${finding.path}|${mirror ? forPath : ""}`,
          sign: JSON.stringify([message, finding.severity, finding.overridden, signOf(form, finding.evidence), finding.related]),
          make: () => findingElement(form, finding, { forPath, mirror, message }),
        })),
      ),
    );
    for (const { finding, forPath, mirror } of wanted) {
      if (!mirror && fresh.has(`${finding.code}|${finding.path}|`)) news.push({ ...finding, forPath });
    }
  }
  for (const box of root.querySelectorAll("[data-impact]")) showImpact(box, form, report, visited);
  showMarks(root, report, visited);
  showThreshold(root.querySelector("#threshold"), form, report, visited);
  return news;
}

/** The panel that says which level the text reads as, and what shows it. */
export function buildThreshold() {
  return h(
    "section",
    { id: "threshold", class: "threshold", "data-threshold": true, "aria-labelledby": "threshold-title" },
    h("h2", { id: "threshold-title" }, "Level of need"),
    h("p", { class: "threshold__likely" }),
    h("p", { class: "threshold__means" }),
    h("ul", { class: "threshold__indicators" }),
    h("div", { class: "guide", "data-slot": "threshold" }),
    h("p", { class: "threshold__note" }),
  );
}

function showThreshold(panel, form, report, visited) {
  if (!panel) return;
  const threshold = report?.threshold;
  const speak = threshold && visited("any");
  const [likely, means] = speak ? (LIKELY[threshold.likely] ?? LIKELY.uncertain) : ["", ""];
  panel.dataset.likely = speak ? threshold.likely : "";
  setText(panel.querySelector(".threshold__likely"), speak ? likely : "This fills in as you write.");
  const local = speak && threshold.localLevel ? `Here: ${threshold.localLevel}.` : "";
  const route = speak && threshold.likely === "below" && ROUTES[threshold.route] ? `${ROUTES[threshold.route]}.` : "";
  setText(panel.querySelector(".threshold__means"), [local, route, means].filter(Boolean).join(" "));
  const nameFor = (id) => {
    const index = (form.children ?? []).findIndex((child) => child.id === id);
    return index < 0 ? "" : (form.children[index].name ?? "").trim() || `child ${index + 1}`;
  };
  reconcile(
    panel.querySelector(".threshold__indicators"),
    (speak ? threshold.indicators : []).map((found) => {
      const name = found.name || found.indicator.replaceAll("-", " ");
      const who = found.childIds.map(nameFor).filter(Boolean).join(", ");
      return {
        key: found.indicator,
        sign: JSON.stringify([name, who, found.level, found.source, signOf(form, found.evidence)]),
        make: () =>
          h(
            "li",
            { class: "indicator", "data-indicator": found.indicator, "data-level": found.level },
            h("p", { class: "indicator__name" }, h("strong", {}, name[0].toUpperCase() + name.slice(1)), who && ` (${who})`),
            h("ul", { class: "quotes" }, quotes(form, found.evidence, 3)),
            found.source && h("p", { class: "source" }, found.source),
          ),
      };
    }),
  );
  setText(panel.querySelector(".threshold__note"), speak ? "Levels are the partnership’s words, not a score. Your judgement stands." : "");
}
