"""Bundle the page's Python modules: each request costs a round trip, and most modules are small.

The bundles, and MicroPython itself, are served packed (`packing.py`).
"""

from __future__ import annotations

import ast
import base64
from pathlib import Path

from site_build import packing, pins
from site_build.node import transform

# Two bundles: what the page imports to start, and the rest.
FIRST, LATER = "py/page.bin", "py/panels.bin"
# The interpreter in the site: as published, and packed for `static/boot/micropython.mjs`.
PUBLISHED, PACKED = "micropython.wasm", "micropython.bin"
# The files that name it. Another zlib would pack it differently, so its name gets a hash as well.
NAMING = ("index.html", "static/boot/micropython.mjs")
START_MODULE = "page.app"
PACKAGES = ("page", "boot")
# Not bundled: boot.start imports the bundles, and boot.on_demand runs in the worker.
ALONE = {"boot.start", "boot.on_demand"}


def bundles(root: Path) -> dict[str, bytes]:
    """Return the bundles of the project at `root` by their paths in the site.

    Each is a packed archive of modules (see `compiled`), each after those that it imports. Raise `Refusal` if
    one does not compile.
    """
    parts = page_modules(root)
    sources = {
        path: (root / "py" / path).read_text(encoding="utf-8")
        for modules in parts.values()
        for path in modules
    }
    modules, first = list(compiled(sources).items()), len(parts[FIRST])
    return {
        FIRST: packing.packed(dict(modules[:first])),
        LATER: packing.packed(dict(modules[first:])),
    }


def pack_interpreter(site: Path) -> None:
    """Replace MicroPython's WebAssembly in the site by its packed form."""
    for path in site.glob(f"runtime/micropython-*/{PUBLISHED}"):
        content = packing.gzipped(path.read_bytes())
        name = f"micropython-{pins.sha256(content)[:8]}.bin"
        path.with_name(name).write_bytes(content)
        path.unlink()
        for naming in NAMING:
            source = (site / naming).read_text(encoding="utf-8")
            (site / naming).write_text(source.replace(PACKED, name), encoding="utf-8")


def page_modules(root: Path) -> dict[str, list[str]]:
    """Return the modules of each bundle as paths within `py/`, in an order in which they can be imported.

    The first bundle holds what `page.app` imports at module level, directly or indirectly.
    """
    paths = {
        _module(path.relative_to(root / "py")): path
        for package in PACKAGES
        for path in sorted((root / "py" / package).rglob("*.py"))
    }
    imports = {
        module: _imports(path.read_text(encoding="utf-8"), paths) for module, path in paths.items()
    }
    ordered: list[str] = []
    first = len(_add(START_MODULE, imports, ordered))
    for module in imports:
        if module not in ordered:
            _add(module, imports, ordered)
    names = {module: path.relative_to(root / "py").as_posix() for module, path in paths.items()}
    parts = {FIRST: ordered[:first], LATER: ordered[first:]}
    return {
        name: [names[module] for module in modules if module not in ALONE]
        for name, modules in parts.items()
    }


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _imports(source: str, known: dict[str, Path]) -> list[str]:
    """List the modules of PACKAGES that a source imports at module level."""
    found = []
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return []  # The compiler will report it.
    for node in body:
        if isinstance(node, ast.ImportFrom):
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [name for name in found if name in known]


def _add(module: str, imports: dict[str, list[str]], ordered: list[str]) -> list[str]:
    """Append a module to `ordered`, after its package and everything it imports."""
    for needed in [module.rpartition(".")[0], *imports[module]]:
        if needed in imports and needed not in ordered:
            _add(needed, imports, ordered)
    ordered.append(module)
    return ordered


def compiled(sources: dict[str, str]) -> dict[str, bytes]:
    """Compile sources by path to MicroPython bytecode, by paths that end in `.mpy`."""
    modules = transform("bytecode.mjs", sources, "The page's modules did not compile")
    return {path: base64.b64decode(content) for path, content in modules.items()}
