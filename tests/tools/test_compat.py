"""Test the check of browser features with MDN's real data and invented sources."""

import re
from pathlib import Path

import pytest

import compat

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def browsers():
    return compat.browsers()


def python_faults(browsers, source):
    uses = compat.python_uses({"a.py": source})
    return [(fault.use.line, fault.feature) for fault in browsers.faults(uses)]


def javascript_faults(browsers, folder, source):
    file = folder / "a.mjs"
    file.write_text(source)
    uses = compat.javascript_uses([str(file)])
    return [(fault.use.line, fault.feature) for fault in browsers.faults(uses)]


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("def f(event):\n    return event.getCoalescedEvents()", [(2, "PointerEvent.getCoalescedEvents")]),
        ("if hasattr(event, 'getCoalescedEvents'): pass", [(1, "PointerEvent.getCoalescedEvents")]),
        ("import js\njs.Promise.withResolvers()", [(2, "Promise.withResolvers")]),
        ("from page.dom import window\nwindow.navigator.locks", [(2, "Navigator.locks")]),
        ("from page.dom import window\nwindow.requestIdleCallback(f)", [(2, "requestIdleCallback")]),
        ("from js import caches", [(1, "caches")]),
        ("element.checkVisibility()", [(1, "Element.checkVisibility")]),
        ("element.getBoundingClientRect()", []),
        ("class A:\n    def checkVisibility(self): pass\nA().checkVisibility()", []),
    ],
)  # fmt: skip
def test_features_that_python_uses_are_looked_up(browsers, source, faults):
    assert python_faults(browsers, source) == faults


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("Promise.withResolvers();", [(1, "Promise.withResolvers")]),
        ("\nconst { subtle } = globalThis.crypto;", [(2, "Crypto.subtle")]),
        ("navigator?.serviceWorker;", [(1, "Navigator.serviceWorker")]),
        ("window.caches;", [(1, "caches")]),
        ("new CloseWatcher();", [(1, "CloseWatcher")]),
        ("event.getCoalescedEvents();", [(1, "PointerEvent.getCoalescedEvents")]),
        ("const caches = []; caches.open();", []),
        ("const { name } = file; ({ caches: name });", []),
        ("document.querySelector('p').remove();", []),
    ],
)
def test_features_that_javascript_uses_are_looked_up(browsers, tmp_path, source, faults):
    assert javascript_faults(browsers, tmp_path, source) == faults


def test_syntax_that_a_promised_browser_cannot_parse_is_an_error(tmp_path):
    """Chrome supports the flag `v` of regular expressions from 112."""
    file = tmp_path / "a.mjs"
    file.write_text("const all = /./v;")
    with pytest.raises(SyntaxError, match=r"a\.mjs: a promised browser cannot parse it"):
        compat.javascript_uses([str(file)])


def test_the_promised_versions_are_read_from_the_readme():
    """Older versions lack more features."""
    readme = (ROOT / "README.md").read_text()
    assert compat.promised(readme)["safari_ios"] == (16, 4)
    older = re.sub(r"\| Firefox \| \d+", "| Firefox | 60", readme)
    versions = {"firefox": compat.promised(older)["firefox"]}
    feature = {"__compat": {"support": {"firefox": {"version_added": "69"}}}}
    data = {
        "api": {"ResizeObserver": feature},
        "javascript": {"builtins": {}},
        "webassembly": {"api": {}},
    }
    assert compat.Browsers(data, versions, set()).lacking("ResizeObserver") == "firefox 60"
    with pytest.raises(ValueError, match="no row for Firefox"):
        compat.promised(readme.replace("| Firefox |", "| Netscape |"))


def test_the_readme_names_the_version_of_mdns_data():
    """Conclusions from another version of the data may not hold."""
    version = compat.mdn()["__meta"]["version"]
    assert f"MDN's compatibility data ({version})" in (ROOT / "README.md").read_text()


def test_our_sources_use_only_guarded_features(capsys):
    """`make lint` checks the same."""
    assert compat.main([]) == 0
    assert capsys.readouterr().out == ""


def test_an_unguarded_use_and_a_needless_guard_are_reported(capsys, monkeypatch):
    guarded = dict(compat.GUARDED)
    del guarded["py/page/moves.py", "PointerEvent.getCoalescedEvents"]
    monkeypatch.setattr(
        compat, "GUARDED", guarded | {("static/boot/guard.js", "caches"): "not used"}
    )
    assert compat.main([]) == 1
    told = capsys.readouterr().out
    assert re.search(
        r"^py/page/moves\.py:\d+: PointerEvent\.getCoalescedEvents: not in safari 16\.4", told
    )
    assert "static/boot/guard.js: caches: in GUARDED, but not used" in told
