/**
 * Makes both interpreters import only those parts of PyScript's own Python library that are used.
 *
 * pyscript 0.7.31 starts each interpreter with 33 kB of Python that writes the library's files and imports all
 * of them, in one task, the longest of the page. Here JavaScript writes the files, and the library's `__init__`
 * is imported when somebody uses something of it. Code of any other form runs unchanged: that is slower, but works.
 */

const LIBRARY =
  /^import os as _os\nfrom pathlib import Path as _Path\n([\s\S]*?)\nimport pyscript as _pyscript\n(?:del \w+\n)+/;
const FILE =
  /^_path = _Path\("\.\/pyscript\/(\w+\.py)"\)\n_path\.write_text\((".*"),encoding="utf-8"\)$/gm;

/** Takes the place of PyScript's `__init__.py`, which is written to `everything.py`. */
const INIT = `def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    import sys
    __import__("pyscript.everything")
    return getattr(sys.modules["pyscript.everything"], name)
`;

/** Write the library that the code begins with. Return the rest of the code. */
const writeLibrary = (FS, code) => {
  const [all, library] = LIBRARY.exec(code) ?? [];
  const files = [...(library ?? "").matchAll(FILE)];
  if (!files.length || files.length !== library.split("_path.write_text(").length - 1) return code;
  FS.mkdirTree("pyscript");
  for (const [, name, text] of files)
    FS.writeFile(`pyscript/${name === "__init__.py" ? "everything.py" : name}`, JSON.parse(text));
  FS.writeFile("pyscript/__init__.py", INIT);
  performance.mark("library-written");
  return `pass${code.slice(all.length - 1)}`; // MicroPython 1.27 crashes on an empty program
};

/** Treat PyScript's library this way in an interpreter, Pyodide or MicroPython. Return the interpreter. */
export const withLibrary = (interpreter) => {
  const run = interpreter.runPythonAsync;
  interpreter.runPythonAsync = (code, ...rest) =>
    run.call(interpreter, writeLibrary(interpreter.FS, code), ...rest);
  return interpreter;
};
