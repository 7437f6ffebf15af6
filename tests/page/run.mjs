// Runs tests in MicroPython. Reads {module, tests, files} as JSON from the standard input; writes one line of JSON a test.
//
// Each test has a thread of its own: two interpreters in one thread share their tables of proxies, and a timer of the
// first then breaks the second (MicroPython 1.27). A thread can also be ended when its test goes round in circles.

import { text } from "node:stream/consumers";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const HEAP_BYTES = 16 * 1024 * 1024;
const SECONDS_A_TEST = 20;

async function run({ module, test, files }) {
  const { loadMicroPython } = await import("@micropython/micropython-webassembly-pyscript");
  const { installBrowser } = await import("./standin/browser.mjs");
  const { native } = await import("../../static/boot/native.mjs");
  installBrowser();
  const output = [];
  const keep = (line) => output.push(line);
  const python = await loadMicroPython({ heapsize: HEAP_BYTES, stdout: keep, stderr: keep });
  python.registerJsModule("native", native(python));
  for (const [path, source] of Object.entries(files)) {
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")) || "/");
    python.FS.writeFile(path, source);
  }
  let failure = null;
  try {
    python.runPython(`import ${module}\nwaits = type(${module}.${test}).__name__ == "generator"`);
    const wait = python.globals.get("waits") ? "await " : "";
    await python.runPythonAsync(`${wait}${module}.${test}()`);
  } catch (error) {
    failure = error.name === "PythonError" ? error.message : (error.stack ?? String(error));
  }
  return { failure, output };
}

function inThread(order) {
  return new Promise((resolve) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: order });
    const end = (result) => {
      clearTimeout(timer);
      thread.terminate();
      resolve(result);
    };
    const fail = (failure) => end({ failure, output: [] });
    const timer = setTimeout(
      () => fail(`The test did not finish in ${SECONDS_A_TEST} seconds.`),
      SECONDS_A_TEST * 1000,
    );
    thread.on("message", end);
    thread.on("error", (error) => fail(`The interpreter broke.\n${error.stack}`));
    thread.on("exit", () => fail("The interpreter ended without a result."));
  });
}

if (isMainThread) {
  const { module, tests, files } = JSON.parse(await text(process.stdin));
  for (const test of tests) {
    const result = await inThread({ module, test, files });
    process.stdout.write(`${JSON.stringify({ test, ...result })}\n`);
  }
} else {
  parentPort.postMessage(await run(workerData));
}
