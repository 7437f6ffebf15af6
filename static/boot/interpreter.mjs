/**
 * Starts Pyodide in the engine's worker: the `interpreter` that PyScript is given.
 *
 * Everything about this start that is not official is here, in `linking.mjs` and in `library.mjs`. pyodide
 * 0.29.5: `indexURL`, `lockFileContents` and `stdLibURL` are its documented options; `_loadSnapshot` (see
 * `tools/site_build/snapshot.mjs`) is not, nor are the ways by which the interpreter's two files are given to it before it asks
 * for them. Where the snapshot is not taken, Python starts the plain way: slower, and with the whole standard
 * library.
 */

import manifest, { linked, lock, stdlib, wheel } from "../../runtime/manifest.mjs";
import { loadPyodide as startPyodide, version } from "../../runtime/pyodide/pyodide.mjs";
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
 * PyScript 0.7.31 waits until it has read a database of packages, of which there are none here. WebKitGTK 2.50 opens
 * none to any worker any more after some workers were ended while they waited for theirs.
 */
const answered = (result) => {
  const request = {};
  queueMicrotask(() => request.onsuccess({ target: { result } }));
  return request;
};
const store = { getAllKeys: () => answered([]), clear: () => answered() };
const database = { transaction: () => ({ objectStore: () => store }), close() {} };
Object.defineProperty(globalThis, "indexedDB", { value: { open: () => answered(database) } });

const coming = getParts(count);
for (const part of Object.values(coming)) part.catch(giveUp);

/** Pyodide would compile when it has its snapshot; here both come side by side. */
const { instantiateStreaming } = WebAssembly;
const instantiateCompiled = async (_, imports) => {
  const module = await coming.wasm;
  const instance = await WebAssembly.instantiate(module, imports);
  const { __indirect_function_table: table } = imports.env;
  return { module, instance: { exports: exportsOf(instance, table) } };
};

/** Run Pyodide's JavaScript, which makes a global function; it looks for that before it fetches its file. */
const running = coming.glue.then((source) => {
  const { eval: run } = globalThis; // by another name it knows nothing of this module
  run(source);
});

/** Lay the files of a tar archive (ustar, short names, no folders) into Python's file system, at its root. */
const unpack = ({ FS }, bytes) => {
  const text = (at, length) =>
    new TextDecoder().decode(bytes.subarray(at, at + length)).split("\0")[0];
  for (let at = 0; bytes[at]; ) {
    const path = `/${text(at, 100)}`;
    const size = Number.parseInt(text(at + 124, 12), 8);
    at += 512;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, bytes.subarray(at, at + size), { canOwn: true });
    at += Math.ceil(size / 512) * 512;
  }
};

/** Start the interpreter on what is here already: Pyodide asks for its own file, and for its library. */
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
 * Start from the snapshot, with NumPy and the engine's modules imported. Of the standard library and NumPy
 * nothing else is there: py/boot/on_demand.py fetches it when it is wanted.
 */
const startFromSnapshot = async (options) => {
  const check = (places) => {
    if (places !== linked.places) throw new Error("something else was linked in the build");
  };
  const unlink = linkAhead(linked.path, await coming.numpy, check);
  const python = await start(
    { ...options, _loadSnapshot: coming.snapshot },
    new Response(),
  ).finally(unlink);
  python.FS.unlink(LIBRARY);
  python.runPython("import random; random.seed()"); // chance was the same in every snapshot
  const archives = [wheel, stdlib].map((path) => [address(path), manifest[path].sha256]);
  python.pyimport("boot.on_demand").install(...archives);
  return python;
};

const startPlainly = async (options, error) => {
  await Promise.all(Object.values(coming)); // if a part did not come, that is what is wrong
  console.warn("Python's snapshot was not taken, so it starts the plain way:", error);
  const [python, numpy] = await Promise.all([
    fetch(address(stdlib)).then((library) => start(options, library)),
    fetch(address(wheel)).then((response) => response.arrayBuffer()),
  ]);
  python.unpackArchive(numpy, "wheel");
  return python;
};

/** As Pyodide's own `loadPyodide`, with NumPy and the engine's modules in place. Rejects with an Error. */
export const loadPyodide = async (options) => {
  try {
    await running;
    const python = await startFromSnapshot(options).catch((error) => startPlainly(options, error));
    unpack(python, await coming.engine);
    // Not `importlib.invalidate_caches`, which imports `importlib.metadata`, and that half of `email`.
    python.runPython("import sys; sys.path_importer_cache.clear()");
    report("starting");
    return withLibrary(python);
  } catch (error) {
    giveUp(error);
    throw error;
  } finally {
    stopReporting();
  }
};
