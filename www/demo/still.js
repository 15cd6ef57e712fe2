// Keeps still what the officer looks at while guidance around it changes.

import { every } from "./dom.js";

/**
 * Notes where things are before guidance changes; the function it returns puts them back there.
 *
 * @param {HTMLElement} root
 * @returns {() => void}
 */
export function holdStill(root) {
  const anchor = anchorIn(root);
  const before = anchor?.getBoundingClientRect().top ?? 0;
  const letGo = holdHeights(root);
  return () => {
    letGo();
    if (!anchor?.isConnected) return;
    const moved = anchor.getBoundingClientRect().top - before;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  };
}

/** What the officer is at: where the focus is, else what stands in the upper part of the window. @param {HTMLElement} root */
function anchorIn(root) {
  const inView = (/** @type {Element} */ element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const active = document.activeElement;
  if (active && active !== document.body && root.contains(active) && inView(active)) return active;
  const there = document.elementFromPoint(Math.min(innerWidth / 2, 200), innerHeight / 3);
  return there && root.contains(there) && !there.closest(".guide") && inView(there) ? there : null;
}

/** Where the officer is at work, guidance that goes leaves its place empty until they move on: nothing jumps up. @param {HTMLElement} root */
function holdHeights(root) {
  const here = document.activeElement?.closest("[data-section]");
  const places = every(root, ".guide, .impact");
  const mine = new Map(places.filter((place) => here?.contains(place)).map((place) => [place, place.offsetHeight]));
  return () => {
    for (const place of places) {
      const height = mine.get(place);
      const wanted = height ? `${height}px` : "";
      if (place.style.minHeight !== wanted) place.style.minHeight = wanted;
    }
  };
}
