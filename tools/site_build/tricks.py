"""The tricks that make the page start sooner, and how to build the site without each.

`docs/boot.md` says what each trick gains, what it relies on, and which test notices when it breaks. A site
without any of them starts PyScript, MicroPython and Pyodide as documented. It is slower, but works: when a
new version of one of them breaks the start, build without one trick after another to find which.

What makes the page robust is no trick, and stays: `start.js`, `guard.js`, hashes.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from site_build import bundle, packing
from site_build.pins import Refusal
from site_build.python import worker_modules

# Every trick by name. Some are part of another, and go with it.
TRICKS = {
    "snapshot": "Python starts from a memory snapshot with NumPy imported (takes `delta` along)",
    "delta": "the snapshot leaves out the constants that the WebAssembly files contain",
    "bundle": "the page's modules come in two packed files (takes `bytecode`, `steps` and `traces` along)",
    "bytecode": "the page's modules come compiled",
    "deferred": "the panels' modules are imported after the engine has started",
    "steps": "the page's modules are imported in several short tasks",
    "traces": "errors have no stack traces while modules are imported",
    "library": "PyScript's own Python library is imported only as far as it is used",
    "preload": "the page asks for everything that the start needs at once",
    "offline": "a service worker caches the site for the next visit",
}

# Takes the place of py/boot/start.py when there is no bundle. `native` stays: the running page needs it.
START = '''\
"""Start the page without any trick."""

import sys

import js
from pyscript.js_modules import native

sys.modules["native"] = native.native(js.Object.new())
js.styleApplied.then(lambda *_: __import__("page.app"))
'''


def parse(names: str) -> frozenset[str]:
    """Return the tricks in a list with commas. Raise `Refusal` for one that does not exist."""
    found = frozenset(name.strip() for name in names.split(",") if name.strip())
    for name in sorted(found - TRICKS.keys()):
        raise Refusal(f"There is no trick called {name}: name some of {', '.join(TRICKS)}.")
    return found


def remove(root: Path, site: Path, names: frozenset[str]) -> None:
    """Rewrite a site, before it is sealed, so that it starts without the named tricks.

    `delta`, `preload` and `offline` are left to the build, which does not do them in the first place.
    """
    for name, action in ACTIONS.items():
        if name in names:
            action(root, site)


def _without_snapshot(root: Path, site: Path) -> None:
    """Have PyScript load Pyodide, unpack NumPy's wheel, and write the engine's modules one by one."""
    [wheel] = (site / "runtime/pyodide").glob("numpy-*.whl")
    files = {f"./runtime/pyodide/{wheel.name}": "./*"}
    for path in [*worker_modules.needed(root), *worker_modules.left(root)]:
        name = path.relative_to(root / "py").as_posix()
        _copy(root, site, f"py/{name}")
        files[f"./py/{name}"] = f"./{name}"
    _configure(site, "py", interpreter="./runtime/pyodide/pyodide.mjs", files=files)


def _without_bytecode(root: Path, site: Path) -> None:
    for name, modules in bundle.page_modules(root).items():
        sources = {path: (root / "py" / path).read_bytes() for path in modules}
        (site / name).write_bytes(packing.packed(sources))


def _without_deferred(_: Path, site: Path) -> None:
    first, later = (site / bundle.FIRST), (site / bundle.LATER)
    *others, app = packing.unpacked(first.read_bytes()).items()
    modules = [*others, *packing.unpacked(later.read_bytes()).items(), app]
    first.write_bytes(packing.packed(dict(modules)))
    later.write_bytes(packing.packed({}))


def _without_steps(_: Path, site: Path) -> None:
    _replace(site / "py/boot/start.py", "ENOUGH = 5\n", "ENOUGH = 1e9\n")
    _replace(site / "static/boot/micropython.mjs", "setTimeout(resolve)", "resolve()")


def _without_traces(_: Path, site: Path) -> None:
    native = site / "static/boot/native.mjs"
    _replace(native, "  Error.stackTraceLimit = on ? stackTraceLimit : 0;\n", "")


def _without_library(_: Path, site: Path) -> None:
    library = site / "static/boot/library.mjs"
    library.write_text("export const withLibrary = (interpreter) => interpreter;\n")


def _without_bundle(root: Path, site: Path) -> None:
    """Have PyScript load MicroPython and write the page's modules one by one."""
    files = {}
    for name, modules in bundle.page_modules(root).items():
        (site / name).write_bytes(packing.packed({}))
        for path in modules:
            _copy(root, site, f"py/{path}")
            files[f"./py/{path}"] = f"./{path}"
    [packed] = (site / "runtime").glob("micropython-*/micropython-*.bin")
    packed.with_name(bundle.PUBLISHED).write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    _replace(site / "index.html", packed.name, bundle.PUBLISHED)
    _configure(
        site,
        "mpy",
        interpreter=f"./{packed.parent.relative_to(site).as_posix()}/micropython.mjs",
        files=files,
        js_modules={"main": {"./static/boot/native.mjs": "native"}},
    )
    (site / "py/boot/start.py").write_text(START)


# In this order: what takes others along comes last.
ACTIONS = {
    "bytecode": _without_bytecode,
    "deferred": _without_deferred,
    "steps": _without_steps,
    "traces": _without_traces,
    "library": _without_library,
    "snapshot": _without_snapshot,
    "bundle": _without_bundle,
}


def _copy(root: Path, site: Path, name: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_bytes((root / name).read_bytes())


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise Refusal(
            f"{path.name} does not contain {old!r} once: tools/site_build/tricks.py needs it."
        )
    path.write_text(text.replace(old, new), encoding="utf-8")


def _configure(site: Path, kind: str, **settings: object) -> None:
    """Change settings of PyScript for the page (`mpy`) or the worker (`py`)."""
    page = site / "index.html"
    text = page.read_text(encoding="utf-8")
    found = re.search(rf"(<{kind}-config\b[^>]*>)(.*?)(</{kind}-config>)", text, re.S)
    if not found:
        raise Refusal(f"index.html has no <{kind}-config>: tools/site_build/tricks.py needs it.")
    config = json.dumps(json.loads(found[2]) | settings, indent=1)
    page.write_text(text.replace(found[0], f"{found[1]}{config}{found[3]}"), encoding="utf-8")
