/**
 * Does once, under Node, what Python would otherwise repeat at each visitor's start.
 *
 *     node tools/site_build/python/snapshot.mjs PACKAGES COMPILED ENGINE WEIGHTS OUT
 *
 * PACKAGES is a folder of unpacked wheels, COMPILED the WebAssembly file in it, ENGINE a folder of the engine's
 * modules, WEIGHTS a network's file. Writes to OUT: `snapshot.bin`, the memory of an interpreter that has imported
 * everything and used it once, and `places.json`, the number of functions in its table.
 *
 * pyodide 0.29.5: `_makeSnapshot` and `makeMemorySnapshot` are undocumented. Files are copied, because Pyodide refuses
 * a snapshot that contains a mounted folder ("Unexpected hiwire entry").
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import "pyodide/pyodide.asm.js";
import { loadPyodide } from "pyodide";
import { linkAhead } from "../../../static/boot/linking.mjs";

const paths = process.argv.splice(1).slice(1); // removed: Python must not see them
const [packages, compiled, engine, weights, out] = paths;

// Reproducible: no clock, no randomness, no hash seed.
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
delete WebAssembly.Suspending; // with it, Pyodide links more functions, and some visitors' browsers lack it
const env = { PYTHONHASHSEED: "0", HOME: "/home/pyodide" };
const SITE_PACKAGES = "/lib/python3.13/site-packages";
const program = readFileSync(new URL("snapshot_in_pyodide.py", import.meta.url), "utf-8");

// Without the source line: Pyodide's file has only one, and it is huge.
process.on("uncaughtException", (error) => {
  process.stderr.write(`${error}\n`, () => process.exit(1));
});

/** Copy a folder's files into Python's file system. */
const copy = ({ FS }, from, to) => {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = to + source.slice(from.length);
    FS.mkdirTree(dirname(target));
    FS.writeFile(target, readFileSync(source));
  }
};

const compiler = await loadPyodide({ env: { ...env, PYTHONNODEBUGRANGES: "1" } });
for (const [point, folder] of Object.entries({ packages, engine, out })) {
  compiler.FS.mkdirTree(`/mnt/${point}`);
  compiler.mountNodeFS(`/mnt/${point}`, folder);
}
compiler.runPython(program);
compiler.runPython("compile_modules()");

const module = await WebAssembly.compile(readFileSync(join(packages, compiled)));
let places;
const unlink = linkAhead(`${SITE_PACKAGES}/${compiled}`, module, (number) => {
  places = number;
});
const stdLibURL = `${out}/stdlib.zip`;
const frozen = await loadPyodide({ env, stdLibURL, _makeSnapshot: true });
unlink();
copy(frozen, engine, env.HOME);
copy(frozen, `${out}/imported`, "");
frozen.FS.writeFile(`${SITE_PACKAGES}/${compiled}`, ""); // it is linked already
frozen.FS.writeFile(`${env.HOME}/weights.npz`, readFileSync(weights));
const globals = frozen.toPy({}); // separate from those of a visitor's console
frozen.runPython(program, { globals });
frozen.runPython("visit()", { globals });
frozen.runPython("scrub()", { globals });
globals.destroy();
if (frozen._module.wasmTable.length !== places)
  throw new Error(
    "Another compiled module was linked: the snapshot supports only the one that it is given.",
  );
writeFileSync(`${out}/snapshot.bin`, frozen.makeMemorySnapshot());
writeFileSync(`${out}/places.json`, JSON.stringify(places));
