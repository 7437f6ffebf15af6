"""Test that every served file is ours, or is listed with its owner, licence and version."""

import gzip
import hashlib
import json
import re
import subprocess
import zipfile
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from licences import attribution

ROOT = Path(__file__).parents[3]
TABLE = json.loads((ROOT / "thirdparty.json").read_text())
PINS = json.loads((ROOT / "runtime.json").read_text())
LOCK = json.loads((ROOT / "package-lock.json").read_text())["packages"]
LISTS = {"THIRD_PARTY.txt", "sbom.cdx.json"}


@pytest.fixture(scope="module")
def text(real_site):
    return (real_site / "THIRD_PARTY.txt").read_text()


@pytest.fixture(scope="module")
def bill(real_site):
    return json.loads((real_site / "sbom.cdx.json").read_text())


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def names(site):
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - LISTS


def told(text):
    """Return the hashes in THIRD_PARTY.txt by file name."""
    return {
        name: digest
        for digest, name in re.findall(r"^  ([0-9a-f]{64})  (\S+)$", text, re.MULTILINE)
    }


def ours(site, name):
    """Tell whether a served file is a copy of one in the repository."""
    copy = ROOT / name
    return copy.is_file() and copy.read_bytes() == (site / name).read_bytes()


def made(name):
    """Return the packages that a file was made from, by the first rule that matches, or None."""
    return next((rule["of"] for rule in TABLE["made"] if fnmatchcase(name, rule["files"])), None)


def components(bill):
    """Yield all components of an SBOM, including nested ones."""
    waiting = list(bill["components"])
    while waiting:
        component = waiting.pop()
        yield component
        waiting += component.get("components", [])


def test_every_served_file_is_ours_or_is_listed(real_site, text):
    """A file that is not a copy of ours has an owner, or was made from our files alone."""
    foreign = {name for name in names(real_site) if not ours(real_site, name)}
    nobodys = foreign - set(told(text)) - {name for name in foreign if made(name) == []}
    assert not nobodys, "add to `made` in thirdparty.json what they were made from"
    assert len(told(text)) > 10


def test_listed_files_have_the_listed_hashes(real_site, text):
    listed = told(text)
    assert listed == {name: sha256((real_site / name).read_bytes()) for name in listed}


def test_files_listed_as_published_are_unchanged(real_site, text):
    """Their bytes, gunzipped where needed, have the hashes pinned in the repository."""
    published = {entry["sha256"] for package in PINS["packages"] for entry in package["files"]}
    as_published = re.findall(
        r"^  [0-9a-f]{64}  (\S+)\n    as published(, gzipped)?$", text, re.MULTILINE
    )
    assert as_published
    for name, zipped in as_published:
        content = (real_site / name).read_bytes()
        assert sha256(gzip.decompress(content) if zipped else content) in published, name


def test_every_rule_of_the_table_is_needed(real_site):
    """A rule for a file that is no longer made could hide one that should not be there."""
    for rule in TABLE["made"]:
        assert any(fnmatchcase(name, rule["files"]) for name in names(real_site)), rule["files"]


def published_files(owner):
    """Return the published files of a package by name, from where the build takes them."""
    for pin in PINS["wheels"]:
        if pin["name"] == owner:
            with zipfile.ZipFile(ROOT / "_cache" / pin["file"]) as wheel:
                return {name: wheel.read(name) for name in wheel.namelist()}
    folder = ROOT / "node_modules" / owner
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("owner", TABLE["inside"])
def test_bundled_libraries_are_where_the_table_says(owner):
    """The words that identify a library and its version are in the package said to contain it."""
    contents = published_files(owner)
    for inner in TABLE["inside"][owner]:
        assert "seen" in inner or "note" in inner, inner["name"]
        if "seen" in inner:
            [content] = [contents[name] for name in contents if fnmatchcase(name, inner["in"])]
            for words in inner["seen"]:
                assert words.encode() in content, (inner["name"], words)


def test_pyodide_still_lacks_its_optional_libraries():
    """SQLite, OpenSSL and XZ are separate packages of Pyodide. If they move in, the table must list them."""
    content = published_files("pyodide")["pyodide.asm.wasm"]
    modules = set(re.findall(rb"PyInit_(\w+)", content))
    assert {b"zlib", b"_bz2", b"_ctypes", b"pyexpat", b"_decimal"} <= modules
    assert not modules & {b"_sqlite3", b"_ssl", b"_hashlib", b"_lzma", b"readline", b"_curses"}


def test_bundled_packages_are_listed_in_the_right_version(bill):
    """Each source in the source maps equals that of a package in the listed version."""
    [pyscript] = [part for part in bill["components"] if part["name"] == "@pyscript/core"]
    held = {(part["name"], part["version"]) for part in pyscript["components"] if "purl" in part}
    copies = {}
    for place, package in LOCK.items():
        name = place.rpartition("node_modules/")[2]
        if (name, package.get("version")) in held:
            copies.setdefault(name, []).append(ROOT / place)
    sources = 0
    dist = ROOT / "node_modules/@pyscript/core"
    for entry in next(each for each in PINS["packages"] if each["name"] == "@pyscript/core")[
        "files"
    ]:
        chart = json.loads((dist / f"{entry['from']}.map").read_text())
        for source, content in zip(chart["sources"], chart["sourcesContent"], strict=True):
            if "node_modules/" in source:
                inner = source.rpartition("node_modules/")[2]
                name = "/".join(inner.split("/")[: 2 if inner[0] == "@" else 1])
                installed = [folder / inner[len(name) + 1 :] for folder in copies[name]]
                assert any(
                    path.exists() and path.read_bytes() == content.encode() for path in installed
                )
                sources += 1
    assert sources > 50
    assert set(copies) == {name for name, _ in held}


def test_every_licence_is_complete(text, bill):
    """Each text occurs once, and each licence's name is followed by the text's number."""
    for words in (
        "Mozilla Public License Version 2.0",
        "Exhibit A - Source Code Form License Notice",
    ):
        assert text.count(words) == 1
    for path in ("@pyscript/core", "coincident", "@codemirror/view", "@lezer/lr"):
        assert (ROOT / "node_modules" / path / "LICENSE").read_text().strip() in text
    with zipfile.ZipFile(ROOT / "_cache" / PINS["wheels"][0]["file"]) as wheel:
        version = PINS["wheels"][0]["version"]
        assert wheel.read(f"numpy-{version}.dist-info/LICENSE.txt").decode().strip() in text
    lines = re.findall(r"^ *Licence: +(.+)$", text, re.MULTILINE)
    assert len(lines) == sum(1 for part in components(bill) if part["type"] != "file")
    numbers = {int(number) for line in lines for number in re.findall(r"\[(\d+)\]", line)}
    assert numbers == set(range(1, 1 + len(re.findall(r"^\[\d+\] ", text, re.MULTILINE))))
    bare = {line for line in lines if "[" not in line}
    assert bare == {"LicenseRef-public-domain"}


def test_every_licence_allows_serving_the_files_here(bill):
    """Where several licences are offered, one is enough. None of them extends to the whole site."""
    known = {
        "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC-BY-SA-3.0 CC0-1.0 ISC LLVM-exception MIT MPL-2.0 NCSA",
        "Python-2.0.1 Unicode-DFS-2016 Zlib bzip2-1.0.6 LicenseRef-public-domain",
    }
    known = set(" ".join(known).split())
    for part in components(bill):
        for entry in part.get("licenses", []):
            name = entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]
            assert set(re.split(r" (?:AND|OR|WITH) ", name)) <= known, part["name"]
        assert part["type"] == "file" or part["licenses"], part["name"]


def test_the_sbom_is_valid(real_site):
    """CycloneDX's strict schema finds no error."""
    program = """
        import { readFileSync } from "node:fs";
        import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
        const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
        const errors = await validator.validate(readFileSync(process.argv[1], "utf-8"));
        console.log(JSON.stringify(errors));
    """
    command = ["node", "--input-type=module", "--eval", program, real_site / "sbom.cdx.json"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("null\n", "")


def test_the_sbom_lists_the_pinned_versions(bill):
    """Versions and hashes are those of the lock file and of `runtime.json`."""
    told = {part["name"]: part for part in bill["components"]}
    pinned = [*PINS["packages"], *PINS["data"], *PINS["wheels"]]
    assert {pin["name"]: pin["version"] for pin in pinned}.items() <= {
        name: part["version"] for name, part in told.items()
    }.items()
    for pin in PINS["wheels"]:
        assert told[pin["name"]]["hashes"] == [{"alg": "SHA-256", "content": pin["sha256"]}]
    locked = {}
    for place, package in LOCK.items():
        locked.setdefault(place.rpartition("node_modules/")[2], set()).add(package.get("version"))
    packages = [part for part in components(bill) if part.get("purl", "").startswith("pkg:npm/")]
    assert len(packages) > 20
    for part in packages:
        assert part["version"] in locked[part["name"]]
        assert part["purl"].endswith(f"@{part['version']}")


def test_both_lists_name_the_same_files(text, bill):
    files = [part for part in components(bill) if part["type"] == "file"]
    assert {part["name"]: part["hashes"][0]["content"] for part in files} == told(text)


def test_the_page_and_the_readme_link_to_the_list(real_site):
    assert 'href="THIRD_PARTY.txt"' in (real_site / "index.html").read_text()
    assert "`THIRD_PARTY.txt`" in (ROOT / "README.md").read_text()


def test_a_bundled_package_that_is_installed_in_another_version_stops_the_build(project):
    """Another version could have another licence."""
    lock = {"node_modules/inner": {"version": "1.0.0", "integrity": "sha512-"}}
    project.write("package-lock.json", json.dumps({"packages": lock}).encode())
    project.write("node_modules/inner/package.json", b'{"version": "1.0.0", "license": "MIT"}')
    project.write("node_modules/inner/index.js", b"one\n")
    chart = {"sources": ["../node_modules/inner/index.js"], "sourcesContent": ["one\n"]}
    chart_name = "node_modules/@pyscript/core/dist/core-AbCd1234.js.map"
    project.write(chart_name, json.dumps(chart).encode())
    assert project.build().returncode == 0
    assert "inner 1.0.0" in (project.site / "THIRD_PARTY.txt").read_text()
    project.write("node_modules/inner/index.js", b"two\n")
    result = project.build()
    assert result.returncode == 1
    assert "@pyscript/core 1.0.0 bundles inner" in result.stderr


def test_a_renamed_or_gzipped_file_is_recognised(project):
    """Third-party files are found by their hashes, whatever the build does with them."""
    project.build()
    published = project.root / "node_modules/pyodide/pyodide.mjs"
    (project.site / "static/other-name.gz").write_bytes(gzip.compress(published.read_bytes()))
    parts = {
        part["name"]: part for part in attribution.parts(project.root, project.site, project.pins)
    }
    found = {file["path"]: file["how"] for file in parts["pyodide"]["files"]}
    assert found["static/other-name.gz"] == "as published, gzipped"
