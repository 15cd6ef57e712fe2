// Bundles and serves one example, and prints its address: npm run example -- NAME [PORT]

import { argv, exit } from "node:process";
import { serve } from "../serve.mjs";
import { EXAMPLES, bundle, policyOf } from "./build.mjs";

const [name = "", port = "0"] = argv.slice(2);
if (!EXAMPLES.includes(name)) {
  console.error(`Which example? npm run example -- ${EXAMPLES.join(" | ")}`);
  exit(2);
}
await bundle(name);
const { address } = await serve({ port: Number(port), policy: policyOf(name) });
console.log(`${address}/examples/${name}/index.html`);
