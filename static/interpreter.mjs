/**
 * Starts Pyodide in the engine's worker: the `interpreter` that PyScript is given.
 *
 * Python cannot count or check the bytes that become Python, so this module does: every file that
 * the worker fetches is measured as it streams past and compared with its sha256 from the build.
 * The page hears of it by messages `{ doing, loaded, total }`.
 *
 * pyodide 0.29.5: `packages` and `indexURL` are its documented options.
 */

import manifest from "../runtime/manifest.mjs";
import { loadPyodide as startPyodide, version } from "../runtime/pyodide/pyodide.mjs";

export { version };

const SITE = new URL("../", import.meta.url).href;
const plainFetch = globalThis.fetch.bind(globalThis);

/** What a start fetches through `fetch`; `import`ed modules do not pass there. */
const isCounted = (path) => /^(runtime\/pyodide|py\/nn)\/.*(?<!\.m?js)$/.test(path);
const total = Object.entries(manifest).reduce(
  (sum, [path, { bytes }]) => sum + (isCounted(path) ? bytes : 0),
  0,
);
let loaded = 0;
let doing = "Fetching Python and NumPy";

const report = () => globalThis.postMessage({ doing, loaded: Math.min(loaded, total), total });

const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A stream that passes bytes on, counts them, and fails at its end if they are not the expected ones. */
const meter = (path, expected) => {
  const chunks = [];
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      chunks.push(chunk.slice());
      controller.enqueue(chunk);
      if (isCounted(path)) {
        loaded += chunk.byteLength;
        report();
      }
    },
    async flush() {
      if (bytes !== expected.bytes)
        throw new Error(`${path}: ${bytes} bytes arrived of ${expected.bytes}`);
      // Browsers offer no digest to pages on plain http from another machine (a classroom's server).
      if (!globalThis.crypto?.subtle) return;
      const all = await new Blob(chunks).arrayBuffer();
      if (hex(await crypto.subtle.digest("SHA-256", all)) !== expected.sha256)
        throw new Error(`${path}: its bytes are not those that were built`);
    },
  });
};

/** `fetch` for the worker: the same, but a failure names its file. */
globalThis.fetch = async (input, init) => {
  const url = new URL(input.url ?? input, SITE).href;
  const path = url.startsWith(SITE) ? url.slice(SITE.length).split(/[?#]/)[0] : url;
  let response;
  try {
    response = await plainFetch(input, init);
  } catch {
    throw new Error(`${path}: no answer from the server`);
  }
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  const expected = manifest[path];
  if (!expected) return response;
  const body = response.body.pipeThrough(meter(path, expected));
  return new Response(body, { status: response.status, headers: response.headers });
};

/** As Pyodide's own `loadPyodide`, with NumPy loaded. Rejects with an Error that names a file. */
export const loadPyodide = async (options) => {
  report();
  const indexURL = new URL("runtime/pyodide/", SITE).href;
  const python = await startPyodide({ ...options, indexURL, packages: ["numpy"] });
  doing = "Starting the network";
  report();
  return python;
};
