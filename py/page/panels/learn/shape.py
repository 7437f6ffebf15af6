"""The shape of the network that learns next: its hidden layers, and their activation function."""

import asyncio

import js

from page import failures
from page.dom import Once, disable, find, on
from page.engine_client.network_list import address_of
from page.engine_client.replies import trouble_in
from page.engine_client.training_settings import HIDDEN_LAYERS, NEURONS
from page.panels.learn import sentences
from page.widgets.number_field import NumberField

# How many neurons a new layer has.
USUAL = 16

# Networks of other shapes in weights/: the sizes of their hidden layers, and their activation.
TRAINED = {
    "784-10-sigmoid": ([], "sigmoid"),
    "784-16-10-sigmoid": ([16], "sigmoid"),
    "784-32-32-10-relu": ([32, 32], "relu"),
    "784-64-32-10-relu": ([64, 32], "relu"),
}


class Shape:
    """An editor of hidden layers. What is chosen takes effect when the network forgets."""

    def __init__(self, page):
        self._state = page.state
        self._learning = page.learning
        self._engine = page.engine
        self._room = find("#learn-shape").parentElement
        self._list = find("#learn-layers")
        self._add = find("#learn-add-layer")
        self._count = Once(find("#learn-count-sum"))
        self._use = find("#learn-use-shape")
        self._later = Once(find("#learn-later"))
        self._activation = find("#learn-activation")
        self._fields = []
        self._sliders = []
        self._shown, self._moved = None, ""
        self._trouble = Once(find("#learn-trained-said"))
        find("#learn-trained").innerHTML = "".join([_pill(each) for each in sorted(TRAINED)])
        on(self._add, "click", lambda event: self._change(self._hidden() + [USUAL]))
        on(self._use, "click", lambda event: asyncio.create_task(self._learning.forget()))
        on(self._list, "input", self._slide)
        on(self._list, "click", self._remove)
        on(self._activation, "change", self._activate)
        on(find("#learn-trained"), "click", self._open)

    def render(self):
        """Show the shape that is wanted, and what it comes to."""
        if not self._room.open:
            return
        settings, network = self._learning.settings, self._state.network
        used = (list(network.shape), network.activation)
        key = (settings["shape"], settings["activation"], used, self._state.engine)
        if key == self._shown:
            return
        self._shown = key
        hidden = settings["shape"][1:-1]
        if len(hidden) != len(self._fields):
            self._build(hidden)
        for field, slider, size in zip(self._fields, self._sliders, hidden):
            field.show(size)
            slider.value = str(size)
        disable(self._add, len(hidden) >= HIDDEN_LAYERS, lambda: self._use)
        disable(self._use, self._state.engine != "ready", lambda: find("#learn summary"))
        self._count.write(sentences.parameters(settings["shape"]))
        for radio in self._activation.querySelectorAll("input"):
            radio.checked = radio.value == settings["activation"]
        same = (settings["shape"], settings["activation"]) == used
        self._later.write(
            "" if same else "This takes effect when the network forgets." + self._moved
        )

    def _hidden(self):
        return self._learning.settings["shape"][1:-1]

    def _change(self, hidden):
        shape = self._learning.settings["shape"]
        self._learning.choose(shape=shape[:1] + hidden + shape[-1:])

    def _build(self, hidden):
        self._list.innerHTML = "".join([_row(at) for at in range(len(hidden))])
        self._fields = [
            NumberField(
                find("#learn-layer-%d" % at),
                1,
                NEURONS,
                lambda value, refuse, at=at: self._type(at, value, refuse),
                write=lambda value: "%d" % value,
            )
            for at in range(len(hidden))
        ]
        self._sliders = list(self._list.querySelectorAll("[type=range]"))

    def _resize(self, at, size):
        hidden = self._hidden()
        hidden[at] = size
        self._change(hidden)

    def _type(self, at, value, refuse):
        if value != int(value):
            refuse("Type a whole number.")
        else:
            self._resize(at, int(value))

    def _slide(self, event):
        if event.target.type == "range":
            self._resize(int(event.target.getAttribute("data-at")), int(event.target.value))

    def _remove(self, event):
        button = event.target.closest("button")
        if button:
            at, hidden = int(button.getAttribute("data-at")), self._hidden()
            self._add.focus()
            self._change(hidden[:at] + hidden[at + 1 :])

    def _activate(self, event):
        learning, activation = self._learning, event.target.value
        before = learning.settings["rate"]
        learning.choose(activation=activation)
        rate = learning.settings["rate"]
        self._moved = ""
        if rate != before:
            self._moved = " " + sentences.moved(rate, sentences.ACTIVATIONS[activation])

    def _open(self, event):
        button = event.target.closest("button")
        if button:
            asyncio.create_task(self._fetch(button.value))

    async def _fetch(self, name):
        """Use one of the trained networks. From then on the header lists it."""
        hidden, activation = TRAINED[name]
        shape = js.Array.of(784, *hidden, 10)
        address = address_of("weights/%s.npz" % name)
        recipe = js.Array.of(name, address, js.Array.new(), shape, activation, "trained")
        reply = await self._engine.ask("open_network", recipe)
        trouble = trouble_in(reply) if reply else failures.NOT_READY
        self._trouble.write(failures.at_start(trouble) if trouble else "")
        if not trouble:
            self._learning.choose(shape=None, activation=None)
            self._engine.take(reply, _title(name))


def _row(at):
    return (
        '<div class="field" role="group" aria-label="Hidden layer {1}">'
        '<label for="learn-layer-{0}">Hidden layer {1}</label>'
        '<input type="range" min="1" max="{2}" data-at="{0}" aria-label="Neurons of hidden layer {1}">'
        '<input id="learn-layer-{0}" type="text" inputmode="numeric" autocomplete="off">'
        '<button type="button" data-at="{0}" aria-label="Remove hidden layer {1}" title="Remove">'
        '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 5l10 10m0-10l-10 10"/></svg></button></div>'
    ).format(at, at + 1, NEURONS)


def _title(name):
    hidden, activation = TRAINED[name]
    sizes = "–".join(["%d" % size for size in hidden]) or "no hidden layer"
    return "%s, %s" % (sizes, sentences.ACTIVATIONS[activation])


def _pill(name):
    return '<button type="button" class="pill" value="%s">%s</button>' % (name, _title(name))
