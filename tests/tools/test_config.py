"""Test that every module is served: a missing one would be an ImportError for everybody."""

import ast
import gzip
import io
import re
import tarfile
from pathlib import Path

from site_build.bundle import compiled, page_modules

ROOT = Path(__file__).resolve().parent.parent.parent

# Modules of py/nn that the page does not need.
NOT_SERVED = {"nn/learning.py", "nn/optimisers.py", "nn/batches.py"}


# The folders of py/ that run in each place, the modules with their own tags, and modules of the other place.
ENGINE = ("nn", "preprocess", "datasets", "engine", "boot")
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
    """They are where Python looks for them, except for the one that has its own tag."""
    home = "home/pyodide/"
    [part] = (real_site / "runtime/python").glob("engine-*.bin")
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(part.read_bytes()))) as archive:
        names = [name for name in archive.getnames() if name.endswith(".py")]
        served = {
            name.removeprefix(home): archive.extractfile(name).read().decode() for name in names
        }
    assert all(name.startswith(home) for name in names)
    assert served == sources(ENGINE, NOT_SERVED | ON_PAGE)


def test_every_module_of_the_page_is_in_one_of_two_bundles(real_site):
    """Each is the bytecode of the source in the repository."""
    lines = [
        line.split(" ")
        for bundle in ("py/page.txt", "py/panels.txt")
        for line in (real_site / bundle).read_text().splitlines()
    ]
    served = dict(lines)
    assert len(served) == len(lines)
    assert served == compiled(sources(PAGE, IN_ENGINE))


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


def test_the_bundle_that_the_page_preloads_is_the_one_that_is_unpacked():
    """Its name is the one in `static/boot/micropython.mjs`."""
    page = (ROOT / "index.html").read_text()
    [bundle] = re.findall(r'href="(py/[^"]+\.txt)"', page)
    assert f'"{bundle}"' in (ROOT / "static/boot/micropython.mjs").read_text()
