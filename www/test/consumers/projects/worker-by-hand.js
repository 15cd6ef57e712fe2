import { loadGuideWorker } from "referral-guide/worker";
import wasm from "referral-guide/referral-guide.wasm";
import { form } from "./form.js";

loadGuideWorker({ worker: () => new Worker("guide.worker.js", { type: "module" }), wasm }).then(async (guide) => {
  globalThis.report = JSON.stringify(await guide.check(form));
});
