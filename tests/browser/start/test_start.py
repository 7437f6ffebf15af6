"""Python starts from what was prepared for it, and fetches the rest of itself when somebody wants it."""

import gzip
import hashlib
import json
import re

import digits
import pytest
from coderoom import run
from faults import MISSING, SITE, rewritten
from testdigits import put

STDLIB = "runtime/pyodide/python_stdlib.zip"
WHEEL = "runtime/pyodide/numpy"


def asked(site, path):
    """How often the server was asked for files that begin so."""
    return sum(request.lstrip("/").startswith(path) for request in site.requests)


def test_a_visit_needs_no_more_than_was_prepared(visit, site):
    """Not the whole standard library, nor all of NumPy: they come when they are imported, once."""
    site.requests.clear()
    visit.open(until="engine").draw(digits.strokes(3))
    assert visit.answer() == "3"
    visit.until("return document.documentElement.dataset.panels === 'ready'")
    assert "No module named 'nonsense'\n" in run(visit, "import nonsense")
    assert asked(site, STDLIB) == asked(site, WHEEL) == 0
    assert "0.5" in run(visit, "import colorsys; colorsys.rgb_to_hls(0.5, 0.5, 0.5)")
    assert (asked(site, STDLIB), asked(site, WHEEL)) == (1, 0)
    assert "[2.0, 0.5]" in run(visit, "np.linalg.inv([[0.5, 0], [0, 2]]).diagonal().tolist()")
    assert "6" in run(visit, "np.fft.fft([1, 2, 3])[0].real")
    assert run(visit, "import pydoc, numpy.ma, fractions; 'all there'") == "'all there'\n"
    assert (asked(site, STDLIB), asked(site, WHEEL)) == (1, 1)


@pytest.mark.only("chromium")
def test_test_digits_need_numpys_chance_and_nothing_else(visit, site):
    """They are shuffled; what that imports of the standard library is there already."""
    visit.open(until="engine")
    site.requests.clear()
    put(visit)
    assert (asked(site, STDLIB), asked(site, WHEEL)) == (0, 1)


# Asks for a function of the engine's that is not there from the start.
DEFERRED = """
const [name, done] = arguments, { xworker } = document.querySelector('script[type=py]');
xworker.sync.deferred(name).then((reply) => done(reply.trouble ?? reply), (error) => done(String(error)));
"""


@pytest.mark.only("chromium")
def test_learning_is_fetched_when_it_is_wanted_and_again_if_it_did_not_come(visit, site):
    """With NumPy's chance; what all of it imports of the standard library is there already."""
    visit.open(until="engine")
    site.requests.clear()
    with site.breaking("py/learning.zip", MISSING):
        reason = visit.driver.execute_async_script(DEFERRED, "nonsense")
    assert reason == {"code": "status", "path": "py/learning.zip", "status": 404}
    for _ in range(2):
        error = visit.driver.execute_async_script(DEFERRED, "nonsense")
        assert "engine.learning does not offer 'nonsense'" in error
    assert (asked(site, "py/learning.zip"), asked(site, WHEEL), asked(site, STDLIB)) == (2, 1, 0)


@pytest.mark.only("chromium")
def test_pyscript_opens_no_database(visit, site):
    """It would wait for one; in WebKit none came any more after some reloads, and Python neither."""
    origin = {"securityOrigin": site.address.rstrip("/")}
    kept = {"origin": site.address.rstrip("/"), "storageTypes": "indexeddb"}
    visit.driver.execute_cdp_cmd("Storage.clearDataForOrigin", kept)
    visit.open(until="engine")
    found = visit.driver.execute_cdp_cmd("IndexedDB.requestDatabaseNames", origin)
    assert found["databaseNames"] == []


WRITTEN = "return performance.getEntriesByName('library-written').length"
IMPORTED = "import sys; 'pyscript.display' in sys.modules"


def test_pyscripts_library_is_imported_when_somebody_wants_it(visit):
    """It is there for who types its name, and nobody else waits for it; another form of it fails here."""
    visit.open(until="engine")
    assert visit.js(WRITTEN) == 1
    assert run(visit, IMPORTED) == "False\n"
    assert "function display" in run(visit, "import pyscript; pyscript.display")
    assert run(visit, "from pyscript import RUNNING_IN_WORKER; RUNNING_IN_WORKER") == "True\n"
    assert run(visit, IMPORTED) == "True\n"
    assert "has no attribute 'nonsense'" in run(visit, "pyscript.nonsense")


@pytest.mark.only("chromium")
def test_a_library_of_another_form_is_left_as_it_is(broken, site):
    """A new PyScript may write its library in another way: then it runs unchanged, and all works."""
    other = rewritten(
        lambda body: body.replace(b"^import os as _os", b"^import os as _other"), True
    )
    site.requests.clear()
    with site.breaking("static/boot/library.mjs", other):
        # The library imports modules that the snapshot lacks, so the standard library is fetched.
        broken.open().until_engine("ready")
        broken.draw(digits.strokes(5))
        assert broken.answer() == "5"
        assert (asked(site, STDLIB), asked(site, WHEEL)) == (1, 0)
        assert broken.js(WRITTEN) == 0
        assert run(broken, IMPORTED) == "True\n"


@pytest.mark.only("chromium")
def test_chance_is_another_in_each_visit(visit):
    """Though the memory that Python starts from is the same."""
    drawn = set()
    for _ in range(2):
        visit.open(until="engine")
        drawn.add(run(visit, "import random; random.random()"))
    assert len(drawn) == 2


@pytest.mark.only("chromium", "firefox")
@pytest.mark.parametrize("other", ["mark", "places"])
def test_a_snapshot_that_is_not_taken_is_done_without(broken, site, other):
    """A new Pyodide may refuse it, or link otherwise: then Python starts the plain way, and all works."""
    [snapshot] = (SITE / "runtime/python").glob("snapshot-*.bin")
    content = bytearray(gzip.decompress(snapshot.read_bytes()))
    if other == "mark":
        content[:4] = b"none"  # where Pyodide 0.29.5 looks for its mark
    # Not as a spoilt file would be: Pyodide itself has to refuse it, so its hash is the one that is listed.
    packed = gzip.compress(bytes(content), 1)
    facts = json.dumps({"bytes": len(packed), "sha256": hashlib.sha256(packed).hexdigest()})

    def retell(body):
        text = body.decode()
        if other == "places":
            text = re.sub(r'"places": \d+', '"places": 1', text)
        listed = re.escape(f'"runtime/python/{snapshot.name}": ') + r"\{[^}]*\}"
        return re.sub(listed, f'"runtime/python/{snapshot.name}": {facts}', text).encode()

    site.requests.clear()
    with (
        site.breaking("runtime/python/snapshot-*.bin", rewritten(lambda _: packed)),
        site.breaking("runtime/manifest.mjs", rewritten(retell)),
    ):
        with pytest.raises(AssertionError, match="without its snapshot"):
            broken.open(until="engine")  # in every other test that is a failure
        broken.draw(digits.strokes(5))
        assert broken.answer() == "5"
        assert (asked(site, STDLIB), asked(site, WHEEL)) == (1, 1)
        assert "6" in run(broken, "np.fft.fft([1, 2, 3])[0].real")
        assert "does not offer" in broken.driver.execute_async_script(DEFERRED, "nonsense")
