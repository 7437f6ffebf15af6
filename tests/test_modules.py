"""The tests' own modules: helpers have modules of their own."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent


def imported(path):
    """List the names of the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_no_module_imports_a_test_module():
    """A helper that two files share belongs in a module that is named for what it holds."""
    tests = {path.stem for path in TESTS.rglob("test_*.py")}
    assert len(tests) > 50
    found = [
        f"{path.relative_to(TESTS)} imports {name}"
        for path in TESTS.rglob("*.py")
        for name in sorted(set(imported(path)) & tests)
    ]
    assert found == []
