import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { types } from "../../../scripts/gen-types.mjs";

test("types.d.ts is what the schemas make", async () => {
  const committed = readFileSync(new URL("../../src/types.d.ts", import.meta.url), "utf8");
  assert.ok(committed === (await types()), "www/src/types.d.ts is stale; run `make gen`");
});
