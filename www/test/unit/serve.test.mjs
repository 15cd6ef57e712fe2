import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "../../serve.mjs";

/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "referral-guide-serve-"));
  const root = join(folder, "www");
  mkdirSync(join(root, "demo"), { recursive: true });
  mkdirSync(join(root, "node_modules"));
  mkdirSync(join(folder, "www-beside"));
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "www-beside", "secret.txt"), "secret");
  writeFileSync(join(root, ".hidden"), "secret");
  writeFileSync(join(root, "node_modules", "a.js"), "secret");
  writeFileSync(join(root, "demo", "index.html"), "<!doctype html>");
  for (const name of ["a.js", "a.mjs", "a.wasm", "a.css", "a.json", "a.unknown", "naïve name.js"]) writeFileSync(join(root, name), "1");
  symlinkSync(join(folder, "secret.txt"), join(root, "link.txt"));
  symlinkSync(join(folder, "www-beside"), join(root, "beside"));
  server = await serve({ root });
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/**
 * Asks exactly as written: fetch would tidy the path first.
 *
 * @param {string} path
 * @param {import("node:http").RequestOptions} [options]
 * @returns {Promise<{ status: number, headers: import("node:http").IncomingHttpHeaders, body: string }>}
 */
function ask(path, options = {}) {
  const { hostname, port } = new URL(server.address);
  return new Promise((done, failed) => {
    request({ hostname, port, path, ...options }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part) => (body += part));
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on("error", failed)
      .end();
  });
}

test("files come with the type that browsers insist on", async () => {
  const types = { "a.js": "text/javascript; charset=utf-8", "a.mjs": "text/javascript; charset=utf-8", "a.wasm": "application/wasm" };
  for (const [name, type] of Object.entries(types)) {
    const { status, headers } = await ask(`/${name}?version=1`);
    assert.equal(status, 200);
    assert.equal(headers["content-type"], type);
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
  assert.equal((await ask("/a.unknown")).headers["content-type"], "application/octet-stream");
  assert.equal((await ask("/na%C3%AFve%20name.js")).status, 200);
});

test("every answer carries the content security policy", async () => {
  for (const path of ["/demo/", "/a.js", "/nothing", "/", "/../secret.txt"]) {
    const policy = (await ask(path)).headers["content-security-policy"] ?? "";
    assert.match(String(policy), /default-src 'none'/);
    assert.doesNotMatch(String(policy), /unsafe-inline|'unsafe-eval'|\*|https?:/);
  }
});

test("nothing outside the folder, hidden or installed is served", async () => {
  const paths = ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/demo/../../secret.txt", "/demo/%2e%2e%2f%2e%2e%2fsecret.txt"];
  paths.push("/..%5csecret.txt", "/../www-beside/secret.txt", "/beside/secret.txt", "/link.txt", "/.hidden", "/node_modules/a.js", "/%", "/a.js%00.html");
  paths.push("//secret.txt", "/demo//index.html", `/${"../".repeat(20)}etc/passwd`, "http://127.0.0.1/../secret.txt", "*");
  for (const path of paths) {
    const { status, body } = await ask(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(body, /secret/, path);
  }
});

test("a folder's page is found, and the front door leads to the demo", async () => {
  assert.equal((await ask("/")).headers.location, "/demo/");
  assert.equal((await ask("/demo")).headers.location, "/demo/");
  assert.equal((await ask("/demo/")).body, "<!doctype html>");
});

test("it only reads, and only for its own name", async () => {
  assert.equal((await ask("/a.js", { method: "POST" })).status, 405);
  assert.deepEqual((await ask("/a.js", { method: "HEAD" })).body, "");
  assert.equal((await ask("/a.js", { headers: { Host: "evil.example" } })).status, 421);
  assert.equal((await ask("/a.js", { headers: { Host: "localhost:1" } })).status, 200);
  assert.match(server.address, /^http:\/\/127\.0\.0\.1:\d+$/);
});
