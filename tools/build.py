"""Build `_site/`: the page and every byte of the runtime that it needs.

The site is built in a temporary folder, which replaces `_site/` only when it is complete. Files of other
projects are checked against `runtime.json` (see `pins.py`).
"""

from __future__ import annotations

import argparse
import fcntl
import json
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from licences import third_party
from site_build import bundle, classroom, integrity, page, pins, styles, tricks
from site_build.digits import prepared
from site_build.pins import Refusal
from site_build.python import snapshot, wheel, worker_modules

ROOT = Path(__file__).resolve().parent.parent

# Without these there is no page.
REQUIRED = (
    "index.html",
    "py/engine/api.py",
    *page.INLINED,
    page.UNSTARTED,
    *styles.ENTRIES.values(),
)
REQUIRED += (snapshot.TRIED,)
# Our own files: a folder, and which of its files are served as they are.
OWN = {
    "py": ("engine/api.py", "nn/*.py", "preprocess/*.py", "datasets/*.py", "boot/start.py"),
    "static": ("**/*",),
    "weights": ("*.npz", "*.json"),
}
# These are not served as they are: style sheets are bundled, and some files become part of the page.
BUILT_IN = {*page.INLINED, page.UNSTARTED}
# What the worker fetches and checks.
FETCHED = ("runtime/python/*", "runtime/pyodide/*.zip", "runtime/pyodide/*.whl", "py/engine/api.py")
FETCHED += (worker_modules.ARCHIVE, "weights/*", "digits/*")
# Files of Pyodide that are served in another form (see `snapshot.py`).
MADE_READY = {"pyodide/pyodide.asm.js", "pyodide/pyodide.asm.wasm", "pyodide/pyodide-lock.json"}


def build(
    root: Path = ROOT, out: Path | None = None, without: frozenset[str] = frozenset()
) -> Path:
    """Build the project at `root` into `out` (by default `root/_site`) and return `out`.

    `without` names start-up tricks to leave out (see `tricks.py`). Raise `Refusal` if anything is missing or
    differs from its pin. `out` is then left as it was.
    """
    out = (out or root / "_site").resolve()
    cache = root / "_cache"
    with _alone(cache), _draft(out) as site:
        runtime = pins.load(root)
        _copy_own(root, site)
        _write(site / "index.html", page.index(root).encode())
        _write(site / page.INSIDES, page.insides(root).encode())
        panels = [root / page.PANELS / name for name in page.panels(root)]
        for name, content in {**styles.sheets(root, panels), **bundle.bundles(root)}.items():
            _write(site / name, content)
        files = dict(pins.package_files(root, runtime))
        for name in files.keys() - (set() if "snapshot" in without else MADE_READY):
            _write(site / "runtime" / name, files[name])
        bundle.pack_interpreter(site)
        [pin] = runtime["wheels"]
        numpy = _thinned(pin, cache)
        shutil.copyfile(numpy, site / "runtime/pyodide" / pin["file"])
        for name, contents in pins.data(root, runtime):
            if name.endswith("/"):
                interpreter = files["pyodide/pyodide.asm.wasm"]
                made = prepared.prepared(root, contents, interpreter, numpy, cache)
            else:
                # Level 9 would take two more seconds and save 2 %.
                made = {"": zlib.compress(b"".join(contents.values()), 7)}
            for part, content in made.items():
                _write(site / f"{name}{part}", content)
        if "snapshot" not in without:
            python = snapshot.freeze(root, files, numpy, cache, delta="delta" not in without)
            for name, content in python.contents.items():
                _write(site / name, content)
            _write(site / "runtime/manifest.mjs", _manifest(site, python.told).encode())
        tricks.remove(root, site, without)
        integrity.seal(site, preload="preload" not in without)
        if "offline" not in without:
            _keep_for_next_visit(root, site)
        shutil.copyfile(classroom.__file__, site / "serve.py")
        third_party.write(root, site, runtime)
    return out


def _copy_own(root: Path, site: Path) -> None:
    for name in REQUIRED:
        if not (root / name).is_file():
            raise Refusal(f"{name} is missing: restore it with `git checkout {name}`.")
    for folder, patterns in OWN.items():
        found = [path for pattern in patterns for path in (root / folder).glob(pattern)]
        found = [path for path in found if path.is_file() and not path.name.startswith(".")]
        found = [path for path in found if path.suffix != ".css"]
        found = [path for path in found if path.relative_to(root).as_posix() not in BUILT_IN]
        if not found:
            raise Refusal(
                f"{folder}/ has no file that matches {' or '.join(patterns)}: restore it with "
                f"`git checkout {folder}`."
            )
        for path in found:
            _write(site / path.relative_to(root), path.read_bytes())


def _thinned(pin: dict, cache: Path) -> Path:
    """Return the path of the thinned wheel. Make it only if the wheel, wheel.py or zlib have changed."""
    recipe = Path(wheel.__file__).read_bytes() + zlib.ZLIB_RUNTIME_VERSION.encode()
    key = pins.sha256(pin["sha256"].encode() + recipe)[:16]
    path = cache / f"thinned-{key}" / pin["file"]
    seal = path.with_suffix(".sha256")
    if path.exists() and seal.exists() and pins.sha256(path.read_bytes()) == seal.read_text():
        return path
    original = pins.wheel(pin, cache)
    path.parent.mkdir(parents=True, exist_ok=True)
    wheel.thin(original, path)
    seal.write_text(pins.sha256(path.read_bytes()))
    return path


def _keep_for_next_visit(root: Path, site: Path) -> None:
    """Write the service worker. Every other file of the site must be final."""
    command = ["node", root / "tools/site_build/service_worker.mjs", site]
    try:
        subprocess.run(command, check=True)
    except FileNotFoundError:
        raise Refusal("node is missing: install Node 20 or later.") from None
    except subprocess.CalledProcessError:
        raise Refusal(
            "The service worker was not built: see the message from Node above."
        ) from None


def _manifest(site: Path, told: dict) -> str:
    """Return a JavaScript module with the size and hash of each file that the worker fetches.

    told: its other exports, by name (see `snapshot.Frozen`).
    """
    files = {}
    for path in sorted({path for pattern in FETCHED for path in site.glob(pattern)}):
        content = path.read_bytes()
        name = path.relative_to(site).as_posix()
        files[name] = {"bytes": len(content), "sha256": pins.sha256(content)}
    exports = [f"export const {name} = {json.dumps(told[name], indent=2)};\n" for name in told]
    return f"export default {json.dumps(files, indent=2)};\n" + "".join(exports)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Run one build at a time: a second one waits."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """Yield a folder to build in. It becomes `out` if the build succeeds and is deleted if not."""
    out.parent.mkdir(parents=True, exist_ok=True)
    prefix = f"{out.name}.building-"
    for left in out.parent.glob(f"{prefix}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=out.parent) as folder:
        site = Path(folder) / "new"
        site.mkdir()
        yield site
        if out.exists():
            out.rename(Path(folder) / "old")
        site.rename(out)


def _summary(site: Path) -> str:
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    wheels = sum(size for path, size in sizes.items() if path.suffix == ".whl")
    return (
        f"Built {site.name}/: {len(sizes)} files, {sum(sizes.values()) / 1e6:.1f} MB "
        f"({wheels / 1e6:.1f} MB of it NumPy)."
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="the project to build (default: this one)"
    )
    parser.add_argument("--out", type=Path, help="where to build (default: ROOT/_site)")
    parser.add_argument(
        "--without",
        metavar="NAME,NAME",
        default="",
        help=f"leave out start-up tricks: {', '.join(tricks.TRICKS)} (see docs/boot.md)",
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help="leave out every start-up trick: the page starts as PyScript documents it",
    )
    parser.add_argument(
        "--repin",
        action="store_true",
        help="do not build; update runtime.json from the packages that npm has installed",
    )
    parser.add_argument(
        "--page",
        action="store_true",
        help="do not build; print index.html with its panels, as `make lint` checks it",
    )
    options = parser.parse_args(arguments)
    try:
        if options.repin:
            pins.repin(options.root)
        elif options.page:
            print(page.compose(options.root), end="")
        else:
            without = frozenset(tricks.TRICKS) if options.plain else tricks.parse(options.without)
            print(_summary(build(options.root.resolve(), options.out, without)))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
