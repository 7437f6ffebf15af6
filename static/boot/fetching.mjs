/**
 * Fetching for the engine's worker: every file that is listed in the manifest is counted while it comes, and
 * compared with its sha256 before it is used. Python can do neither before it is there.
 *
 * The page hears of it by messages `{ doing, loaded, total }` for the start, `{ path, loaded, total }` for a
 * file that is fetched later, and `{ failure }` if the start comes to that.
 */

import manifest, { parts } from "../../runtime/manifest.mjs";

export const SITE = new URL("../../", import.meta.url).href;
const plainFetch = globalThis.fetch.bind(globalThis);

const total = Object.values(parts).reduce((sum, path) => sum + manifest[path].bytes, 0);
let loaded = 0;
let doing = "fetching"; // codes, for which the page has its words

/** Tell the page how far the start is, and from now on what it is doing. */
export const report = (now = doing) => {
  doing = now;
  globalThis.postMessage({ doing, loaded, total });
};

// What is posted before the page listens is lost, and when nothing comes nothing more would be posted.
const repeating = setInterval(report, 250);

/** Report nothing more by itself: the start is over. */
export const stopReporting = () => clearInterval(repeating);

/** Count bytes that have come of the start. */
export const count = (bytes) => {
  loaded += bytes;
  report();
};

let given = null;

/**
 * Tell the page that Python will not come, until it ends this worker: it may not be listening yet.
 *
 * PyScript 0.7.31 leaves the page waiting for ever when an interpreter fails.
 */
export const giveUp = (error) => {
  given ??= error; // what went wrong first is what went wrong
  const failure = given.reason ?? { code: "unforeseen", text: given.message };
  const tell = () => globalThis.postMessage({ failure });
  tell();
  setInterval(tell, 500);
};

/** Make the Error of a file that did not come. The page chooses its words by `reason`: code, path, numbers. */
const failed = (path, text, code, numbers) =>
  Object.assign(new Error(`${path}: ${text}`), { reason: { code, path, ...numbers } });

const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Reject if bytes are not the expected ones of a file. */
const check = async (path, bytes, { sha256 }) => {
  // Browsers offer no digest to pages on plain http from another machine (a classroom's server).
  if (!globalThis.crypto?.subtle) return;
  if (hex(await crypto.subtle.digest("SHA-256", bytes)) !== sha256)
    throw failed(path, "its bytes are not those that were built", "altered");
};

/** Read a file of so many bytes to its end, and say of each piece how many it has. */
const read = async (path, response, { bytes }, heard) => {
  const reader = response.body.getReader();
  const content = new Uint8Array(bytes);
  let arrived = 0;
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      if (arrived + value.byteLength <= bytes) content.set(value, arrived);
      arrived += value.byteLength;
      heard(value.byteLength);
    }
  } catch {
    throw failed(path, "the connection was cut", "cut");
  }
  if (arrived !== bytes)
    throw failed(path, `${arrived} bytes arrived of ${bytes}`, "short", { arrived, bytes });
  return content;
};

/** Fetch a file that the manifest lists: its bytes, or an Error that begins with its path. */
const fetchOnce = async (path, init, heard) => {
  const response = await plainFetch(new URL(path, SITE), init).catch(() => {
    throw failed(path, "no answer from the server", "no-answer");
  });
  const { ok, status } = response;
  if (!ok) throw failed(path, `the server answered ${status}`, "status", { status });
  const bytes = await read(path, response, manifest[path], heard).catch((error) => {
    // Of a file that is missing, or of a network that asks for a login.
    if (!response.headers.get("content-type")?.startsWith("text/html")) throw error;
    throw failed(path, "the server sent a web page", "web-page");
  });
  await check(path, bytes, manifest[path]);
  return new Response(bytes, { status, headers: response.headers });
};

/** The same; and what was kept of it for this visit may be damaged, then it comes from the host. */
const fetchChecked = async (path, init, heard) => {
  let counted = 0;
  const count = (bytes) => {
    counted += bytes;
    heard(bytes);
  };
  try {
    return await fetchOnce(path, init, count);
  } catch (error) {
    const offline = await import("./offline.mjs").catch(() => null);
    if (!(await offline?.forget(new URL(path, SITE).href))) throw error;
    heard(-counted);
    return await fetchOnce(path, init, heard).catch(() => {
      throw error;
    });
  }
};

/** Fetch a part of Python, as it was before it was gzipped; `heard(bytes)` is called while it comes. */
export const fetchPart = async (path, heard) => {
  const { body } = await fetchChecked(path, {}, heard);
  const unpacked = new Response(body.pipeThrough(new DecompressionStream("gzip")));
  return new Uint8Array(await unpacked.arrayBuffer());
};

/** A connection that nothing has come of for so many milliseconds is given up. */
const PATIENCE = 30_000;

/** Fetch a file after the start, which the page does not watch by itself. */
const fetchPatiently = async (path, init) => {
  const controller = new AbortController();
  let timer;
  let loaded = 0;
  const heard = (bytes) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), PATIENCE);
    loaded += bytes;
    if (bytes) globalThis.postMessage({ path, loaded, total: manifest[path].bytes });
  };
  heard(0);
  try {
    return await fetchChecked(path, { ...init, signal: controller.signal }, heard);
  } finally {
    clearTimeout(timer);
  }
};

/** `fetch` for the worker: the same, but of a file of the site wrong bytes are a failure that names it. */
globalThis.fetch = (input, init) => {
  const url = new URL(input.url ?? input, SITE).href;
  const path = url.startsWith(SITE) ? url.slice(SITE.length).split(/[?#]/)[0] : url;
  return manifest[path] ? fetchPatiently(path, init) : plainFetch(input, init);
};
