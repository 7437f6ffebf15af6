"""However the page is opened and whatever its server gets wrong: it starts, or a sentence says what to do.

Opened as a file, in frames of every kind, without any script, as its own source, and from servers that send
wrong types, web pages in the place of files, or half of the files.
"""

import contextlib
import threading
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import digits
import pytest
from faults import MISSING, SITE, Fault
from keeping import call
from visits import START

ROOT = SITE.parent

TEXT = "return document.body.innerText"

# Whether the sentence was ever to be seen, frame by frame.
WATCHING = """
globalThis.flashed = false;
(function look() {
  if (document.getElementById('unstarted')?.checkVisibility()) globalThis.flashed = true;
  requestAnimationFrame(look);
})();
"""


def sent_as(mime, **headers):
    """Have files sent with another type, and with other headers."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(
        alter=lambda reply: replace(
            reply, headers={**reply.headers, "Content-Type": mime, **headers}
        )
    )


NOSNIFF = {"X_Content_Type_Options": "nosniff"}
ANY_ORIGIN = Fault(
    alter=lambda reply: replace(
        reply, headers={**reply.headers, "Access-Control-Allow-Origin": "*"}
    )
)
A_PAGE = Fault(
    alter=lambda reply: replace(
        reply,
        status=HTTPStatus.OK,
        body=b"<!doctype html><title>Log in</title>",
        headers={"Content-Type": "text/html"},
    )
)


def told(page):
    """Wait until the page has given up, and give all that can be read."""
    page.until("return document.documentElement.dataset.engine === 'failed'", START)
    return page.js(TEXT)


@contextlib.contextmanager
def framed(page, attributes, host="127.0.0.1"):
    """Show the site in a frame of another site's page, and be inside that frame."""

    class Outer(BaseHTTPRequestHandler):
        def do_GET(self):
            body = f"<!doctype html><iframe {attributes} src='{page.site.address}' width=1200 height=800>"
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Outer) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            page.driver.get(f"http://{host}:{server.server_port}/")
            page.driver.switch_to.frame(0)
            yield
        finally:
            page.driver.switch_to.default_content()
            page.driver.get("about:blank")
            server.shutdown()


def test_opened_as_a_file_it_says_how_to_serve_it(broken):
    """And nothing else is shown: no page that does nothing, no other reason."""
    broken.driver.get((SITE / "index.html").as_uri())
    text = told(broken)
    assert "python3 serve.py" in text
    assert "allow-same-origin" not in text
    assert "Draw a digit" not in text


@pytest.mark.only("chromium")
def test_the_sentence_is_readable_on_a_phone(broken):
    """Without a style sheet, light on dark."""
    broken.resize(360, 740).driver.get((SITE / "index.html").as_uri())
    told(broken)
    assert broken.js("return document.documentElement.scrollWidth <= 360")
    assert broken.js("return getComputedStyle(document.body).color") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("opened", ["as a file", "from a server"])
def test_the_source_says_that_it_has_to_be_built(broken, site, opened):
    """Whoever clones the repository and opens the page reads the command, and no wrong reason."""
    if opened == "as a file":
        broken.driver.get((ROOT / "index.html").as_uri())
    else:
        site.deploy(ROOT)
        broken.open(until="nothing")
    text = told(broken)
    assert "This is the source" in text
    assert "make serve" in text
    assert "connection" not in text
    assert "Draw a digit" not in text


@pytest.mark.only("chromium")
def test_where_no_script_runs_it_can_be_read_what_is_needed(broken, site):
    """Neither the browser nor a host that forbids all scripts leaves the page blank."""
    site.headers = {"Content-Security-Policy": "script-src 'none'"}
    broken.open(until="nothing")
    text = broken.js(TEXT)
    for words in ("needs JavaScript", "python3 serve.py", "allow-same-origin"):
        assert words in text
    assert "Draw a digit" not in text
    broken.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        for folder, words in ((SITE, "python3 serve.py"), (ROOT, "make serve")):
            broken.driver.get((folder / "index.html").as_uri())
            tree = broken.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
            read = [node.get("name", {}).get("value", "") for node in tree if not node["ignored"]]
            assert any(words in each for each in read)
    finally:
        broken.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.only("chromium", "firefox")
def test_nothing_of_that_flashes_while_a_slow_page_comes(broken, site):
    """The page is read and painted as far as behind the sentence, and its scripts are still to come."""

    def slowly(body, over):
        cut = body.index(b'<div id="page"')
        yield body[:cut]
        over.wait(0.7)
        yield body[cut:]

    def later(body, over):
        over.wait(0.7)
        yield body

    site.first = WATCHING
    site.break_("index.html", Fault(send=slowly))
    site.break_("static/boot/guard.js", Fault(send=later))
    broken.open()
    assert broken.js("return globalThis.flashed") is False


def test_in_a_frame_of_another_site_it_works(broken):
    """Where storage is another for each site that shows it, too."""
    # WebKit would ask the trap for localhost.
    family = broken.driver.family
    host = "127.0.0.1" if family == "webkit" else "localhost"
    sandbox = "" if family == "firefox" else 'sandbox="allow-scripts allow-same-origin"'
    with framed(broken, sandbox, host):
        broken.until_engine("ready")
        assert broken.draw(digits.strokes(7)).answer() == "7"
        assert broken.errors() == []


def test_in_a_frame_without_an_origin_it_says_what_is_missing(broken, site):
    """With the address, as such a frame may be forbidden to open a tab."""
    with framed(broken, 'sandbox="allow-scripts"'):
        text = told(broken)
        assert "allow-same-origin" in text
        assert site.address in text
        assert "serve.py" not in text
        assert "Draw a digit" not in text
        assert broken.js("return document.querySelector('#unstarted a').target") == "_blank"


@pytest.mark.only("chromium", "firefox")
def test_in_a_frame_without_an_origin_it_works_if_the_host_lets_anybody_read(broken, site):
    """As GitHub Pages does. In WebKit the policy's 'self' is nothing there, whatever the host says."""
    with site.breaking("*", ANY_ORIGIN), framed(broken, 'sandbox="allow-scripts"'):
        broken.until_engine("ready")
        broken.until("return document.documentElement.dataset.panels === 'ready'", START)
        assert broken.draw(digits.strokes(7)).answer() == "7"
        assert call(broken, "save", "examples", "one", [7]) == {"trouble": "forbidden"}
        assert broken.errors() == []


# What the server gets wrong, and what the sentence has to name.
WRONG = {
    "scripts-as-text": ("*.js", sent_as("text/plain"), (".js as text/plain", "serve.py")),
    "scripts-as-text-nosniff": (
        "*.js",
        sent_as("text/plain", **NOSNIFF),
        (".js as text/plain", "serve.py"),
    ),
    "modules-as-text": ("*.mjs", sent_as("text/plain"), (".mjs as text/plain", "serve.py")),
    "modules-as-bytes": (
        "*.mjs",
        sent_as("application/octet-stream"),
        (".mjs as application/octet-stream", "serve.py"),
    ),
    "a-page-for-what-is-missing": ("runtime/pyscript/*", A_PAGE, ("core-", "web page", "log in")),
    "a-login-for-all": ("[!i]*/*", A_PAGE, ("web page", "log in")),
    "no-runtime": ("runtime/*", MISSING, ("404", "core-", "copy all files")),
    "no-static": ("static/*", MISSING, ("404", "js", "copy all files")),
    "no-py": ("py/*", MISSING, ("404", "page.bin", "copy all files")),
}
FEW = ("scripts-as-text", "scripts-as-text-nosniff", "modules-as-text")


def test_what_the_server_gets_wrong_is_said(broken, site, subtests):
    """Not "check the connection", which is fine; what mends it is named, and then it works."""
    for name in WRONG if broken.driver.family == "chromium" else FEW:
        pattern, fault, words = WRONG[name]
        with subtests.test(name), site.breaking(pattern, fault):
            broken.starting(lambda: broken.open(until="nothing"))
            text = told(broken)
            for each in words:
                assert each in text
            assert "connection" not in text
            assert "Draw a digit" not in text
    broken.click("#retry")
    broken.until("return document.documentElement.dataset.page === 'ready'", START)


def test_types_that_browsers_need_not_insist_on_may_be_wrong(broken, site):
    """As what a machine does not know is sent; and a script whose encoding is said to be another."""
    odd = sent_as("text/plain", **NOSNIFF)
    for suffix in ("css", "json", "wasm", "py", "txt", "bin", "npz", "webmanifest", "svg"):
        site.break_(f"*.{suffix}", odd)
    site.break_("*.*js", sent_as("text/javascript; charset=iso-8859-1", **NOSNIFF))
    # The engine's own files are fetched alike in all browsers.
    broken.open(until="engine" if broken.driver.family == "chromium" else "page")


@pytest.mark.only("chromium")
def test_what_only_the_worker_lacks_leaves_a_page_to_draw_on(broken, site):
    """And it is said what is missing, with the same advice."""
    for path, how, words in (
        ("static/boot/interpreter.mjs", MISSING, ("Python",)),
        ("runtime/python/numpy-*", A_PAGE, ("NumPy", "web page", "log in")),
    ):
        with site.breaking(path, how):
            broken.open()
            broken.draw(digits.strokes(2))
            broken.until_engine("failed")
            assert broken.inked() > 0
            for each in words:
                assert each in broken.failure()
