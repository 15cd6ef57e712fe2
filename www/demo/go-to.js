// Leads to a place of the form: its field, its words.

import { idFor } from "./dom.js";

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
