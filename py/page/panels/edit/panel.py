"""The room in which many dials are turned at once: a layer, all of them, and what is worth trying.

Public: ``Dials``.
"""

from page import words
from page.dom import find, on, show
from page.widgets.layer_choice import choices
from page.widgets.number_field import NumberField

# In percent of the weights' own spread, and of the weights.
MOST_NOISE, ALL = 1000, 100

FIRST = (1, 0)


class Dials:
    """Buttons that turn whole layers. While the room is closed, it does nothing."""

    def __init__(self, state, turning):
        self._state = state
        self._turning = turning
        self._room = find("#dials")
        self._controls = find("#dials fieldset.all")
        self._layers = find("#dial-layer div")
        self._layer_back = find("#layer-back")
        self._noise = NumberField(find("#noise-value"), 0, MOST_NOISE, enter=self._add_noise)
        self._prune = NumberField(find("#prune-value"), 0, ALL, enter=self._prune_smallest)
        self._said = find("#dials-said")
        self._shape = self._shown = None
        on(self._room, "toggle", lambda event: state.changed())
        on(self._layers, "change", lambda event: state.changed())
        on(find("#noise"), "click", self._add_noise)
        on(find("#prune"), "click", self._prune_smallest)
        on(find("#zero"), "click", lambda event: self._turn("zero", [self._layer()]))
        on(self._layer_back, "click", lambda event: self._turn("put back", [self._layer()]))
        on(find("#randomise"), "click", lambda event: self._turn("randomise", []))
        presets = {"edge": self._edge, "bias": self._bias, "swap": self._swap, "off": self._off}
        for name, preset in presets.items():
            on(find("#try-" + name), "click", lambda event, preset=preset: preset())
        on(find("#try-random"), "click", lambda event: self._turn("randomise", []))

    def render(self):
        """Offer what can be done with this network."""
        state = self._state
        if not self._room.open:
            return
        key = (state.network, state.engine, self._layer())
        if key == self._shown:
            return
        self._controls.disabled = state.engine != "ready"
        if state.network.shape != self._shape:
            self._shape = state.network.shape
            self._build()
        self._layer_back.disabled = not state.network.changed_in(self._layer())
        self._shown = (state.network, state.engine, self._layer())

    def _build(self):
        """Offer the layers that this network has."""
        self._layers.innerHTML = choices("dial-layer", self._shape, 1)
        show(find("#presets"), len(self._shape) > 2)

    def _layer(self):
        chosen = self._layers.querySelector(":checked")
        return int(chosen.value) if chosen else 1

    def _turn(self, action, arguments, said=""):
        self._said.textContent = ""
        self._turning.turn(action, arguments, "", lambda refused: self._say(refused or said))

    def _say(self, sentence):
        self._said.textContent = sentence

    def _share(self, action, field):
        percent = field.value()
        if percent is not None:
            self._turning.turn(action, [self._layer(), percent / 100], "", field.refuse)

    def _add_noise(self, *_):
        self._share("noise", self._noise)

    def _prune_smallest(self, *_):
        self._share("prune", self._prune)

    def _edge(self):
        """Paint an edge detector into the neuron looked at, if it sees pixels, else into the first."""
        looked = self._state.looked
        self._preset("edge", looked if looked and looked[0] == 1 else FIRST, [], "Painted into %s.")

    def _bias(self):
        self._preset("bias", self._state.looked or FIRST, [-10], "That is now the bias of %s.")

    def _preset(self, action, neuron, arguments, said):
        name = words.neuron_name(neuron[0], neuron[1], self._state.network.shape)
        self._state.change(looked=neuron)
        said = said % (name[0].lower() + name[1:])
        self._turn(action, list(neuron) + arguments, said + " It is shown above.")

    def _swap(self):
        self._turn("swap", [1, 0, 1], "Neurons 1 and 2 of hidden layer 1 have changed places.")

    def _off(self):
        layer = len(self._state.network.shape) - 2
        self._turn("zero", [layer], "Every weight and bias of hidden layer %d is 0." % layer)
