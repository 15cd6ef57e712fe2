// No entry of the package outgrows its budget: size-budget.json. After a change that is worth its bytes: node sizes.mjs --set

import assert from "node:assert/strict";
import { test } from "node:test";
import { budget, measure } from "../../sizes.mjs";

test("every entry keeps to its budget", async () => {
  const sizes = await measure();
  const limits = budget();
  assert.deepEqual(Object.keys(limits).sort(), Object.keys(sizes).sort(), "every entry has a budget");
  for (const [entry, { brotli }] of Object.entries(sizes)) {
    assert.ok(brotli > 0, entry);
    assert.ok(brotli <= (limits[entry] ?? 0), `${entry}: ${brotli} bytes after brotli, ${limits[entry]} allowed; node sizes.mjs prints the table`);
  }
});
