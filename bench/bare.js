// The floor that everybody pays: Pyodide and NumPy in a worker, as their packages come, and nothing else.

const worker = new Worker("bare-worker.mjs", { type: "module" });
worker.onmessage = () => document.documentElement.setAttribute("data-engine", "ready");
