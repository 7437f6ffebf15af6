"""What the browser tests share: one browser at a time, one site, and one loaded page where that will do.

A page that answers takes seconds to load, so ``page`` is loaded once, and every test finds it in the same
state (see ``reset``); ``visit`` is loaded anew. Both have to end without an error that nobody caught. A test
that breaks things uses ``broken``, where errors are expected.

A test runs in all three browsers if what it shows may differ between them: input, rendering, layout, workers,
storage, caching, errors. What MicroPython and NumPy compute cannot differ: ``only("chromium")`` will do.
"""

import re
from pathlib import Path

import drivers
import pytest
from faults import Site, Trap
from reset import Reset
from visits import WIDE, Page

HERE = Path(__file__).parent
SHOTS = HERE.parent.parent / "_shots"


def pytest_addoption(parser):
    parser.addoption(
        "--browser",
        default=",".join(drivers.NAMES),
        help="the browsers to test in, with commas between: chromium,firefox,webkit",
    )


def pytest_configure(config):
    config.addinivalue_line("markers", "only(*names): run in these browsers alone")
    unknown = set(config.getoption("--browser").split(",")) - set(drivers.NAMES)
    if unknown:
        raise pytest.UsageError(
            f"--browser knows {', '.join(drivers.NAMES)}, not {', '.join(unknown)}"
        )


def pytest_generate_tests(metafunc):
    if "driver" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker("only")
        names = only.args if only else drivers.NAMES
        metafunc.parametrize("driver", names, indirect=True, scope="session")


def pytest_collection_modifyitems(config, items):
    """Leave out what is not to be driven, and take each browser's tests of the one loaded page first.

    A test that loads a page of its own ends that one, and loading it again costs seconds.
    """
    wanted = config.getoption("--browser").split(",")

    def named(item):
        here = HERE in item.path.parents
        parameters = item.callspec.params if here and hasattr(item, "callspec") else {}
        return parameters.get("driver", parameters.get("browser"))

    def place(item):
        """Browser after browser; then what needs none: small pieces, for whichever core is idle."""
        browser = named(item) or ("chromium" if HERE in item.path.parents else None)
        return drivers.NAMES.index(browser) if browser else len(drivers.NAMES), not shared(item)

    def shared(item):
        return HERE in item.path.parents and "page" in item.fixturenames

    items[:] = [item for item in items if named(item) is None or named(item) in wanted]
    items.sort(key=place)
    for item in filter(shared, items):
        # Several processes would otherwise be given whole files, and load it anew after each.
        item.add_marker(pytest.mark.xdist_group("page"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Keep a picture of the page when a test fails."""
    report = yield
    driver = item.funcargs.get("driver")
    # WebKitGTK 2.50's driver now and then never answers a request for a picture.
    if report.when == "call" and report.failed and driver and driver.family != "webkit":
        SHOTS.mkdir(exist_ok=True)
        name = re.sub(r"[^\w-]+", "-", item.nodeid.split("/")[-1]).strip("-")
        driver.save_screenshot(str(SHOTS / f"failed-{name}.png"))
    return report


@pytest.fixture(scope="session")
def trap():
    trap = Trap()
    yield trap
    trap.close()


@pytest.fixture(scope="session")
def served():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def site(served):
    """The site; whatever a test does to it is undone in the end."""
    yield served
    served.mend()


@pytest.fixture(scope="session")
def driver(request, trap):
    driver = drivers.start(request.param, trap.address)
    yield driver
    drivers.close(driver)


@pytest.fixture(scope="session")
def shelf(driver):
    """What page the browser shows now, between tests: {"page": (Page, Reset)} if it can be used again."""
    return {}


@pytest.fixture
def page(driver, site, shelf):
    """A page that answers, in the state in which it was loaded."""
    page, reset = shelf.pop("page", (None, None))
    if page is None:
        page = Page(driver, site).resize(*WIDE).open(until="engine")
        reset = Reset(page)
    yield page
    assert page.errors() == []
    reset.bring_back()
    shelf["page"] = page, reset


@pytest.fixture
def visit(driver, site, shelf):
    """A page in a browser of the usual size that is not opened yet."""
    shelf.clear()
    page = Page(driver, site).resize(*WIDE)
    yield page
    assert page.errors() == []


@pytest.fixture
def phone(driver, site, shelf):
    """A phone as Chromium emulates it, with touch: a mouse would not scroll as a finger does."""
    shelf.clear()
    metrics = {"width": 360, "height": 800, "deviceScaleFactor": 2, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    yield Page(driver, site)
    driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture
def broken(driver, site, shelf):
    """A page that is not opened yet, on a site that a test may break."""
    shelf.clear()
    return Page(driver, site).resize(*WIDE)
