// The packed package, installed and used as its users do: in Node, through four bundlers, in a worker, from a folder, and without WebAssembly.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { serve } from "../../serve.mjs";
import { loadGuide } from "../../src/index.node.js";
import { installPacked, onPage, reportOn, startChromium } from "./support.mjs";
import { form } from "./projects/form.js";

/** Of the two policies, the one that lets WebAssembly compile; both let nothing leave. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const NO_WEBASSEMBLY = "default-src 'none'; script-src 'self'";

const DEVICES = new URL("../../../docs/devices.md", import.meta.url);

/** @type {ReturnType<typeof installPacked>} */
let project;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {{ address: string, close: () => Promise<void> }} */
let site;
/** @type {{ address: string, close: () => Promise<void> }} */
let strict;
/** @type {any} */
let expected;

before(async () => {
  project = installPacked();
  browser = await startChromium();
  site = await serve({ root: project.folder, policy: POLICY });
  strict = await serve({ root: project.folder, policy: NO_WEBASSEMBLY });
  expected = (await loadGuide()).check(/** @type {any} */ (form));
});
after(async () => {
  await browser?.close();
  await site?.close();
  await strict?.close();
  project?.remove();
});

const at = (/** @type {string[]} */ ...path) => join(project.folder, ...path);

/** @param {string} file relative to the project */
const run = (file) => JSON.parse(execFileSync(execPath, [at(file)], { encoding: "utf8", maxBuffer: 1 << 26 }));

/**
 * A page with one script.
 *
 * @param {string} folder of the project
 * @param {string} script
 * @param {string} [kind]
 */
function page(folder, script, kind = 'type="module"') {
  mkdirSync(at(folder), { recursive: true });
  writeFileSync(at(folder, "index.html"), `<!doctype html><title>Guide</title><script ${kind} src="${script}"></script>\n`);
}

/** @param {string} folder */
const visit = (folder, { host = site, in: within = browser } = {}) => onPage(within, `${host.address}/${folder}/`, reportOn);

/** @param {string} folder @returns {string[]} every file in it */
const filesIn = (folder) => readdirSync(at(folder), { recursive: true, encoding: "utf8" });

/** @param {string} entry @param {string} folder @param {webpack.Configuration} [more] */
function withWebpack(entry, folder, more = {}) {
  return /** @type {Promise<void>} */ (
    new Promise((resolve, reject) => {
      webpack(
        {
          mode: "production",
          context: project.folder,
          entry: `./${entry}`,
          output: { path: at(folder), filename: "bundle.js", publicPath: "auto" },
          optimization: { minimize: false },
          performance: false,
          ...more,
        },
        (error, stats) => (error || stats?.hasErrors() ? reject(error ?? new Error(stats?.toString("errors-only"))) : resolve()),
      );
    })
  );
}

/** @param {string} entry @param {string} folder */
async function withVite(entry, folder) {
  mkdirSync(at(`${folder}-source`));
  for (const name of [entry, "form.js"]) copyFileSync(at(name), at(`${folder}-source`, name));
  page(`${folder}-source`, `./${entry}`);
  await vite.build({
    root: at(`${folder}-source`),
    base: "./",
    logLevel: "error",
    configFile: false,
    worker: { format: "es" },
    build: { outDir: at(folder), modulePreload: false, assetsInlineLimit: 0 },
  });
}

/** @param {string} entry @param {string} folder @param {esbuild.BuildOptions} [more] */
function withEsbuild(entry, folder, more = {}) {
  return esbuild.build({
    absWorkingDir: project.folder,
    entryPoints: [`./${entry}`],
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    logLevel: "error",
    ...more,
  });
}

describe("Node", () => {
  test("every entry gives the same report", () => {
    const { reports, refused, adapter } = run("all-in-node.mjs");
    for (const [entry, report] of Object.entries(reports)) assert.deepEqual(report, expected, entry);
    assert.equal(refused, "ReferralGuideError");
    assert.equal(adapter, "function");
  });
});

describe("esbuild", () => {
  test("the inlined build, run in Node", async () => {
    await withEsbuild("inline.js", "esbuild-inline");
    assert.deepEqual(run("esbuild-inline/inline.js"), expected);
  });

  test("the main entry with the module's address handed over, run in Chromium", async () => {
    await withEsbuild("handed-over.js", "esbuild-main", { loader: { ".wasm": "file" }, splitting: true });
    page("esbuild-main", "handed-over.js");
    assert.deepEqual(await visit("esbuild-main"), expected);
  });

  test("in a worker that is an entry of its own", async () => {
    await withEsbuild("worker-by-hand.js", "esbuild-worker", {
      entryPoints: { "worker-by-hand": "./worker-by-hand.js", "guide.worker": "referral-guide/guide.worker" },
      loader: { ".wasm": "file" },
      splitting: true,
    });
    page("esbuild-worker", "worker-by-hand.js");
    assert.deepEqual(await visit("esbuild-worker"), expected);
  });

  test("what is not used is left out", async () => {
    await withEsbuild("pointer.js", "esbuild-pointer", { splitting: true });
    const { size } = statSync(at("esbuild-pointer/pointer.js"));
    assert.ok(size < 2_000, `${size} bytes for a pointer`);
  });
});

describe("Rollup", () => {
  test("the inlined build, run in Node", async () => {
    const bundle = await rollup({ input: at("inline.js"), plugins: [nodeResolve()] });
    await bundle.write({ dir: at("rollup-inline"), format: "es" });
    await bundle.close();
    assert.deepEqual(run("rollup-inline/inline.js"), expected);
  });
});

describe("webpack", () => {
  test("the main entry, run in Chromium, with one copy of the module", async () => {
    await withWebpack("main.js", "webpack-main");
    page("webpack-main", "bundle.js", "defer");
    assert.deepEqual(await visit("webpack-main"), expected);
    assert.equal(filesIn("webpack-main").filter((name) => name.endsWith(".wasm")).length, 1);
  });

  test("in a worker", async () => {
    await withWebpack("worker.js", "webpack-worker");
    page("webpack-worker", "bundle.js", "defer");
    assert.deepEqual(await visit("webpack-worker"), expected);
  });
});

describe("Vite", () => {
  test("the main entry, run in Chromium, with one copy of the module", async () => {
    await withVite("main.js", "vite-main");
    assert.deepEqual(await visit("vite-main"), expected);
    assert.equal(filesIn("vite-main").filter((name) => name.endsWith(".wasm")).length, 1);
  });

  test("in a worker", async () => {
    await withVite("worker.js", "vite-worker");
    assert.deepEqual(await visit("vite-worker"), expected);
  });
});

describe("no bundler", () => {
  before(() => {
    cpSync(project.installed, at("package"), { recursive: true });
    mkdirSync(at("folder"));
    copyFileSync(at("page.html"), at("folder/page.html"));
    for (const name of ["referral-guide.iife.js", "referral-guide-js.iife.js"]) copyFileSync(join(project.installed, "dist", name), at("folder", name));
  });

  /** Types into the page of ten lines. */
  const write = async (/** @type {import("playwright-core").Page} */ open) => {
    await open.getByLabel("What was this like for Ava?").fill("In bed upstairs. Safe and well.");
    return open.getByRole("status").textContent();
  };

  test("a page of ten lines, opened from a folder", async () => {
    const lines = readFileSync(at("page.html"), "utf8").trimEnd().split("\n");
    assert.ok(lines.length <= 10, `${lines.length} lines`);
    const message = await onPage(browser, pathToFileURL(at("folder/page.html")).href, write);
    assert.match(String(message), /Ava/);
    assert.ok(readFileSync(DEVICES, "utf8").includes(lines.join("\n")), "docs/devices.md shows this page");
  });

  test("the same in another encoding and with no WebAssembly at all", async () => {
    const text = readFileSync(at("page.html"), "utf8").replace('"utf-8"', '"windows-1252"');
    writeFileSync(at("folder/encoded.html"), text);
    writeFileSync(at("folder/js.html"), text.replace("referral-guide.iife.js", "referral-guide-js.iife.js"));
    const plain = await onPage(browser, pathToFileURL(at("folder/encoded.html")).href, write);
    const locked = await startChromium(["--js-flags=--jitless"]);
    try {
      const message = await onPage(locked, pathToFileURL(at("folder/js.html")).href, async (open) => {
        assert.equal(await open.evaluate(() => typeof WebAssembly), "undefined");
        return write(open);
      });
      assert.equal(message, plain);
      assert.match(String(message), /Ava/);
    } finally {
      await locked.close();
    }
  });

  const MODULE = (/** @type {string} */ entry) => `
    import { loadGuide } from "${entry}";
    import { form } from "../form.js";
    loadGuide().then((guide) => { globalThis.report = JSON.stringify(guide.check(form)); });`;

  test("the JavaScript build under a policy that allows nothing but the page's own scripts", async () => {
    page("strict-js", "app.js");
    writeFileSync(at("strict-js/app.js"), MODULE("../package/src/js.js"));
    assert.deepEqual(await visit("strict-js", { host: strict }), expected);
  });

  test("there the main entry takes the JavaScript build by itself", async () => {
    page("strict-main", "app.js");
    writeFileSync(at("strict-main/app.js"), MODULE("../package/src/index.js"));
    const refusal = /WebAssembly|wasm/;
    assert.deepEqual(await onPage(browser, `${strict.address}/strict-main/`, reportOn, refusal), expected);
  });
});
