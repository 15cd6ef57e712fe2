/**
 * The worker's side of `referral-guide/worker`: one guide, asked by messages, answered by number.
 *
 * @import { FromWorker, ToWorker } from "./worker.js"
 */
import { loadGuide } from "./index.js";

/** @typedef {{ postMessage(message: FromWorker): void, onmessage: ((event: { data: ToWorker }) => void) | null }} Port */
const port = /** @type {Port} */ (/** @type {unknown} */ (globalThis));

/** @type {import("./guide.js").Guide | undefined} */
let guide;

port.onmessage = async ({ data }) => {
  if ("load" in data) {
    try {
      guide = await loadGuide(data.load);
      port.postMessage({ policy: guide.policy });
    } catch (cause) {
      port.postMessage({ failed: cause instanceof Error ? cause.message : "the guide could not be loaded" });
    }
  } else {
    port.postMessage({ id: data.id, report: guide?.checkText(data.json) ?? null });
  }
};
