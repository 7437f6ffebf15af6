/**
 * Links a compiled module of NumPy before Python starts, so that a snapshot can have NumPy in it.
 *
 * What is compiled of NumPy is a WebAssembly module of its own; Emscripten links it when it is imported: its data
 * go into the memory, its functions into a table. A snapshot is of the memory alone. Linked before anything
 * else, they get the same places in the build (`tools/site_build/snapshot.mjs`) as at a visitor's, and what the memory says
 * of them holds. Nothing of this is official: `_createPyodideModule` of pyodide 0.29.5, and `preRun`,
 * `loadWebAssemblyModule`, `newDSO` and `wasmTable` of Emscripten's module.
 */

/**
 * What an instance exports, with one function for one: those that are in the table as they are there.
 *
 * Emscripten finds places by identity. WebKitGTK 2.50 has other objects in the table than among the exports, so
 * that functions would get a second place, and those after them another than in the build. A function of
 * WebAssembly is named by its number in the module (WebAssembly JavaScript Interface, 5.6).
 */
export const exportsOf = (instance, table) => {
  const known = new Map();
  for (let place = 0; place < table.length; place++) {
    const entry = table.get(place);
    if (entry) known.set(entry.name, entry);
  }
  const one = (it) => {
    if (typeof it !== "function") return it;
    if (!known.has(it.name)) known.set(it.name, it);
    return known.get(it.name);
  };
  return Object.fromEntries(Object.entries(instance.exports).map(([name, it]) => [name, one(it)]));
};

/**
 * Have the next interpreter link `module`, a WebAssembly.Module, as if it had been imported from `path`.
 *
 * `check` is called with how many functions there are then, and may throw: with another number than in the build
 * something else was linked, and a snapshot would not fit. Returns what ends this for the interpreters
 * after that one. An interpreter that cannot do it rejects.
 */
export const linkAhead = (path, module, check) => {
  const { _createPyodideModule: create } = globalThis;
  globalThis._createPyodideModule = (settings) =>
    new Promise((resolve, reject) => {
      settings.preRun.push(async (python) => {
        python.addRunDependency(path);
        try {
          const flags = { loadAsync: true, nodelete: true };
          const exports = await python.loadWebAssemblyModule(module, flags, path, {});
          python.newDSO(path, undefined, exports).global = false;
          check(python.wasmTable.length);
          python.removeRunDependency(path);
        } catch (error) {
          reject(error);
        }
      });
      create(settings).then(resolve, reject);
    });
  return () => Object.assign(globalThis, { _createPyodideModule: create });
};
