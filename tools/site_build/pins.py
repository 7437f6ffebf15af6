"""What is served of other people's code: where each file comes from, and the bytes it must have.

`runtime.json` is the one list. `load` reads it, `package_files`, `data` and `wheel` hand out the files after
checking them, `repin` writes the hashes anew when a version was moved. Whatever is not exactly as
listed is a `Refusal`, whose text is one sentence for the person at the terminal.
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
# A bundler's name for a chunk: the part after the last hyphen changes with the content.
CHUNK = re.compile(r"(?P<stem>.+)-[\w-]{8}(?P<suffix>\.m?js)")

FETCH_ERRORS = (
    OSError,
    KeyError,
    http.client.HTTPException,
    subprocess.CalledProcessError,
    tarfile.TarError,
)


class Refusal(Exception):
    """The build cannot go on; the text says which file, what was expected and what to do."""


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
        raise Refusal(f"{path} is not JSON ({error}): mend it, or `git checkout {LIST}`.") from None


def package_files(root: Path, pins: dict) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the npm packages as its path below `runtime/` and its checked bytes."""
    for package in pins["packages"]:
        for entry in package["files"]:
            yield entry["path"], _checked(root, package, entry)


def data(root: Path, pins: dict) -> Iterator[tuple[str, list[bytes]]]:
    """Yield each set of data as its path in the site and the checked bytes of its files, in order."""
    for package in pins["data"]:
        yield package["path"], [_checked(root, package, entry) for entry in package["files"]]


def wheel(pin: dict, cache: Path) -> Path:
    """Return the pinned wheel in `cache`, fetched from the first source that has its very bytes."""
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
        f"{pin['file']} with sha256 {pin['sha256']} was not to be had from {' or '.join(failures)}: "
        "check the connection to the network and run the build again."
    )


def repin(root: Path) -> None:
    """Write versions and hashes in `runtime.json` as npm has installed them.

    A chunk whose name carries a hash is found again under its new one. The wheel is fetched and hashed
    only if its `sha256` was emptied by hand, together with moving its version, file and sources.
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
            f"{entry['sha256']}: run `npm ci` to have {package['name']} {package['version']} anew."
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
    """Return `path`, or the one chunk beside it that differs in the hash within its name."""
    if path.exists():
        return path
    name = CHUNK.fullmatch(path.name)
    found = list(path.parent.glob(f"{name['stem']}-????????{name['suffix']}")) if name else []
    if len(found) != 1:
        raise Refusal(
            f"{path.relative_to(root)} is gone and {len(found)} files could be its successor: "
            f"name the right one in {LIST} and repin again."
        )
    return found[0]


def _fetch(source: dict) -> bytes:
    """Return one file from an npm package or from an address."""
    if "npm" not in source:
        with urllib.request.urlopen(source["url"], timeout=60) as answer:
            return answer.read()
    if not shutil.which("npm"):
        raise FileNotFoundError("npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        # `npm pack` brings the archive without installing it: nothing of the package ever runs,
        # and nothing but the one file is taken out of it.
        command = ["npm", "pack", "--silent", "--ignore-scripts", f"--pack-destination={folder}"]
        subprocess.run([*command, source["npm"]], cwd=folder, check=True, capture_output=True)
        [archive] = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            return package.extractfile(f"package/{source['path']}").read()


def _store(path: Path, content: bytes) -> None:
    """Write `content` so that the file is either whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(content)
    draft.replace(path)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"npm stopped with code {error.returncode}"
    return str(getattr(error, "reason", None) or error)
