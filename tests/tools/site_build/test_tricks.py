"""The site can be built without each of the start's tricks, and a trick that has moved stops the build."""

import json
import re

import pytest

import build
from site_build import tricks
from site_build.packing import unpacked
from site_build.pins import Refusal

# What the tricks change, beside what the small project's page has.
HEAD = """<head>
<title>Plain</title>
<link rel="modulepreload" href="runtime/pyscript/core-AbCd1234.js" />
<link rel="preload" as="fetch" crossorigin href="py/page.bin" />
<script src="static/boot/guard.js"></script>
"""
CONFIGS = """<py-config hidden>{"interpreter": "ours", "plugins": ["!error"]}</py-config>
<mpy-config hidden>{"interpreter": "ours"}</mpy-config>
<main>"""


def config(site, kind):
    page = (site / "index.html").read_text()
    return json.loads(re.search(rf"<{kind}-config[^>]*>(.*?)</{kind}-config>", page, re.S)[1])


@pytest.fixture
def whole(project):
    """Give a project that has everything that the tricks need."""
    page = (project.root / "index.html").read_text()
    page = page.replace("<head>\n", HEAD).replace("<main>", CONFIGS)
    project.write("index.html", page.encode())
    for name in ("guard.js", "library.mjs", "native.mjs", "micropython.mjs"):
        source = (build.ROOT / "static/boot" / name).read_bytes()
        project.write(f"static/boot/{name}", source)
    project.write("py/boot/start.py", (build.ROOT / "py/boot/start.py").read_bytes())
    return project


def make(project, *names):
    return build.build(project.root, project.site, frozenset(names))


def test_an_unknown_trick_is_refused(project):
    """The sentence names those that exist."""
    result = project.build("--without", "snapshot,speed")
    assert result.returncode == 1
    assert "no trick called speed" in result.stderr
    assert "snapshot, delta" in result.stderr


def test_without_a_snapshot_pyodide_starts_as_documented(whole):
    """PyScript gets Pyodide itself, NumPy's wheel, and the engine's modules as files."""
    site = make(whole, "snapshot")
    found = config(site, "py")
    assert found["interpreter"] == "./runtime/pyodide/pyodide.mjs"
    assert found["plugins"] == ["!error"]
    assert found["files"][f"./runtime/pyodide/{whole.wheel}"] == "./*"
    for name in ("nn/network.py", "nn/learning.py"):
        assert found["files"][f"./py/{name}"] == f"./{name}"
    for name in found["files"]:
        assert (site / name).is_file(), name
    for name in ("pyodide.asm.js", "pyodide.asm.wasm", "pyodide-lock.json"):
        assert (site / "runtime/pyodide" / name).is_file()
    assert not (site / "runtime/python").exists()


def test_without_delta_the_snapshot_is_whole(whole):
    site = make(whole, "delta")
    manifest = (site / "runtime/manifest.mjs").read_text()
    assert manifest.count('"bytes": 0\n') == 2


def test_without_bytecode_the_bundles_hold_sources(whole):
    bundle = (make(whole, "bytecode") / "py/page.bin").read_bytes()
    assert unpacked(bundle) == {"page/app.py": b"content\n"}


def test_without_deferred_all_modules_come_at_once(whole):
    """The module that starts the page stays the last."""
    site = make(whole, "deferred")
    paths = list(unpacked((site / "py/page.bin").read_bytes()))
    assert paths == ["page/panels/__init__.mpy", "page/panels/layer/panel.mpy", "page/app.mpy"]
    assert unpacked((site / "py/panels.bin").read_bytes()) == {}


def test_without_preload_only_pyscript_is_asked_for_early(whole):
    page = (make(whole, "preload") / "index.html").read_text()
    assert re.findall(r'rel="\w*preload"[^>]*href="([^"]+)"', page) == [
        "runtime/pyscript/core-AbCd1234.js"
    ]


@pytest.mark.parametrize(
    ("name", "path", "mark"),
    [
        ("steps", "py/boot/start.py", "ENOUGH = 1e9"),
        ("steps", "static/boot/micropython.mjs", "(resolve) => resolve()"),
        ("library", "static/boot/library.mjs", "=> interpreter;"),
    ],
)
def test_what_a_trick_consists_of_is_taken_out(whole, name, path, mark):
    assert mark not in (make(whole) / path).read_text()
    assert mark in (make(whole, name) / path).read_text()


def test_without_traces_errors_keep_their_stacks(whole):
    assert "Error.stackTraceLimit =" in (make(whole) / "static/boot/native.mjs").read_text()
    site = make(whole, "traces")
    assert "Error.stackTraceLimit =" not in (site / "static/boot/native.mjs").read_text()


def test_a_trick_that_has_moved_stops_the_build(whole):
    """Or the site would be taken for one without it."""
    whole.write("static/boot/native.mjs", b"// nothing of the kind\n")
    with pytest.raises(Refusal, match=r"native\.mjs does not contain"):
        make(whole, "traces")


def test_a_plain_site_has_no_trick_left(tmp_path):
    """In the real project; tests/browser/start/test_plain.py starts such a site."""
    site = build.build(out=tmp_path / "site", without=frozenset(tricks.TRICKS))
    assert not (site / "serviceworker.js").exists()
    assert not (site / "runtime/python").exists()
    assert not list(site.glob("runtime/**/*.bin"))
    interpreters = [config(site, kind)["interpreter"] for kind in ("py", "mpy")]
    assert all(name.startswith("./runtime/") for name in interpreters)
    for name in ("py", "mpy"):
        for file in config(site, name)["files"]:
            assert (site / file).is_file(), file
