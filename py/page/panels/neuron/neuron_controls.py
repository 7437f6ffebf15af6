"""Controls that edit one neuron: its bias, one of its weights, or all of it."""

from math import ceil

from page import words
from page.dom import disable, find, on, put
from page.widgets.number_field import LARGEST, NumberField

# How far the slider of the bias reaches at least, to either side of 0.
REACH = 20


class NeuronControls:
    """The controls for the neuron in view. Undo takes back a drag as one step."""

    def __init__(self, state, edits):
        self._state = state
        self._edits = edits
        self._slider = find("#bias-slider")
        self._bias = NumberField(find("#bias-value"), -LARGEST, LARGEST, self._type_bias)
        self._weight = NumberField(find("#weight-value"), -LARGEST, LARGEST, self._type_weight)
        self._source = find("#weight-of")
        self._picture = find("#weights canvas")
        self._held = NumberField(find("#hold-value"), 0, LARGEST, enter=self._hold)
        self._back = find("#neuron-back")
        self._flip = find("#flip")
        self._gesture = ""
        self._neuron = self._shown = self._picked = None
        self._chosen = 0
        on(self._slider, "input", self._slide)
        on(self._slider, "change", self._slid)
        on(find("#mute"), "click", lambda event: self._edit("hold", 0))
        on(find("#hold"), "click", self._hold)
        on(self._flip, "click", lambda event: self._edit("flip"))
        on(self._back, "click", lambda event: self._edit("put back"))

    def render(self):
        """Show the neuron's numbers."""
        state = self._state
        neuron, network = state.looked, state.network
        terms = state.answer.terms if state.answer else None
        key = (neuron, network, state.linked, state.picked, terms is None)
        # Until the engine has sent its numbers, this part of the page is hidden and takes no focus.
        if neuron is None or not network.ready or terms is None or key == self._shown:
            return
        self._shown = key
        layer, index = neuron
        self._choose(neuron)
        bias = network.bias(layer, index)
        name = network.form + neuron
        self._bias.show(bias, name)
        if not self._gesture:
            reach = max(REACH, ceil(abs(bias)))
            put(self._slider, "min", str(-reach))
            put(self._slider, "max", str(reach))
            self._slider.value = str(bias)
        put(self._slider, "aria-valuetext", words.number(bias))
        weight = network.weight(layer, index, self._chosen)
        self._weight.show(weight, name + (self._chosen,))
        self._source.textContent = words.short_name(layer - 1, self._chosen)
        self._held.high = LARGEST if network.is_relu(layer) else 1
        if name != self._neuron:
            self._neuron = name
            self._held.show(1.0, name)
        disable(self._back, not network.changed(layer, index), lambda: self._flip)
        if state.picked != self._picked:
            self._picked = state.picked
            # If it was picked in the picture of weights, the keyboard's focus stays there.
            if state.picked and not self._picture.matches(":focus"):
                self._weight.focus()

    def _choose(self, neuron):
        """Choose the weight that can be typed: the one picked, or pointed at, or else the strongest."""
        state = self._state
        layer, index = neuron
        if state.picked and state.picked[:2] == neuron:
            self._chosen = state.picked[2]
        elif state.linked and state.linked[0] == layer - 1:
            self._chosen = state.linked[1]
        elif self._neuron != state.network.form + neuron:
            self._chosen = state.answer.strongest(layer, index)

    def _edit(self, action, *arguments, gesture="", refused=None):
        if self._state.looked:
            target = list(self._state.looked) + list(arguments)
            self._edits.add(action, target, gesture, refused)

    def _slide(self, *_):
        self._gesture = self._gesture or self._edits.gesture()
        self._edit("bias", float(self._slider.value), gesture=self._gesture)

    def _slid(self, *_):
        self._gesture = ""

    def _type_bias(self, value, refuse):
        self._edit("bias", value, refused=refuse)

    def _type_weight(self, value, refuse):
        self._edit("weight", self._chosen, value, refused=refuse)

    def _hold(self, *_):
        value = self._held.value()
        if value is not None:
            self._edit("hold", value, refused=self._held.refuse)
