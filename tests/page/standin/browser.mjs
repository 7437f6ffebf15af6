// The least of a browser that the page's modules need in order to be imported.

/** Put a new, empty document where MicroPython's `js` module looks for one. */
export function installBrowser() {
  globalThis.window = globalThis;
  globalThis.document = { documentElement: {}, querySelector: () => null };
}
