// For bundlers that leave `new URL(…, import.meta.url)` alone: the module's address is handed over.
import { loadGuide } from "referral-guide";
import wasm from "referral-guide/referral-guide.wasm";
import { form } from "./form.js";

loadGuide({ wasm: new URL(wasm, document.baseURI) }).then((guide) => {
  globalThis.report = JSON.stringify(guide.check(form));
});
