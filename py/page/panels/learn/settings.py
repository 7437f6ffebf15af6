"""The settings of the run, each with a sentence that says what it does. They can be changed while it runs."""

import asyncio
from math import log10

from page.dom import Once, find, on, put
from page.engine_client.training_settings import RANGES
from page.panels.learn import sentences
from page.widgets.number_field import NumberField
from page.words import thousands

# The ends of the slider of the learning rate, as powers of ten.
SLOWEST, FASTEST = -5, 1

# How many of the images to learn from.
COUNTS = (1_000, 5_000, 20_000, 60_000)

# In their order: name, label, what it does.
ROWS = (
    (
        "rate",
        "Learning rate",
        "How far a step goes. Too far, and the cost explodes; too short, and it takes for ever.",
    ),
    (
        "batch",
        "Mini-batch",
        "How many images a step looks at. Few: quick, shaky steps. Many: slow, steady ones.",
    ),
    (
        "optimiser",
        "Optimiser",
        "Gradient descent goes straight downhill. Momentum keeps rolling. Adam fits the step to each weight.",
    ),
    (
        "cost",
        "Cost",
        "How wrong an answer counts: squared, as in the videos, or by cross-entropy, which learns faster.",
    ),
    (
        "decay",
        "L2",
        "Pulls every weight a little towards 0 at each step, so that none grows without need.",
    ),
    (
        "augment",
        "Vary the images",
        "Turns, moves and bends each image a little. It learns more slowly, and reads more hands.",
    ),
    (
        "count",
        "Training images",
        "How many of the 60,000 to learn from. All of them take about 60 MB of memory.",
    ),
    (
        "seed",
        "Seed",
        "Chooses the order of the images and, when the network forgets, its weights: always the same ones.",
    ),
)

CHOICES = {
    "optimiser": (("descent", "gradient descent"), ("momentum", "momentum"), ("adam", "Adam")),
    "cost": (("quadratic", "squared difference"), ("cross-entropy", "cross-entropy")),
    "count": tuple([(str(count), thousands(count)) for count in COUNTS]),
}

SUFFIX = {"batch": "images"}


class Settings:
    """Controls for every setting but shape and activation."""

    def __init__(self, page):
        self._state = page.state
        self._learning = page.learning
        self._room = find("#learn-settings").parentElement
        find("#learn-settings").innerHTML = "".join([_row(*row) for row in ROWS])
        self._said = Once(find("#learn-settings-said"))
        self._slider = find("#learn-rate-slider")
        self._fields = {
            name: NumberField(
                find("#learn-%s" % name),
                RANGES[name][0],
                RANGES[name][1],
                lambda value, refuse, name=name: self._type(name, value, refuse),
                write=sentences.rate,
            )
            for name in ("rate", "batch", "decay", "seed")
        }
        self._augment = find("#learn-augment")
        self._shown = None
        if self._learning.little_memory:
            self._said.write(
                "This device has little memory: it learns from 20,000 images at first."
            )
        on(self._slider, "input", self._slide)
        on(self._slider, "change", self._slid)
        on(self._augment, "change", lambda event: self._set(augment=event.target.checked))
        for name in CHOICES:
            on(find("#learn-" + name), "change", lambda event, name=name: self._choose(name, event))

    def render(self):
        """Show the settings that are wanted."""
        if not self._room.open:
            return
        settings = self._learning.settings
        if settings == self._shown:
            return
        self._shown = settings
        for name, field in self._fields.items():
            field.show(settings[name])
        self._slider.value = str(log10(settings["rate"]))
        put(self._slider, "aria-valuetext", sentences.rate(settings["rate"]))
        self._augment.checked = settings["augment"]
        for name in CHOICES:
            for radio in find("#learn-" + name).querySelectorAll("input"):
                radio.checked = radio.value == str(settings[name])

    def _slide(self, *_):
        """Show the rate while the slider is dragged. The run gets it in the end: each change is marked."""
        text = sentences.rate(self._slid_to())
        find("#learn-rate").value = text
        put(self._slider, "aria-valuetext", text)

    def _slid(self, *_):
        self._set(rate=self._slid_to())

    def _slid_to(self):
        return float("%.2g" % (10 ** float(self._slider.value)))

    def _type(self, name, value, refuse):
        if name in ("batch", "seed"):
            if value != int(value):
                refuse("Type a whole number.")
                return
            value = int(value)
        self._set(**{name: value})

    def _choose(self, name, event):
        value = event.target.value
        self._set(**{name: int(value) if name == "count" else value})

    def _set(self, **changes):
        self._said.write("")
        asyncio.create_task(self._adjust(changes))

    async def _adjust(self, changes):
        before = self._learning.settings["rate"]
        await self._learning.adjust(**changes)
        rate = self._learning.settings["rate"]
        if rate != before and "optimiser" in changes:
            self._said.write(sentences.moved(rate, sentences.OPTIMISERS[changes["optimiser"]]))
        refused = self._learning.run.refused
        if refused:
            field = self._fields.get(refused.get("name"))
            if field:
                field.refuse(sentences.refused(refused))
            else:
                self._said.write(sentences.refused(refused))


def _row(name, label, sentence):
    """Write the controls of a setting, and its sentence."""
    controls = {"rate": _rate, "augment": _switch}.get(name)
    if controls is None:
        controls = _choice if name in CHOICES else _field
    return '<div class="setting">%s<p class="quiet">%s</p></div>' % (
        controls(name, label),
        sentence,
    )


def _rate(name, label):
    slider = (
        '<input id="learn-rate-slider" type="range" min="%d" max="%d" step="0.05"'
        ' aria-label="Learning rate, from slow to fast">' % (SLOWEST, FASTEST)
    )
    return _field(name, label, slider)


def _field(name, label, before=""):
    unit = '<span class="unit">%s</span>' % SUFFIX[name] if name in SUFFIX else ""
    return (
        '<p class="field"><label for="learn-{0}">{1}</label>{2}<input id="learn-{0}" type="text"'
        ' inputmode="decimal" autocomplete="off">{3}</p>'.format(name, label, before, unit)
    )


def _switch(name, label):
    return '<label class="switch"><input id="learn-%s" type="checkbox"> %s</label>' % (name, label)


def _choice(name, label):
    radios = [
        '<label><input type="radio" name="learn-%s" value="%s"><span>%s</span></label>'
        % (name, value, text)
        for value, text in CHOICES[name]
    ]
    return (
        '<fieldset id="learn-%s" class="segments"><legend>%s</legend><div>%s</div></fieldset>'
        % (
            name,
            label,
            "".join(radios),
        )
    )
