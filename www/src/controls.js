/**
 * The fields of a form on a page, as the field reader takes them, and the words in them.
 */

/** @import { Field, Group } from "./form-map.js" */

/** @typedef {Field & { element: HTMLElement }} Control */

const SILENT = new Set(["password", "file", "submit", "button", "image", "reset", "fieldset", "output", "object"]);
const EDITABLE = '[contenteditable]:not([contenteditable="false"])';

/**
 * The fields of a form in the order they stand on the page. What is disabled is not sent, and so not read.
 *
 * @param {HTMLElement} form
 * @param {readonly Group[]} groups
 * @param {(item: Element) => string} keyOf A lasting name for a group's item.
 * @returns {Control[]}
 */
export function controlsOf(form, groups, keyOf) {
  /** @type {HTMLElement[]} */
  const elements = [
    .../** @type {Iterable<HTMLElement>} */ (form instanceof HTMLFormElement ? elementsOf(form) : form.querySelectorAll("input, select, textarea")),
    .../** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(EDITABLE)),
  ];
  return elements.flatMap((element) => {
    const control = controlOf(element);
    if (!control) return [];
    for (const [index, { selector }] of groups.entries()) {
      const item = element.closest(selector);
      if (item && form.contains(item)) return [{ ...control, group: { index, key: keyOf(item) } }];
    }
    return [control];
  });
}

/** A field that is named "elements" stands in front of the form's own property. @type {(form: HTMLFormElement) => Iterable<HTMLElement>} */
function elementsOf(form) {
  const get = /** @type {() => HTMLFormControlsCollection} */ (Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements")?.get);
  return /** @type {Iterable<HTMLElement>} */ (/** @type {unknown} */ (get.call(form)));
}

/** @param {HTMLElement} element @returns {Control | undefined} */
function controlOf(element) {
  const name = element.getAttribute("name") || element.getAttribute("id");
  if (!name || element.matches(":disabled")) return undefined;
  if (element instanceof HTMLTextAreaElement) return { name, element, kind: "text", value: element.value };
  if (element instanceof HTMLSelectElement) {
    const { value } = element;
    const own = [...element.options].find(({ defaultSelected }) => defaultSelected) ?? element.options[0];
    return { name, element, kind: "choice", value, blank: value === "" || value === own?.value };
  }
  if (element instanceof HTMLInputElement) {
    const { type, value, checked } = element;
    if (SILENT.has(type)) return undefined;
    if (type === "checkbox" || type === "radio") return { name, element, kind: type, value, checked, blank: checked === element.defaultChecked || !checked };
    return { name, element, kind: "text", value, ...(type === "hidden" ? { blank: true } : {}) };
  }
  if (element.matches(EDITABLE)) return { name, element, kind: "text", value: textOf(element).text };
  return undefined;
}

/**
 * The text of an editable element, with its line breaks, and where each text node begins in it.
 *
 * @param {HTMLElement} element
 * @returns {{ text: string, nodes: { node: Text, start: number }[] }}
 */
export function textOf(element) {
  let text = "";
  /** @type {{ node: Text, start: number }[]} */
  const nodes = [];
  const walk = (/** @type {Node} */ parent) => {
    for (const node of parent.childNodes) {
      if (node instanceof Text) {
        nodes.push({ node, start: text.length });
        text += node.data;
      } else if (node instanceof HTMLBRElement) text += "\n";
      else {
        if (/^(DIV|P|LI|UL|OL)$/.test(node.nodeName) && text !== "" && !text.endsWith("\n")) text += "\n";
        walk(node);
      }
    }
  };
  walk(element);
  return { text, nodes };
}

/**
 * A stretch of an editable element's text.
 *
 * @param {HTMLElement} element
 * @param {number} start
 * @param {number} end
 * @returns {Range | undefined}
 */
export function rangeIn(element, start, end) {
  const { nodes } = textOf(element);
  const at = (/** @type {number} */ offset) => nodes.filter(({ start }) => start <= offset).pop();
  const from = at(start);
  const to = at(end - 1);
  if (!from || !to) return undefined;
  const range = document.createRange();
  range.setStart(from.node, Math.min(start - from.start, from.node.length));
  range.setEnd(to.node, Math.min(end - to.start, to.node.length));
  return range;
}

/**
 * Puts the focus on a field and selects words in it, where it still has them.
 *
 * @param {HTMLElement} element
 * @param {{ start: number, end: number, quote: string }} [words]
 */
export function goTo(element, words) {
  for (let closed = element.closest("details:not([open])"); closed; closed = closed.parentElement?.closest("details:not([open])") ?? null) {
    /** @type {HTMLDetailsElement} */ (closed).open = true;
  }
  element.focus({ preventScroll: true });
  if (words) select(element, words);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

/** @param {HTMLElement} element @param {{ start: number, end: number, quote: string }} words */
function select(element, { start, end, quote }) {
  const field = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement ? element : undefined;
  const text = field ? field.value : textOf(element).text;
  // The text may have moved on since it was read: the words themselves lead, not the old place.
  const from = text.slice(start, end) === quote ? start : text.indexOf(quote);
  if (from < 0) return;
  if (!field) {
    const range = rangeIn(element, from, from + quote.length);
    if (range) getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    return;
  }
  try {
    field.setSelectionRange(from, from + quote.length);
  } catch {
    return; // Dates and numbers have no selection; the focus is enough.
  }
  if (field.scrollHeight > field.clientHeight) field.scrollTop = Math.max(0, (from / text.length) * field.scrollHeight - field.clientHeight / 2);
}
