"""Test that every module is served: a missing one would be an ImportError for everybody."""

import ast
import gzip
import hashlib
import re
import zipfile
from pathlib import Path

from site_build.bundle import FIRST, LATER, NAMING, compiled, page_modules
from site_build.packing import unpacked

ROOT = Path(__file__).resolve().parent.parent.parent

# The folders of py/ that run in each place, the modules with their own tags, and modules of the other place.
ENGINE = ("nn", "preprocess", "datasets", "training", "engine", "boot")
PAGE = ("page", "boot")
TAGS = {"engine/api.py", "boot/start.py"}
ON_PAGE = {"boot/deferred.py", "boot/importing.py", "boot/modules.py"}
IN_ENGINE = {"boot/on_demand.py"}


def sources(folders, without):
    """Return the modules of some folders of py/ by the path that `import` looks for."""
    paths = [path for folder in folders for path in (ROOT / "py" / folder).rglob("*.py")]
    named = {path.relative_to(ROOT / "py").as_posix(): path.read_text() for path in paths}
    return {name: text for name, text in named.items() if name not in TAGS | without}


def test_every_module_of_the_engine_is_served(real_site):
    """Once, where Python looks for it, except for the one that has its own tag."""
    at_start, later = modules_at_start(real_site), modules_for_learning(real_site)
    assert not at_start.keys() & later.keys()
    assert at_start | later == sources(ENGINE, ON_PAGE)


def test_what_only_learning_needs_is_not_there_at_the_start(real_site):
    """Nobody who only draws waits for it."""
    at_start, later = modules_at_start(real_site), modules_for_learning(real_site)
    assert {"nn/learning.py", "training/__init__.py", "engine/learning/__init__.py"} <= later.keys()
    assert {"nn/network.py", "engine/deferred.py", "datasets/test_digits.py"} <= at_start.keys()


def modules_for_learning(site):
    """Return the modules of the archive for learning, by path."""
    with zipfile.ZipFile(site / "py/learning.zip") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def modules_at_start(site):
    """Return the modules of the engine that a visit starts with, by the path that `import` looks for."""
    home = "home/pyodide/"
    [part] = (site / "runtime/python").glob("engine-*.bin")
    files = unpacked(part.read_bytes())
    modules = {name: files[name].decode() for name in files if name.endswith(".py")}
    assert all(name.startswith(home) for name in modules)
    return {name.removeprefix(home): source for name, source in modules.items()}


def test_every_module_of_the_page_is_in_one_of_two_bundles(real_site):
    """Each is the bytecode of the source in the repository."""
    first, later = (unpacked((real_site / bundle).read_bytes()) for bundle in (FIRST, LATER))
    assert not first.keys() & later.keys()
    assert first | later == compiled(sources(PAGE, IN_ENGINE))


def test_micropython_is_served_as_published_but_packed(real_site):
    """In one form, not in two, under a name that says how it was packed."""
    [folder] = (real_site / "runtime").glob("micropython-*")
    [packed, loader] = sorted(folder.iterdir())
    assert loader.name == "micropython.mjs"
    content = packed.read_bytes()
    assert packed.name == f"micropython-{hashlib.sha256(content).hexdigest()[:8]}.bin"
    package = ROOT / "node_modules/@micropython/micropython-webassembly-pyscript"
    assert gzip.decompress(content) == (package / "micropython.wasm").read_bytes()
    for naming in NAMING:
        assert packed.name in (real_site / naming).read_text(encoding="utf-8")


def test_a_module_is_imported_after_its_own_imports():
    """The page imports the modules in the bundles' order. The last of the first bundle is the page itself."""
    first, later = page_modules(ROOT).values()
    assert first[-1] == "page/app.py"
    assert "page/panels/registry.py" in later
    ordered = [*first, *later]
    for at, path in enumerate(ordered):
        tree = ast.parse((ROOT / "py" / path).read_text())
        for node in tree.body:
            if isinstance(node, ast.ImportFrom):
                needed = node.module.replace(".", "/") + ".py"
                assert needed not in ordered[at:], f"{path} comes before {needed}"


def test_what_the_page_preloads_is_what_is_unpacked():
    """The names are those in `static/boot/micropython.mjs`."""
    page = (ROOT / "index.html").read_text()
    packed = re.findall(r'href="([^"]+\.bin)"', page)
    assert len(packed) == 2
    for name in packed:
        assert f'"{name}"' in (ROOT / "static/boot/micropython.mjs").read_text()
