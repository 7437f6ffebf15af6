"""The Python of the site has no import cycles, and its packages depend on each other in one direction."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PY = Path(__file__).parent.parent.parent / "py"

# What a package may import, of ours. The page and the engine share no code: they exchange messages.
ALLOWED = {
    "nn": set(),
    "preprocess": set(),
    "datasets": {"preprocess"},
    "training": {"nn", "preprocess", "datasets"},
    "boot": set(),
    "engine": {"nn", "preprocess", "datasets", "training", "boot"},
    "page": {"boot"},
}


def imports(folder):
    """Return the modules that each module below a folder imports, even inside a function."""
    files = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).with_suffix("").parts
        files[".".join(parts).removesuffix(".__init__")] = path
    found = {}
    for module, path in files.items():
        named = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                # `from page import words` needs the module `page.words`, not all of `page`.
                named |= (inner & files.keys()) or {node.module}
        found[module] = (named & files.keys()) - {module}
    return found


def cycle(graph):
    """Return a cycle as a list of modules, or []."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_module_imports_itself_by_way_of_others():
    """Such a cycle works or breaks depending on which module is imported first."""
    assert cycle(imports(PY)) == []


def test_packages_depend_on_each_other_in_one_direction():
    """Least of all may what starts the page depend on the page."""
    wrong = [
        f"{module} imports {other}"
        for module, others in sorted(imports(PY).items())
        for other in sorted(others)
        if (mine := module.split(".")[0]) != (package := other.split(".")[0])
        and package not in ALLOWED[mine]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "importing",
    [
        "from box import second",
        "from box.second import x",
        "import box.second",
        "def f():\n    import box.second",
    ],
)
def test_every_kind_of_import_can_close_a_cycle(tmp_path, importing):
    """So the tests above cannot pass because an import was overlooked."""
    box = tmp_path / "box"
    box.mkdir()
    (box / "__init__.py").touch()
    (box / "first.py").write_text(f"{importing}\n")
    (box / "second.py").write_text("from box import first\n")
    assert {"box.first", "box.second"} <= set(cycle(imports(tmp_path)))
