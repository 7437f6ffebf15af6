"""Find the third-party work in a finished site: its files, and the packages that they came from.

`parts` describes every package of which something is served.

A third-party file is recognised by its hash in `runtime.json`, gzipped or not, wherever it lies. A file built
from such files is recognised by the table `made` in `thirdparty.json`; whoever adds such a file adds a line
there. Packages may contain the work of others. A source map beside the file lists it or, without one, the
table `inside`, which also gives the words by which it was found.
"""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from fnmatch import fnmatchcase
from pathlib import Path

from site_build import pins
from site_build.pins import Refusal

TABLE = "thirdparty.json"
# The lists themselves are not listed.
LISTS = ("THIRD_PARTY.txt", "sbom.cdx.json")
LICENCE_FILE = re.compile(r"(?:licen[cs]e|copying|notice)\b.*", re.IGNORECASE)
SPDX = "node_modules/spdx-license-list"


def parts(root: Path, site: Path, runtime: dict) -> list[dict]:
    """Return every package of which something is served, with its files and the packages inside it."""
    table, installed = _table(root), _Installed(root)
    found = {}
    for package in runtime["packages"]:
        found[package["name"]] = installed.part(package["name"], package)
    for package in runtime["data"]:
        # The licence and author of a package that only carries data are not those of the data.
        part = installed.part(package["name"], package) | {"data": True, "texts": [], "author": ""}
        found[package["name"]] = part | table["data"].get(package["name"], {})
    for pin in runtime["wheels"]:
        found[pin["name"]] = _wheel_part(pin, pins.wheel(pin, root / "_cache"))
    for name, (owners, how) in _owners(site, runtime, table).items():
        for owner in owners:
            part = found.setdefault(owner, None) or installed.part(owner, {})
            found[owner] = part
            sha256 = pins.sha256((site / name).read_bytes())
            part["files"].append({"path": name, "sha256": sha256, "how": how})
    for package in runtime["packages"]:
        found[package["name"]]["inside"] = installed.bundled(package)
    for name, inside in table["inside"].items():
        if name in found:
            found[name]["inside"] += [_as_published(inner) for inner in inside]
    return [part for part in found.values() if part["files"]]


def _owners(site: Path, runtime: dict, table: dict) -> dict[str, tuple[list[str], str]]:
    """Map each third-party file to the packages it comes from, and to how it was changed."""
    published = {}
    for package in runtime["packages"]:
        for entry in package["files"]:
            published.setdefault(entry["sha256"], {})[f"runtime/{entry['path']}"] = package["name"]
    owners = {}
    for name in _names(site):
        content = (site / name).read_bytes()
        how = "as published"
        owner = published.get(pins.sha256(content))
        if not owner and content[:2] == b"\x1f\x8b":
            owner = published.get(pins.sha256(gzip.decompress(content)))
            how = "as published, gzipped"
        if owner:
            owners[name] = [owner.get(name) or next(iter(owner.values()))], how
            continue
        for rule in table["made"]:
            if fnmatchcase(name, rule["files"]):
                owners[name] = rule["of"], rule["how"]
                break
    return owners


class _Installed:
    """The packages that npm has installed: authors, licences, and what they bundle of others."""

    def __init__(self, root: Path) -> None:
        self.root = root
        lock = root / "package-lock.json"
        self.lock = read(lock)["packages"] if lock.exists() else {}

    def part(self, name: str, pin: dict, folder: str | None = None) -> dict:
        """Describe the package in `folder` of the project, where `pin` does not already."""
        folder = folder or f"node_modules/{name}"
        about = read(self.root / folder / "package.json")
        repository = about.get("repository", "")
        address = repository.get("url", "") if isinstance(repository, dict) else repository
        return {
            "name": name,
            "version": about["version"],
            "licence": pin.get("licence")
            or _spdx_name(self.root, about.get("license", "NOASSERTION")),
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{about['version']}",
            "address": re.sub(r"^git\+|\.git$", "", address),
            "integrity": self.lock.get(folder, {}).get("integrity"),
            "author": about.get("author", ""),
            "texts": [
                (path.name, path.read_text(encoding="utf-8"))
                for path in sorted((self.root / folder).iterdir())
                if path.is_file() and LICENCE_FILE.fullmatch(path.name)
            ],
            "files": [],
            "inside": [],
        }

    def bundled(self, package: dict) -> list[dict]:
        """Return the packages bundled in the files of `package`, in the exact versions."""
        folders = {}
        for entry in package["files"]:
            source_map = self.root / "node_modules" / package["name"] / f"{entry['from']}.map"
            if not source_map.exists():
                continue
            source_map = read(source_map)
            for source, content in zip(
                source_map["sources"], source_map["sourcesContent"], strict=True
            ):
                if "node_modules/" in source:
                    folder, name = self._folder(source, content, package)
                    folders[folder] = name
        found = [self.part(name, {}, folder) for folder, name in folders.items()]
        # The same version may be installed in several places.
        once = {(part["name"], part["version"]): part for part in found}
        return [part for _, part in sorted(once.items())]

    def _folder(self, source: str, content: str, package: dict) -> tuple[str, str]:
        """Return where the package with exactly this source is installed, and its name."""
        path = source[source.index("node_modules/") :]
        inner = path[path.rindex("node_modules/") + len("node_modules/") :]
        name, inner = re.fullmatch(r"((?:@[^/]+/)?[^/]+)/(.+)", inner).groups()
        places = [place for place in self.lock if place.endswith(f"node_modules/{name}")]
        places.sort(key=lambda place: not path.startswith(f"{place}/"))
        for place in places:
            copy = self.root / place / inner
            if copy.exists() and copy.read_bytes() == content.encode():
                return place, name
        raise Refusal(
            f"{package['name']} {package['version']} bundles {name} in a version that is not installed: add "
            "that version under `overrides` in package.json, and run `npm install`."
        )


def _wheel_part(pin: dict, wheel: Path) -> dict:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if LICENCE_FILE.fullmatch(Path(name).name)]
        texts = [(name, archive.read(name).decode()) for name in sorted(names)]
    return {
        "name": pin["name"],
        "version": pin["version"],
        "licence": pin.get("licence", "NOASSERTION"),
        "purl": f"pkg:pypi/{pin['name']}@{pin['version']}",
        "sha256": pin["sha256"],
        "note": f"{pin['file']}, built for Pyodide",
        "texts": texts,
        "files": [],
        "inside": [],
    }


def _as_published(inner: dict) -> dict:
    """Return a table entry as published: of the words that identify the work, only copyright notices."""
    listed = {key: inner[key] for key in inner if key not in ("in", "seen")}
    notices = [words for words in inner.get("seen", ()) if "opyright" in words]
    return listed | ({"copyright": "\n".join(notices)} if notices else {})


def _spdx_name(root: Path, licence: str) -> str:
    """Return a licence's name in SPDX's capitalisation."""
    names = {path.stem.lower(): path.stem for path in (root / SPDX / "licenses").glob("*.json")}
    return names.get(licence.lower(), licence)


def _names(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def _table(root: Path) -> dict:
    try:
        return read(root / TABLE)
    except FileNotFoundError:
        raise Refusal(f"{TABLE} is missing: restore it with `git checkout {TABLE}`.") from None


def read(path: Path) -> dict:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
