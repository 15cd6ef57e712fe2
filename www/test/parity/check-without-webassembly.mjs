// Forms in, one a line; reports out, one a line; in a process without WebAssembly.
// node check-without-webassembly.mjs ENTRY [NAME…]: the file of src to import, and further globals to take away.

import { argv, stdin, stdout } from "node:process";
import { text } from "node:stream/consumers";

const [entry, ...missing] = argv.slice(2);
const lines = (await text(stdin)).split("\n").slice(0, -1);
for (const name of ["WebAssembly", ...missing]) Reflect.deleteProperty(globalThis, name);
if ("WebAssembly" in globalThis) throw new Error("WebAssembly is still there");

const { loadGuide } = await import(`../../src/${entry}`);
const guide = await loadGuide();
stdout.write(lines.map((line) => `${guide.checkText(line)}\n`).join(""));
