"""Other people's files that the site serves: where each comes from, and which hash it must have.

`runtime.json` lists them. Every file is checked before it is handed out. A file that is not exactly as
listed raises a `Refusal` with one sentence for the person at the terminal.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

LIST = "runtime.json"
# A bundler's name for a chunk. The part after the last hyphen depends on the content.
CHUNK = re.compile(r"(?P<stem>.+)-[\w-]{8}(?P<suffix>\.m?js)")

FETCH_ERRORS = (
    OSError,
    KeyError,
    http.client.HTTPException,
    subprocess.CalledProcessError,
    tarfile.TarError,
)


class Refusal(Exception):
    """The build cannot continue. The text says which file is wrong, what was expected, and what to do."""


def sha256(content: bytes) -> str:
    """Return the hexadecimal SHA-256 of `content`."""
    return hashlib.sha256(content).hexdigest()


def load(root: Path) -> dict:
    """Return the project's `runtime.json`."""
    path = root / LIST
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refusal(f"{path} is missing: restore it with `git checkout {LIST}`.") from None
    except ValueError as error:
        raise Refusal(
            f"{path} is not JSON ({error}): repair it, or run `git checkout {LIST}`."
        ) from None


def package_files(root: Path, pins: dict) -> Iterator[tuple[str, bytes]]:
    """Yield the path below `runtime/` and the checked bytes of every file from npm packages."""
    for package in pins["packages"]:
        for entry in package["files"]:
            yield entry["path"], _checked(root, package, entry)


def data(root: Path, pins: dict) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield each data set: its path in the site, and the checked bytes of its files by name, in order."""
    for package in pins["data"]:
        yield (
            package["path"],
            {
                Path(entry["from"]).name: _checked(root, package, entry)
                for entry in package["files"]
            },
        )


def wheel(pin: dict, cache: Path) -> Path:
    """Return the path of the pinned wheel. Fetch it into `cache` from the first source that has it."""
    path = cache / pin["file"]
    if path.exists() and sha256(path.read_bytes()) == pin["sha256"]:
        return path
    failures = []
    for source in pin["sources"]:
        where = source.get("npm") or source["url"]
        try:
            content = _fetch(source)
        except FETCH_ERRORS as error:
            failures.append(f"{where} ({_reason(error)})")
            continue
        if sha256(content) == pin["sha256"]:
            _store(path, content)
            return path
        failures.append(f"{where} (sha256 {sha256(content)})")
    raise Refusal(
        f"{pin['file']} with sha256 {pin['sha256']} could not be fetched from {' or '.join(failures)}: "
        "check the network connection and run the build again."
    )


def repin(root: Path) -> None:
    """Update `runtime.json` to the versions and hashes that npm has installed.

    Chunks with a hash in their names are found under their new names. The wheel is fetched and hashed only
    if its `sha256` is empty: whoever changes its version, file and sources empties it, too.
    """
    pins = load(root)
    for package in [*pins["packages"], *pins["data"]]:
        folder = _folder(root, package)
        about = json.loads(_read(folder / "package.json", root, package["name"]))
        package["version"] = about["version"]
        for entry in package["files"]:
            found = _successor(folder / entry["from"], root)
            if "path" in entry:
                entry["path"] = entry["path"].replace(Path(entry["from"]).name, found.name)
            entry["from"] = found.relative_to(folder).as_posix()
            entry["sha256"] = sha256(found.read_bytes())
    for pin in pins["wheels"]:
        if not pin["sha256"]:
            pin["sha256"] = sha256(_fetch(pin["sources"][0]))
    (root / LIST).write_text(json.dumps(pins, indent=2) + "\n", encoding="utf-8")


def _folder(root: Path, package: dict) -> Path:
    return root / "node_modules" / package["name"]


def _checked(root: Path, package: dict, entry: dict) -> bytes:
    path = _folder(root, package) / entry["from"]
    content = _read(path, root, f"{package['name']} {package['version']}")
    if sha256(content) != entry["sha256"]:
        raise Refusal(
            f"{path.relative_to(root)} has sha256 {sha256(content)} where {LIST} expects "
            f"{entry['sha256']}: run `npm ci` to reinstall {package['name']} {package['version']}."
        )
    return content


def _read(path: Path, root: Path, origin: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal(
            f"{path.relative_to(root)} is missing, expected from {origin}: run `npm ci`."
        ) from None


def _successor(path: Path, root: Path) -> Path:
    """Return `path`, or else the only chunk beside it whose name differs just in the hash."""
    if path.exists():
        return path
    name = CHUNK.fullmatch(path.name)
    found = list(path.parent.glob(f"{name['stem']}-????????{name['suffix']}")) if name else []
    if len(found) != 1:
        raise Refusal(
            f"{path.relative_to(root)} is gone, and {len(found)} files could replace it: "
            f"name the right one in {LIST} and run --repin again."
        )
    return found[0]


def _fetch(source: dict) -> bytes:
    """Return a file from an npm package or from a URL."""
    if "npm" not in source:
        with urllib.request.urlopen(source["url"], timeout=60) as answer:
            return answer.read()
    if not shutil.which("npm"):
        raise FileNotFoundError("npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        # `npm pack` fetches the archive without installing it: none of its code runs, and only the one file
        # is used.
        command = ["npm", "pack", "--silent", "--ignore-scripts", f"--pack-destination={folder}"]
        subprocess.run([*command, source["npm"]], cwd=folder, check=True, capture_output=True)
        [archive] = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            return package.extractfile(f"package/{source['path']}").read()


def _store(path: Path, content: bytes) -> None:
    """Write a file so that it is never there in part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(content)
    draft.replace(path)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"npm stopped with code {error.returncode}"
    return str(getattr(error, "reason", None) or error)
