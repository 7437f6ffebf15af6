"""The page's policy: what it forbids is refused, wherever it is tried, and what the page does is not.

A browser tells of what it refuses by an event, which `watch.js` notes, and by a report, which the tests'
own server takes. What it does not refuse comes to the trap.
"""

import re

import digits
import pytest
from coderoom import Code
from drivers import foreign
from faults import SITE, rewritten
from pen import Pen
from pointing import middle
from testdigits import put
from visits import START

ELSEWHERE = "http://elsewhere.invalid"

# The directive that refuses it, and what would be done.
LEAVING = {
    "connect-src fetch": "fetch(URL).catch(() => {})",
    "connect-src XMLHttpRequest": """
        const asked = new XMLHttpRequest(); asked.open('GET', URL);
        try { asked.send() } catch { /* as Firefox says it */ }
    """,
    "connect-src beacon": "navigator.sendBeacon(URL, 'x')",
    "img-src image": "new Image().src = URL",
    "script-src script": "add('script', { src: URL })",
    "script-src module": "import(URL).catch(() => {})",
    "style-src sheet": "add('link', { rel: 'stylesheet', href: URL })",
    "frame-src frame": "add('iframe', { src: URL })",
    "object-src object": "add('object', { data: URL })",
    # Where nothing refuses it, no page is left for another attempt.
    "form-action form": """
        const form = add('form', { action: URL, method: 'post' });
        try { form.submit() } catch { /* as Firefox says it */ }
    """,
}
INSIDE = {
    "script-src script": "add('script', { textContent: 'globalThis.went = true' })",
    "script-src handler": """
        const made = add('div', {}); made.innerHTML = '<b onclick="globalThis.went = true"></b>';
        made.firstChild.click();
    """,
    "script-src address": "add('a', { href: 'javascript:void (globalThis.went = true)' }).click()",
    "style-src element": """
        add('style', { textContent: 'body { letter-spacing: 7px }' });
        globalThis.went = getComputedStyle(document.body).letterSpacing === '7px';
    """,
    "style-src attribute": """
        const made = add('div', {}); made.innerHTML = '<b style="letter-spacing: 7px"></b>';
        globalThis.went = getComputedStyle(made.firstChild).letterSpacing === '7px';
    """,
    "base-uri base": "add('base', { href: URL }); globalThis.went = document.baseURI === URL",
}
ADD = (
    "const add = (name, given) => { const made = document.createElement(name);"
    "Object.assign(made, given); document[name === 'base' ? 'head' : 'body'].append(made); return made };"
)

# How the same is done in the engine's worker, from the page's own console, and when it has come to an end.
PYTHON = {
    "fetch": ("asked = js.eval(\"fetch('URL').catch(String)\")", "asked.done()"),
    "XMLHttpRequest": (
        "asked = js.XMLHttpRequest.new(); asked.open('GET', 'URL'); asked.send()",
        "asked.readyState == 4",
    ),
    "module": ("asked = js.eval(\"import('URL').catch(String)\")", "asked.done()"),
}
HEARING = (
    "import js; from pyodide.ffi import create_proxy; refused = []",
    "hear = create_proxy(lambda event: refused.append(event.blockedURI))",
    "js.addEventListener('securitypolicyviolation', hear)",
)

WITHOUT = rewritten(
    lambda body: re.sub(
        rb'<meta\s+http-equiv="Content-Security-Policy".*?/>', b"", body, flags=re.S
    )
)


def policy():
    """Read the policy as it is served, in one line."""
    page = (SITE / "index.html").read_text("utf-8")
    found = re.search(r'http-equiv="Content-Security-Policy"\s+content="(.*?)"', page, re.S)
    return " ".join(found[1].split())


def address(name):
    """Give an address on another machine that is asked for by one attempt alone."""
    return f"{ELSEWHERE}/{name.replace(' ', '/')}"


def attempt(page, script, name):
    """Try something in the page itself, as a script that has come into it would."""
    page.js(
        "globalThis.went = false; noted.refused.length = 0; const [URL] = arguments;"
        + ADD
        + script,
        address(name),
    )


def until_refused(page, name):
    """Wait until the browser tells which directive has refused it."""
    directive = name.split()[0]
    page.until(
        f"return noted.refused.some((said) => said.startsWith('{directive}'))",
        what=f"refused: {name}",
    )


def attempt_in_python(code, name):
    """Try something in the engine's worker, and wait until it has come to an end."""
    line, ended = PYTHON[name]
    asked = address(f"python {name}")
    code.run(line.replace("URL", asked))
    code.page.wait(lambda: code.run(ended) == ("printed", "True"), f"the end of {name}")
    return asked


@pytest.mark.only("chromium", "firefox")
def test_a_visit_is_refused_nothing_and_python_cannot_leave(visit, site, trap, subtests):
    """With each room opened and used, neither page nor worker is refused anything; then Python is.

    The same policy comes once more as a header that only reports: what is refused in a worker while it
    starts, nobody there hears.
    """
    trap.asked.clear()
    report = f"{policy()}; report-uri {site.address}refused"
    site.headers = {"Content-Security-Policy-Report-Only": report}
    visit.open(until="engine").draw(digits.strokes(7))
    assert visit.answer() == "7"
    put(visit, 5)
    visit.js(
        "for (const part of document.querySelectorAll('details:not([open]) > summary')) part.click()"
    )
    Pen(visit).at(*middle(visit, "[data-neuron='2:3']"))
    visit.until("return document.documentElement.dataset.looked === '2:3'")
    visit.until("return document.querySelector('#score').checkVisibility()", START)
    visit.settle()
    for button in ("try-edge", "try-random", "try-off", "try-swap", "noise", "prune"):
        visit.press(button).settle()
    visit.click('#dials [data-history="put back"]')
    visit.click("#edges [value=flow]")
    visit.click("#networks [value$=relu]")
    visit.until("return document.documentElement.dataset.network.endsWith('relu')")
    visit.settle()
    code = Code(visit).open()
    assert code.run("network.feedforward(trace.a[0]).shape") == ("printed", "(10, 1)")
    code.run("1 / 0")
    visit.press("play").press("play").settle()
    assert visit.errors() == []
    assert site.reports == []
    assert foreign(trap) == []
    for line in HEARING:
        code.run(line)
    for name in PYTHON:
        with subtests.test(name):
            asked = attempt_in_python(code, name)
            # WebKitGTK 2.50 tells a worker nothing of what it refuses.
            if visit.driver.family != "webkit":
                assert code.run(f"'{asked}' in refused") == ("printed", "True")
            assert foreign(trap) == []


def test_what_would_leave_is_refused(broken, trap, subtests):
    """A request to another machine and a form's post, by whatever means, never come to the network."""
    trap.asked.clear()
    broken.open()
    for name, script in LEAVING.items():
        with subtests.test(name):
            attempt(broken, script, name)
            until_refused(broken, name)
            assert [asked for asked in trap.asked if asked.startswith(ELSEWHERE)] == []


def test_nothing_inline_is_run_or_used(broken, subtests):
    """What is written into the page by somebody else's markup stays text."""
    broken.open()
    for name, script in INSIDE.items():
        with subtests.test(name):
            attempt(broken, script, name)
            until_refused(broken, name)
            assert not broken.js("return globalThis.went")


@pytest.mark.only("chromium")
def test_without_the_policy_all_of_it_would_have_been_done(broken, site, trap, subtests):
    """The tests above can fail: the trap is where the requests would have gone."""
    with site.breaking("index.html", WITHOUT):
        broken.open(until="engine")
        broken.until("return document.documentElement.dataset.panels === 'ready'")
        code = Code(broken).open()
        code.run("import js")
        for name in PYTHON:
            with subtests.test(name):
                assert attempt_in_python(code, name) in trap.asked
        for name, script in INSIDE.items():
            with subtests.test(name):
                attempt(broken, script, name)
                broken.until("return globalThis.went", what=f"it works: {name}")
        broken.js("document.querySelector('base').remove()")
        for name, script in LEAVING.items():
            with subtests.test(name):
                attempt(broken, script, name)
                broken.wait(lambda name=name: address(name) in trap.asked, f"it leaves: {name}")
    trap.asked.clear()


@pytest.mark.only("chromium", "firefox")
def test_a_link_can_be_followed_and_does_not_tell_from_where(broken, site, trap):
    """The policy is for what the page asks for; where a visitor goes from it is the visitor's choice.

    By a browser's own custom the link would tell where it was: that is seen, too.
    """
    link = "http://yann.lecun.com/exdb/mnist/"
    for meta, told in (b'name="referrer"', None), (b'name="none"', site.address):
        trap.asked.clear()
        trap.referrers.clear()
        named = rewritten(lambda body, meta=meta: body.replace(b'name="referrer"', meta))
        with site.breaking("index.html", named):
            broken.open()
            broken.js("document.querySelector(`a[href='${arguments[0]}']`).click()", link)
            broken.wait(lambda: link in trap.asked, "the link is followed")
        assert trap.referrers.get(link) == told
