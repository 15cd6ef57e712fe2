// A small server for the demo and the tests: files of this folder, on the loopback address only, under a strict content security policy.
// node serve.mjs [PORT]; without a port, or with 0, a free one. Prints the address.

import { createReadStream, realpathSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, resolve, sep } from "node:path";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = dirname(fileURLToPath(import.meta.url));

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** What a force's own pages may set. The engine needs 'wasm-unsafe-eval' and nothing else beyond its own files. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // The one name is for a host that makes a worker or a service worker: their addresses count as script.
  "trusted-types referral-guide",
].join("; ");

const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-cache",
};

/**
 * Serves the files of a folder.
 *
 * @param {{ port?: number, root?: string, policy?: string }} [options] `policy` is another content security policy
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function serve({ port = 0, root = ROOT, policy = CONTENT_SECURITY_POLICY } = {}) {
  const base = await realpath(root);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    response.setHeader("Content-Security-Policy", policy);
    answer(base, request, response).catch(() => {
      if (!response.headersSent) plain(response, 500, "Something went wrong");
      else response.destroy();
    });
  });
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => done(undefined));
  });
  const bound = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} base
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function answer(base, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return plain(response, 405, "Only reading is possible");
  }
  // Another site's name that was made to point here gets nothing.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) return plain(response, 421, "Not served under this name");

  const path = wanted(request.url ?? "/");
  if (path === undefined) return plain(response, 404, "Not found");
  if (path === "/") return moved(response, "/demo/");

  let file = resolve(base, `.${path}`);
  try {
    if ((await stat(file)).isDirectory()) {
      if (!path.endsWith("/")) return moved(response, `${encodeURI(path)}/`);
      file = resolve(file, "index.html");
    }
    // A link that leads out of the folder leads nowhere.
    if (!(await realpath(file)).startsWith(base + sep)) return plain(response, 404, "Not found");
    const found = await stat(file);
    if (!found.isFile()) return plain(response, 404, "Not found");
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    response.setHeader("Content-Length", found.size);
  } catch {
    return plain(response, 404, "Not found");
  }
  if (request.method === "HEAD") return void response.end();
  createReadStream(file)
    .on("error", () => response.destroy())
    .pipe(response);
}

/**
 * The path that is asked for, or nothing where it is not one to serve: up and out, hidden files, other people's packages.
 *
 * @param {string} url
 */
function wanted(url) {
  let path;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/s, ""));
  } catch {
    return undefined;
  }
  if (!path.startsWith("/") || /[\\\0:]/.test(path)) return undefined;
  const steps = path.slice(1).split("/");
  if (steps.some((step, at) => step.startsWith(".") || step === "node_modules" || (step === "" && at < steps.length - 1))) return undefined;
  return path;
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {string} text
 */
function plain(response, status, text) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {string} to
 */
function moved(response, to) {
  response.writeHead(302, { Location: to, "Content-Length": 0 });
  response.end();
}

if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const port = Number(argv[2] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error("usage: node serve.mjs [PORT]");
    exit(2);
  }
  try {
    const { address } = await serve({ port });
    console.log(`Referral Guide is at ${address}/demo/ (Ctrl+C stops it)`);
  } catch (error) {
    console.error(`Cannot listen on port ${port}: ${/** @type {Error} */ (error).message}`);
    exit(1);
  }
}
