/**
 * Has Python's parts fetched and unpacked while PyScript is still starting, which makes its worker only a third
 * of a second after the page's first script: a second processor would wait until then.
 *
 * The first worker that the page makes is the engine's. By its name it knows that it can ask for the parts
 * (`{ wants: "parts" }`) and will be given a port from which they come. Later ones, in the place of one that has
 * failed, get their parts themselves (`interpreter.mjs`).
 */
(() => {
  if (document.documentElement.hasAttribute("data-lacking")) return;
  const PlainWorker = window.Worker;
  const { port1, port2 } = new MessageChannel();
  const unpacker = new PlainWorker("static/unpacker.mjs", { type: "module" });
  unpacker.postMessage(port1, [port1]);
  let engine = null;
  let asked = false;
  let trouble = null;
  unpacker.addEventListener("error", () => {
    trouble = "static/unpacker.mjs: it could not be loaded";
    if (asked) engine.postMessage({ failure: trouble });
  });

  window.Worker = class extends PlainWorker {
    constructor(address, options) {
      super(address, engine ? options : { ...options, name: "first" });
      if (engine) return;
      engine = this;
      this.addEventListener("message", ({ data }) => {
        if (data?.wants !== "parts") return;
        asked = true;
        this.postMessage({ failure: trouble, port: port2 }, [port2]);
      });
    }
  };
})();
