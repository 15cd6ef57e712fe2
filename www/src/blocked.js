/**
 * The question before a form with open `required` findings is sent, for hosts that ask it: what is open, and a reason to send it as it is.
 */

/** @import { Finding } from "./types.js" */

/** The words of the question. */
export const WORDS = {
  title: "Before you send this",
  open: "Still open:",
  urgent: "If a child is in danger now, phone first. You can send this form as it is, with a reason.",
  reason: "Your reason for sending it as it is",
  send: "Send with this reason",
  back: "Go back to the form",
};

/**
 * Asks in a dialog. The officer can always send.
 *
 * @param {HTMLElement} form
 * @param {readonly Finding[]} open
 * @param {Partial<typeof WORDS>} words
 * @param {(reason: string) => void} send
 */
export function askForReason(form, open, words, send) {
  const { title, open: still, urgent, reason, send: go, back } = { ...WORDS, ...words };
  const dialog = document.createElement("dialog");
  dialog.className = "referral-guide-dialog";
  dialog.setAttribute("data-referral-guide", "");
  dialog.setAttribute("aria-labelledby", "referral-guide-dialog-title");
  const heading = make("h2", title);
  heading.id = "referral-guide-dialog-title";
  const list = document.createElement("ul");
  list.append(...open.map(({ message }) => make("li", message)));
  const label = make("label", reason);
  const area = document.createElement("textarea");
  area.id = "referral-guide-dialog-reason";
  area.rows = 3;
  /** @type {HTMLLabelElement} */ (label).htmlFor = area.id;
  const sendButton = /** @type {HTMLButtonElement} */ (make("button", go));
  const backButton = /** @type {HTMLButtonElement} */ (make("button", back));
  sendButton.type = backButton.type = "button";
  const actions = document.createElement("p");
  actions.append(sendButton, " ", backButton);
  dialog.append(heading, make("p", urgent), make("p", still), list, label, document.createElement("br"), area, actions);
  sendButton.addEventListener("click", () => {
    if (area.value.trim() === "") return area.focus();
    const given = area.value;
    dialog.close();
    send(given);
  });
  backButton.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  // Outside the form, so that the reason is no field of it.
  (form.parentElement ?? document.body).append(dialog);
  dialog.showModal();
  area.focus();
}

/** @param {string} tag @param {string} text */
function make(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
