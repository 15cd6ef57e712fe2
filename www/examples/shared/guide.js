import { loadGuide } from "referral-guide";
// The bundler hands over the module's address; see build.mjs.
import module from "referral-guide/referral-guide.wasm";

export const guide = await loadGuide({ wasm: new URL(module, import.meta.url) });
