"""Subresource integrity: browsers refuse any file that the page loads if its hash is another.

`sha256` hashes some bytes. `seal` rewrites the `index.html` of a site:

- scripts, style sheets and preloads get `integrity`;
- modules that these import at the start get `<link rel="modulepreload">`;
- `<meta name="sums">` lists the hashes of what the page fetches, for `static/boot/guard.js`;
- the hash of the inline script goes into the policy.

`runtime/manifest.mjs` has the hashes of what the worker fetches.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

# Modules that are imported at the start; without a link of their own nothing checks them.
MODULES = (
    "runtime/pyscript/core-*.js",
    "runtime/micropython-*/*.mjs",
    "static/boot/library.mjs",
    "static/boot/micropython.mjs",
)

# What the page fetches: of JavaScript, before it or another worker imports it.
FETCHED = (
    "py/engine/api.py",
    "py/*.txt",
    "py/boot/*.py",
    "py/nn/network.py",
    "py/nn/activations.py",
    "runtime/micropython-*/*.wasm",
    "static/page.css",
    "static/style/print.css",
    "runtime/pyscript/core.js",
    "runtime/pyscript/codemirror_*.js",
    "runtime/pyscript/index-*.js",
    "runtime/pyodide/*.mjs",
    "runtime/*.mjs",
    "static/boot/*.mjs",
    "static/editor/*.mjs",
)

# A tag of index.html that loads a file of the site.
_TAG = re.compile(
    r"<(?:script|link\b[^>]*\brel=\"(?:stylesheet|preload|modulepreload)\")"
    r"[^>]*?\b(?:src|href)=\"([^\":]+)\"[^>]*?(?=\s*/?>)"
)
# As its content is never changed by a browser that reads it: without a carriage return.
_INLINE = re.compile(r"<script>([^\r]*?)</script>")
_PYTHON = re.compile(r"\btype=\"m?py\"")


def seal(site: Path) -> None:
    """Write the sums into the site's `index.html`. Whoever changes a file afterwards breaks the page."""
    page = site / "index.html"
    text = page.read_text(encoding="utf-8")

    def sealed(match: re.Match) -> str:
        tag, file = match[0], site / match[1]
        # PyScript fetches its scripts itself, as text.
        if "integrity=" in tag or _PYTHON.search(tag) or not file.is_file():
            return tag
        # In a frame without an origin a sum needs CORS, which what is preloaded has anyway.
        cors = "" if "crossorigin" in tag or "modulepreload" in tag else " crossorigin"
        return f'{tag} integrity="{_sum(file)}"{cors}'

    links = [
        f'<link rel="modulepreload" href="{path.relative_to(site).as_posix()}" integrity="{_sum(path)}" />'
        for path in _files(site, MODULES)
        if f'href="{path.relative_to(site).as_posix()}"' not in text
    ]
    sums = "; ".join(
        f"{path.relative_to(site).as_posix()} {_sum(path)}" for path in _files(site, FETCHED)
    )
    text = _TAG.sub(sealed, text)
    for script in _INLINE.findall(text):
        allowed = f"script-src 'self' '{sha256(script.encode())}'"
        text = text.replace("script-src 'self'", allowed, 1)
    added = "".join(
        [f'<meta name="sums" content="{sums}" />\n    ', *[f"{one}\n    " for one in links]]
    )
    text = text.replace(
        '<script src="static/boot/guard.js"', f'{added}<script src="static/boot/guard.js"', 1
    )
    page.write_text(text, encoding="utf-8")


def _files(site: Path, patterns: tuple[str, ...]) -> list[Path]:
    return sorted({path for pattern in patterns for path in site.glob(pattern)})


def sha256(content: bytes) -> str:
    """Return the sum of some bytes as `integrity` wants it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def _sum(path: Path) -> str:
    return sha256(path.read_bytes())
