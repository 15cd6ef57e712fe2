// Between the page and the contract's form object. Every control carries data-path, a JSON Pointer into the form.

import { controls } from "./dom.js";

/** A form as the contract has it (`Referral`), read and written by pointer. @typedef {Record<string, any>} Form */

/** @param {string} pointer */
const segments = (pointer) =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The value at a JSON Pointer, or undefined. @param {Form} form @param {string} pointer @returns {any} */
export function getAt(form, pointer) {
  return segments(pointer).reduce((/** @type {any} */ value, part) => (value === null || value === undefined ? undefined : value[part]), form);
}

/**
 * Sets the value at a JSON Pointer; undefined takes the key away. Parents are made only when there is something to hold.
 *
 * @param {Form} form
 * @param {string} pointer
 * @param {unknown} value
 */
export function setAt(form, pointer, value) {
  const parts = segments(pointer);
  const last = parts.pop() ?? "";
  /** @type {any} */
  let at = form;
  for (const part of parts) {
    if (at[part] === null || typeof at[part] !== "object") {
      if (value === undefined) return;
      at[part] = {};
    }
    at = at[part];
  }
  if (value === undefined) {
    if (Array.isArray(at)) at[Number(last)] = "";
    else delete at[last];
  } else {
    at[last] = value;
  }
}

/** @param {import("./dom.js").Control} control */
function typed(control) {
  const { value } = control;
  switch (control.dataset.type) {
    case "boolean":
      return value === "true";
    case "number":
      return value.trim() === "" || !Number.isFinite(Number(value)) ? undefined : Number(value);
    case "list": {
      const list = value.split(",").map((part) => part.trim());
      return list.some(Boolean) ? list.filter(Boolean) : undefined;
    }
    default:
      // Left as typed: places in the text are counted from its first character.
      return value === "" ? undefined : value;
  }
}

/** @param {import("./dom.js").Control} control @returns {control is HTMLInputElement} */
const ticks = (control) => control.type === "radio" || control.type === "checkbox";

/**
 * The form as it stands on the page. What the page has no control for is kept from `base`.
 *
 * @param {ParentNode} root
 * @param {Form} base
 * @returns {Form}
 */
export function readForm(root, base) {
  const form = structuredClone(base);
  /** @type {Map<string, { offered: unknown[], chosen: unknown }>} */
  const radios = new Map();
  for (const { control, path } of controls(root)) {
    if (!ticks(control)) {
      setAt(form, path, typed(control));
    } else if (control.type === "radio") {
      const group = radios.get(path) ?? { offered: [], chosen: undefined };
      group.offered.push(typed(control));
      if (control.checked) group.chosen = typed(control);
      radios.set(path, group);
    } else if (control.checked) setAt(form, path, true);
    else if (getAt(form, path) !== undefined) setAt(form, path, false);
  }
  for (const [path, { offered, chosen }] of radios) {
    // A value that the page does not offer ("not-asked") stays until the officer answers.
    if (chosen !== undefined || offered.includes(getAt(form, path))) setAt(form, path, chosen);
  }
  tidy(form);
  return form;
}

/** An answer object with nothing in it is no answer. @param {Form} form */
function tidy(form) {
  const answers = form.dash?.answers;
  if (!answers) return;
  for (const key of Object.keys(answers)) if (Object.keys(answers[key] ?? {}).length === 0) delete answers[key];
}

/** Puts the form's values into the controls. @param {ParentNode} root @param {Form} form */
export function writeForm(root, form) {
  for (const { control, path } of controls(root)) {
    const value = getAt(form, path);
    if (!ticks(control)) control.value = Array.isArray(value) ? value.join(", ") : typeof value === "string" || typeof value === "number" ? String(value) : "";
    else if (control.type === "radio") control.checked = value !== undefined && value !== null && String(value) === control.value;
    else control.checked = value === true;
  }
}

/** An id that no item of the list has. @param {Form[]} list @param {string} prefix */
function freshId(list, prefix) {
  const taken = new Set(list.map((item) => item?.id));
  let number = list.length + 1;
  while (taken.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}

/** Adds an empty item to the list at `pointer`, with an id of its own where such items have one. @param {Form} form @param {string} pointer @param {string} [prefix] What its id begins with. */
export function addItem(form, pointer, prefix) {
  if (!Array.isArray(getAt(form, pointer))) setAt(form, pointer, []);
  const list = getAt(form, pointer);
  list.push(prefix ? { id: freshId(list, prefix) } : {});
}

/** A finding, as a reason names it. @typedef {{ code: string, path: string }} Answered */

/** Whether an override answers a finding. @param {Answered} finding */
const answers =
  ({ code, path }) =>
  (/** @type {Answered} */ one) =>
    one.code === code && one.path === path;

/** The reason that answers a finding. @param {Form} form @param {Answered} finding @returns {string} */
export const reasonFor = (form, finding) => form.overrides?.find(answers(finding))?.reason ?? "";

/** Answers a finding with a reason; an empty one takes it back. @param {Form} form @param {Answered} finding @param {string} reason */
export function giveReason(form, { code, path }, reason) {
  const others = (form.overrides ?? []).filter((/** @type {Answered} */ one) => !answers({ code, path })(one));
  if (reason) form.overrides = [...others, { code, path, reason }];
  else if (form.overrides) form.overrides = others;
}

/** A path as it reads after the items of a list moved. @param {string} path @param {string} pointer @param {(index: number) => number | null} move */
function moved(path, pointer, move) {
  if (!path.startsWith(`${pointer}/`)) return path;
  const [at, ...rest] = path.slice(pointer.length + 1).split("/");
  const now = move(Number(at));
  return now === null ? null : [pointer, now, ...rest].join("/");
}

/** The reasons given, each kept with its item. @param {Form} form @param {string} pointer @param {(index: number) => number | null} move */
function moveReasons(form, pointer, move) {
  if (!form.overrides) return;
  form.overrides = form.overrides.flatMap((/** @type {any} */ override) => {
    const path = moved(override.path, pointer, move);
    return path === null ? [] : [{ ...override, path }];
  });
}

/**
 * Takes item `index` away; reasons given for it go, those of later items move up with them.
 *
 * @param {Form} form
 * @param {string} pointer
 * @param {number} index
 * @returns {Form[]} the reasons that went
 */
export function removeItem(form, pointer, index) {
  const gone = (form.overrides ?? []).filter((/** @type {any} */ { path }) => path.startsWith(`${pointer}/${index}/`));
  getAt(form, pointer)?.splice(index, 1);
  moveReasons(form, pointer, (at) => (at === index ? null : at > index ? at - 1 : at));
  return gone;
}

/**
 * Puts an item back where it was, with its reasons.
 *
 * @param {Form} form
 * @param {string} pointer
 * @param {number} index
 * @param {Form} item
 * @param {Form[]} reasons
 * @returns {number} where it now is
 */
export function putBack(form, pointer, index, item, reasons) {
  const list = getAt(form, pointer);
  const at = Math.min(index, list.length);
  list.splice(at, 0, item);
  moveReasons(form, pointer, (one) => (one >= at ? one + 1 : one));
  if (reasons.length && at === index) form.overrides = [...(form.overrides ?? []), ...reasons];
  return at;
}
