// Writes policies/index.json, the list of the built policies that the demo's switch offers: node policy-list.mjs

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/**
 * The packs of a folder, the national baseline of England first.
 *
 * @param {string} folder
 * @returns {{ file: string, id: string, name: string, language: string, locales: string[] }[]}
 */
export function policyList(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json") && file !== "index.json")
    .map((file) => {
      const { policy, locales } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
      return { file, id: policy.id, name: policy.name, language: policy.language, locales: Object.keys(locales ?? {}) };
    })
    .sort((a, b) => Number(b.id === "england") - Number(a.id === "england") || a.id.localeCompare(b.id));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL("policies", import.meta.url));
  writeFileSync(`${folder}/index.json`, `${JSON.stringify({ policies: policyList(folder) }, null, 2)}\n`);
}
