"""The Learn panel as a person uses it."""

RUN = """
const learn = document.getElementById('learn');
return {
  status: document.documentElement.dataset.learning,
  accuracy: Number(learn.dataset.accuracy ?? -1),
  images: Number(learn.dataset.images),
  said: document.getElementById('learn-said').textContent,
};
"""


class Learn:
    """The panel, opened."""

    def __init__(self, page):
        self.page = page
        page.until("return document.documentElement.dataset.panels === 'ready'")
        page.js("document.getElementById('learn').open = true")
        page.until("return !document.getElementById('learn-forget').disabled")

    def run(self):
        """Tell how the run is: status, accuracy, images, said."""
        return self.page.js(RUN)

    def press(self, name):
        """Press a button by what follows "learn-" in its id."""
        self.page.click(f"#learn-{name}")
        return self

    def set(self, name, value):
        """Choose a setting among several."""
        self.page.click(f"[name=learn-{name}][value='{value}']")
        return self

    def type(self, name, text, event="change"):
        """Type into the field of a setting; event: what tells the page of it."""
        self.page.js(
            "const [id, text] = arguments, field = document.getElementById(id);"
            "field.value = text; field.dispatchEvent(new Event(arguments[2], { bubbles: true }))",
            f"learn-{name}",
            text,
            event,
        )
        self.page.frame()
        return self

    def value(self, name):
        """Give the number in the field of a setting."""
        return float(
            self.page.js("return document.getElementById(arguments[0]).value", f"learn-{name}")
        )

    def open(self, *titles):
        """Open parts of the panel, by how their summaries begin."""
        for title in titles:
            self.page.js(
                "const parts = [...document.querySelectorAll('#learn .more')];"
                "parts.find((part) => part.innerText.trim().startsWith(arguments[0])).open = true",
                title,
            )
        self.page.frame()
        return self

    def until(self, condition, what, seconds=30):
        """Wait until condition(run) is true of the run, and give that."""
        found = {}

        def look():
            found.update(self.run())
            return condition(found)

        self.page.wait(look, lambda: f"{what}: {found}", seconds)
        return found

    def is_(self, status):
        """Wait until the run has a status, and is shown like that."""
        self.until(lambda run: run["status"] == status, f"the run is {status}")
        self.page.frame()
        return self.run()
