/**
 * Starts Pyodide in the engine's worker, from a snapshot. PyScript's configuration names it as the interpreter.
 *
 * All use of undocumented interfaces in this start is here, in `linking.mjs` and in `library.mjs`. Of pyodide 0.29.5,
 * `indexURL`, `lockFileContents` and `stdLibURL` are documented options. `_loadSnapshot` is not (see
 * `tools/site_build/python/snapshot.mjs`), nor is how the interpreter's two files are handed to it before it asks for them.
 * If the snapshot cannot be used, Python starts the plain way: slower, with the whole standard library.
 */

import manifest, { learning, linked, lock, stdlib, wheel } from "../../runtime/manifest.mjs";
import { loadPyodide as startPyodide, version } from "../../runtime/pyodide/pyodide.mjs";
import { writeFiles } from "./archive.mjs";
import { count, giveUp, report, SITE, stopReporting } from "./fetching.mjs";
import { withLibrary } from "./library.mjs";
import { exportsOf, linkAhead } from "./linking.mjs";
import { getParts } from "./parts.mjs";

export { version };

const address = (path) => new URL(path, SITE).href;
const indexURL = address("runtime/pyodide/");
const VERSION = lock.info.python.split(".").slice(0, 2);
const LIBRARY = `/lib/python${VERSION.join("")}.zip`;

report();

/**
 * PyScript 0.7.31 waits until it has read a database of packages, which is empty here. In WebKitGTK 2.50, once some
 * workers were ended while they waited for theirs, no worker can open a database any more.
 */
const answered = (result) => {
  const request = {};
  queueMicrotask(() => request.onsuccess({ target: { result } }));
  return request;
};
const store = { getAllKeys: () => answered([]), clear: () => answered() };
const database = { transaction: () => ({ objectStore: () => store }), close() {} };
Object.defineProperty(globalThis, "indexedDB", { value: { open: () => answered(database) } });

const parts = getParts(count);
for (const part of Object.values(parts)) part.catch(giveUp);

/** Instantiate the module that is compiled already. Pyodide would compile it only after reading the snapshot. */
const { instantiateStreaming } = WebAssembly;
const instantiateCompiled = async (_, imports) => {
  const module = await parts.wasm;
  const instance = await WebAssembly.instantiate(module, imports);
  const { __indirect_function_table: table } = imports.env;
  return { module, instance: { exports: exportsOf(instance, table) } };
};

/** Run Pyodide's JavaScript, which defines a global function. Pyodide fetches the file only if that is missing. */
const glueRun = parts.glue.then((source) => {
  const { eval: run } = globalThis; // an indirect eval: the source does not see this module's names
  run(source);
});

/** Start the interpreter without a request: Pyodide asks for its WebAssembly and its library, which are here. */
const start = async (options, library) => {
  const { fetch } = globalThis;
  globalThis.fetch = async (url) => (String(url).endsWith(".zip") ? library : new Response());
  WebAssembly.instantiateStreaming = instantiateCompiled;
  try {
    return await startPyodide({ ...options, indexURL, lockFileContents: lock });
  } finally {
    Object.assign(globalThis, { fetch });
    Object.assign(WebAssembly, { instantiateStreaming });
  }
};

/**
 * Start from the snapshot, which has imported NumPy and the engine's modules. The rest of NumPy and of the standard
 * library is missing: py/boot/on_demand.py fetches it when something imports it. `later`: the archives that it fetches.
 */
const startFromSnapshot = async (options) => {
  const check = (places) => {
    if (places !== linked.places) throw new Error("the build linked other functions");
  };
  const unlink = linkAhead(linked.path, await parts.numpy, check);
  const python = await start({ ...options, _loadSnapshot: parts.snapshot }, new Response()).finally(
    unlink,
  );
  python.FS.unlink(LIBRARY);
  python.runPython("import random; random.seed()"); // the snapshot has the same seed for everybody
  return { python, later: [learning, wheel, stdlib] };
};

const startPlainly = async (options, error) => {
  await Promise.all(Object.values(parts)); // if a part is missing, report that instead
  console.warn("Python's snapshot could not be used. Python starts without it:", error);
  const [python, numpy] = await Promise.all([
    fetch(address(stdlib)).then((library) => start(options, library)),
    fetch(address(wheel)).then((response) => response.arrayBuffer()),
  ]);
  python.unpackArchive(numpy, "wheel");
  return { python, later: [learning] };
};

/** Like Pyodide's own `loadPyodide`, with NumPy and the engine's modules in place. Rejects with an Error. */
export const loadPyodide = async (options) => {
  try {
    await glueRun;
    const { python, later } = await startFromSnapshot(options).catch((error) =>
      startPlainly(options, error),
    );
    writeFiles(python.FS, await parts.engine);
    // Not `importlib.invalidate_caches`: it imports `importlib.metadata`, and that half of `email`.
    python.runPython("import sys; sys.path_importer_cache.clear()");
    const archives = later.map((path) => [address(path), manifest[path].sha256]);
    python.pyimport("boot.on_demand").install(...archives);
    report("starting");
    return withLibrary(python);
  } catch (error) {
    giveUp(error);
    throw error;
  } finally {
    stopReporting();
  }
};
