"""Browsers refuse every file of the page that is not as it was built."""

import base64
import hashlib
import json
import re

from site_build import integrity

PAGE = """<!doctype html>
<head>
    <script src="static/boot/guard.js"></script>
    <link rel="stylesheet" href="static/page.css" />
    <link rel="icon" href="static/icon.svg" />
    <script type="module" src="runtime/pyscript/core.js"></script>
    <script type="py" worker src="py/engine/api.py"></script>
</head>
"""
FILES = {
    "static/boot/guard.js": b"1",
    "static/page.css": b"2",
    "static/icon.svg": b"3",
    "runtime/pyscript/core.js": b"4",
    "runtime/pyscript/core-abc.js": b"5",
    "runtime/micropython-1.0/micropython.bin": b"6",
    "py/engine/api.py": b"7",
    "py/page.bin": b"8",
    "static/boot/native.mjs": b"9",
}


def hashed(content):
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def sealed(site, **options):
    """Return the page of a sealed site."""
    for name, content in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    (site / "index.html").write_text(PAGE)
    integrity.seal(site, **options)
    return (site / "index.html").read_text()


def test_every_tag_and_every_fetched_file_has_its_hash(tmp_path):
    page = sealed(tmp_path)
    tags = dict(re.findall(r'(?:src|href)="([^"]+)" integrity="([^"]+)"', page))
    with_tags = ("static/boot/guard.js", "static/page.css", "runtime/pyscript/core.js")
    with_tags += ("runtime/pyscript/core-abc.js", "static/boot/native.mjs")
    assert tags == {name: hashed(FILES[name]) for name in with_tags}
    # In a sandboxed frame there is no origin, and `integrity` needs CORS.
    for name in ("static/boot/guard.js", "static/page.css"):
        assert re.search(rf'"{name}" integrity="[^"]+" crossorigin', page)
    hashes = re.search(r'<meta name="hashes" content="([^"]*)"', page)[1]
    fetched = ("py/engine/api.py", "py/page.bin", "runtime/micropython-1.0/micropython.bin")
    fetched += ("runtime/pyscript/core.js", "static/boot/native.mjs", "static/page.css")
    assert hashes == "; ".join(f"{name} {hashed(FILES[name])}" for name in fetched)
    # guard.js reads them when it runs.
    assert page.index('name="hashes"') < page.index("guard.js")


def test_modules_that_are_not_preloaded_have_hashes_in_an_import_map(tmp_path):
    page = sealed(tmp_path, preload=False)
    [script] = re.findall(r'<script type="importmap">(.*?)</script>', page)
    modules = ("runtime/pyscript/core-abc.js", "static/boot/native.mjs")
    assert json.loads(script) == {
        "integrity": {f"./{name}": hashed(FILES[name]) for name in modules}
    }
    # A map that comes after the first module is ignored by some browsers.
    assert page.index("importmap") < page.index("modulepreload")
    assert '"static/boot/native.mjs" integrity' not in page


def test_every_pattern_finds_something_in_the_site(real_site):
    """Otherwise a file that has moved would lose its hash, and nobody would notice."""
    for pattern in (*integrity.MODULES, *integrity.FETCHED):
        assert list(real_site.glob(pattern)), pattern
