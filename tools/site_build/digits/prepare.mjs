/**
 * Prepares MNIST's digits in the site's own Python, under Node.
 *
 *     node tools/site_build/digits/prepare.mjs MODULES WHEEL ORIGINALS OUT NAME...
 *
 * MODULES is the folder of our Python packages, WHEEL NumPy's wheel, ORIGINALS the folder of MNIST's four files. Writes
 * the files called NAME to the folder OUT: see `in_pyodide.py`.
 */

import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [modules, wheel, originals, out, ...names] = process.argv.slice(2);

// Without the source line: Pyodide's file has only one, and it is huge.
process.on("uncaughtException", (error) => {
  process.stderr.write(`${error}\n`, () => process.exit(1));
});

// Python must not write its bytecode beside our sources.
const python = await loadPyodide({ env: { PYTHONDONTWRITEBYTECODE: "1" } });
for (const [point, folder] of Object.entries({ modules, originals, out })) {
  python.FS.mkdirTree(`/mnt/${point}`);
  python.mountNodeFS(`/mnt/${point}`, folder);
}
python.unpackArchive(new Uint8Array(readFileSync(wheel)), "wheel");
python.runPython("import sys; sys.path.insert(0, '/mnt/modules')");
python.runPython(readFileSync(new URL("in_pyodide.py", import.meta.url), "utf-8"));
python.globals.get("prepare")("/mnt/originals", "/mnt/out", names);
