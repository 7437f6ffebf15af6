"""Many small files as few: each request costs a round trip, and most of the page's files are small.

`bundles` makes the files, `sheets` tells which style sheets are in one, and `index` has the page ask for it.
It also puts into the page what has to run and to be read wherever that is opened.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
from pathlib import Path

from site_build.pins import Refusal

# The page's modules come in two bundles: what the page imports to start, and all others.
FIRST, LATER = "py/page.txt", "py/panels.txt"
START_MODULE = "page.app"
PACKAGES = ("page", "boot")
# These are not in a bundle: the first imports the others, and the second runs in the worker.
ALONE = {"boot.start", "boot.on_demand"}
STYLE = "static/page.css"
# What is in them for whoever writes them: comments, indentation and empty lines.
APART = re.compile(r"/\*.*?\*/|^\s+", re.DOTALL | re.MULTILINE)
# In a file of its own it would be refused where it is needed most: in a sandboxed frame, by its type.
START = "static/boot/start.js"
# What is put into the page, in this order; `start.js` uses the other two.
INLINED = ("static/boot/needs.js", "static/boot/own_error.js", START)
SOURCE = re.compile(r'(<div id="unstarted">).*?<template>(.*?)</template>.*?(</div>)', re.S)
# What is in the page for whoever writes it: comments and indentation.
ASIDE = re.compile(r"<!--.*?-->\n?|^[ \t]+", re.DOTALL | re.MULTILINE)
# The same in the script that is put into it: comments that have lines of their own.
REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n|^[ \t]+", re.DOTALL | re.MULTILINE)
LINK = re.compile(r' *<link rel="stylesheet" href="([^"]+\.css)" />\n')


def bundles(root: Path) -> dict[str, bytes]:
    """Return the bundles of the project at `root` by their paths in the site.

    A bundle of modules has one in each line (see `compiled`), every module after those that it imports.
    Style sheets follow each other as they are linked, without comments and indentation. Raise `Refusal`
    for a module that cannot be compiled.
    """
    made = {}
    for name, modules in page_modules(root).items():
        sources = {path: (root / "py" / path).read_text(encoding="utf-8") for path in modules}
        made[name] = "".join(
            f"{path} {content}\n" for path, content in compiled(sources).items()
        ).encode()
    linked = sheets((root / "index.html").read_text(encoding="utf-8"))
    styles = "\n".join((root / sheet).read_text(encoding="utf-8") for sheet in linked)
    made[STYLE] = APART.sub("", styles).encode()
    return made


def page_modules(root: Path) -> dict[str, list[str]]:
    """Return what is in each bundle of modules: paths within `py/`, in an order to import them in.

    The first has what `page.app` imports at the top of a module, and what that imports in turn.
    """
    paths = {
        _module(path.relative_to(root / "py")): path
        for package in PACKAGES
        for path in sorted((root / "py" / package).rglob("*.py"))
    }
    imports = {
        module: _imports(path.read_text(encoding="utf-8"), paths) for module, path in paths.items()
    }
    ordered: list[str] = []
    first = len(_add(START_MODULE, imports, ordered))
    for module in imports:
        if module not in ordered:
            _add(module, imports, ordered)
    names = {module: path.relative_to(root / "py").as_posix() for module, path in paths.items()}
    parts = {FIRST: ordered[:first], LATER: ordered[first:]}
    return {
        name: [names[module] for module in modules if module not in ALONE]
        for name, modules in parts.items()
    }


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _imports(source: str, known: dict[str, Path]) -> list[str]:
    """List the modules that one imports at its top, those of PACKAGES alone."""
    found = []
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return []  # the compiler says what is wrong
    for node in body:
        if isinstance(node, ast.ImportFrom):
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [name for name in found if name in known]


def _add(module: str, imports: dict[str, list[str]], ordered: list[str]) -> list[str]:
    """Append a module to `ordered`, after its package and all that it imports."""
    for needed in [module.rpartition(".")[0], *imports[module]]:
        if needed in imports and needed not in ordered:
            _add(needed, imports, ordered)
    ordered.append(module)
    return ordered


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
    """Return the page as it is served: with `static/boot/start.js` in it, and all of its style sheets in one.

    That is put on by `static/boot/guard.js`; where there are no scripts, by a link.
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
        script = ""
        for name in INLINED:
            text = (root / name).read_text(encoding="utf-8")
            # If a host names another encoding for the page, the script's hash would change.
            if not text.isascii():
                raise Refusal(f"{name} is put into the page: write it in ASCII.")
            script += without_remarks(text)
        page = page.replace(tag, f"<script>{script}</script>", 1)
    return page


def without_remarks(script: str) -> str:
    """Return a script without indentation and without comments on lines of their own."""
    return REMARK.sub("", script)
