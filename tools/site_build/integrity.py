"""Subresource integrity: browsers refuse a file of the page if its hash is not the built one.

`seal` rewrites the `index.html` of a site:

- scripts, style sheets and preloads get `integrity`;
- modules that these import at the start get `<link rel="modulepreload">`, or a place in an import map;
- `<meta name="hashes">` lists the hashes of files that the page fetches, for `static/boot/guard.js`;
- the hash of the inline script goes into the policy.

The hashes of files that the worker fetches are in `runtime/manifest.mjs`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

# `static/boot/guard.js` starts this one, and takes its address and its hash from its link.
PYSCRIPT = "runtime/pyscript/core-*.js"

# Modules that are imported at the start. Without a link or an import map, nothing checks a module.
MODULES = (
    PYSCRIPT,
    "runtime/micropython-*/*.mjs",
    "static/boot/archive.mjs",
    "static/boot/library.mjs",
    "static/boot/micropython.mjs",
    "static/boot/native.mjs",
)

# Files that the page fetches. JavaScript modules are fetched before the page, or a restarted worker,
# imports them.
FETCHED = (
    "py/engine/api.py",
    "py/*.bin",
    "py/boot/*.py",
    "py/nn/network.py",
    "py/nn/activations.py",
    "py/nn/learning.py",
    "py/nn/optimisers.py",
    "runtime/micropython-*/*.[!m]*",  # packed, or as published (`bundle.py`)
    "static/page.css",
    "static/panels.css",
    "static/panels.json",
    "static/style/print.css",
    "runtime/pyscript/core.js",
    "runtime/pyscript/codemirror_*.js",
    "runtime/pyscript/index-*.js",
    "runtime/pyodide/*.mjs",
    "runtime/*.mjs",
    "static/boot/*.mjs",
    "static/editor/*.mjs",
    "static/chart/*.mjs",
    "runtime/uplot/*.js",
)

# A tag that loads a file of the site.
_TAG = re.compile(
    r"<(?:script|link\b[^>]*\brel=\"(?:stylesheet|preload|modulepreload)\")"
    r"[^>]*?\b(?:src|href)=\"([^\":]+)\"[^>]*?(?=\s*/?>)"
)
# Without carriage returns, which browsers would turn into line feeds before they hash it.
_INLINE = re.compile(r"<script(?: type=\"importmap\")?>([^\r]*?)</script>")
_PRELOAD = re.compile(r"<link\b[^>]*\brel=\"(?:preload|modulepreload)\"[^>]*>\n?")
_PYTHON = re.compile(r"\btype=\"m?py\"")


def seal(site: Path, *, preload: bool = True) -> None:
    """Write the hashes into the site's `index.html`. A file that is changed afterwards breaks the page.

    Without `preload` nothing but PyScript itself has a link by which it is asked for early. An import map has
    the hashes of the other modules then. Without one, Chromium 156 would check a module that it has in memory
    against the hash in the page before this one, and refuse to start after an update.
    """
    page = site / "index.html"
    text = page.read_text(encoding="utf-8")
    if not preload:
        text = _PRELOAD.sub("", text)

    def sealed(match: re.Match) -> str:
        tag, file = match[0], site / match[1]
        # PyScript fetches its scripts itself, as text.
        if "integrity=" in tag or _PYTHON.search(tag) or not file.is_file():
            return tag
        # In a frame without an origin, `integrity` needs CORS. Preloads have it anyway.
        cors = "" if "crossorigin" in tag or "modulepreload" in tag else " crossorigin"
        return f'{tag} integrity="{_hash(file)}"{cors}'

    added = []
    if not preload:
        checked = {
            f"./{path.relative_to(site).as_posix()}": _hash(path) for path in _files(site, MODULES)
        }
        added.append(f'<script type="importmap">{json.dumps({"integrity": checked})}</script>')
    added += [
        f'<link rel="modulepreload" href="{path.relative_to(site).as_posix()}" integrity="{_hash(path)}" />'
        for path in _files(site, MODULES if preload else (PYSCRIPT,))
        if f'href="{path.relative_to(site).as_posix()}"' not in text
    ]
    hashes = "; ".join(
        f"{path.relative_to(site).as_posix()} {_hash(path)}" for path in _files(site, FETCHED)
    )
    added.append(f'<meta name="hashes" content="{hashes}" />')
    text = _TAG.sub(sealed, text)
    guard = '<script src="static/boot/guard.js"'
    text = text.replace(guard, "".join(f"{tag}\n    " for tag in added) + guard, 1)
    for script in _INLINE.findall(text):
        allowed = f"script-src 'self' '{sha256(script.encode())}'"
        text = text.replace("script-src 'self'", allowed, 1)
    page.write_text(text, encoding="utf-8")


def _files(site: Path, patterns: tuple[str, ...]) -> list[Path]:
    return sorted({path for pattern in patterns for path in site.glob(pattern)})


def sha256(content: bytes) -> str:
    """Return the hash of some bytes in the form that `integrity` takes."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def _hash(path: Path) -> str:
    return sha256(path.read_bytes())
