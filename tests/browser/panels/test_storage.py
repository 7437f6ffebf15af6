"""What a visitor keeps on the device comes back as it was, or the page says why not."""

import pytest
from faults import Site
from keeping import call, databases
from visits import Page

# Names that people may give, and some that code might trip over.
NAMES = ["my 7", "七 ٧ 🖤 e\u0301", "a/b?c#d%20", "__proto__", "", "x" * 300]

# A browser in which it goes wrong: what the real getter gives.
FORBIDDEN = "throw new DOMException('The operation is insecure.', 'SecurityError')"
REFUSING = f"return {{ open() {{ {FORBIDDEN}; }} }}"
HANGING = "return { open: () => ({}) }"

SAVE_LARGE = """
const large = Uint8Array.from({ length: 3e6 }, () => Math.random() * 256);
import(new URL("static/storage/storage.mjs", document.baseURI))
  .then(({ save }) => save("networks", "old", large)).then(arguments[0]);
"""


def test_bytes_come_back_as_they_were_and_nothing_else_is_left(page):
    """Under any name, by kind; a look leaves nothing, nor does what was erased."""
    assert call(page, "names", "examples") == []
    assert call(page, "load", "examples", "none") is None
    assert call(page, "clear", "examples") is None
    assert databases(page) == []
    for number, name in enumerate(NAMES):
        assert call(page, "save", "examples", name, [number, 0, 255]) is None
    call(page, "save", "networks", "my 7", [])
    call(page, "save", "examples", "my 7", [7] * 100_000)
    assert sorted(call(page, "names", "examples")) == sorted(NAMES)
    assert call(page, "names", "networks") == ["my 7"]
    assert call(page, "load", "networks", "my 7") == []
    assert call(page, "load", "examples", "my 7") == [7] * 100_000
    assert [call(page, "load", "examples", name)[0] for name in NAMES[1:]] == [1, 2, 3, 4, 5]
    call(page, "remove", "examples", "")
    assert sorted(call(page, "names", "examples")) == sorted(set(NAMES) - {""})
    call(page, "clear", "examples")
    assert call(page, "names", "examples") == []
    assert call(page, "names", "networks") == ["my 7"]
    assert len(databases(page)) == 1
    call(page, "remove", "networks", "my 7")
    page.wait(lambda: databases(page) == [], "the database goes with the last name")


@pytest.mark.only("chromium")
def test_a_full_device_keeps_what_it_had(driver, shelf):
    """By the browser's own quota. The site is new: Chromium remembers for a while how much room there was."""
    shelf.clear()
    site = Site()
    quota = {"origin": site.address}
    try:
        page = Page(driver, site).open()
        driver.execute_cdp_cmd("Storage.overrideQuotaForOrigin", {**quota, "quotaSize": 500_000})
        assert call(page, "save", "networks", "old", [1, 2, 3]) is None
        assert driver.execute_async_script(SAVE_LARGE) == {"trouble": "full"}
        assert call(page, "load", "networks", "old") == [1, 2, 3]
    finally:
        driver.execute_cdp_cmd("Storage.overrideQuotaForOrigin", quota)
        site.close()


@pytest.mark.only("chromium")
@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (FORBIDDEN, "forbidden"),
        (REFUSING, "forbidden"),
        (HANGING, "forbidden"),
        ("return undefined", "missing"),
        (None, "missing"),
    ],
)
def test_every_function_says_what_is_wrong(page, body, trouble):
    """Where even a look is refused, where opening is, where it never ends, and where there is no database."""
    page.js(
        "const [body] = arguments; window.was = [indexedDB.real, setTimeout];"
        "indexedDB.real = body === null ? undefined : new Function(body);"
        "window.setTimeout = (work, time, ...rest) => was[1].call(window, work, time / 100, ...rest)",
        body,
    )
    try:
        calls = [("names", "k"), ("load", "k", "n"), ("save", "k", "n", [1]), ("clear", "k")]
        told = [call(page, *each) for each in [*calls, ("remove", "k", "n")]]
        assert told == [{"trouble": trouble}] * 5
    finally:
        page.js("[indexedDB.real, window.setTimeout] = was; delete window.was")
