"""Render `static/icons/*.png` from `static/icon.svg`: `.venv/bin/python tools/icons.py`.

This needs Chromium and is run by hand after the icon changes, because the build has no renderer. The files
are small. Maskable and Apple icons are cropped from a square, so their background reaches the edges and the
icon stays inside the middle 80 %.
"""

from __future__ import annotations

import argparse
import base64
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/browser/support"))

import drivers

# By name: the side in pixels, and the icon's share of it if there is a background, or 0 for none.
ICONS = {"192": (192, 0), "512": (512, 0), "maskable": (512, 0.8), "180": (180, 0.9)}


def paint(driver, svg: str, side: int, share: float) -> bytes:
    """Return the PNG of an icon. share: 0 for no background."""
    size = share or 1
    style = f"width:{size:.0%};height:{size:.0%};position:absolute;inset:0;margin:auto"
    page = (
        f"<style>html{{background:{'#000' if share else 'transparent'}}}</style>"
        f"{svg.replace('<svg ', f'<svg style={style!r} ', 1)}"
    )
    driver.get("data:text/html;base64," + base64.b64encode(page.encode()).decode())
    metrics = {"width": side, "height": side, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    clear = {"color": {"r": 0, "g": 0, "b": 0, "a": 0}}
    driver.execute_cdp_cmd("Emulation.setDefaultBackgroundColorOverride", clear)
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    return base64.b64decode(shot["data"])


def main() -> int:
    """Run the command line and return its exit code."""
    argparse.ArgumentParser(description=__doc__.split("\n\n")[0]).parse_args()
    svg = (ROOT / "static/icon.svg").read_text(encoding="utf-8")
    driver = drivers.start("chromium")
    try:
        for name, (side, share) in ICONS.items():
            path = ROOT / f"static/icons/{name}.png"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(paint(driver, svg, side, share))
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")
    finally:
        drivers.close(driver)
    return 0


if __name__ == "__main__":
    sys.exit(main())
