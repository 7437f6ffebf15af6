/**
 * Fetches files for the engine's worker. Each file in the manifest is counted while it arrives, and checked against
 * its sha256 before it is used. Python cannot do this before it has started.
 *
 * The page gets messages: `{ doing, loaded, total }` during the start, `{ path, loaded, total, over }` for a file that is
 * fetched later, and `{ failure }` if the start fails.
 */

import manifest, { parts } from "../../runtime/manifest.mjs";
import { bytesOf } from "./archive.mjs";

export const SITE = new URL("../../", import.meta.url).href;
const plainFetch = globalThis.fetch.bind(globalThis);

const total = Object.values(parts).reduce((sum, path) => sum + manifest[path].bytes, 0);
let loaded = 0;
let doing = "fetching"; // codes, for which the page has its words

/** Tell the page how far the start is, and optionally what it does from now on. */
export const report = (now = doing) => {
  doing = now;
  globalThis.postMessage({ doing, loaded, total });
};

// A message that is posted before the page listens is lost, and a stalled download posts no further one.
const repeating = setInterval(report, 250);

/** Stop repeating reports: the start is over. */
export const stopReporting = () => clearInterval(repeating);

/** Count bytes of the start that have arrived. */
export const count = (bytes) => {
  loaded += bytes;
  report();
};

let failure = null;

/**
 * Tell the page that the start has failed, until it ends this worker: it may not be listening yet.
 *
 * PyScript 0.7.31 never tells the page that an interpreter has failed.
 */
export const giveUp = (error) => {
  failure ??= error; // the first error is the cause of the others
  const reason = failure.reason ?? { code: "unforeseen", text: failure.message };
  const tell = () => globalThis.postMessage({ failure: reason });
  tell();
  setInterval(tell, 500);
};

/** Make the Error of a file that did not come. The page chooses its words by `reason`: code, path, numbers. */
const failed = (path, text, code, numbers) =>
  Object.assign(new Error(`${path}: ${text}`), { reason: { code, path, ...numbers } });

const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Reject if a file's bytes do not have the hash from the manifest. */
const check = async (path, bytes, { sha256 }) => {
  // On plain http from another machine, such as a classroom's server, browsers offer no digest.
  if (!globalThis.crypto?.subtle) return;
  if (hex(await crypto.subtle.digest("SHA-256", bytes)) !== sha256)
    throw failed(path, "its bytes are not those that were built", "altered");
};

/** Read a file of a known size to its end, and call `onBytes` with the size of each piece. */
const read = async (path, response, { bytes }, onBytes) => {
  const reader = response.body.getReader();
  const content = new Uint8Array(bytes);
  let arrived = 0;
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      if (arrived + value.byteLength <= bytes) content.set(value, arrived);
      arrived += value.byteLength;
      onBytes(value.byteLength);
    }
  } catch {
    throw failed(path, "the connection was cut", "cut");
  }
  if (arrived !== bytes)
    throw failed(path, `${arrived} bytes arrived of ${bytes}`, "short", { arrived, bytes });
  return content;
};

/** Fetch a file that the manifest lists. Rejects with an Error that begins with its path. */
const fetchOnce = async (path, init, onBytes) => {
  const response = await plainFetch(new URL(path, SITE), init).catch(() => {
    throw failed(path, "no answer from the server", "no-answer");
  });
  const { ok, status } = response;
  if (!ok) throw failed(path, `the server answered ${status}`, "status", { status });
  const bytes = await read(path, response, manifest[path], onBytes).catch((error) => {
    // The file is missing, or the network asks for a login.
    if (!response.headers.get("content-type")?.startsWith("text/html")) throw error;
    throw failed(path, "the server sent a web page", "web-page");
  });
  await check(path, bytes, manifest[path]);
  return new Response(bytes, { status, headers: response.headers });
};

/** Fetch as `fetchOnce` does. If a cached copy is damaged, fetch the file from the host instead. */
const fetchChecked = async (path, init, onBytes) => {
  let counted = 0;
  const count = (bytes) => {
    counted += bytes;
    onBytes(bytes);
  };
  try {
    return await fetchOnce(path, init, count);
  } catch (error) {
    const offline = await import("./offline.mjs").catch(() => null);
    if (!(await offline?.forget(new URL(path, SITE).href))) throw error;
    onBytes(-counted);
    return await fetchOnce(path, init, onBytes).catch(() => {
      throw error;
    });
  }
};

/** Fetch a gzipped part of Python and unpack it. `onBytes(count)` is called for each piece that arrives. */
export const fetchPart = async (path, onBytes) => bytesOf(await fetchChecked(path, {}, onBytes));

/** A download that has been silent for this many milliseconds is given up. */
const PATIENCE = 30_000;

/** Fetch a file after the start. The page does not take silence for death until this says that it is over. */
const fetchPatiently = async (path, { arrived, ...init } = {}) => {
  const controller = new AbortController();
  let timer;
  let loaded = 0;
  const tell = (over) =>
    globalThis.postMessage({ path, loaded, total: manifest[path].bytes, over });
  const onBytes = (bytes) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), PATIENCE);
    loaded += bytes;
    arrived?.(bytes);
    tell(false);
  };
  onBytes(0);
  try {
    return await fetchChecked(path, { ...init, signal: controller.signal }, onBytes);
  } finally {
    clearTimeout(timer);
    tell(true);
  }
};

const pathOf = (input) => {
  const url = new URL(input.url ?? input, SITE).href;
  return url.startsWith(SITE) ? url.slice(SITE.length).split(/[?#]/)[0] : url;
};

/**
 * The worker's `fetch`: like the browser's, but a damaged file of the site is an error that names it. `arrived(bytes)`
 * in `init` is called for each piece of such a file, with a negative number for bytes that have to come again.
 */
globalThis.fetch = (input, init) => {
  const path = pathOf(input);
  return manifest[path] ? fetchPatiently(path, init) : plainFetch(input, init);
};

/** Return how many bytes a file of the site has; undefined if the worker does not know it. */
globalThis.fetch.bytesOf = (address) => manifest[pathOf(address)]?.bytes;
