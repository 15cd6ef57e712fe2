import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const DEMO = new URL("../../demo/", import.meta.url);
const read = (/** @type {URL} */ url) => readFileSync(url, "utf8");

test("the service worker keeps every file that the pages load", () => {
  const worker = read(new URL("sw.js", DEMO));
  const list = [...worker.matchAll(/const (?:FILES|WITHOUT_WEBASSEMBLY) = \[([^\]]*)\]/g)].map(([, files]) => files).join();
  const kept = new Set([...list.matchAll(/"([^"]+)"/g)].map(([, path]) => new URL(String(path), DEMO).href));
  const needed = new Set(["./", "index.html", "builders.html"].map((path) => new URL(path, DEMO).href));
  for (const url of needed) {
    if (url.endsWith("/")) continue;
    const text = /\.(js|html)$/.test(url) ? read(new URL(url)) : "";
    const found = url.endsWith(".html") ? text.matchAll(/(?:href|src)="([^"#:]+)"/g) : text.matchAll(/(?:from\s+|import\(|new URL\()"(\.[^"]+\.(?:js|wasm))"/g);
    for (const [, path] of found) if (!path?.endsWith("types.js")) needed.add(new URL(String(path), url).href);
  }
  assert.deepEqual([...kept].sort(), [...needed].sort());
});

test("nothing in the demo but keep.js speaks of storage", () => {
  for (const file of readdirSync(DEMO).filter((name) => name.endsWith(".js") && name !== "keep.js"))
    assert.doesNotMatch(read(new URL(file, DEMO)), /localStorage|sessionStorage|indexedDB|document\.cookie/, file);
});
