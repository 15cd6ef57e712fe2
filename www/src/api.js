/** What every entry of the package offers beside its own `loadGuide`. */
export { Guide, ReferralGuideError } from "./guide.js";
export { resolvePointer, toPathArray, toPointer } from "./pointer.js";
export { standardSchema } from "./adapters/standard-schema.js";
