"""Bundle and minify the style sheets: for the page, its panels, paper, and a page without scripts."""

from __future__ import annotations

from pathlib import Path

from site_build.node import transform

PAGE = "static/page.css"
# What is served, and the sheet that imports the rest of it.
ENTRIES = {
    PAGE: "static/style/page.css",
    "static/panels.css": "py/page/panels/inside.css",
    "static/style/print.css": "static/style/print/print.css",
    "static/style/noscript.css": "static/style/noscript.css",
}


def sheets(root: Path, panels: list[Path]) -> dict[str, bytes]:
    """Return the style sheets to serve, by their paths in the site.

    panels: the folders of the panels, in the order of the cascade. Raise `Refusal` if a sheet is not valid.
    """
    given = {
        "entries": {served: str(root / entry) for served, entry in ENTRIES.items()},
        "panels": [str(panel) for panel in panels],
    }
    made = transform("styles.mjs", given, "The style sheets could not be bundled")
    return {served: css.encode() for served, css in made.items()}
