/**
 * Does once, under Node, what Python would do again at each visitor's start.
 *
 *     node tools/freeze.mjs PACKAGES ENGINE WEIGHTS OUT
 *
 * PACKAGES is a folder of unpacked wheels, ENGINE one of the engine's modules, WEIGHTS a network's file. Into
 * OUT go `snapshot.bin` (see below), `packages/` and `engine/` (bytecode of all their modules), and
 * `loaded.json` (the files of PACKAGES that the engine needs before somebody types something unforeseen).
 *
 * The snapshot is the memory of an interpreter that has imported what the engine needs of the standard
 * library. pyodide 0.29.5: `_makeSnapshot` and `makeMemorySnapshot` are not official; a snapshot with
 * NumPy in it is refused when it is loaded ("Unexpected hiwire entry").
 */

import { readFileSync, writeFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [packages, engine, weights, out] = process.argv.splice(1).slice(1); // paths that Python shall not know

// The same inputs give the same bytes: no clock, no chance, no seed of its own.
const NOW = Date.UTC(2000, 0);
globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length ? parts : [NOW]));
  }
  static now() {
    return NOW;
  }
};
performance.now = () => 0;
crypto.getRandomValues = (array) => array.fill(0);
const env = { PYTHONHASHSEED: "0", HOME: "/home/pyodide" };
const program = readFileSync(new URL("freeze.py", import.meta.url), "utf-8");

const python = await loadPyodide({ env });
for (const [point, folder] of Object.entries({ packages, engine, out })) {
  python.FS.mkdirTree(`/mnt/${point}`);
  python.mountNodeFS(`/mnt/${point}`, folder);
}
python.FS.writeFile("/mnt/weights.npz", readFileSync(weights));
python.runPython(program);
const needed = python.runPython("freeze()");

const frozen = await loadPyodide({ env, _makeSnapshot: true });
frozen.runPython(`import ${needed}`);
frozen.runPython(program);
frozen.runPython("scrub()");
writeFileSync(`${out}/snapshot.bin`, frozen.makeMemorySnapshot());
