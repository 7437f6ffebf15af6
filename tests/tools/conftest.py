"""Fixtures for the tests of the tools: a small project to build, and the real site."""

import hashlib
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import build

# What a site is built from.
SOURCES = ("index.html", "py", "static", "weights", "tools", "*.json")

ROOT = Path(__file__).resolve().parents[2]
WHEEL = "numpy-9.9-cp313-cp313-pyodide_2025_0_wasm32.whl"
COMPILED = "numpy/_core/_multiarray_umath.cpython-313-wasm32-emscripten.so"


def module(data):
    """Write a WebAssembly module that contains only one data segment of 256 bytes."""
    return b"\0asm\1\0\0\0" + bytes([11, 0x87, 2, 1, 0, 0x41, 0, 0x0B, 0x80, 2]) + data


# The interpreter and NumPy, each with its data, and a program that takes a snapshot as the real one does.
WASM, NUMPY = module(bytes(range(256))), module(bytes(range(255, -1, -1)))
FREEZE = """
import { readFileSync, writeFileSync } from "node:fs";
const [packages, compiled, engine, weights, out] = process.argv.slice(2);
const data = [...readFileSync(`${packages}/${compiled}`).subarray(-256)];
const memory = [1, 2, 3, 4, ...Array(256).keys(), 5, 6, 7, 8, ...data, 9];
writeFileSync(`${out}/snapshot.bin`, Buffer.from(memory));
writeFileSync(`${out}/places.json`, "17");
readFileSync(`${engine}/nn/network.py`);
if (readFileSync(weights, "utf-8") === "no network") throw new Error("there is no network in it");
"""

INDEX = b"""<head>
<meta content="script-src 'self' 'unsafe-eval'" />
<script src="static/boot/start.js" async></script>
<link rel="stylesheet" href="static/style/page.css" />
</head>
<div id="unstarted">
  <p>This is the source.</p>
</div>
<main>
  <!-- panels: below -->
</main>
"""


@dataclass
class Project:
    """A project of a few small files with everything that the build reads."""

    root: Path
    wheel = WHEEL
    compiled = COMPILED
    numpy = NUMPY
    nowhere = "http://127.0.0.1:9"  # The discard port, where nothing listens.

    @property
    def site(self) -> Path:
        return self.root / "_site"

    @property
    def pins(self) -> dict:
        return json.loads((self.root / "runtime.json").read_text())

    @pins.setter
    def pins(self, value: dict) -> None:
        (self.root / "runtime.json").write_text(json.dumps(value))

    def empty_cache(self) -> None:
        """Have the next build fetch the wheel."""
        (self.root / "_cache" / WHEEL).unlink()

    def set_sources(self, *sources: dict) -> None:
        """Set where the wheel comes from."""
        pins = self.pins
        pins["wheels"][0]["sources"] = list(sources)
        self.pins = pins

    def write(self, name: str, content: bytes = b"content\n") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def write_panel(self, name: str, place: str = "below") -> None:
        """Write the files of a panel, which can be told from those of another."""
        folder = f"py/page/panels/{name}"
        self.write(f"{folder}/panel.py")
        html = (
            f'<details id="{name}" class="panel"><summary>{name}</summary><p>{name}</p></details>'
        )
        self.write(f"{folder}/panel.html", f"<!-- place: {place} -->\n{html}\n".encode())
        self.write(f"{folder}/panel.css", f".{name} {{ --panel: {name} }}\n".encode())

    def build(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run the build in its own process, as a person would."""
        command = [sys.executable, ROOT / "tools/build.py", "--root", self.root, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def make_wheel(path: Path) -> bytes:
    """Write a wheel of few files to `path` and return its bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("numpy/version.py", "version = '9.9'\n" * 100)
        archive.writestr("numpy/__init__.py", "from numpy.version import version\n")
        archive.writestr(COMPILED, NUMPY)
        archive.writestr("numpy/linalg/_umath_linalg.so", "not needed")
        archive.writestr("numpy/__init__.pyi", "version: str\n")
        archive.writestr("numpy/f2py/__init__.py", "")
        archive.writestr("numpy-9.9.dist-info/METADATA", "Name: numpy\nVersion: 9.9\n")
        archive.writestr("numpy-9.9.dist-info/LICENSE.txt", "BSD\n")
        archive.writestr("numpy-9.9.dist-info/RECORD", "numpy/f2py/__init__.py,,\n")
    return path.read_bytes()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project that builds offline. Its wheel is in the cache, or comes from an npm package in a folder."""
    set_npm(monkeypatch, tmp_path)
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The same project, built once, for tests that only look at its site."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        set_npm(patch, folder)
        project = make_project(folder / "project")
        result = project.build()
    assert (result.returncode, result.stderr) == (0, "")
    return project


def set_npm(patch, folder):
    """Let npm find no registry, and not search long for one."""
    patch.setenv("npm_config_registry", Project.nowhere)
    patch.setenv("npm_config_cache", str(folder / "npm-cache"))
    patch.setenv("npm_config_fetch_retries", "0")


def make_project(root):
    """Write a project's files."""
    project = Project(root)
    for name in (
        "index.html",
        "py/engine/api.py",
        "py/notes.txt",
        "py/nn/__init__.py",
        "py/nn/network.py",
        "py/page/app.py",
        "py/page/panels/layer/panel.py",
        "py/boot/start.py",
        "static/boot/needs.js",
        "static/boot/own_error.js",
        "static/boot/start.js",
        "static/icons/icon.svg",
        "static/.hidden",
        "weights/784-16-16-10-sigmoid.npz",
        "weights/first.npz",
        "weights/first.json",
        "weights/notes.txt",
    ):
        project.write(name)
    project.write("index.html", INDEX)
    project.write("py/engine/api.py", b"from nn import network\n")
    project.write("py/nn/learning.py", b"import numpy\n")
    project.write("static/boot/unstarted.html", b"<p>This is what is served.</p>\n")
    project.write("py/page/panels/__init__.py", b'PANELS = ("layer",)\n')
    project.write_panel("layer")
    project.write("static/style/page.css", b'@import "base.css";\n')
    project.write("py/page/panels/inside.css", b'@import "build:panel.css";\n')
    project.write("static/style/base.css", b"a { color: red }\n")
    for name in ("print/print", "noscript"):
        project.write(f"static/style/{name}.css", b"p { margin: 0 }\n")
    project.write("tools/site_build/python/snapshot.mjs", FREEZE.encode())
    project.write("tools/site_build/python/snapshot_in_pyodide.py")
    # Workbox takes seconds. tests/browser/updates/test_offline.py tests what it makes.
    project.write("tools/site_build/service_worker.mjs", b"")
    lock = json.dumps({"info": {"python": "3.13"}, "packages": {"numpy": {}, "scipy": {}}})
    installed = {
        "pyodide/pyodide.mjs": b"export const pyodide = 1;\n",
        "pyodide/pyodide-lock.json": lock.encode(),
        "pyodide/pyodide.asm.js": b"glue",
        "pyodide/pyodide.asm.wasm": WASM,
        "@pyscript/core/dist/core-AbCd1234.js": b"export {};\n",
        "digits/data/labels": b"labels, ",
        "digits/data/pictures": b"pictures",
    }
    for name, content in installed.items():
        project.write(f"node_modules/{name}", content)
    for name in ("pyodide", "@pyscript/core", "digits"):
        project.write(f"node_modules/{name}/package.json", b'{"version": "1.0.0"}')

    table = {"made": [{"files": "digits/*", "of": ["digits"], "how": "deflated"}]}
    project.write("thirdparty.json", json.dumps({**table, "data": {}, "inside": {}}).encode())

    def pin(path: str, package: str, source: str) -> dict:
        return {"path": path, **pin_data(package, source)}

    def pin_data(package: str, source: str) -> dict:
        content = installed[f"{package}/{source}"]
        return {"from": source, "sha256": hashlib.sha256(content).hexdigest()}

    donor = project.write("donor/package.json", b'{"name": "donor", "version": "1.0.0"}').parent
    (donor / "assets").mkdir()
    wheel = make_wheel(donor / "assets" / WHEEL)
    # npm takes longer to start than the rest of the build.
    project.write(f"_cache/{WHEEL}", wheel)
    project.pins = {
        "packages": [
            {
                "name": "@pyscript/core",
                "version": "1.0.0",
                "files": [
                    pin("pyscript/core-AbCd1234.js", "@pyscript/core", "dist/core-AbCd1234.js")
                ],
            },
            {
                "name": "pyodide",
                "version": "1.0.0",
                "files": [
                    pin("pyodide/pyodide.mjs", "pyodide", "pyodide.mjs"),
                    pin("pyodide/pyodide-lock.json", "pyodide", "pyodide-lock.json"),
                    pin("pyodide/pyodide.asm.js", "pyodide", "pyodide.asm.js"),
                    pin("pyodide/pyodide.asm.wasm", "pyodide", "pyodide.asm.wasm"),
                ],
            },
        ],
        "wheels": [
            {
                "name": "numpy",
                "version": "9.9",
                "file": WHEEL,
                "sha256": hashlib.sha256(wheel).hexdigest(),
                "sources": [{"npm": str(donor), "path": f"assets/{WHEEL}"}],
            }
        ],
        "data": [
            {
                "name": "digits",
                "version": "1.0.0",
                "path": "digits/test.bin",
                "files": [pin_data("digits", f"data/{name}") for name in ("labels", "pictures")],
            }
        ],
    }
    return project


@pytest.fixture(scope="session")
def real_site(tmp_path_factory):
    """This project's site: the one that `make` has just built, or a new one if that is out of date."""
    site = ROOT / "_site"
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *SOURCES]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
    sources = [ROOT / name for name in names.decode().split("\0")[:-1]]
    changed = max(path.stat().st_mtime for path in sources if path.is_file())
    if (site / "index.html").is_file() and changed < (site / "index.html").stat().st_mtime:
        return site
    return build.build(ROOT, tmp_path_factory.mktemp("real") / "site")
