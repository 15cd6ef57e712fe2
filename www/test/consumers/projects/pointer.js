// Uses none of the engine, and gets none.
import { toPathArray } from "referral-guide";

globalThis.report = JSON.stringify(toPathArray("/children/0/impact"));
