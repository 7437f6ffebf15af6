"""The code panel as a person uses it, and Python run in the engine without it."""

import re

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

# What is in an editor, of which the document holds only the lines in view.
IN_EDITOR = """
const done = arguments[1], host = document.getElementById(arguments[0]).shadowRoot;
import(new URL('runtime/pyscript/core.js', document.baseURI)).then(async ({ codemirror }) => {
  const { EditorView } = await codemirror.view;
  done(EditorView.findFromDOM(host.querySelector('.cm-editor')).state.doc.toString());
});
"""


class Code:
    """The room as a person uses it."""

    def __init__(self, page):
        self.page = page

    def toggle(self):
        self.page.click("#code summary")

    def open(self):
        if not self.page.js("return document.getElementById('code').open"):
            self.toggle()
        self.page.until(
            "return document.getElementById('console-input').shadowRoot?.querySelector('.cm-content')"
            " && !document.getElementById('console-run').disabled",
            what="the room is open",
        )
        self.until_ran("Marked")
        return self

    def until_ran(self, words):
        self.page.until(
            f"return document.getElementById('code-ran').textContent.includes('{words}')",
            what=f"the lines are said to be: {words}",
        )

    def focus(self):
        """Click into the prompt, unless it has the focus already."""
        focused = (
            "const input = document.getElementById('console-input');"
            "input.scrollIntoView({ block: 'center', behavior: 'instant' });"
            "return !!input.shadowRoot.querySelector('.cm-focused')"
        )

        def clicked():
            if not self.page.js(focused):
                self.page.driver.find_element(By.ID, "console-input").click()
                # CodeMirror takes the focus up a moment later; nobody types in between.
                self.page.frame()
            return self.page.js(focused)

        self.page.wait(clicked, "the prompt has the focus")

    def type(self, *keys):
        """Type into the prompt, at the end of what is there."""
        self.focus()
        ActionChains(self.page.driver).send_keys(*keys).perform()
        self.page.frame()
        return self

    def text(self, editor="console-input"):
        return self.page.driver.execute_async_script(IN_EDITOR, editor)

    def log(self):
        """List the log's entries: kind and text."""
        return self.page.js(
            "return [...document.querySelectorAll('#console-log pre')]"
            ".map((entry) => [entry.className, entry.textContent])"
        )

    def run(self, source):
        """Type a line and Enter: the kind and text of what comes of it, ("", "") for nothing."""
        before = len(self.log())
        self.type(source, Keys.ENTER)
        self.page.until(
            f"return document.querySelectorAll('#console-log pre').length > {before}"
            " && document.getElementById('console-stop').disabled",
            what=f"the console has run {source}",
        )
        self.page.frame()
        typed, *said = self.log()[before:]
        assert typed == ["typed", source]
        return tuple(said[-1]) if said else ("", "")

    def bias(self, layer, index):
        return float(
            re.search(r"[-\d.e+]+", self.run(f"float(network.b[{layer - 1}][{index}, 0])")[1])[0]
        )


# Run a text in the engine as the console does, without the console.
RUN = """
const done = arguments[1];
document.querySelector('script[type=py]').xworker.sync.run(arguments[0])
  .then(({ text }) => done(text), (error) => done(String(error)));
"""


def run(page, source):
    """Run Python in the engine, as the console does; gives what it says."""
    return page.driver.execute_async_script(RUN, source)
