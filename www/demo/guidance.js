// Shows a report on the page: under fields, under impact boxes, at both ends of a contradiction, in the threshold panel.

import { nameOf } from "./build.js";
import { button, every, h, reconcile } from "./dom.js";
import { reasonFor } from "./form-model.js";
import { goTo } from "./go-to.js";
import { heldBack, plainly, showImpact, speaksInline } from "./impact.js";
import { showMarks } from "./marks.js";
import { TAGS, quotes, signOf } from "./quotes.js";
import { showThreshold } from "./threshold.js";

/** @typedef {import("../src/types.js").Report} Report */
/** @typedef {import("../src/types.js").Finding} Finding */
/** @typedef {import("./form-model.js").Form} Form */

/** Whether a section, and a text in it, may be spoken of yet. @typedef {(section: string, pointer?: string) => boolean} Visited */

/**
 * How a report is shown.
 *
 * @typedef {object} Showing
 * @property {Visited} visited
 * @property {string} [language] of the messages
 * @property {string} [silence] what stands in the panel that says nothing yet
 * @property {(finding: Finding) => void} [takeBack] takes the reason given for a finding back
 */

/** A finding at one of its places. @typedef {{ finding: Finding, forPath: string, message: string, mirror?: boolean }} Placed */

/** The slot that shows what is said of a pointer: its own or the nearest one above it. @param {HTMLElement} root @param {string} pointer @returns {HTMLElement | null} */
function slotFor(root, pointer) {
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
    const slot = /** @type {HTMLElement | null} */ (root.querySelector(`[data-slot="${CSS.escape(at)}"]`));
    if (slot) return slot;
  }
  return root.querySelector('[data-slot=""]');
}

/** Where a finding is said first. @param {HTMLElement} root @param {Finding} finding @returns {HTMLElement | null} */
function homeOf(root, { code, path }) {
  if (code.startsWith("threshold.")) return root.querySelector('[data-slot="threshold"]');
  if (code === "dash.unanswered" || code === "dash.no-detail") return root.querySelector('[data-slot="/dash/answers"]') ?? slotFor(root, path);
  return slotFor(root, path);
}

/** Where its links lead: from the other end back to the answer; on from what concerns more fields than one. @param {Placed} placed @param {boolean} quoted */
function leadsTo({ finding, mirror }, quoted) {
  if (mirror) return [finding.path];
  if (finding.code === "dash.contradiction") return quoted ? [] : (finding.related ?? []);
  return (finding.related ?? []).slice(0, 5);
}

/** @param {Form} form @param {Placed} placed @param {Showing} showing */
function findingElement(form, placed, { takeBack }) {
  const { finding, forPath, mirror, message } = placed;
  const words = quotes(form, finding.evidence);
  // What the level rests on stands in the panel; here it would be said twice more.
  const aside = finding.code.startsWith("significant-harm.");
  const links = leadsTo(placed, words.length > 0);
  const reason = finding.overridden && reasonFor(form, finding);
  return h(
    "div",
    { class: `finding finding--${finding.severity}`, "data-code": finding.code, "data-for": forPath, "data-severity": finding.severity, "data-mirror": mirror },
    h("p", { class: "finding__message" }, h("strong", { class: "finding__tag" }, TAGS[finding.severity]), " ", h("span", { class: "said" }, message)),
    finding.overridden &&
      h(
        "p",
        { class: "finding__answered" },
        reason ? `You gave a reason: “${reason}” ` : "You gave a reason. ",
        takeBack &&
          !mirror &&
          button("Take it back", { class: "link govuk-link", "data-take-back": finding.code, on: { click: () => takeBack(finding) } }, `: ${message}`),
      ),
    words.length > 0 && !aside && h("ul", { class: "quotes" }, words),
    links.length > 0 &&
      h(
        "p",
        { class: "finding__links" },
        links.map((path) => button(`Go to ${nameOf(path)}`, { class: "link govuk-link", "data-jump": path, on: { click: () => goTo(path) } })),
      ),
    (finding.why || finding.source || aside) &&
      h(
        "details",
        { class: "why", open: finding.code.startsWith("threshold.") },
        h("summary", {}, "Why", h("span", { class: "sr-only" }, ` this: ${message}`)),
        finding.why && h("p", { class: "said" }, finding.why),
        aside && words.length > 0 && h("ul", { class: "quotes" }, words),
        finding.source && h("p", { class: "source" }, finding.source),
      ),
  );
}

/**
 * Shows the report. Only sections the officer has been in speak.
 *
 * @param {HTMLElement} root   the form
 * @param {Form} form          the form that was checked: quotes are cut from it
 * @param {Report | null} report
 * @param {Showing} showing
 * @returns {Finding[]} findings shown now and not before, for the live region
 */
export function showReport(root, form, report, showing) {
  const { visited } = showing;
  /** @type {Map<HTMLElement, Placed[]>} */
  const bySlot = new Map(every(root, "[data-slot]").map((slot) => [slot, []]));
  /** @param {HTMLElement | null} slot @param {Placed} placed */
  const put = (slot, placed) => {
    const there = slot && bySlot.get(slot);
    if (!there) return;
    const section = /** @type {HTMLElement | null} */ (slot.closest("[data-section]"));
    const box = placed.finding.code.startsWith("child-impact.") ? placed.finding.path : undefined;
    if (visited(section?.dataset.section ?? "any", box)) there.push(placed);
  };

  for (const finding of report ? report.findings : []) {
    if (!report || speaksInline(finding) || heldBack(report, finding)) continue;
    const message = plainly(report, finding);
    const slot = homeOf(root, finding);
    put(slot, { finding, forPath: finding.path, message });
    if (finding.code !== "dash.contradiction") continue;
    // The other end of a contradiction: where the words are.
    const ends = new Set([...finding.evidence.map(({ path }) => path), ...(finding.related ?? [])]);
    ends.delete(finding.path);
    for (const end of ends) {
      const other = slotFor(root, end);
      if (other !== slot) put(other, { finding, forPath: end, mirror: true, message });
    }
  }

  /** @type {Finding[]} */
  const news = [];
  for (const [slot, wanted] of bySlot) {
    const fresh = new Set(
      reconcile(
        slot,
        wanted.map((placed) => ({
          key: keyOf(placed),
          sign: JSON.stringify([
            placed.message,
            placed.finding.severity,
            placed.finding.overridden && reasonFor(form, placed.finding),
            signOf(form, placed.finding.evidence),
            placed.finding.related,
          ]),
          make: () => findingElement(form, placed, showing),
        })),
      ),
    );
    news.push(...wanted.filter((placed) => !placed.mirror && fresh.has(keyOf(placed))).map(({ finding }) => finding));
  }
  for (const box of every(root, "[data-impact]")) showImpact(box, form, report, visited);
  showMarks(root, report, visited);
  showThreshold(root.querySelector("#threshold"), form, report, visited("any"), showing.silence ?? "This fills in as you write.");
  sayIn(root, showing.language);
  return news;
}

/** @param {Placed} placed */
const keyOf = ({ finding, forPath, mirror }) => `${finding.code}|${finding.path}|${mirror ? forPath : ""}`;

/** Names the language of the policy's words, for those who hear them. @param {ParentNode} root @param {string} [language] */
export function sayIn(root, language = "") {
  const own = document.documentElement.lang;
  for (const said of every(root, ".said")) {
    if (language && language !== own) said.lang = language;
    else said.removeAttribute("lang");
  }
}
