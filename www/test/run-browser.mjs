// Runs the tests of the page, test/e2e/*.test.mjs, against one server and one Chromium.
// node test/run-browser.mjs [WORD…] [--option of node --test…]; a word picks the files whose name has it.
// One file also runs by itself: node --test test/e2e/NAME.test.mjs

import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { argv, env, execPath, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { serve } from "../serve.mjs";
import { startBrowser } from "./e2e/browser.mjs";
import { testArguments, testsIn } from "./run.mjs";

const HERE = fileURLToPath(new URL("..", import.meta.url));

const words = argv.slice(2).filter((word) => !word.startsWith("--"));
const files = testsIn(join(HERE, "test/e2e")).filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (files.length === 0) {
  console.error(words.length ? `No test of the page is named ${words.join(" or ")}.` : "There is no test in test/e2e.");
  exit(1);
}
mkdirSync(join(HERE, "test/e2e/output"), { recursive: true });

const server = await serve();
const browser = await startBrowser();
const options = ["--test-timeout=120000", ...argv.slice(2).filter((word) => word.startsWith("--"))];
const status = await new Promise((done) => {
  spawn(execPath, testArguments(files, options), {
    cwd: HERE,
    env: { ...env, REFERRAL_GUIDE_ADDRESS: server.address, REFERRAL_GUIDE_BROWSER: browser.wsEndpoint() },
    stdio: "inherit",
  }).on("close", (code) => done(code ?? 1));
});
await browser.close();
await server.close();
exit(status);
