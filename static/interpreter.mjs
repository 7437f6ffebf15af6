/**
 * Starts Pyodide in the engine's worker: the `interpreter` that PyScript is given.
 *
 * Python cannot count or check the bytes that become Python, so this module does: every file that
 * the worker fetches is measured as it streams past and compared with its sha256 from the build.
 * The page hears of it by messages `{ doing, loaded, total }` for the start, `{ path, loaded, total }` for a
 * file that is fetched later, and `{ failure }` if it comes to that.
 *
 * pyodide 0.29.5: `packages` and `indexURL` are its documented options.
 */

import manifest from "../runtime/manifest.mjs";
import { loadPyodide as startPyodide, version } from "../runtime/pyodide/pyodide.mjs";

export { version };

const SITE = new URL("../", import.meta.url).href;
const plainFetch = globalThis.fetch.bind(globalThis);

/** What of the runtime comes through `fetch`; `import`ed modules do not pass there. */
const isCounted = (path) => /^runtime\/pyodide\/.*(?<!\.m?js)$/.test(path);
const isRuntime = (path) => path.startsWith("runtime/");

const total = Object.entries(manifest).reduce(
  (sum, [path, { bytes }]) => sum + (isCounted(path) ? bytes : 0),
  0,
);
let loaded = 0;
let doing = "Fetching Python and NumPy";

const report = () => globalThis.postMessage({ doing, loaded: Math.min(loaded, total), total });

const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Reject if bytes are not the expected ones of a file. */
const check = async (path, bytes, expected) => {
  if (bytes.size !== expected.bytes)
    throw new Error(`${path}: ${bytes.size} bytes arrived of ${expected.bytes}`);
  // Browsers offer no digest to pages on plain http from another machine (a classroom's server).
  if (!globalThis.crypto?.subtle) return;
  if (hex(await crypto.subtle.digest("SHA-256", await bytes.arrayBuffer())) !== expected.sha256)
    throw new Error(`${path}: its bytes are not those that were built`);
};

let given = null;

/**
 * Tell the page that Python will not come, until it ends this worker: it may not be listening yet.
 *
 * Pyodide 0.29.5 leaves its caller waiting for ever when its wasm or its standard library does not arrive,
 * and PyScript 0.7.31 the page when an interpreter fails.
 */
const giveUp = (error) => {
  given ??= error; // what went wrong first is what went wrong
  const tell = () => globalThis.postMessage({ failure: given.message });
  tell();
  setInterval(tell, 500);
  throw error;
};

/** A stream that passes a runtime file on while it comes, counts it, and checks it at its end. */
const meter = (path, expected) => {
  const chunks = [];
  return new TransformStream({
    transform(chunk, controller) {
      chunks.push(chunk.slice());
      controller.enqueue(chunk);
      if (isCounted(path)) {
        loaded += chunk.byteLength;
        report();
      }
    },
    // What a stream throws at its end reaches nobody in words, so the page is told of it here.
    flush: () => check(path, new Blob(chunks), expected).catch(giveUp),
  });
};

/** A connection that nothing has come of for so many milliseconds is given up: `heard` is told of all that comes. */
const PATIENCE = 30_000;

const beingPatient = () => {
  const controller = new AbortController();
  let timer;
  const rest = () => clearTimeout(timer);
  const heard = () => {
    rest();
    timer = setTimeout(() => controller.abort(), PATIENCE);
  };
  heard();
  return { signal: controller.signal, heard, rest };
};

/** Read a file to its end, and tell the page how far it is by messages `{ path, loaded, total }`. */
const readCounted = async (path, response, total, heard) => {
  const reader = response.body.getReader();
  const chunks = [];
  let loaded = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    chunks.push(value);
    loaded += value.byteLength;
    globalThis.postMessage({ path, loaded, total });
    heard();
  }
  return new Blob(chunks);
};

/** Answer with a file of the runtime while it comes: Pyodide compiles it meanwhile. */
const passOn = (path, response, expected) => {
  const { status, headers } = response;
  const { readable, writable } = meter(path, expected);
  response.body
    .pipeTo(writable)
    .catch(() => giveUp(new Error(`${path}: the connection was cut`)))
    .catch(() => {}); // the page has been told
  return new Response(readable, { status, headers });
};

/** Answer with a file once all of it is there. */
const collect = async (path, response, expected, heard) => {
  const { status, headers } = response;
  const bytes = await readCounted(path, response, expected.bytes, heard).catch(() => {
    throw new Error(`${path}: the connection was cut`);
  });
  await check(path, bytes, expected);
  return new Response(bytes, { status, headers });
};

/** Fetch a file of the site; whatever is wrong with it is an Error that begins with its path. */
const fetchChecked = async (path, input, init) => {
  const expected = manifest[path];
  // Over the start, the page watches by itself.
  const { signal, heard, rest } = expected && !isRuntime(path) ? beingPatient() : {};
  try {
    const response = await plainFetch(input, { ...init, signal }).catch(() => {
      throw new Error(`${path}: no answer from the server`);
    });
    if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
    if (!expected) return response;
    return isRuntime(path)
      ? passOn(path, response, expected)
      : await collect(path, response, expected, heard);
  } finally {
    rest?.();
  }
};

/** `fetch` for the worker: the same, but a failure names its file, and wrong bytes are a failure. */
globalThis.fetch = (input, init) => {
  const url = new URL(input.url ?? input, SITE).href;
  const path = url.startsWith(SITE) ? url.slice(SITE.length).split(/[?#]/)[0] : url;
  const fetching = fetchChecked(path, input, init);
  return isRuntime(path) ? fetching.catch(giveUp) : fetching;
};

/** As Pyodide's own `loadPyodide`, with NumPy loaded. Rejects with an Error that names a file. */
export const loadPyodide = async (options) => {
  report();
  const indexURL = new URL("runtime/pyodide/", SITE).href;
  const python = await startPyodide({ ...options, indexURL, packages: ["numpy"] }).catch(giveUp);
  doing = "Starting the network";
  report();
  return python;
};
