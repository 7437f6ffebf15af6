/** Fetches, unpacks and compiles the parts of Python that a start needs (`tools/site_build/python/snapshot.py`). */

import { parts, shared } from "../../runtime/manifest.mjs";
import { fetchPart } from "./fetching.mjs";

/**
 * Compile a WebAssembly part. Give its module, and the constants that the snapshot leaves out.
 *
 * Not by `compileStreaming`: with it, Firefox 153 stopped compiling anything after some hundred visits in one
 * process (docs/decisions.md).
 */
const compile = async (content, { part, snapshot, bytes }) => {
  const constants = new Uint32Array(content.slice(part, part + bytes).buffer);
  return { module: await WebAssembly.compile(content), constants, place: snapshot };
};

/** Put the constants back into the snapshot (`tools/site_build/python/delta.py`). */
const restore = (snapshot, compiled) => {
  for (const { constants, place } of compiled) {
    const into = new Uint32Array(snapshot.buffer, place, constants.length);
    for (let i = 0; i < constants.length; i++) into[i] ^= constants[i];
  }
  return snapshot;
};

/**
 * Get every part, as promises by name: `wasm` and `numpy` of a WebAssembly.Module, `glue` of a string, the others
 * of bytes. `onBytes(count)` is called for each piece that arrives.
 *
 * A promise rejects with an Error that begins with a file's path.
 */
export const getParts = (onBytes) => {
  const fetched = {};
  let last = Promise.resolve();
  // One after another, in the order of use. The page's own files arrive meanwhile.
  for (const [name, path] of Object.entries(parts))
    fetched[name] = last = last.then(() => fetchPart(path, onBytes));
  const [wasm, numpy] = ["wasm", "numpy"].map((name) =>
    fetched[name].then((content) => compile(content, shared[name])),
  );
  return {
    wasm: wasm.then(({ module }) => module),
    glue: fetched.glue.then((content) => new TextDecoder().decode(content)),
    numpy: numpy.then(({ module }) => module),
    snapshot: Promise.all([wasm, numpy]).then(async (compiled) =>
      restore(await fetched.snapshot, compiled),
    ),
    engine: fetched.engine,
  };
};
