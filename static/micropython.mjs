/** Starts MicroPython for the page: the `interpreter` that PyScript is given. */

import { loadMicroPython as start } from "../runtime/micropython-1.27.0/micropython.mjs";
import { withLibrary } from "./library.mjs";

const url = new URL("../runtime/micropython-1.27.0/micropython.wasm", import.meta.url).href;

/**
 * The module `batch`: writes to many elements in one call. Each call from MicroPython 1.27 into JavaScript takes
 * 20 to 90 µs, which would be most of a frame. Every line of `lines` is an element's index, a space, and the value.
 */
const batch = {
  put(elements, name, lines) {
    for (const [element, value] of split(elements, lines)) element.setAttribute(name, value);
  },
  write(elements, lines) {
    for (const [element, value] of split(elements, lines)) element.textContent = value;
  },
  /** Set an attribute of all elements to numbers of an array, the first to that at `first`, with six decimals. */
  number(elements, name, array, first) {
    for (const [at, element] of elements.entries())
      element.setAttribute(name, array[first + at].toFixed(6));
  },
};

const split = (elements, lines) =>
  lines.split("\n").map((line) => {
    const space = line.indexOf(" ");
    return [elements[line.slice(0, space)], line.slice(space + 1)];
  });

/** As MicroPython's own `loadMicroPython`, of which PyScript would take the address for that of the interpreter. */
export const loadMicroPython = async (options) => {
  const interpreter = withLibrary(await start({ ...options, url }));
  interpreter.registerJsModule("batch", batch);
  return interpreter;
};
