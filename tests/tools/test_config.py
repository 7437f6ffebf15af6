"""What the page's configuration lists is what there is: a module left out is an ImportError for everybody."""

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

# Modules of py/nn that the page has no use for.
NOT_SERVED = {"learning.py"}


def listed(config):
    files = json.loads((ROOT / "static" / config).read_text())["files"]
    return {(ROOT / "static" / source).resolve(): target for source, target in files.items()}


def modules(folder, without):
    return {path for path in (ROOT / "py" / folder).glob("*.py") if path.name not in without}


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        ("engine.json", modules("nn", NOT_SERVED) | modules(".", {"engine.py"})),
        ("page.json", modules("page", {"main.py"})),
    ],
)
def test_every_module_is_listed(config, wanted):
    """The module that PyScript starts is not: it comes by its own tag."""
    assert set(listed(config)) == wanted


@pytest.mark.parametrize("config", ["engine.json", "page.json"])
def test_a_module_keeps_its_name(config):
    """What the interpreter imports as `nn.pen` is py/nn/pen.py."""
    for source, target in listed(config).items():
        assert target == f"./{source.relative_to(ROOT / 'py').as_posix()}"


def test_every_room_is_fetched():
    """The rooms are not in the configuration: page/later.py fetches them when one can draw."""
    source = ast.parse((ROOT / "py/page/later.py").read_text())
    named = [node for node in source.body if isinstance(node, ast.Assign)]
    fetched = next(node.value for node in named if node.targets[0].id == "MODULES")
    rooms = {path.stem for path in (ROOT / "py/page/rooms").glob("*.py")}
    assert {name.removeprefix("rooms/") for name in ast.literal_eval(fetched)} == rooms
