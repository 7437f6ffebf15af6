/**
 * The Python module `native`: work that JavaScript does for the page's Python, because MicroPython 1.27 would take
 * too long. A call from MicroPython into JavaScript takes 20 to 90 µs, and writing a module to its file system
 * takes as long as importing it.
 */

import { bytesOf, writeFiles } from "./archive.mjs";

/** Yield elements with their values, from lines of an index, a space and a value. */
const split = function* (elements, lines) {
  for (const line of lines.split("\n")) {
    const space = line.indexOf(" ");
    yield [elements[line.slice(0, space)], line.slice(space + 1)];
  }
};

const { stackTraceLimit } = Error;

/**
 * Switch stack traces of errors on or off. Emscripten's file system makes an error for each name that it does not
 * find, and an import looks for several names. In Chromium, most of an import's time went into their stack traces.
 */
const trace = (on) => {
  Error.stackTraceLimit = on ? stackTraceLimit : 0;
};

/** Make the module for an interpreter. */
export const native = ({ FS }) => ({
  trace,

  /** Unpack a bundle of Python modules that was fetched. Rejects if it is damaged. */
  unpack: bytesOf,

  /**
   * Write the Python modules of an unpacked bundle where `import` finds them. Returns their names in the bundle's
   * order, separated by spaces.
   */
  write_modules(bundle) {
    trace(false);
    try {
      const names = writeFiles(FS, bundle).map((path) => path.replace(/(\/__init__)?\.\w+$/, ""));
      return names.join(" ").replaceAll("/", ".");
    } finally {
      trace(true);
    }
  },

  /** Set one attribute of some of the elements. */
  put(elements, name, lines) {
    for (const [element, value] of split(elements, lines)) element.setAttribute(name, value);
  },

  /** Set the text of some of the elements. */
  write(elements, lines) {
    for (const [element, value] of split(elements, lines)) element.textContent = value;
  },

  /** Set one attribute of all elements to the numbers that begin at `array[first]`, with six decimals. */
  number(elements, name, array, first) {
    for (const [at, element] of elements.entries())
      element.setAttribute(name, array[first + at].toFixed(6));
  },
});
