"""What everybody needs: axe finds nothing on the page, and nothing is cut off by the window's sides."""

from pathlib import Path

AXE = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"


# What sticks out to the right of the window, but for what is cut on purpose to be read by ear alone.
CUT_OFF = """
return [...document.querySelectorAll('body *')].filter((e) => {
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  if (!box.width || !box.height || style.visibility === 'hidden' || !e.checkVisibility()) return false;
  if (e.closest('.hidden, .skip, [hidden], svg[aria-hidden]')) return false;
  return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
}).map((e) => `${e.tagName} ${e.id} ${e.getAttribute('class')} ${e.textContent.trim().slice(0, 30)}`);
"""


def violations(page):
    """Run axe on the page as it stands; give each rule that is broken, and where."""
    page.js(AXE.read_text())
    # Once it is enabled, it is on its way from one colour to another, and has the contrast of neither.
    page.until("return !document.getElementById('test-digit').getAnimations().length")
    return page.driver.execute_async_script(
        "const done = arguments[0];"
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(violations"
        ".map(({ id, help, nodes }) => [id, help, nodes.map((node) => node.html.slice(0, 120))])))"
    )
