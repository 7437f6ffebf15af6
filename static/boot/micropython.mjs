/** Starts MicroPython for the page, with the page's own modules: the `interpreter` that PyScript is given. */

import { loadMicroPython as start } from "../../runtime/micropython-1.27.0/micropython.mjs";
import { withLibrary } from "./library.mjs";
import { native } from "./native.mjs";

const address = (path) => new URL(`../../${path}`, import.meta.url).href;
const url = address("runtime/micropython-1.27.0/micropython.wasm");
const bundle = "py/page.txt";

const fetchModules = async () => {
  const response = await fetch(address(bundle));
  if (!response.ok) throw new Error(`${bundle}: the server answered ${response.status}`);
  return response.text();
};

/** As MicroPython's own `loadMicroPython`, of which PyScript would take the address for that of the interpreter. */
export const loadMicroPython = async (options) => {
  const [interpreter, modules] = await Promise.all([start({ ...options, url }), fetchModules()]);
  const ours = native(interpreter);
  interpreter.registerJsModule("native", { ...ours, first: ours.lay_out(modules) });
  // PyScript goes on in the same task otherwise, and keeps the page for more than 50 ms.
  await new Promise((resolve) => setTimeout(resolve));
  return withLibrary(interpreter);
};
