/** Starts MicroPython with the page's modules in place. PyScript's configuration names it as the interpreter. */

import { loadMicroPython as start } from "../../runtime/micropython-1.27.0/micropython.mjs";
import { bytesOf, unpacked } from "./archive.mjs";
import { withLibrary } from "./library.mjs";
import { native } from "./native.mjs";

const address = (path) => new URL(`../../${path}`, import.meta.url).href;
const url = address("runtime/micropython-1.27.0/micropython.bin");
const BUNDLE = "py/page.bin";

const fetchModules = async () => {
  const response = await fetch(address(BUNDLE));
  if (!response.ok) throw new Error(`${BUNDLE}: the server answered ${response.status}`);
  return bytesOf(response);
};

/**
 * Start MicroPython from its gzipped WebAssembly. Its loader has no option for that, but hands what it has fetched to
 * the browser, to be compiled while it arrives. If this fails, the loader fetches the file again, and rejects.
 */
const startUnpacking = async (options) => {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (answer, imports) =>
    instantiateStreaming(unpacked(await answer, "application/wasm"), imports);
  try {
    return await start({ ...options, url });
  } finally {
    Object.assign(WebAssembly, { instantiateStreaming });
  }
};

/** Like MicroPython's own `loadMicroPython`, but ignores PyScript's `url`, which is this file's address. */
export const loadMicroPython = async (options) => {
  const [interpreter, modules] = await Promise.all([startUnpacking(options), fetchModules()]);
  const functions = native(interpreter);
  const first = functions.write_modules(modules);
  interpreter.registerJsModule("native", { ...functions, first });
  // PyScript would go on in the same task, and block the page for more than 50 ms.
  await new Promise((resolve) => setTimeout(resolve));
  return withLibrary(interpreter);
};
