// Between the page and the contract's form object. Every control carries data-path, a JSON Pointer into the form.

const segments = (pointer) =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The value at a JSON Pointer, or undefined. */
export function getAt(form, pointer) {
  return segments(pointer).reduce((value, part) => (value === null || value === undefined ? undefined : value[part]), form);
}

/** Sets the value at a JSON Pointer; undefined takes the key away. Parents are made only when there is something to hold. */
export function setAt(form, pointer, value) {
  const parts = segments(pointer);
  const last = parts.pop();
  let at = form;
  for (const part of parts) {
    if (at[part] === null || typeof at[part] !== "object") {
      if (value === undefined) return;
      at[part] = {};
    }
    at = at[part];
  }
  if (value === undefined) {
    if (Array.isArray(at)) at[last] = "";
    else delete at[last];
  } else {
    at[last] = value;
  }
}

function typed(control) {
  const { value } = control;
  switch (control.dataset.type) {
    case "boolean":
      return value === "true";
    case "number":
      return value.trim() === "" || !Number.isFinite(Number(value)) ? undefined : Number(value);
    default:
      // Left as typed: places in the text are counted from its first character.
      return value === "" ? undefined : value;
  }
}

/**
 * The form as it stands on the page. What the page has no control for is kept from `base`.
 * @param {ParentNode} root
 * @param {object} base
 */
export function readForm(root, base) {
  const form = structuredClone(base);
  const radios = new Map();
  for (const control of root.querySelectorAll("[data-path]")) {
    const { path } = control.dataset;
    if (control.type === "radio") {
      const group = radios.get(path) ?? { offered: [], chosen: undefined };
      group.offered.push(typed(control));
      if (control.checked) group.chosen = typed(control);
      radios.set(path, group);
    } else if (control.type === "checkbox") {
      if (control.checked) setAt(form, path, true);
      else if (getAt(form, path) !== undefined) setAt(form, path, false);
    } else {
      setAt(form, path, typed(control));
    }
  }
  for (const [path, { offered, chosen }] of radios) {
    // A value that the page does not offer ("not-asked") stays until the officer answers.
    if (chosen !== undefined || offered.includes(getAt(form, path))) setAt(form, path, chosen);
  }
  tidy(form);
  return form;
}

/** An answer object with nothing in it is no answer. */
function tidy(form) {
  const answers = form.dash?.answers;
  if (!answers) return;
  for (const key of Object.keys(answers)) if (Object.keys(answers[key] ?? {}).length === 0) delete answers[key];
}

/** Puts the form's values into the controls. */
export function writeForm(root, form) {
  for (const control of root.querySelectorAll("[data-path]")) {
    const value = getAt(form, control.dataset.path);
    if (control.type === "radio") control.checked = value !== undefined && value !== null && String(value) === control.value;
    else if (control.type === "checkbox") control.checked = value === true;
    else if (typeof value === "string" || typeof value === "number") control.value = String(value);
    else control.value = "";
  }
}

/** An id that no item of the list has. */
export function freshId(list, prefix) {
  const taken = new Set((list ?? []).map((item) => item?.id));
  let number = (list ?? []).length + 1;
  while (taken.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}

/** Adds an item to the list at `pointer`. */
export function addItem(form, pointer, item) {
  const list = getAt(form, pointer);
  if (Array.isArray(list)) list.push(item);
  else setAt(form, pointer, [item]);
}

/** Takes item `index` away; reasons given for it go, those of later items move up with them. */
export function removeItem(form, pointer, index) {
  getAt(form, pointer)?.splice(index, 1);
  form.overrides = (form.overrides ?? []).flatMap((override) => {
    if (!override.path.startsWith(`${pointer}/`)) return [override];
    const [at, ...rest] = override.path.slice(pointer.length + 1).split("/");
    if (Number(at) === index) return [];
    return [Number(at) > index ? { ...override, path: [pointer, Number(at) - 1, ...rest].join("/") } : override];
  });
}
