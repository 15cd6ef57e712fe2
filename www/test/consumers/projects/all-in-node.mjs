// Every entry, in Node: each gives its report.
import { loadGuide, loadGuideSync } from "referral-guide";
import * as inline from "referral-guide/inline";
import * as javascript from "referral-guide/js";
import * as worker from "referral-guide/worker";
import { standardSchema } from "referral-guide/adapters/standard-schema";
import { form } from "./form.js";

const reports = {
  main: (await loadGuide()).check(form),
  sync: loadGuideSync().check(form),
  chosen: (await loadGuide({ engine: "js" })).check(form),
  inline: (await inline.loadGuide()).check(form),
  inlineSync: inline.loadGuideSync().check(form),
  js: (await javascript.loadGuide()).check(form),
};
// There is no Worker here: that is said, not thrown at import.
const refused = await worker.loadGuideWorker().then(
  () => "",
  (error) => error.name,
);
console.log(JSON.stringify({ reports, refused, adapter: typeof standardSchema }));
