import { loadGuide } from "referral-guide";
import { form } from "./form.js";

loadGuide().then((guide) => {
  globalThis.report = JSON.stringify(guide.check(form));
});
