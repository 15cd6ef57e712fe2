// Makes the package's type declarations, types/, from the JSDoc of src/, and puts beside them those that are not made from it.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { execPath, exit } from "node:process";
import { fileURLToPath } from "node:url";

const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

rmSync(path("types"), { recursive: true, force: true });
const { status } = spawnSync(execPath, [path("node_modules/typescript/bin/tsc"), "-p", path("tsconfig.types.json")], { stdio: "inherit" });
if (status !== 0) exit(1);
for (const name of ["types.d.ts", "wasm/referral_guide.d.ts", "wasm/packed.d.ts", "js/referral_guide.d.ts"]) {
  mkdirSync(dirname(path(`types/${name}`)), { recursive: true });
  copyFileSync(path(`src/${name}`), path(`types/${name}`));
}
