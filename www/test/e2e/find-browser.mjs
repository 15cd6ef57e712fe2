// Where Chrome or Chromium is on this machine. Run as a program it prints the path, or fails when there is none.

import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { argv, env, exit } from "node:process";
import { fileURLToPath } from "node:url";

const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"];
const PLACES = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/** @returns {string | undefined} what the variable CHROME names, else the first one found */
export function findBrowser() {
  if (env.CHROME) {
    if (!runs(env.CHROME)) throw new Error(`CHROME names ${env.CHROME}, which cannot be run`);
    return env.CHROME;
  }
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES].find(runs);
}

/** @param {string} path */
function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const found = findBrowser();
  if (!found) exit(1);
  console.log(found);
}
