/**
 * Links NumPy's compiled module before Python starts, so that a snapshot can contain NumPy.
 *
 * NumPy's compiled part is a WebAssembly module of its own. Emscripten links it when it is imported: its data goes
 * into the memory, its functions into a table. A snapshot is of the memory alone. Linked before anything else,
 * data and functions get the same places in the build (`tools/site_build/python/snapshot.mjs`) and in a visitor's browser,
 * so that references in the snapshot stay valid.
 *
 * None of this is a public interface: it uses `_createPyodideModule` of pyodide 0.29.5, and `preRun`,
 * `loadWebAssemblyModule`, `newDSO` and `wasmTable` of Emscripten's module.
 */

/**
 * Return what an instance exports, with the very objects from the table for functions that are in it.
 *
 * Emscripten finds a function's place by identity. In WebKitGTK 2.50 the objects in the table are not those among
 * the exports. Functions would get a second place, and all later ones other places than in the build. The name of a
 * WebAssembly function is its number in the module (WebAssembly JavaScript Interface, 5.6).
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
 * Make the next interpreter link `module`, a WebAssembly.Module, as if it had been imported from `path`.
 *
 * `check` gets the number of functions in the table then, and may throw: if it is not the number from the build,
 * the snapshot does not fit. An interpreter that fails to link rejects. Returns a function that ends this for
 * later interpreters.
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
