"""Test that the README and the message in an old browser name the same versions."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_readme_and_the_page_name_the_same_versions():
    readme = (ROOT / "README.md").read_text("utf-8")
    table = re.findall(r"^\| (Chrome|Firefox|Safari)[^|]*\| ([\d.]+) \|", readme, re.M)
    start = (ROOT / "static/boot/start.js").read_text("utf-8")
    said = re.findall(r"(Chrome|Firefox|Safari)(?: and Edge)? from ([\d.]+)", start)
    assert len(said) == 3
    assert table == said
