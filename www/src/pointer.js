/**
 * JSON Pointers (RFC 6901), as findings carry them, and the paths that form libraries use.
 */

/**
 * "/children/0/impact" as ["children", 0, "impact"]: numbers for list indexes, as TanStack Form and others need.
 *
 * @param {string} pointer
 * @returns {(string | number)[]}
 */
export function toPathArray(pointer) {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
    .map((part) => (/^(0|[1-9]\d*)$/.test(part) ? Number(part) : part));
}

/**
 * The other way round.
 *
 * @param {readonly (string | number)[]} path
 * @returns {string}
 */
export function toPointer(path) {
  return path.map((part) => "/" + String(part).replace(/~/g, "~0").replace(/\//g, "~1")).join("");
}

/**
 * The value at a pointer, or undefined. Reads own properties only.
 *
 * @param {unknown} value
 * @param {string} pointer
 * @returns {unknown}
 */
export function resolvePointer(value, pointer) {
  let here = value;
  for (const part of toPathArray(pointer)) {
    if (here === null || typeof here !== "object" || !Object.hasOwn(here, part)) return undefined;
    here = /** @type {Record<string, unknown>} */ (here)[part];
  }
  return here;
}
