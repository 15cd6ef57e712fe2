// Leads to a place of the form: its field, its words.

import { idFor } from "./dom.js";

/** Words in a text. @typedef {{ start: number, end: number, quote: string }} Words */

/** @param {string} selector @returns {HTMLElement | null} */
const find = (selector) => document.querySelector(selector);

/** Puts the focus on a field and, given words, selects them in it. @param {string} pointer @param {Words} [words] */
export function goTo(pointer, words) {
  const target = targetFor(pointer);
  if (!target) return;
  for (let at = /** @type {HTMLElement | null} */ (target.closest("[hidden]")); at; at = at.parentElement?.closest("[hidden]") ?? null) {
    at.hidden = false;
    find(`[aria-controls="${CSS.escape(at.id)}"]`)?.setAttribute("aria-expanded", "true");
  }
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.focus({ preventScroll: true });
  if (words && (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) select(target, words);
  (target.closest("[data-row], [data-field]") ?? target).scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

/** @param {HTMLTextAreaElement | HTMLInputElement} target @param {Words} words */
function select(target, { start, end, quote }) {
  // The text may have moved on since it was read: the words themselves lead, not the old place.
  const at = target.value.slice(start, end) === quote ? start : target.value.indexOf(quote);
  if (at < 0) return;
  try {
    target.setSelectionRange(at, at + quote.length);
    scrollInside(target, at);
  } catch {
    // Dates and numbers have no selection; the focus is enough.
  }
}

/** A long text scrolls so that the selected words are in view. @param {HTMLTextAreaElement | HTMLInputElement} area @param {number} start */
function scrollInside(area, start) {
  if (area.scrollHeight <= area.clientHeight) return;
  area.scrollTop = Math.max(0, (start / Math.max(1, area.value.length)) * area.scrollHeight - area.clientHeight / 2);
}

/** The control for a pointer: its own, its row's, its list's, or the next one up. @param {string} pointer @returns {HTMLElement | null} */
export function targetFor(pointer) {
  for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
    const element = document.getElementById(idFor(at));
    if (element instanceof HTMLInputElement && element.type === "radio") return find(`input[name="${CSS.escape(element.name)}"]:checked`) ?? element;
    if (element) return element;
    const card =
      find(`[data-card="${CSS.escape(at)}"] .card__title`) ??
      find(`[data-repeat="${CSS.escape(at)}"] .card__title`) ??
      document.getElementById(`${idFor(at)}-add`);
    if (card) return card;
    const section = find(`section:has(> [data-slot="${CSS.escape(at)}"]) .section__title`);
    if (section) return section;
  }
  return find(".section__title");
}
