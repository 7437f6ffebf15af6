"""The network's tests once more, where the network really runs: in Pyodide, in a browser.

The same files as in ``tests/nn``, on the runtime and the thinned NumPy of the built site. pytest and
Hypothesis come along from this machine's own environment, so nothing is fetched from anywhere.
"""

import io
import json
import zipfile
from dataclasses import replace
from http import HTTPStatus
from importlib import metadata
from pathlib import Path

import drivers
import pytest

from serve import TYPES, Handler, serving

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SITE = ROOT / "_site"
SECONDS = 600

# What pytest and Hypothesis need in Python 3.13 on Emscripten. Pyodide runs what is pure Python.
PACKAGES = ("pytest", "pluggy", "iniconfig", "packaging", "Pygments", "hypothesis")
PACKAGES += ("sortedcontainers",)

FOLDERS = ("nn", "preprocess", "datasets")
PROJECT = (
    "pyproject.toml",
    "tests/support/*",
    "weights/*",
    *(f"tests/{name}/**/*" for name in FOLDERS),
)

RUN = """
const [address, done] = arguments;
const worker = new Worker(address, { type: "module" });
worker.onmessage = ({ data }) => (data.result || data.broken) && done(data);
worker.onerror = (event) => done({ broken: event.message || "the worker could not be loaded" });
"""


# WebAssembly computes the same everywhere. What differs between browsers is around it, and tested there.
@pytest.mark.parametrize("browser", ["chromium"])
def test_the_networks_tests_pass_in_pyodide(browser, request):
    """What NumPy computes in a browser is what it computes here."""
    answers = {
        "inner/page.html": b"<!doctype html><link rel=icon href=data:,><title>Tests in Pyodide</title>",
        "inner/worker.mjs": (HERE / "inner/worker.mjs").read_bytes(),
        "inner/run.py": (HERE / "inner/run.py").read_bytes(),
        "inner/project.zip": project(),
    }

    class WithTests(Handler):
        def deliver(self, reply):
            if reply.path in answers:
                kind = TYPES[Path(reply.path).suffix]
                body, headers = answers[reply.path], {"Content-Type": kind}
                reply = replace(reply, status=HTTPStatus.OK, body=body, headers=headers)
            super().deliver(reply)

    with serving(SITE, handler=WithTests) as address:
        driver = drivers.start(browser)
        request.addfinalizer(lambda: drivers.close(driver))
        driver.get(address + "inner/page.html")
        driver.set_script_timeout(SECONDS)
        reply = driver.execute_async_script(RUN, address + "inner/worker.mjs")

    if "broken" in reply:
        pytest.fail(reply["broken"], pytrace=False)
    result = json.loads(reply["result"])
    outcomes = list(result["outcomes"].values())
    if result["code"] or "failed" in outcomes or "passed" not in outcomes:
        pytest.fail("Inside Pyodide:\n" + result["report"], pytrace=False)
    print(result["report"])


def project():
    """Return a zip of the served network, its tests and weights, and the packages that test them."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for name in FOLDERS:
            for path in (SITE / "py" / name).rglob("*.py"):
                target.write(path, path.relative_to(SITE))
        for pattern in PROJECT:
            for path in ROOT.glob(pattern):
                if path.is_file() and "__pycache__" not in path.parts:
                    target.write(path, path.relative_to(ROOT))
        for name in PACKAGES:
            for file in metadata.files(name):
                if file.suffix == ".so":
                    pytest.fail(f"{name} has a compiled part ({file}), which Pyodide cannot load")
                if ".." not in file.parts and "__pycache__" not in file.parts:
                    target.write(file.locate(), Path("packages") / file)
    return archive.getvalue()
