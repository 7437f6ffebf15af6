/**
 * The parts of Python that a start needs (`tools/site_build/snapshot.py`): fetched, unpacked, and made ready to be used.
 */

import { parts, shared } from "../../runtime/manifest.mjs";
import { fetchPart } from "./fetching.mjs";

/**
 * Compile a part that is WebAssembly: its module, and the constants in it that the snapshot was spared.
 *
 * Not while it is still being unpacked (`compileStreaming`): with that, Firefox 153 compiled nothing any more after
 * some hundred visits in one process, see docs/decisions.md.
 */
const compile = async (content, { part, snapshot, bytes }) => {
  const constants = new Uint32Array(content.slice(part, part + bytes).buffer);
  return { module: await WebAssembly.compile(content), constants, place: snapshot };
};

/** Put the constants back into the snapshot (`tools/site_build/delta.py`). */
const restore = (snapshot, compiled) => {
  for (const { constants, place } of compiled) {
    const into = new Uint32Array(snapshot.buffer, place, constants.length);
    for (let i = 0; i < constants.length; i++) into[i] ^= constants[i];
  }
  return snapshot;
};

/**
 * Get every part, as promises by their names: `wasm` and `numpy` of a WebAssembly.Module, `glue` of a string, the
 * others of bytes. `heard(bytes)` is called while they come.
 *
 * Each rejects with an Error that begins with a file's path.
 */
export const getParts = (heard) => {
  const coming = {};
  let last = Promise.resolve();
  // One after the other, in the order in which they are used: the page's own files come meanwhile.
  for (const [name, path] of Object.entries(parts))
    coming[name] = last = last.then(() => fetchPart(path, heard));
  const [wasm, numpy] = ["wasm", "numpy"].map((name) =>
    coming[name].then((content) => compile(content, shared[name])),
  );
  return {
    wasm: wasm.then(({ module }) => module),
    glue: coming.glue.then((content) => new TextDecoder().decode(content)),
    numpy: numpy.then(({ module }) => module),
    snapshot: Promise.all([wasm, numpy]).then(async (compiled) =>
      restore(await coming.snapshot, compiled),
    ),
    engine: coming.engine,
  };
};
