/**
 * From a vendor's field names to a referral and back: which field a JSON Pointer stands for, and where in it. Knows no DOM.
 */
import { resolvePointer, toPathArray, toPointer } from "./pointer.js";

/**
 * Where a field goes: a JSON Pointer of the contract, or one with its value map and type.
 *
 * `{i}` in a field's name stands for any run of letters, digits, `_` and `-`; the same `{i}` in the pointer takes it up. In a list, such as
 * `/children/{i}/name`, the vendor's numbers need not start at 0 nor be without gaps: items count in the order they stand on the page.
 *
 * @typedef {string | { to: string, values?: Values, type?: FieldType }} Target
 */
/**
 * The vendor's codes and what they mean, such as `{ Y: true, N: false }`.
 *
 * @typedef {Record<string, string | number | boolean | null>} Values
 */
/**
 * How a field's text is read. Told by the pointer unless given: `seen` is a boolean, `ageYears` a number.
 *
 * @typedef {"text" | "boolean" | "number" | "moment" | "list"} FieldType
 */
/**
 * A repeating part of a form whose fields carry no number: one list item an element that matches.
 *
 * @typedef {object} Group
 * @property {string} selector CSS selector of one item, such as `fieldset.child`.
 * @property {string} at The list, such as `/children`.
 * @property {Record<string, Target>} map Field names inside it to pointers from the item, such as `{ impact: "/impact" }`.
 */
/**
 * @typedef {object} MapOptions
 * @property {Record<string, Target>} [map] Field names (or ids) to pointers.
 * @property {readonly Group[]} [groups]
 * @property {Record<string, Values>} [values] Value maps by pointer, such as `{ "/children/{i}/presence": { 1: "in-room" } }`.
 * @property {object} [base] Parts of the referral that no field holds, such as `{ formType: "child-concern" }`.
 */
/**
 * A field as it stands now.
 *
 * @typedef {object} Field
 * @property {string} name
 * @property {string} value
 * @property {"text" | "choice" | "checkbox" | "radio"} [kind] "choice" is a select.
 * @property {boolean} [checked]
 * @property {boolean} [blank] Nothing was put in, or only what stood there from the start.
 * @property {{ index: number, key: string }} [group] The group of `groups` that it is in, and a name for the item.
 */
/**
 * @template {Field} F
 * @typedef {{ field: F, start: number, end: number }} Part Where a field's text stands in the value at a pointer.
 */

const LISTS = new Set(["children", "adults", "episodes", "attendees", "decisions", "actions", "records"]);
/** Lists whose items the report calls by `id`. */
const NAMED = new Set(["children", "adults"]);
/** @type {readonly [FieldType, Set<string>][]} */
const TYPES = [
  ["boolean", new Set(["domesticAbuse", "unborn", "seen", "spokenTo", "disabled", "mobile", "informed", "specialistNotified", "certificate"])],
  ["number", new Set(["ageYears", "totalEpisodes"])],
  ["moment", new Set("createdAt occurredAt dateOfBirth from to arrestedAt releasedAt chargedAt requestedAt arrivedAt heldAt due".split(" "))],
  ["list", new Set(["alsoKnownAs"])],
];
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);
const YES = new Set(["true", "yes", "y", "1", "on"]);
const NO = new Set(["false", "no", "n", "0", "off"]);
/** Between the texts of two fields that make one value. */
const BETWEEN = "\n\n";

/**
 * How the value at a pointer is read, by the contract.
 *
 * @param {string} pointer
 * @returns {FieldType}
 */
export function typeOf(pointer) {
  const last = pointer.slice(pointer.lastIndexOf("/") + 1);
  return TYPES.find(([, keys]) => keys.has(last))?.[0] ?? "text";
}

/**
 * Makes a reader of fields.
 *
 * @template {Field} F
 * @param {MapOptions} options
 * @returns {(fields: Iterable<F>) => Reading<F>}
 * @throws {TypeError} where a pointer is none, or leads into an object's prototype.
 *
 * @example
 * const read = fieldReader({ map: { "child[{i}].name": "/children/{i}/name" } });
 * read([{ name: "child[3].name", value: "Ava" }]).referral; // { children: [{ id: "3", name: "Ava" }] }
 */
export function fieldReader({ map = {}, groups = [], values = {}, base = {} }) {
  const codes = new Map(Object.entries(values).map(([pointer, codes]) => [shape(pointer), codes]));
  const whole = matcher(map, "", codes);
  const inGroups = groups.map(({ at, map }) => matcher(map, at + "/{}", codes));
  const start = JSON.stringify(base);
  return (fields) => {
    /** @type {Placed<F>[]} */
    const placed = [];
    for (const field of fields) {
      const found = field.group && inGroups[field.group.index]?.(field.name, field.group.key);
      const rule = found ?? whole(field.name, "");
      if (rule) placed.push({ field, rule });
    }
    return new Reading(placed, JSON.parse(start));
  };
}

/** A pointer with its placeholders unnamed: `/children/{i}/seen` and `/children/{n}/seen` are the same place. @param {string} pointer */
const shape = (pointer) => pointer.replace(/\{\w*\}/g, "{}");

/**
 * @typedef {{ path: string[], type: FieldType, values: Values | undefined }} Rule `path` names list items by `@key`.
 * @typedef {(name: string, item: string) => Rule | undefined} Matcher
 */
/**
 * @template {Field} F
 * @typedef {{ field: F, rule: Rule }} Placed
 */

/**
 * @param {Record<string, Target>} map
 * @param {string} under
 * @param {Map<string, Values>} codes
 * @returns {Matcher}
 */
function matcher(map, under, codes) {
  const rules = Object.entries(map).map(([name, target]) => {
    const { to, values, type } = typeof target === "string" ? { to: target } : target;
    const pointer = under + to;
    if (typeof to !== "string" || !to.startsWith("/")) throw new TypeError(`"${name}" needs a JSON Pointer that begins with "/"`);
    const template = toPathArray(pointer).map(String);
    if (template.some((part) => FORBIDDEN.has(part))) throw new TypeError(`"${name}" cannot go to "${to}"`);
    /** @type {string[]} */
    const holes = [];
    const pattern = name
      .split(/(\{\w+\})/)
      .map((part) => (/^\{\w+\}$/.test(part) ? (holes.push(part), "([\\w-]+?)") : part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")))
      .join("");
    const lacking = to.match(/\{\w*\}/g)?.find((hole) => !holes.includes(hole));
    if (lacking) throw new TypeError(`"${name}" has no ${lacking} for "${to}"`);
    return { pattern: new RegExp(`^${pattern}$`), holes, template, type: type ?? typeOf(pointer), values: values ?? codes.get(shape(pointer)) };
  });
  return (name, item) => {
    for (const { pattern, holes, template, type, values } of rules) {
      const found = pattern.exec(name);
      if (!found) continue;
      const path = template.map((part, at) => {
        const isItem = at > 0 && LISTS.has(template[at - 1] ?? "");
        const filled = part.replace(/\{\w*\}/g, (hole) => (hole === "{}" ? item : (found[holes.indexOf(hole) + 1] ?? hole)));
        return isItem ? `@${filled}` : filled;
      });
      return path.some((part) => FORBIDDEN.has(part)) ? undefined : { path, type, values };
    }
    return undefined;
  };
}

/**
 * What the fields say: the referral, and which field each pointer stands for.
 *
 * @template {Field} F
 */
export class Reading {
  /** @type {Record<string, unknown>} The referral, for `guide.check`. */
  referral;
  /** @type {Map<string, Part<F>[]>} */
  #parts = new Map();
  /** @type {Map<string, Map<string, number>>} the list's pointer to its items' keys and indexes */
  #items = new Map();

  /**
   * @param {Placed<F>[]} placed
   * @param {Record<string, unknown>} base
   */
  constructor(placed, base) {
    this.referral = base;
    // A row that stands there empty is no child.
    const alive = new Set();
    for (const { field, rule } of placed) {
      if (isBlank(field)) continue;
      rule.path.forEach((part, at) => part.startsWith("@") && alive.add(toPointer(rule.path.slice(0, at + 1))));
    }
    /** @type {Map<string, { rule: Rule, fields: F[] }>} */
    const byPointer = new Map();
    for (const { field, rule } of placed) {
      if (rule.path.some((part, at) => part.startsWith("@") && !alive.has(toPointer(rule.path.slice(0, at + 1))))) continue;
      const pointer = this.#number(rule.path);
      const known = byPointer.get(pointer);
      if (known) known.fields.push(field);
      else byPointer.set(pointer, { rule, fields: [field] });
    }
    for (const [pointer, { rule, fields }] of byPointer) {
      const { value, parts } = valueOf(rule, fields);
      this.#parts.set(pointer, parts);
      if (value !== undefined) put(this.referral, pointer, value);
    }
    for (const [list, items] of this.#items) {
      for (const [key, index] of items) {
        const at = `${list}/${index}`;
        if (resolvePointer(this.referral, at) === undefined) put(this.referral, at, {});
        if (NAMED.has(list.slice(1)) && !resolvePointer(this.referral, `${at}/id`)) put(this.referral, `${at}/id`, key);
      }
    }
  }

  /** The fields that a pointer stands for; none where it stands for more than one value. @param {string} pointer @returns {F[]} */
  fields(pointer) {
    return (this.#parts.get(pointer) ?? []).map(({ field }) => field);
  }

  /** The fields at a pointer or anywhere below it. @param {string} pointer @returns {F[]} */
  fieldsWithin(pointer) {
    return [...this.#parts].filter(([at]) => at === pointer || at.startsWith(`${pointer}/`)).flatMap(([, parts]) => parts.map(({ field }) => field));
  }

  /** The pointers a field's value went to. @param {(field: F) => boolean} is @returns {string[]} */
  pointersOf(is) {
    return [...this.#parts].filter(([, parts]) => parts.some(({ field }) => is(field))).map(([pointer]) => pointer);
  }

  /**
   * The field that holds a stretch of the text at a pointer, with the stretch counted in that field.
   *
   * @param {{ path: string, start: number, end: number }} evidence
   * @returns {Part<F> | undefined}
   */
  locate({ path, start, end }) {
    for (const part of this.#parts.get(path) ?? []) {
      if (start < part.end && end > part.start) return { field: part.field, start: Math.max(0, start - part.start), end: Math.min(end, part.end) - part.start };
    }
    return undefined;
  }

  /** The pointer with list items by name, so that it still says the same when an earlier child is taken away. @param {string} pointer */
  lasting(pointer) {
    let list = "";
    const path = toPathArray(pointer).map(String);
    return toPointer(
      path.map((part, at) => {
        list = toPointer(path.slice(0, at));
        for (const [key, index] of this.#items.get(list) ?? []) if (String(index) === part) return `@${key}`;
        return part;
      }),
    );
  }

  /** The other way round; nothing where the item is gone. @param {string} lasting @returns {string | undefined} */
  current(lasting) {
    /** @type {(string | number)[]} */
    const path = [];
    for (const part of toPathArray(lasting).map(String)) {
      if (!part.startsWith("@")) path.push(part);
      else {
        const index = this.#items.get(toPointer(path))?.get(part.slice(1));
        if (index === undefined) return undefined;
        path.push(index);
      }
    }
    return toPointer(path);
  }

  /** @param {string[]} path @returns {string} */
  #number(path) {
    /** @type {(string | number)[]} */
    const done = [];
    for (const part of path) {
      if (!part.startsWith("@")) {
        done.push(part);
        continue;
      }
      const list = toPointer(done);
      const items = this.#items.get(list) ?? new Map();
      this.#items.set(list, items);
      const key = part.slice(1);
      if (!items.has(key)) items.set(key, items.size);
      done.push(/** @type {number} */ (items.get(key)));
    }
    return toPointer(done);
  }
}

/** @param {Field} field */
function isBlank(field) {
  if (field.blank !== undefined) return field.blank;
  return field.kind === "checkbox" || field.kind === "radio" ? !field.checked : field.value.trim() === "";
}

/**
 * @template {Field} F
 * @param {Rule} rule
 * @param {F[]} fields
 * @returns {{ value: unknown, parts: Part<F>[] }}
 */
function valueOf({ type, values }, fields) {
  /** @type {Part<F>[]} */
  const parts = [];
  const coded = (/** @type {string} */ text) => (values && Object.hasOwn(values, text) ? values[text] : undefined);
  const [only] = fields;
  if (fields.length === 1 && only?.kind === "checkbox" && type === "boolean" && coded(only.value) === undefined) {
    return { value: only.checked === true, parts: [{ field: only, start: 0, end: 0 }] };
  }
  // The date stands before its time, however the form has them.
  const ordered = type === "moment" ? [...fields].sort((a, b) => Number(/^\d{1,2}:/.test(a.value)) - Number(/^\d{1,2}:/.test(b.value))) : fields;
  let text = "";
  /** @type {F[]} */
  const silent = [];
  for (const field of ordered) {
    const off = (field.kind === "checkbox" || field.kind === "radio") && !field.checked;
    if (off || field.value === "") {
      silent.push(field);
      continue;
    }
    const before = text === "" ? "" : type === "moment" ? "T" : BETWEEN;
    const start = text.length + before.length;
    text += before + field.value;
    parts.push({ field, start, end: text.length });
  }
  // What is chosen leads, then what could be.
  for (const field of silent) parts.push({ field, start: 0, end: 0 });
  const mapped = coded(text);
  return { value: mapped === undefined ? read(type, text) : (mapped ?? undefined), parts };
}

/** What cannot be read stays as it is: the guide then says that the value does not fit. @param {FieldType} type @param {string} text @returns {unknown} */
function read(type, text) {
  if (type === "text") return text === "" ? undefined : text;
  const plain = text.trim();
  if (plain === "") return undefined;
  if (type === "boolean") return YES.has(plain.toLowerCase()) ? true : NO.has(plain.toLowerCase()) ? false : plain;
  if (type === "number") return Number.isFinite(Number(plain)) ? Number(plain) : plain;
  if (type === "list")
    return plain
      .split(/[\n,;]/)
      .map((one) => one.trim())
      .filter(Boolean);
  return plain.replace(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/, (_, day, month, year) => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}

/** @param {Record<string, unknown>} root @param {string} pointer @param {unknown} value */
function put(root, pointer, value) {
  const path = toPathArray(pointer);
  const last = /** @type {string} */ (path.pop());
  /** @type {any} */
  let here = root;
  path.forEach((part, at) => {
    const next = at + 1 < path.length ? path[at + 1] : last;
    if (!Object.hasOwn(here, part) || here[part] === null || typeof here[part] !== "object") here[part] = typeof next === "number" ? [] : {};
    here = here[part];
  });
  here[last] = value;
}
