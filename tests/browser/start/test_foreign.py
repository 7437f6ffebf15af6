"""Errors of browser extensions alarm nobody and end nothing; errors of the page's own are still told."""

import json
import shutil

import digits
import drivers
import pytest
from visits import Page

# What an extension's script does wrong, over and over. It runs beside the page's own scripts.
NOISE = """
globalThis.foreign = new Set();
const heard = ({ type, error, reason, target }) =>
  foreign.add(`${type} of ${target.localName ?? String(error ?? reason)}`);
for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, heard, true);
const noise = () => {
  Promise.reject("Object Not Found Matching Id:1, MethodName:update");
  Promise.reject();
  Promise.reject(new Error("rejected"));
  setTimeout(() => { throw new Error("thrown"); });
  setTimeout(() => { throw "a string"; });
  // Both of these go through functions of ours.
  fetch("https://extension.invalid/");
  setTimeout(() => {
    const host = document.createElement("div");
    for (const mode of ["open", "open"]) host.attachShadow({ mode });
  });
  // Of WebKit's error nobody can tell whose module it was, so that before the page is ready it counts.
  if (document.documentElement.dataset.page === "ready") import("https://extension.invalid/module.mjs");
  const script = document.createElement("script");
  script.src = "https://extension.invalid/script.js";
  document.documentElement.append(script);
};
noise();
setInterval(noise, 100);
"""

EXTENSION = {
    "manifest_version": 3,
    "name": "Noise",
    "version": "1",
    "browser_specific_settings": {"gecko": {"id": "noise@example.org"}},
    "content_scripts": [
        {
            "matches": ["<all_urls>"],
            "js": ["noise.js"],
            "run_at": "document_start",
            "world": "MAIN",
        }
    ],
}


@pytest.fixture
def noisy(driver, broken, tmp_path):
    """A page that is not opened yet, in a browser with an extension that does NOISE."""
    (tmp_path / "manifest.json").write_text(json.dumps(EXTENSION))
    (tmp_path / "noise.js").write_text(NOISE)
    if driver.family == "chromium":
        other = drivers.start("chromium", driver.trap, extension=tmp_path)
        yield Page(other, broken.site)
        drivers.close(other)
    elif driver.family == "firefox":
        archive = shutil.make_archive(str(tmp_path / "noise"), "zip", tmp_path)
        name = driver.install_addon(archive, temporary=True)
        yield broken
        driver.uninstall_addon(name)
    else:
        yield broken


def test_what_an_extension_does_wrong_alarms_nobody(noisy):
    """Neither while Python loads nor later; and through the noise an error of our own is heard."""
    noisy.open(until="nothing")
    if noisy.driver.family == "webkit":
        noisy.js(NOISE)  # it has no extensions
        assert noisy.data("engine") == "loading"
    noisy.until_engine("ready")
    assert noisy.draw(digits.strokes(7)).answer() == "7"
    noisy.js("foreign.clear()")
    noisy.until("return foreign.size >= 9", what="all of the noise was heard")
    assert noisy.frame().failure() == ""
    noisy.js("setTimeout(window.goWrong)")
    noisy.wait(noisy.failure, "the failure shows")
    assert "broken on purpose" in noisy.failure()


# How browsers write down where an error comes from, {site} being the page's own address. Whether it is ours.
STACKS = {
    "Error: x\n    at {site}static/editor/editor.mjs:1:2": True,
    "Error: x\n    at g (chrome-extension://a/b.js:1:1)\n    at async f ({site}static/boot/guard.js:1:2)\n"
    "    at async Promise.all (index 0)": True,
    "Error: x\n    at wasm://wasm/1:wasm-function[1]:0x1\n"
    "    at f ({site}runtime/micropython-1.27.0/micropython.mjs:1:1)\n"
    "    at <anonymous>:1:1": True,
    "f@{site}runtime/micropython-1.27.0/micropython.mjs:1:1\n@:wasm-function[1]:0x3\n@{site}:2:9\n": True,
    "f@{site}static/editor/editor.mjs:1:2\npromiseReactionJob@[native code]": True,
    "TypeError: Failed to fetch dynamically imported module: {site}static/a.mjs": True,
    "TypeError: Failed to fetch dynamically imported module: https://b.invalid/a.mjs": False,
    "Error: x\n    at chrome-extension://a/b.js:1:1": False,
    "TypeError: x\n    at window.fetch ({site}static/boot/guard.js:1:1)\n"
    "    at f (chrome-extension://a/b.js:1:1)": False,
    "window.fetch@{site}static/boot/guard.js:1:1\nf@<anonymous code>:8:8\n": False,
    "window.fetch@{site}static/boot/guard.js:1:1\nf@moz-extension://a/b.js:8:8\n": False,
    "window.fetch@{site}static/boot/guard.js:1:1\n@{site}?digit=7:2:78\n": False,
    "fetch@{site}static/boot/guard.js:1:1\nf@user-script:5:1:2": False,
    "attachShadow@{site}runtime/pyscript/core-1.js:1:9\nf@": False,
    "f@webkit-masked-url://hidden/:1:2": False,
    "f@safari-web-extension://a/b.js:1:2": False,
}


@pytest.mark.only("chromium")
def test_a_stack_tells_whose_error_it_is(page):
    """Of every browser, since each writes stacks in its own way."""
    ask = """
      const [stack] = arguments;
      const message = stack.startsWith("TypeError") ? stack.replace("TypeError: ", "") : "x";
      return window.ownError({ reason: { message, stack } }) !== "";
    """
    site = page.site.address
    told = {stack: page.js(ask, stack.replace("{site}", site)) for stack in STACKS}
    assert told == STACKS
    plain = "const [event] = arguments; return window.ownError(event)"
    hidden = "{ reason: { get message() { throw new Error() } } }"
    assert not page.js(f"return window.ownError({hidden})")
    assert page.js(plain, {"error": "a string", "filename": f"{site}static/boot/guard.js"})
    assert not page.js(plain, {"error": "a string", "filename": site})
    assert not page.js(plain, {"error": None, "filename": "", "message": "Script error."})
