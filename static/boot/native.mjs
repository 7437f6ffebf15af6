/**
 * The Python module `native`: work that JavaScript does for the page's Python, because MicroPython 1.27 would take
 * too long. A call from MicroPython into JavaScript takes 20 to 90 µs, and writing a module to its file system
 * takes as long as importing it.
 */

/** Yield elements with their values, from lines of an index, a space and a value. */
const split = function* (elements, lines) {
  for (const line of lines.split("\n")) {
    const space = line.indexOf(" ");
    yield [elements[line.slice(0, space)], line.slice(space + 1)];
  }
};

/** Decode base64. A loop, because `Uint8Array.from` calls a function for each byte. */
const decode = (base64) => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
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

  /**
   * Write Python modules where `import` finds them. Each line of a bundle is a path, a space, and base64. Returns the
   * names of the modules in the bundle's order, separated by spaces.
   */
  write_modules(bundle) {
    const names = [];
    trace(false);
    try {
      for (const line of bundle.split("\n").filter(Boolean)) {
        const [path, content] = line.split(" ");
        FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
        FS.writeFile(path, decode(content));
        names.push(path.replace(/(\/__init__)?\.\w+$/, "").replaceAll("/", "."));
      }
    } finally {
      trace(true);
    }
    return names.join(" ");
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
