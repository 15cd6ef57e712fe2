import { loadGuideWorker } from "referral-guide/worker";
import { form } from "./form.js";

loadGuideWorker().then(async (guide) => {
  globalThis.report = JSON.stringify(await guide.check(form));
});
