/**
 * The parts of Python that a start needs (`tools/frozen.py`): fetched, unpacked, and made ready to be used.
 */

import { parts, shared } from "../runtime/manifest.mjs";
import { fetchPart } from "./fetching.mjs";

const asBuffer = (response) => response.arrayBuffer();

/** Compile the interpreter while it comes: its module, and the constants in it that the snapshot was spared. */
const compile = async (response) => {
  const constants = new Uint8Array(shared.bytes);
  let at = -shared.wasm;
  const picking = new TransformStream({
    transform(chunk, controller) {
      const first = Math.max(0, -at);
      const part = chunk.subarray(
        first,
        Math.max(first, Math.min(chunk.length, shared.bytes - at)),
      );
      if (part.length) constants.set(part, at + first);
      at += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const headers = { "Content-Type": "application/wasm" };
  const bytes = new Response(response.body.pipeThrough(picking), { headers });
  return { module: await WebAssembly.compileStreaming(bytes), constants };
};

/** Read the snapshot, and put the interpreter's constants back into it (`tools/delta.py`). */
const restore = async (response, { constants }) => {
  const snapshot = await response.arrayBuffer();
  const words = shared.bytes / 4;
  const into = new Uint32Array(snapshot, shared.snapshot, words);
  const from = new Uint32Array(constants.buffer, 0, words);
  for (let i = 0; i < words; i++) into[i] ^= from[i];
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
