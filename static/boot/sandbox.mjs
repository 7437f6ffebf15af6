/**
 * Lets PyScript's worker start in a sandboxed frame without `allow-same-origin`. guard.js loads it there.
 *
 * Chromium 156 refuses module workers from a blob in such a frame, but allows classic ones. `await` is the only
 * module feature that the worker's code in PyScript 0.7.31 uses. It also resolves addresses against its own,
 * which is "blob:null/…" there.
 */

const { Blob, Worker } = window;

const BEFORE = `(async () => {
self.URL = class extends URL {
  constructor(url, base) {
    super(url, String(base).startsWith("null/") ? ${JSON.stringify(document.baseURI)} : base);
  }
};
`;

window.Blob = class extends Blob {
  constructor(parts, options) {
    const script = options?.type === "text/javascript";
    super(script ? [BEFORE, ...parts, "})()"] : parts, options);
  }
};

window.Worker = class extends Worker {
  constructor(address, options) {
    super(address, { ...options, type: "classic" });
  }
};
