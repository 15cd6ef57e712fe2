// Keeps the demo's own files for when there is no network. Never anything else: only reading, only the files named here,
// never an address with a query. A form is never part of a request, so none can end up here.

const CACHE = "referral-guide-demo-1";
const PATIENCE = 3000;

/** What a worker has beside what a page has. @typedef {Event & { waitUntil(done: Promise<unknown>): void, request: Request, respondWith(answer: Promise<Response>): void }} WorkerEvent */
const worker =
  /** @type {{ skipWaiting(): Promise<void>, clients: { claim(): Promise<void> }, location: Location, addEventListener(name: string, listener: (event: WorkerEvent) => void): void }} */ (
    /** @type {unknown} */ (self)
  );

/** Everything the pages load, beside the policies; test/unit/offline.test.mjs keeps this list whole. */
const FILES = [
  "./",
  "index.html",
  "builders.html",
  "builders.js",
  "build.js",
  "dash.js",
  "demo.css",
  "demo.js",
  "dom.js",
  "form-model.js",
  "forms.js",
  "go-to.js",
  "govuk.css",
  "guidance.js",
  "icon.svg",
  "impact.js",
  "keep.js",
  "manifest.webmanifest",
  "marks.js",
  "offline.js",
  "policies.js",
  "quotes.js",
  "samples.js",
  "sent.js",
  "still.js",
  "summary.js",
  "threshold.js",
  "../src/adapters/findings.js",
  "../src/adapters/standard-schema.js",
  "../src/guide.js",
  "../src/api.js",
  "../src/index.js",
  "../src/pointer.js",
  "../src/wasm/referral_guide.js",
  "../src/wasm/referral_guide_bg.wasm",
];
/** The engine as JavaScript is two megabytes: kept only where there is no WebAssembly. */
const WITHOUT_WEBASSEMBLY = ["../src/js.js", "../src/js/referral_guide.js"];
const LIST = "../policies/index.json";

/** @param {string} path */
const full = (path) => new URL(path, worker.location.href).href;

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES, ...(typeof WebAssembly === "undefined" ? WITHOUT_WEBASSEMBLY : [])].map(full));
  // A page without the list of policies has the one in the module.
  const list = await fetch(full(LIST));
  if (!list.ok) return;
  await cache.put(full(LIST), list.clone());
  /** @type {{ policies: { file: string }[] }} */
  const { policies } = await list.json();
  await cache.addAll(policies.map(({ file }) => full(`../policies/${file}`)));
}

/** The network's answer, so that nobody is left with an old guide; the kept one where the network does not answer in time. */
async function answer(/** @type {Request} */ request) {
  const cache = await caches.open(CACHE);
  const old = await cache.match(request);
  if (!old) return fetch(request);
  const fresh = fetch(request).then(async (response) => {
    if (response.ok && !response.redirected) await cache.put(request, response.clone());
    return response.ok ? response : old;
  });
  /** @type {Promise<Response>} */
  const late = new Promise((done) => setTimeout(() => done(old), PATIENCE));
  return Promise.race([fresh.catch(() => old), late]);
}

worker.addEventListener("install", (event) => event.waitUntil(fill().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("referral-guide-demo-") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  ),
);
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin || search) return;
  event.respondWith(answer(request));
});
