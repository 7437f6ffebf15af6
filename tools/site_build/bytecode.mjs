/**
 * Compiles modules for MicroPython, which would otherwise do it at each visitor's start.
 *
 *     node tools/site_build/bytecode.mjs < {"page/pad.py": SOURCE, …} > {"page/pad.mpy": BASE64, …}
 *
 * The compiler is MicroPython's own, from before 1.27, but of the same version of bytecode (6), which 1.27 would
 * refuse if it were another. As WebAssembly it runs wherever Node does.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Its loader takes a path for an address where there is `fetch`, and it listens to the process once a module.
globalThis.fetch = undefined;
process.setMaxListeners(0);

const { resolve } = createRequire(import.meta.url);
const { compile } = await import("@pybricks/mpy-cross-v6");
const wasm = resolve("@pybricks/mpy-cross-v6/build/mpy-cross-v6.wasm");

const compiled = {};
for (const [path, source] of Object.entries(JSON.parse(readFileSync(0, "utf-8")))) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const { status, mpy, err } = await compile(name, source, ["-s", path], wasm); // `-s`: what tracebacks call it
  if (status) {
    process.stderr.write(`${path} cannot be compiled for MicroPython:\n${err.join("\n")}\n`);
    process.exit(1);
  }
  compiled[path.replace(/\.py$/, ".mpy")] = Buffer.from(mpy).toString("base64");
}
process.stdout.write(JSON.stringify(compiled));
