"""The page works without any start-up trick (docs/boot.md)."""

import digits
import pytest

import build
from site_build.tricks import TRICKS

# Asks for a function of learning's that there is not: its modules are there.
DEFERRED = """
const [done] = arguments, { xworker } = document.querySelector('script[type=py]');
xworker.sync.deferred("nonsense").then(() => done("no error"), (error) => done(String(error)));
"""


@pytest.mark.only("chromium")
def test_the_page_works_without_any_trick(visit, site, tmp_path):
    """PyScript, MicroPython and Pyodide start as they are documented; everything behaves the same.

    Also in a tab that has the modules of another build in memory, with other hashes.
    """
    plain = build.build(out=tmp_path / "site", without=frozenset(TRICKS))
    visit.open(until="engine")
    site.deploy(plain)
    site.requests.clear()
    visit.open().until_engine("ready")
    visit.draw(digits.strokes(3))
    assert visit.answer() == "3"
    visit.until("return document.documentElement.dataset.panels === 'ready'")
    assert "does not offer" in visit.driver.execute_async_script(DEFERRED)
    assert not [path for path in site.requests if path.startswith("runtime/python/")]
    assert {"runtime/pyodide/pyodide.asm.wasm", "py/page/app.py"} <= set(site.requests)
