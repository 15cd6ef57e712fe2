// Bundles an example with the real library, into examples/NAME/dist/, and says under which content security policy it runs.

import { build } from "esbuild";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CONTENT_SECURITY_POLICY } from "../serve.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** The examples with a builder in them. */
export const EXAMPLES = ["ajv", "form-io", "json-forms", "react-hook-form", "surveyjs"];

/** Text becomes markup. */
const NO_TRUSTED_TYPES = { "require-trusted-types-for": "", "trusted-types": "" };
/** Text becomes code, as AJV and Form.io make it while they run. */
const EVALUATES = { ...NO_TRUSTED_TYPES, "script-src": "script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'" };

/** What a builder needs beyond the guide's own policy, by directive; an empty one is left out. The guide needs none of it. @type {Record<string, Record<string, string>>} */
const NEEDS = {
  ajv: EVALUATES,
  "form-io": { ...EVALUATES, "style-src": "style-src 'self' 'unsafe-inline'" },
  "json-forms": EVALUATES,
  surveyjs: { ...NO_TRUSTED_TYPES, "style-src": "style-src 'self' 'unsafe-inline'" },
};

/** The content security policy that an example runs under. @param {string} name */
export const policyOf = (name) =>
  CONTENT_SECURITY_POLICY.split("; ")
    .map((directive) => NEEDS[name]?.[directive.split(" ", 1)[0] ?? ""] ?? directive)
    .filter(Boolean)
    .join("; ");

/** @param {string} name */
export async function bundle(name) {
  const folder = `${HERE}${name}/`;
  const main = readdirSync(folder).find((file) => /^main\.jsx?$/.test(file));
  await build({
    entryPoints: { main: folder + main },
    outdir: `${folder}dist`,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    loader: { ".wasm": "file", ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file", ".svg": "file" },
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    logLevel: "error",
  });
}
