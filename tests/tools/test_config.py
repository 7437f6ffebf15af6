"""What is served together is what there is: a module left out is an ImportError for everybody."""

import ast
import gzip
import io
import re
import tarfile
from pathlib import Path

import pytest

from bundle import compiled

ROOT = Path(__file__).resolve().parent.parent.parent

# Modules of py/nn that the page has no use for.
NOT_SERVED = {"nn/learning.py"}


def sources(folder, without=()):
    """The modules of a folder of py/, by the paths that `import` looks for."""
    paths = (ROOT / "py" / folder).glob("*.py")
    named = {path.relative_to(ROOT / "py").as_posix(): path.read_text() for path in paths}
    return {name: text for name, text in named.items() if name not in without}


def test_every_module_of_the_engine_is_served(real_site):
    """Where Python looks for them; the one that PyScript starts comes by its own tag."""
    home = "home/pyodide/"
    [part] = (real_site / "runtime/python").glob("engine-*.bin")
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(part.read_bytes()))) as archive:
        names = [name for name in archive.getnames() if name.endswith(".py")]
        served = {
            name.removeprefix(home): archive.extractfile(name).read().decode() for name in names
        }
    assert all(name.startswith(home) for name in names)
    assert served == sources(".", {"engine.py"}) | sources("nn", NOT_SERVED)


@pytest.mark.parametrize(
    ("bundle", "folder", "alone"),
    [
        ("py/page.txt", "page", {"page/start.py"}),
        ("py/rooms.txt", "page/rooms", set()),
    ],
)
def test_every_module_of_the_page_is_in_a_bundle(real_site, bundle, folder, alone):
    """As the bytecode of the source that is in the repository."""
    served = dict(line.split(" ") for line in (real_site / bundle).read_text().splitlines())
    assert served == compiled(sources(folder, alone))


def test_the_page_asks_early_for_the_bundle_that_the_interpreter_lays_out():
    """By the name that `static/micropython.mjs` has for it."""
    page = (ROOT / "index.html").read_text()
    [bundle] = re.findall(r'href="(py/[^"]+\.txt)"', page)
    assert f'"{bundle}"' in (ROOT / "static/micropython.mjs").read_text()


def test_every_room_is_imported():
    """One by one, in the order that page/later.py gives."""
    source = ast.parse((ROOT / "py/page/later.py").read_text())
    named = [node for node in source.body if isinstance(node, ast.Assign)]
    imported = next(node.value for node in named if node.targets[0].id == "MODULES")
    rooms = {path.stem for path in (ROOT / "py/page/rooms").glob("*.py")}
    assert {name.removeprefix("rooms/") for name in ast.literal_eval(imported)} == rooms
