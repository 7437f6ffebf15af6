"""How much memory a page takes: its scripts' heap, both Pythons' memories, and the browser's processes.

``measure(page)`` gives megabytes by name. ``NOTE_WASM`` is JavaScript for ``Site.first``, without which the
memory of the page's own Python is not known.
"""

from pathlib import Path

# WebAssembly's memories do not count as JavaScript's.
NOTE_WASM = """
globalThis.memories = new Set();
for (const name of ['instantiate', 'instantiateStreaming']) {
  const plain = WebAssembly[name];
  WebAssembly[name] = async (...all) => {
    const made = await plain.apply(WebAssembly, all);
    for (const one of Object.values((made.instance ?? made).exports))
      if (one instanceof WebAssembly.Memory) globalThis.memories.add(one);
    return made;
  };
}
"""

WASM = "return [...globalThis.memories ?? []].reduce((sum, one) => sum + one.buffer.byteLength, 0)"

# The engine's memory, asked of the engine as one would in the console.
ENGINE = """
const done = arguments[0];
document.querySelector('script[type=py]').xworker.sync
  .run('__import__("pyodide_js")._module.HEAP8.length').then(({ text }) => done(Number(text)));
"""


def measure(page):
    """Measure a page that answers: megabytes of each."""
    driver, found = page.driver, {}
    if driver.family == "chromium":
        # An earlier test may have measured something else in this browser.
        driver.execute_cdp_cmd("Performance.disable", {})
        driver.execute_cdp_cmd("Performance.enable", {})
        for _ in range(3):  # what one collection frees holds what the next one does
            driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
        metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        metrics = {one["name"]: one["value"] for one in metrics}
        found["scripts"] = metrics["JSHeapUsedSize"] / 1e6
        found["nodes"] = metrics["Nodes"] / 1e6
        found["listeners"] = metrics["JSEventListeners"] / 1e6
    found["page's Python"] = page.js(WASM) / 1e6
    found["engine's Python"] = driver.execute_async_script(ENGINE) / 1e6
    found["processes"] = sum(map(_resident, family(driver.service.process.pid))) / 1e6
    return {name: round(value, 6) for name, value in found.items()}


def family(pid):
    """List a process and all that it, or what it started, has started."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue  # it has ended
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def _resident(pid):
    """Give the bytes that a process holds, what it shares divided among those who share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has ended
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
