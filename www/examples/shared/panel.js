/**
 * What stands beside each example's form: the advice, and the end of sending. Text only ever becomes text.
 *
 * @param {string} name of an element by its id
 */
const element = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

/** Lists advice. @param {import("../../src/adapters/findings.js").Guidance[]} advice */
export function showAdvice(advice) {
  element("advice").replaceChildren(
    ...advice.map(({ code, severity, message }) => {
      const item = document.createElement("li");
      item.dataset.code = code;
      item.dataset.severity = severity;
      item.textContent = message;
      return item;
    }),
  );
}

/** The form was sent. @param {unknown} values @param {boolean} valid whether validation passed */
export function sent(values, valid) {
  const end = element("end");
  end.dataset.sent = valid ? "valid" : "anyway";
  end.textContent = valid ? "Sent." : "Sent as it is. What is still needed can follow.";
  end.dispatchEvent(new CustomEvent("sent", { bubbles: true, detail: values }));
}

/** Validation failed. The officer may send it all the same. @param {() => unknown} values */
export function offerToSend(values) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Send anyway";
  button.addEventListener("click", () => sent(values(), false));
  element("end").replaceChildren("Something is still needed. You can send it now and add it later. ", button);
}
