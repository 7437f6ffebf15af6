// Runs run.py on the runtime that visitors get, and posts what it says as { result }, or { broken }.

import { loadPyodide } from "../static/boot/interpreter.mjs";

const beside = (name) => fetch(new URL(name, import.meta.url));

try {
  const python = await loadPyodide({});
  const archive = await beside("project.zip");
  python.unpackArchive(await archive.arrayBuffer(), "zip", { extractDir: "/project" });
  python.runPython("import os, sys; os.chdir('/project'); sys.path.insert(0, '/project/packages')");
  const program = await (await beside("run.py")).text();
  globalThis.postMessage({ result: await python.runPythonAsync(program, { filename: "run.py" }) });
} catch (error) {
  globalThis.postMessage({ broken: String(error) });
}
