/**
 * PyScript's own Python library, imported only as far as something of it is used.
 *
 * What pyscript 0.7.31 first has an interpreter run is 33 kB of Python that write the library's files and import
 * all of them, in one piece: the longest of the page's tasks. Here its files are written without Python, and its
 * `__init__` waits until somebody wants something of it.
 * What does not look as expected is run as it is: slower, and the page works all the same.
 */

const LIBRARY =
  /^import os as _os\nfrom pathlib import Path as _Path\n([\s\S]*?)\nimport pyscript as _pyscript\n(?:del \w+\n)+/;
const FILE =
  /^_path = _Path\("\.\/pyscript\/(\w+\.py)"\)\n_path\.write_text\((".*"),encoding="utf-8"\)$/gm;

/** What PyScript has in `__init__.py` is in `everything.py`, and this in its place. */
const INIT = `def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    import sys
    __import__("pyscript.everything")
    return getattr(sys.modules["pyscript.everything"], name)
`;

/** Write the library that code begins with, and return what is left of the code to be run. */
const layOut = (FS, code) => {
  const [all, library] = LIBRARY.exec(code) ?? [];
  const files = [...(library ?? "").matchAll(FILE)];
  if (!files.length || files.length !== library.split("_path.write_text(").length - 1) return code;
  FS.mkdirTree("pyscript");
  for (const [, name, text] of files)
    FS.writeFile(`pyscript/${name === "__init__.py" ? "everything.py" : name}`, JSON.parse(text));
  FS.writeFile("pyscript/__init__.py", INIT);
  performance.mark("library-laid-out");
  return `pass${code.slice(all.length - 1)}`; // MicroPython 1.27 dies of a program that is empty
};

/** Give an interpreter back, Pyodide or MicroPython, that treats PyScript's library so. */
export const withLibrary = (interpreter) => {
  const run = interpreter.runPythonAsync;
  interpreter.runPythonAsync = (code, ...rest) =>
    run.call(interpreter, layOut(interpreter.FS, code), ...rest);
  return interpreter;
};
