"""Many small files as few: each request costs a round trip, and most of the page's files are small.

`bundles` makes the files, `sheets` tells which style sheets are in one, and `index` has the page ask for it.
It also puts into the page what has to run and to be read wherever that is opened.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from pins import Refusal

# What the site has them by, and which modules are in it.
MODULES = {"py/page.txt": "py/page/*.py", "py/rooms.txt": "py/page/rooms/*.py"}
# This one comes by itself: it imports the others.
ALONE = {"page/start.py"}
STYLE = "static/page.css"
# What is in them for whoever writes them: comments, indentation and empty lines.
APART = re.compile(r"/\*.*?\*/|^\s+", re.DOTALL | re.MULTILINE)
# In a file of its own it would be refused where it is needed most: in a sandboxed frame, by its type.
START = "static/start.js"
SOURCE = re.compile(r'(<div id="unstarted">).*?<template>(.*?)</template>.*?(</div>)', re.S)
# What is in the page for whoever writes it: comments and indentation.
ASIDE = re.compile(r"<!--.*?-->\n?|^[ \t]+", re.DOTALL | re.MULTILINE)
# The same in the script that is put into it: comments that have lines of their own.
REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n|^[ \t]+", re.DOTALL | re.MULTILINE)
LINK = re.compile(r' *<link rel="stylesheet" href="(static/[^"]+\.css)" />\n')


def bundles(root: Path) -> dict[str, bytes]:
    """Return the bundles of the project at `root` by their paths in the site.

    Of modules there is one in each line (see `compiled`); style sheets follow each other as they are
    linked, without comments and indentation. Raise `Refusal` for a module that cannot be compiled.
    """
    made = {}
    for name, pattern in MODULES.items():
        sources = {
            path.relative_to(root / "py").as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(root.glob(pattern))
        }
        sources = {path: source for path, source in sources.items() if path not in ALONE}
        modules = compiled(sources)
        made[name] = "".join(f"{path} {modules[path]}\n" for path in modules).encode()
    linked = sheets((root / "index.html").read_text(encoding="utf-8"))
    styles = "\n".join((root / sheet).read_text(encoding="utf-8") for sheet in linked)
    made[STYLE] = APART.sub("", styles).encode()
    return made


def compiled(sources: dict[str, str]) -> dict[str, str]:
    """Return sources by their paths as MicroPython's bytecode in base64, by paths that end in `.mpy`."""
    run = subprocess.run(
        ["node", Path(__file__).with_name("bytecode.mjs")],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise Refusal(f"The page's modules could not be compiled: {run.stderr.strip()[:2000]}")
    return json.loads(run.stdout)


def sheets(page: str) -> list[str]:
    """Return the style sheets that the page links to, each on a line of its own."""
    return LINK.findall(page)


def index(root: Path, page: str) -> str:
    """Return the page as it is served: with `static/start.js` in it, and all of its style sheets in one.

    That is put on by `static/guard.js`; where there are no scripts, by a link.
    """
    links = list(LINK.finditer(page))
    if links:
        head = page[: links[0].start()]
        rest = LINK.sub("", page[links[0].end() :])
        page = f'''{head}<link rel="preload" as="fetch" crossorigin href="{STYLE}" />
<noscript><link rel="stylesheet" href="{STYLE}" /></noscript>
{rest}'''
    page = SOURCE.sub(r"\1\2\3", page)
    page = ASIDE.sub("", page)
    tag = f'<script src="{START}" async></script>'
    if tag in page:
        script = (root / START).read_text(encoding="utf-8")
        # A host may name another encoding for the page, and the script's sum would be another.
        if not script.isascii():
            raise Refusal(f"{START} is put into the page: write it in ASCII.")
        page = page.replace(tag, f"<script>{REMARK.sub('', script)}</script>", 1)
    return page
