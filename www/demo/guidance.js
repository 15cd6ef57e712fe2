// Shows a report on the page: under fields, under impact boxes, at both ends of a contradiction, in the threshold panel.

import { button, h, idFor, reconcile, setText } from "./dom.js";
import { getAt } from "./form-model.js";
import { nameOf } from "./build.js";

const TAGS = { required: "Needed", warning: "Check", prompt: "Worth a look", info: "Note" };

const FACETS = [
  ["presentation", (who) => `how ${who} looked and behaved`],
  ["voice", (who) => `what ${who} said`],
  ["physical", () => "body and health"],
  ["functioning", () => "sleep, eating, school, play"],
  ["safety", (who) => `who keeps ${who} safe`],
  ["exposure", (who) => `what ${who} saw or heard`],
];

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

/** Puts the focus on a field and, with a range, selects the words in it. */
export function goTo(pointer, range) {
  const target = targetFor(pointer);
  if (!target) return;
  for (let at = target.closest("[hidden]"); at; at = at.parentElement?.closest("[hidden]")) {
    at.hidden = false;
    document.querySelector(`[aria-controls="${CSS.escape(at.id)}"]`)?.setAttribute("aria-expanded", "true");
  }
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.focus({ preventScroll: true });
  if (range && typeof target.setSelectionRange === "function") {
    // The text may have moved on since it was read: the words themselves lead, not the old place.
    const still = target.value.slice(range.start, range.end) === range.quote;
    const start = still ? range.start : target.value.indexOf(range.quote);
    if (start >= 0) {
      try {
        target.setSelectionRange(start, start + range.quote.length);
        scrollInside(target, start);
      } catch {
        // Dates and numbers have no selection; the focus is enough.
      }
    }
  }
  (target.closest("[data-row], [data-field]") ?? target).scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

/** A long text scrolls so that the selected words are in view. */
function scrollInside(area, start) {
  if (area.scrollHeight <= area.clientHeight) return;
  area.scrollTop = Math.max(0, (start / Math.max(1, area.value.length)) * area.scrollHeight - area.clientHeight / 2);
}

/** The control for a pointer: its own, its row's, its list's, or the next one up. */
export function targetFor(pointer) {
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
    const element = document.getElementById(idFor(at));
    if (element?.type === "radio") return document.querySelector(`input[name="${CSS.escape(element.name)}"]:checked`) ?? element;
    if (element) return element;
    const card =
      document.querySelector(`[data-card="${CSS.escape(at)}"] .card__title`) ??
      document.querySelector(`[data-repeat="${CSS.escape(at)}"] .card__title`) ??
      document.getElementById(`${idFor(at)}-add`);
    if (card) return card;
    const section = document.querySelector(`section > [data-slot="${CSS.escape(at)}"]`)?.parentElement.querySelector(".section__title");
    if (section) return section;
  }
  return document.querySelector(".section__title");
}

/** The slot that shows what is said of a pointer: its own or the nearest one above it. */
function slotFor(root, pointer) {
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
    const slot = root.querySelector(`[data-slot="${CSS.escape(at)}"]`);
    if (slot) return slot;
  }
  return root.querySelector('[data-slot=""]');
}

const quoteOf = (form, evidence) => {
  const text = getAt(form, evidence.path);
  return typeof text === "string" ? text.slice(evidence.start, evidence.end) : "";
};

const inOneLine = (text) => text.replace(/\s+/g, " ").trim();

function quotes(form, list, most = 4) {
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
        button("Show me", { class: "link", "data-show": path, on: { click: () => goTo(path, { start, end, quote }) } }, `“${inOneLine(quote)}”`),
      ),
    );
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
        links.map((path) => button(`Go to ${nameOf(path)}`, { class: "link", "data-jump": path, on: { click: () => goTo(path) } })),
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
 * @param {(section: string) => boolean} visited
 * @returns {object[]} findings shown now and not before, for the live region
 */
export function showReport(root, form, report, visited) {
  const findings = report?.findings ?? [];
  const bySlot = new Map([...root.querySelectorAll("[data-slot]")].map((slot) => [slot, []]));
  const heard = (slot) => {
    const section = slot.closest("[data-section]");
    return visited(section ? section.dataset.section : "any");
  };
  const put = (slot, finding, options) => {
    if (!slot || !bySlot.has(slot) || !heard(slot)) return;
    bySlot.get(slot).push({ finding, ...options });
  };

  for (const finding of findings) {
    const message = shortMessage(report, finding);
    if (speaksInline(finding)) continue;
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
          sign: JSON.stringify([
            message,
            finding.severity,
            finding.overridden,
            finding.evidence.map((at) => [at.path, at.start, at.end, quoteOf(form, at)]),
            finding.related,
          ]),
          make: () => findingElement(form, finding, { forPath, mirror, message }),
        })),
      ),
    );
    for (const { finding, forPath, mirror } of wanted) {
      if (!mirror && fresh.has(`${finding.code}|${finding.path}|`)) news.push({ ...finding, forPath });
    }
  }
  for (const box of root.querySelectorAll("[data-impact]")) showImpact(box, form, report, visited);
  showThreshold(root.querySelector("#threshold"), form, report, visited);
  return news;
}

/** The impact findings end in a question that the status line asks already: once is enough. */
function shortMessage(report, finding) {
  if (!finding.code.startsWith("child-impact.")) return finding.message;
  const asks = report.children.find((child) => child.id === finding.childId)?.impact.ask ?? [];
  const short = asks.reduce((message, ask) => message.replace(ask, ""), finding.message).trim();
  return short || finding.message;
}

/** Said in the status line of the impact box, whose place is kept free. */
const speaksInline = ({ code, path }) => (code === "child-impact.missing" || code === "child-impact.inadequate") && path.endsWith("/impact");

function showImpact(box, form, report, visited) {
  const pointer = box.dataset.impact;
  const index = Number(pointer.split("/")[2]);
  const child = form.children?.[index];
  const line = box.querySelector(".impact__line");
  const list = box.querySelector(".impact__ask");
  const read = box.querySelector(".impact__read");
  const why = box.querySelector(".impact__why");
  const section = box.closest("[data-section]").dataset.section;
  const impact = report && visited(section) ? report.children[index]?.impact : undefined;
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
    ? `${finding.overridden ? "You gave a reason. " : ""}${shortMessage(report, finding)}`
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
    sign: JSON.stringify(impact.facets[facet].map((at) => [at.path, at.start, at.end, quoteOf(form, at)])),
    make: () => h("li", {}, `${say(who)[0].toUpperCase()}${say(who).slice(1)}`, h("ul", { class: "quotes" }, quotes(form, impact.facets[facet], 3))),
  }));
  if (finding?.evidence.length) {
    items.push({
      key: "finding",
      sign: JSON.stringify(finding.evidence.map((at) => [at.path, at.start, at.end, quoteOf(form, at)])),
      make: () => h("li", {}, "Not enough by itself", h("ul", { class: "quotes" }, quotes(form, finding.evidence, 3))),
    });
  }
  reconcile(read.querySelector("ul"), items);
  why.hidden = !finding || !(finding.why || finding.source);
  setText(why.querySelector("p"), finding?.why ?? "");
  setText(why.querySelector(".source"), finding?.source ?? "");
  read.hidden = items.length === 0;
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
        sign: JSON.stringify([name, who, found.level, found.source, found.evidence.map((at) => [at.path, at.start, at.end, quoteOf(form, at)])]),
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
