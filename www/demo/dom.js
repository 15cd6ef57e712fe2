// Small helpers for building the page. Text reaches the page only as text nodes.

/** @typedef {Node | string | null | undefined | false | "" | 0} Child */

/**
 * Makes an element. Attributes that are false, null or undefined are left out; `on` holds listeners.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children.flat()) if (child) element.append(child);
  return element;
}

/** The id of the element for a JSON Pointer. @param {string} pointer */
export const idFor = (pointer) => `f${pointer.replaceAll("/", "-")}`;

/**
 * An element of the page by its id; what the page lacks is a slip of ours.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {string} id
 * @param {Tag} [_tag] what kind it is, for its type
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function byId(id, _tag) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page lacks ${id}`);
  return /** @type {HTMLElementTagNameMap[Tag]} */ (found);
}

/**
 * The first element inside `root` that fits; what was built without it is a slip of ours.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function within(root, selector) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`nothing fits ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * Every element inside `root` that fits.
 *
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const every = (root, selector) => [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))];

/** The element around a place of the page that fits. @param {unknown} at @param {string} selector @returns {HTMLElement | null} */
export const around = (at, selector) => (at instanceof Element ? at.closest(selector) : null);

/** What holds an answer. @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/**
 * The controls of the form, each with its pointer.
 *
 * @param {ParentNode} root
 * @returns {{ control: Control, path: string }[]}
 */
export const controls = (root) =>
  every(root, "[data-path]").map((control) => ({ control: /** @type {Control} */ (control), path: control.dataset.path ?? "" }));

/** A button that is not a submit button. @param {string} label @param {Record<string, unknown>} [attributes] */
export function button(label, attributes = {}, hidden = "") {
  return h("button", { type: "button", ...attributes }, label, hidden && h("span", { class: "sr-only" }, ` ${hidden}`));
}

/**
 * Makes the children of `parent` the given keyed elements, touching only what changed. An element whose `sign` is the
 * same stays as it is, so that nothing flashes, an opened <details> stays open and a live region speaks only what is new.
 * @param {Element} parent
 * @param {{ key: string, sign: string, make: () => HTMLElement }[]} wanted
 * @returns {string[]} keys that were not there before
 */
export function reconcile(parent, wanted) {
  const before = new Map(/** @type {HTMLElement[]} */ ([...parent.children]).map((child) => [child.dataset.key, child]));
  /** @type {string[]} */
  const fresh = [];
  const keep = wanted.map(({ key, sign, make }) => {
    const old = before.get(key);
    if (old && old.dataset.sign === sign) return old;
    const made = make();
    made.dataset.key = key;
    made.dataset.sign = sign;
    if (old) {
      // The officer's own opening of "Why" survives new wording.
      const wasOpen = old.querySelector("details[open]");
      const now = made.querySelector("details");
      if (wasOpen && now) now.open = true;
    } else {
      made.classList.add("fresh");
      fresh.push(key);
    }
    return made;
  });
  /** @type {Set<Element>} */
  const kept = new Set(keep);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  keep.forEach((child, at) => {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  });
  return fresh;
}

/** Sets the text only when it differs, so that nothing is spoken twice. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
