// The evidence, marked inside the text: a copy of the text lies behind its textarea, see-through but for the lines
// under the words a report rests on. The textarea itself stays a plain one: caret, selection, undo and spelling are the browser's.

import { h } from "./dom.js";

/** How the words count; of two marks on the same words the later in this list wins. */
const KINDS = ["weak", "told", "check"];
/** @type {Record<string, string>} */
const KEY = { weak: "not enough by itself", told: "read as evidence", check: "please check" };

/**
 * @typedef {{ start: number, end: number, kind: string }} Mark
 * @typedef {{ text: string, kind?: string }} Piece
 * @typedef {{ back: HTMLElement, copy: HTMLElement, text: string, marks: Mark[], shown: string }} Layer
 */

/**
 * The marks of a report, by the path of their text.
 *
 * @param {import("../src/types.js").Report | null} report
 * @returns {Map<string, Mark[]>}
 */
export function marksOf(report) {
  /** @type {Map<string, Mark[]>} */
  const marks = new Map();
  /** @param {Mark["kind"]} kind @param {import("../src/types.js").Evidence[] | undefined} evidence */
  const put = (kind, evidence) => {
    for (const { path, start, end } of evidence ?? []) marks.set(path, [...(marks.get(path) ?? []), { start, end, kind }]);
  };
  for (const { impact } of report?.children ?? []) for (const evidence of Object.values(impact.facets)) put("told", evidence);
  // What speaks for the lowest level ("safe and well") is no evidence that somebody waits for.
  for (const { level, evidence } of report?.threshold.indicators ?? []) if (level > 1) put("told", evidence);
  for (const { code, evidence } of report?.findings ?? []) {
    if (code.startsWith("child-impact.")) put("weak", evidence);
    else if (code === "dash.contradiction") put("check", evidence);
  }
  return marks;
}

/**
 * Where marks stand after an edit: those before it stay, those behind it move along, those in it go.
 *
 * @param {Mark[]} marks
 * @param {string} before
 * @param {string} after
 */
export function moveMarks(marks, before, after) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const shift = after.length - before.length;
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail) return [{ ...mark, start: mark.start + shift, end: mark.end + shift }];
    return [];
  });
}

/**
 * Cuts overlapping marks into pieces that follow each other; together they are the whole text.
 *
 * @param {string} text
 * @param {Mark[]} marks
 * @returns {Piece[]}
 */
export function pieces(text, marks) {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of marks) for (const at of [start, end]) if (at > 0 && at < text.length) cuts.add(at);
  const order = [...cuts].sort((a, b) => a - b);
  /** @type {Piece[]} */
  const found = [];
  let start = 0;
  for (const end of order.slice(1)) {
    const kinds = marks.filter((mark) => mark.start <= start && mark.end >= end).map(({ kind }) => KINDS.indexOf(kind));
    const kind = kinds.length ? KINDS[Math.max(...kinds)] : undefined;
    const last = found.at(-1);
    if (last && last.kind === kind) last.text += text.slice(start, end);
    else found.push({ text: text.slice(start, end), kind });
    start = end;
  }
  return found;
}

/** What lies behind each textarea, and the marks it shows. @type {WeakMap<Element, Layer>} */
const layers = new WeakMap();

/** @type {ResizeObserver | undefined} */
let watch;

/** The copy wraps and scrolls as the text does. @param {HTMLTextAreaElement} area */
function follow(area) {
  const layer = layers.get(area);
  if (!layer) return;
  layer.copy.style.width = `${area.clientWidth}px`;
  layer.back.style.height = `${area.offsetHeight}px`;
  layer.copy.style.transform = `translateY(${-area.scrollTop}px)`;
}

/** @param {HTMLTextAreaElement} area @returns {Layer} */
function layerOf(area) {
  const known = layers.get(area);
  if (known) return known;
  const copy = h("div", { class: "marked__copy" });
  const back = h("div", { class: "marked__back", "aria-hidden": "true" }, copy);
  area.before(back);
  /** @type {Layer} */
  const layer = { back, copy, text: area.value, marks: [], shown: "" };
  layers.set(area, layer);
  watch ??= new ResizeObserver((entries) => entries.forEach(({ target }) => follow(/** @type {HTMLTextAreaElement} */ (target))));
  watch.observe(area);
  area.addEventListener("scroll", () => follow(area), { passive: true });
  area.addEventListener("input", () => paint(area, moveMarks(layer.marks, layer.text, area.value)));
  return layer;
}

/** @param {HTMLTextAreaElement} area @param {Mark[]} marks */
function paint(area, marks) {
  const layer = layerOf(area);
  layer.text = area.value;
  layer.marks = marks;
  const cut = marks.length ? pieces(area.value, marks) : [];
  const shown = JSON.stringify(cut);
  if (shown === layer.shown) return;
  layer.shown = shown;
  // Marks that stay do not fade in again.
  const known = new Set([...layer.copy.querySelectorAll("mark")].map((mark) => mark.dataset.kind + mark.textContent));
  layer.copy.replaceChildren(
    ...cut.map(({ text, kind }) =>
      kind ? h("mark", { class: `mark mark--${kind}${known.has(kind + text) ? "" : " fresh"}`, "data-kind": kind }, text) : document.createTextNode(text),
    ),
    // A line break at the end takes a line of its own in a textarea.
    document.createTextNode("\n"),
  );
  const kinds = KINDS.filter((kind) => cut.some((piece) => piece.kind === kind));
  const key = area.closest("[data-field]")?.querySelector("[data-key-for]");
  key?.replaceChildren(
    ...[...kinds].reverse().map((kind) => h("span", { class: "marked__kind" }, h("span", { class: `mark mark--${kind}` }, "marked"), `: ${KEY[kind]}`)),
  );
  follow(area);
}

/**
 * Shows the marks of a report in the texts of the form.
 *
 * @param {HTMLElement} root
 * @param {import("../src/types.js").Report | null} report of the form as it stands on the page
 * @param {import("./guidance.js").Visited} visited
 */
export function showMarks(root, report, visited) {
  const marks = marksOf(report);
  for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (root.querySelectorAll("textarea[data-path]"))) {
    const section = area.closest(/** @type {"div"} */ ("[data-section]"))?.dataset.section;
    const wanted = report && section && visited(section) ? (marks.get(area.dataset.path ?? "") ?? []) : [];
    if (wanted.length || layers.has(area)) paint(area, wanted);
  }
}
