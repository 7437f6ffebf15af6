/**
 * The parts of Python that a start needs (`tools/frozen.py`): fetched, unpacked, and made ready to be used.
 */

import { parts, shared } from "../runtime/manifest.mjs";
import { fetchPart } from "./fetching.mjs";

const asBuffer = (response) => response.arrayBuffer();

/**
 * Compile the interpreter: its module, and the constants in it that the snapshot was spared.
 *
 * Not while it is still being unpacked (`compileStreaming`): with that, Firefox 153 compiled nothing any more after
 * some hundred visits in one process, see docs/decisions.md.
 */
const compile = async (response) => {
  const bytes = await response.arrayBuffer();
  const constants = new Uint32Array(bytes.slice(shared.wasm, shared.wasm + shared.bytes));
  return { module: await WebAssembly.compile(bytes), constants };
};

/** Read the snapshot, and put the interpreter's constants back into it (`tools/delta.py`). */
const restore = async (response, { constants }) => {
  const snapshot = await response.arrayBuffer();
  const into = new Uint32Array(snapshot, shared.snapshot, constants.length);
  for (let i = 0; i < constants.length; i++) into[i] ^= constants[i];
  return snapshot;
};

/**
 * Get every part, as promises by their names: `wasm` of a WebAssembly.Module, `glue` of a string, the others of
 * ArrayBuffers. `heard(bytes)` is called while they come.
 *
 * Each rejects with an Error that begins with a file's path.
 */
export const getParts = (heard) => {
  const coming = {};
  let last = Promise.resolve();
  // One after the other, in the order in which they are used: the page's own files come meanwhile.
  for (const [name, path] of Object.entries(parts))
    coming[name] = last = last.then(() => fetchPart(path, heard));
  const compiled = coming.wasm.then(compile);
  return {
    wasm: compiled.then(({ module }) => module),
    glue: coming.glue.then((response) => response.text()),
    snapshot: Promise.all([coming.snapshot, compiled]).then((both) => restore(...both)),
    numpy: coming.numpy.then(asBuffer),
    engine: coming.engine.then(asBuffer),
  };
};
