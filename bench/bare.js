// The baseline: Pyodide and NumPy in a worker, as published, and nothing else.

const worker = new Worker("bare-worker.mjs", { type: "module" });
worker.onmessage = () => document.documentElement.setAttribute("data-engine", "ready");
