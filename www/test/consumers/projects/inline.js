import { loadGuide } from "referral-guide/inline";
import { form } from "./form.js";

loadGuide().then((guide) => {
  const report = JSON.stringify(guide.check(form));
  if (globalThis.document) globalThis.report = report;
  else console.log(report);
});
