/**
 * What JavaScript does for the page's Python because it would take MicroPython 1.27 too long: a call from there into
 * JavaScript takes 20 to 90 µs, and a module that is written to its file system as long as it takes to import.
 */

/** Yield the elements that lines are about, each with its value: a line is an index, a space and the value. */
const split = function* (elements, lines) {
  for (const line of lines.split("\n")) {
    const space = line.indexOf(" ");
    yield [elements[line.slice(0, space)], line.slice(space + 1)];
  }
};

/** Decode base64. A loop, since `Uint8Array.from` calls a function for each byte. */
const decode = (base64) => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
};

const { stackTraceLimit } = Error;

/**
 * Have errors remember where they were made, or not. Emscripten's file system makes one for every name that it does not
 * find, and an import looks for several: in Chromium most of its time went into their stacks.
 */
const trace = (on) => {
  Error.stackTraceLimit = on ? stackTraceLimit : 0;
};

/** Make the module `native` for an interpreter. */
export const native = ({ FS }) => ({
  trace,

  /**
   * Put Python's modules where `import` finds them: a line of a bundle is a path, a space, and base64. Returns the
   * modules' names, with spaces between, in the bundle's order.
   */
  lay_out(bundle) {
    const names = [];
    trace(false);
    for (const line of bundle.trimEnd().split("\n")) {
      const [path, content] = line.split(" ");
      FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      FS.writeFile(path, decode(content));
      names.push(path.replace(/(\/__init__)?\.\w+$/, "").replaceAll("/", "."));
    }
    trace(true);
    return names.join(" ");
  },

  /** Set an attribute of some of the elements. */
  put(elements, name, lines) {
    for (const [element, value] of split(elements, lines)) element.setAttribute(name, value);
  },

  /** Set the text of some of the elements. */
  write(elements, lines) {
    for (const [element, value] of split(elements, lines)) element.textContent = value;
  },

  /** Set an attribute of all elements to numbers of an array, of the first to that at `first`, with six decimals. */
  number(elements, name, array, first) {
    for (const [at, element] of elements.entries())
      element.setAttribute(name, array[first + at].toFixed(6));
  },
});
