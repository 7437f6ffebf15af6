/**
 * The parts of Python that a start needs (`tools/frozen.py`): fetched, unpacked, and made ready to be used.
 */

import { parts, shared } from "../runtime/manifest.mjs";
import { fetchPart } from "./fetching.mjs";

const asBuffer = (response) => response.arrayBuffer();

/**
 * Compile the interpreter: its module, and the constants in it that the snapshot was spared.
 *
 * Not while it is still being unpacked (`compileStreaming`): Firefox 140 loses a thread for good when the worker is
 * ended meanwhile, and after a few such visits it compiles nothing any more, in no tab of the site.
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
 * Get every part, and call `tell(message, owned)` with `{ name, part }` for each and `{ heard }`, bytes, while they
 * come: `wasm` is a WebAssembly.Module, `glue` a string, the others ArrayBuffers, which are in `owned`.
 *
 * Rejects with an Error that begins with a file's path.
 */
export const getParts = async (tell) => {
  const heard = (bytes) => tell({ heard: bytes }, []);
  const coming = {};
  let last = Promise.resolve();
  // One after the other, in the order in which they are used: the page's own files come meanwhile.
  for (const [name, path] of Object.entries(parts))
    coming[name] = last = last.then(() => fetchPart(path, heard));
  const compiled = coming.wasm.then(compile);
  const ready = {
    wasm: compiled.then(({ module }) => module),
    glue: coming.glue.then((response) => response.text()),
    snapshot: Promise.all([coming.snapshot, compiled]).then((both) => restore(...both)),
    numpy: coming.numpy.then(asBuffer),
    engine: coming.engine.then(asBuffer),
  };
  const told = Object.entries(ready).map(async ([name, getting]) => {
    const part = await getting;
    tell({ name, part }, part instanceof ArrayBuffer ? [part] : []);
  });
  await Promise.all(told);
};
