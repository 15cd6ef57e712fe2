// Runs the tests of the folders that are named: every `*.test.js` and `*.test.mjs` in them.
// (`node --test FOLDER` means something different in Node 20 and in Node 22.)

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { argv, env, execPath, exit } from "node:process";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("..", import.meta.url));

/**
 * @param {string} folder
 * @returns {string[]}
 */
export function testsIn(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.name !== "node_modules")
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return testsIn(path);
      return /\.test\.m?js$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

/**
 * @param {string[]} files
 * @param {string[]} [options] for node
 * @returns {string[]} the arguments that run them
 */
export function testArguments(files, options = []) {
  // By itself node leaves one core idle, which on two is half of them.
  const atOnce = `--test-concurrency=${Math.min(availableParallelism(), 4)}`;
  return ["--test", atOnce, "--test-reporter=spec", "--test-reporter-destination=stdout", ...options, ...files.map((file) => relative(HERE, file))];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const folders = argv.slice(2).filter((word) => !word.startsWith("--"));
  const files = folders.flatMap((folder) => testsIn(join(HERE, folder)));
  if (files.length === 0) {
    console.error(`There is no test in ${folders.join(", ")}.`);
    exit(1);
  }
  const options = argv.slice(2).filter((word) => word.startsWith("--"));
  exit(spawnSync(execPath, testArguments(files, options), { cwd: HERE, env, stdio: "inherit" }).status ?? 1);
}
