/**
 * Defines `missingFeatures()`: what Python needs here and this browser lacks, by name. README.md says which
 * versions have everything.
 *
 * The build puts this file into the page, in front of start.js, and the same rules apply: ASCII, old syntax.
 */
window.missingFeatures = () => {
  var wasm = window.WebAssembly;
  var features = {
    WebAssembly: wasm,
    "exceptions in WebAssembly": wasm && wasm.Exception,
    "module scripts": "noModule" in document.createElement("script"),
    "module workers": hasModuleWorkers(),
    DecompressionStream: window.DecompressionStream,
    structuredClone: window.structuredClone,
    ResizeObserver: window.ResizeObserver,
    "constructed style sheets": "adoptedStyleSheets" in document,
    MathML: window.MathMLElement,
  };
  return Object.keys(features).filter((name) => !features[name]);

  /** A browser that supports them reads the option `type` before it finds that the address is invalid. */
  function hasModuleWorkers() {
    var asked = false;
    var options = Object.defineProperty({}, "type", {
      get: () => {
        asked = true;
        return "module";
      },
    });
    try {
      new Worker("http://[", options).terminate();
    } catch (_) {
      // The address is invalid on purpose.
    }
    return asked;
  }
};
