// The 27 risk questions, quick by key and by thumb: Y, N and K answer a row and go on, Delete clears it.

import { around, every, idFor, setText } from "./dom.js";
import { QUESTIONS } from "./forms.js";
import { goTo } from "./go-to.js";

/** @type {Record<string, string>} */
const KEYS = { y: "yes", n: "no", k: "unknown" };

/** @param {string} key */
const pointerOf = (key) => `/dash/answers/${key}`;

/** @param {HTMLElement} root @param {string} key */
const isAnswered = (root, key) => root.querySelector(`input[name="${CSS.escape(idFor(pointerOf(key)))}"]:checked`) !== null;

/** Which question a row is. @param {HTMLElement | null} row */
const numberOf = (row) => QUESTIONS.findIndex(({ key }) => row?.dataset.row === pointerOf(key));

/** Says how many are answered. @param {HTMLElement} root */
export function countDash(root) {
  const count = document.getElementById("dash-count");
  const next = document.getElementById("dash-next");
  if (!count || !next) return;
  const answered = QUESTIONS.filter(({ key }) => isAnswered(root, key)).length;
  setText(count, `${answered} of ${QUESTIONS.length} answered`);
  next.hidden = answered === QUESTIONS.length;
}

/** Goes to the first open question. @param {HTMLElement} root */
export function nextUnanswered(root) {
  const open = QUESTIONS.find(({ key }) => !isAnswered(root, key));
  if (open) goTo(pointerOf(open.key));
}

/**
 * Answers by key.
 *
 * @param {HTMLElement} root
 * @param {{ cleared: (pointer: string) => void }} told
 */
export function listenForAnswers(root, { cleared }) {
  root.addEventListener("keydown", (event) => {
    const row = around(event.target, "[data-row]");
    const radio = event.target;
    if (!row || !(radio instanceof HTMLInputElement) || radio.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const choices = /** @type {HTMLInputElement[]} */ (every(row, 'input[type="radio"]'));
    const value = KEYS[event.key.toLowerCase()];
    if (value) {
      event.preventDefault();
      choices.find((choice) => choice.value === value)?.click();
      const next = QUESTIONS[numberOf(row) + 1];
      if (next) goTo(pointerOf(next.key));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      for (const choice of choices) choice.checked = false;
      cleared(`${row.dataset.row}/answer`);
    }
  });
}
