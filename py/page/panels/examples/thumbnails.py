"""The examples as small drawings: each can be put on the pad again, or deleted."""

from page.dom import Once, document, find, on, put, show
from page.words import thousands

# How many are made in one frame.
AT_ONCE = 8

# How many are shown at first, the newest, and how many more each time.
SHOWN = 60

THUMBNAIL = (
    '<button type="button" class="put" aria-label="Put this %d on the pad" title="Put it on the pad">'
    '<svg viewBox="-5 -5 110 110" aria-hidden="true"><path d="%s" /></svg></button>'
    "<p><b>%d</b> <span></span></p>"
    '<button type="button" class="delete" aria-label="Delete this %d" title="Delete">'
    '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M6 6l8 8M14 6l-8 8" /></svg></button>'
)


class Thumbnails:
    """The list of examples, newest first, with what the network in use reads in each."""

    def __init__(self, page, examples, inputs, labelling):
        self._state = page.state
        self._examples = examples
        self._inputs = inputs
        self._labelling = labelling
        self._title = find("#examples-title")
        self._heading = Once(self._title)
        self._list = find("#examples-list")
        self._more = find("#examples-more")
        self._most = SHOWN
        self._order = []  # the keys of the examples that are shown
        self._rows = {}  # by key: element, and the text that says how it is read
        self._shown = None
        on(self._list, "click", self._choose)
        on(self._more, "click", lambda event: self._show_more())

    def render(self):
        """Show the examples, and how each is read."""
        shown = (self._examples.all, self._most)
        if not self._shown or shown[0] is not self._shown[0] or shown[1] != self._shown[1]:
            newest = list(reversed(self._examples.all))[: self._most]
            self._shown = shown if self._render_list(newest) else None
            count = len(self._examples.all)
            self._heading.write("%s kept" % thousands(count) if count else "None kept yet")
            show(self._more, count > self._most)
        readings = self._inputs.readings
        for key in self._order:
            _, digit, said = self._rows[key]
            read = readings.get(key)
            said.write("" if read is None else "read as %d" % read)
            said.put("class", "wrong" if read not in (None, digit) else None)

    def _render_list(self, examples):
        """Make the list show these examples, as far as one frame has time; return whether it does."""
        made = 0
        keys = [example.key for example in examples]
        for key in [key for key in self._order if key not in keys]:
            self._rows.pop(key)[0].remove()
            self._order.remove(key)
        for place, example in enumerate(examples):
            if place < len(self._order) and self._order[place] == example.key:
                continue
            made += 1
            if made > AT_ONCE:
                self._state.changed()
                return False
            row = document.createElement("li")
            digit = example.digit
            row.innerHTML = THUMBNAIL % (digit, example.path, digit, digit)
            put(row, "data-key", example.key)
            self._list.insertBefore(row, self._list.children.item(place))
            self._rows[example.key] = row, digit, Once(row.querySelector("span"))
            self._order.insert(place, example.key)
        return True

    def _show_more(self):
        place = self._most
        self._most += SHOWN
        self.render()
        self._list.children[place].querySelector("button").focus()

    def _choose(self, event):
        button = event.target.closest("button")
        if not button:
            return
        key = button.closest("li").dataset.key
        [example] = [each for each in self._examples.all if each.key == key]
        place = self._order.index(key)
        if button.className == "put":
            self._labelling.put(example)
            return
        self._examples.remove(example)
        self.render()
        self._focus_near(place)

    def _focus_near(self, place):
        """Move the focus to the next example's button, since the deleted one had it."""
        if self._order:
            row = self._rows[self._order[min(place, len(self._order) - 1)]][0]
            row.querySelector(".delete").focus()
        else:
            self._title.focus()
