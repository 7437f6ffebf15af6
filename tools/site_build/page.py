"""Compose `index.html` from the shell and the panels, and make it ready to be served.

The panels below the network are served closed: the page has their summaries, and what is inside comes with
their modules.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from site_build import styles
from site_build.pins import Refusal

PANELS = "py/page/panels"
PANEL_FILES = ("panel.py", "panel.html", "panel.css")
# These are written into the page. A sandboxed frame would refuse start.js as a file, because of its type.
START, UNSTARTED = "static/boot/start.js", "static/boot/unstarted.html"
# In this order: `start.js` uses the other two.
INLINED = ("static/boot/needs.js", "static/boot/own_error.js", START)

# The place whose panels are served closed, and the file with their insides.
CLOSED, INSIDES = "below", "static/panels.json"

_PANEL = re.compile(
    r'(?P<summary><details\b[^>]*? id="(?P<id>[\w-]+)"[^>]*>\s*<summary>.*?</summary>)'
    r"(?P<inside>.*)(?P<end></details>\s*)",
    re.DOTALL,
)
_PLACE = re.compile(r"^ *<!-- panels: (\w+) -->\n", re.MULTILINE)
_PART = re.compile(r"^<!-- place: (\w+) -->\n", re.MULTILINE)
_SOURCE = re.compile(r'(<div id="unstarted">\n).*?(^ *</div>)', re.DOTALL | re.MULTILINE)
_LINK = f'<link rel="stylesheet" href="{styles.ENTRIES[styles.PAGE]}" />\n'
# Comments and indentation, of HTML and of JavaScript. The spaces of preformatted text are seen.
_HTML_COMMENT = re.compile(
    r"(?P<kept><pre\b.*?</pre>)|<!--.*?-->\n?|^[ \t]+", re.DOTALL | re.MULTILINE
)
_SCRIPT_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n|^[ \t]+", re.DOTALL | re.MULTILINE)


def panels(root: Path) -> list[str]:
    """Return the names in `PANELS`. Raise `Refusal` if the list or a panel is incomplete."""
    listed = f"PANELS in {PANELS}/__init__.py"
    try:
        [names] = [
            ast.literal_eval(node.value)
            for node in ast.parse((root / PANELS / "__init__.py").read_text("utf-8")).body
            if isinstance(node, ast.Assign) and node.targets[0].id == "PANELS"
        ]
    except (OSError, SyntaxError, ValueError, AttributeError):
        raise Refusal(f"{listed} cannot be read: write it as a tuple of strings.") from None
    for name in names:
        if not (root / PANELS / name).is_dir():
            raise Refusal(
                f"{listed} names “{name}”, but {PANELS}/{name}/ does not exist: add the folder, or "
                "remove the name."
            )
        for file in PANEL_FILES:
            if not (root / PANELS / name / file).is_file():
                raise Refusal(
                    f"{PANELS}/{name}/{file} is missing: add it, or remove “{name}” from {listed}."
                )
    return list(names)


def compose(root: Path) -> str:
    """Return the page with every panel in its place, for people to read."""
    return _filled(root, _parts(root))


def _parts(root: Path) -> dict[str, list[str]]:
    """Return the parts of the panels by their places, in the order of `PANELS`.

    `<!-- panels: PLACE -->` in index.html is a place. `<!-- place: PLACE -->` in a `panel.html` begins a part
    that goes there.
    """
    page = (root / "index.html").read_text(encoding="utf-8")
    parts: dict[str, list[str]] = {place: [] for place in _PLACE.findall(page)}
    for name in panels(root):
        file = f"{PANELS}/{name}/panel.html"
        before, *rest = _PART.split((root / file).read_text(encoding="utf-8"))
        if before.strip() or not rest:
            raise Refusal(f"{file} must begin with the place it goes to: `<!-- place: PLACE -->`.")
        for place, part in zip(rest[::2], rest[1::2], strict=True):
            if place not in parts:
                raise Refusal(
                    f"{file} has a part for “{place}”, but index.html has no line "
                    f"`<!-- panels: {place} -->`: use a place it has ({', '.join(parts)})."
                )
            if place == CLOSED and not _PANEL.fullmatch(part):
                raise Refusal(
                    f"{file} must have one panel for “{place}”: "
                    '`<details id="NAME" class="panel"><summary>…</summary>…</details>`.'
                )
            parts[place].append(part)
    return parts


def _filled(root: Path, parts: dict[str, list[str]]) -> str:
    """Return the page with these parts in their places, and what is shown if it cannot start."""
    page = (root / "index.html").read_text(encoding="utf-8")
    page = _PLACE.sub(lambda place: "".join(parts[place[1]]), page)
    unstarted = (root / UNSTARTED).read_text(encoding="utf-8")
    return _SOURCE.sub(lambda source: source[1] + unstarted + source[2], page)


def index(root: Path) -> str:
    """Return the page as served: panels closed, in one file with start.js, without comments and indentation.

    `static/boot/guard.js` applies the style sheet; the link is for browsers without JavaScript.
    """
    parts = _parts(root)
    parts[CLOSED] = [_PANEL.sub(r"\g<summary>\g<end>", part) for part in parts.get(CLOSED, [])]
    page = _filled(root, parts).replace(
        _LINK,
        f'<link rel="preload" as="fetch" crossorigin href="{styles.PAGE}" />\n'
        f'<noscript><link rel="stylesheet" href="{styles.PAGE}" /></noscript>\n',
    )
    page = _bare(page)
    tag = f'<script src="{START}" async></script>'
    if tag in page:
        script = ""
        for name in INLINED:
            text = (root / name).read_text(encoding="utf-8")
            # A host may declare another encoding for the page. Other characters would change the hash.
            if not text.isascii():
                raise Refusal(f"{name} becomes part of the page: write it in ASCII.")
            script += without_comments(text)
        page = page.replace(tag, f"<script>{script}</script>", 1)
    return page


def insides(root: Path) -> str:
    """Return what is inside the closed panels, by their ids, in JSON. `py/boot/deferred.py` puts it in.

    Not a file of HTML: some servers add scripts of their own to those, or redirect to another address.
    """
    panels = [_PANEL.fullmatch(part) for part in _parts(root).get(CLOSED, [])]
    found = {panel["id"]: _bare(panel["inside"]) for panel in panels}
    return json.dumps(found, ensure_ascii=False, indent=0)


def _bare(html: str) -> str:
    """Return HTML without comments and indentation."""
    return _HTML_COMMENT.sub(lambda found: found["kept"] or "", html)


def without_comments(script: str) -> str:
    """Return a script without indentation and without comments on lines of their own."""
    return _SCRIPT_COMMENT.sub("", script)
