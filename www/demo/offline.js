// The demo works without a network once it was loaded: its service worker (sw.js) keeps the page's own files.

/** Starts the worker where there can be one. The page works the same without it. */
export async function workOffline() {
  if (!("serviceWorker" in navigator)) return;
  try {
    const url = new URL("sw.js", import.meta.url).href;
    // Under Trusted Types a worker's address counts as script: this one is the only one let through.
    const types = /** @type {any} */ (window).trustedTypes?.createPolicy("referral-guide", {
      createScriptURL(/** @type {string} */ given) {
        if (given !== url) throw new TypeError("not this page's worker");
        return given;
      },
    });
    await navigator.serviceWorker.register(types ? types.createScriptURL(url) : url);
    await navigator.serviceWorker.ready;
    document.documentElement.dataset.offline = "ready";
  } catch {
    // Private windows and some forces' settings allow no worker.
  }
}
