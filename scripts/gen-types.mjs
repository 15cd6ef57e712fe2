// Makes www/src/types.d.ts from the JSON Schemas. node scripts/gen-types.mjs [OUT]
// Run by scripts/gen.sh; a test compares what it makes with what is committed.

import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { argv } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = new URL("../", import.meta.url);
const require = createRequire(new URL("www/package.json", ROOT));

/**
 * A description beside a reference makes the generator copy the type; said as `allOf`, it does not.
 *
 * @param {unknown} node
 * @returns {unknown}
 */
function separate(node) {
  if (Array.isArray(node)) return node.map(separate);
  if (node === null || typeof node !== "object") return node;
  const { $ref, ...rest } = /** @type {Record<string, unknown>} */ (Object.fromEntries(Object.entries(node).map(([key, value]) => [key, separate(value)])));
  if ($ref === undefined) return rest;
  delete rest.default;
  return Object.keys(rest).length === 0 ? { $ref } : { ...rest, allOf: [{ $ref }] };
}

/**
 * @param {URL} [schemas] the folder of the schemas
 * @returns {Promise<string>} the text of types.d.ts
 */
export async function types(schemas = new URL("schemas/", ROOT)) {
  const { compile } = await import(pathToFileURL(require.resolve("json-schema-to-typescript")).href);
  /** @type {Record<string, unknown>} */
  const definitions = {};
  /** @type {string[]} */
  const roots = [];
  for (const name of ["referral", "report", "policy"]) {
    const schema = JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), "utf8"));
    const { $defs, $schema: _, ...root } = schema;
    roots.push(root.title);
    for (const [key, value] of Object.entries({
      ...$defs,
      [root.title]: root,
    })) {
      if (key in definitions && JSON.stringify(definitions[key]) !== JSON.stringify(value)) {
        throw new Error(`two different types are named ${key}; one is in ${name}.schema.json. Give one another name in Rust.`);
      }
      definitions[key] = value;
    }
  }
  const whole = separate({
    title: "All",
    type: "object",
    properties: Object.fromEntries(roots.map((title) => [title, { $ref: `#/$defs/${title}` }])),
    $defs: definitions,
  });
  const text = await compile(whole, "All", {
    additionalProperties: false,
    bannerComment: "/* Made from schemas/ by `make gen`; the source is the Rust types. */",
    strictIndexSignatures: true,
    style: { printWidth: 140 },
    unreachableDefinitions: true,
  });
  // The wrapper that holds the three together is nobody's type.
  return text
    .replace(/export interface All \{[^}]*\}\n/, "")
    .replace(/\/\*\*\n \* This interface was referenced by `All`'s JSON-Schema\n(?: \* via the `definition` "\w+"\.\n)? \*\/\n/g, "")
    .replace(/ \*\n \* This interface was referenced by `All`'s JSON-Schema\n(?: \* via the `definition` "\w+"\.\n)?/g, "");
}

if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const out = argv[2] ?? fileURLToPath(new URL("www/src/types.d.ts", ROOT));
  writeFileSync(out, await types());
}
