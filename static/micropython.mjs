/** Starts MicroPython for the page: the `interpreter` that PyScript is given. */

import { loadMicroPython as start } from "../runtime/micropython-1.27.0/micropython.mjs";
import { withLibrary } from "./library.mjs";

const url = new URL("../runtime/micropython-1.27.0/micropython.wasm", import.meta.url).href;

/** As MicroPython's own `loadMicroPython`, of which PyScript would take the address for that of the interpreter. */
export const loadMicroPython = async (options) => withLibrary(await start({ ...options, url }));
