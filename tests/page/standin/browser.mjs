// The least of a browser that the page's modules need in order to be imported.

const CLASSES = ["ImageData", "Path2D"];

/** Put a new, empty document where MicroPython's `js` module looks for one. */
export function installBrowser() {
  globalThis.window = globalThis;
  globalThis.document = { defaultView: globalThis, documentElement: {}, querySelector: () => null };
  for (const name of CLASSES) {
    globalThis[name] = class {};
  }
}
