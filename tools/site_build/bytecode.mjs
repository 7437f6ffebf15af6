/**
 * Compiles modules for MicroPython, which would otherwise do so at each visitor's start.
 *
 *     node tools/site_build/bytecode.mjs < {"page/pad.py": SOURCE, …} > {"page/pad.mpy": BASE64, …}
 *
 * The compiler is MicroPython's own, from before 1.27 but with the same bytecode version (6). MicroPython 1.27 refuses
 * any other. It is WebAssembly, and so runs wherever Node does.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// With `fetch`, its loader takes a path for a URL. It adds a listener to the process for each module.
globalThis.fetch = undefined;
process.setMaxListeners(0);

const { resolve } = createRequire(import.meta.url);
const { compile } = await import("@pybricks/mpy-cross-v6");
const wasm = resolve("@pybricks/mpy-cross-v6/build/mpy-cross-v6.wasm");

const compiled = {};
for (const [path, source] of Object.entries(JSON.parse(readFileSync(0, "utf-8")))) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const { status, mpy, err } = await compile(name, source, ["-s", path], wasm); // `-s`: its name in tracebacks
  if (status) {
    process.stderr.write(`${path} cannot be compiled for MicroPython:\n${err.join("\n")}\n`);
    process.exit(1);
  }
  compiled[path.replace(/\.py$/, ".mpy")] = Buffer.from(mpy).toString("base64");
}
process.stdout.write(JSON.stringify(compiled));
