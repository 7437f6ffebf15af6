"""The panel that edits many weights and biases at once: a layer, all of them, and presets worth trying."""

from page import words
from page.dom import disable, find, on, show
from page.panels.edit.changes import Changes
from page.panels.edit.score import Score
from page.widgets.layer_choice import choices
from page.widgets.number_field import NumberField

# The most noise, in percent of the weights' own spread, and the most weights to prune, in percent.
MOST_NOISE, ALL = 1000, 100

FIRST = (1, 0)


class Panel:
    """Buttons that edit whole layers, the score, and what was changed."""

    def __init__(self, page):
        state = self._state = page.state
        self._edits = page.edits
        self._changes = Changes(state, page.edits)
        self._score = Score(state, page.engine)
        self._panel = find("#dials")
        self._controls = find("#dials fieldset.all")
        self._layers = find("#dial-layer div")
        self._layer_back = find("#layer-back")
        self._zero = find("#zero")
        self._noise = NumberField(find("#noise-value"), 0, MOST_NOISE, enter=self._add_noise)
        self._prune = NumberField(find("#prune-value"), 0, ALL, enter=self._prune_smallest)
        self._said = find("#dials-said")
        self._shape = self._shown = None
        on(self._panel, "toggle", lambda event: state.changed())
        on(self._layers, "change", lambda event: state.changed())
        on(find("#noise"), "click", self._add_noise)
        on(find("#prune"), "click", self._prune_smallest)
        on(self._zero, "click", lambda event: self._edit("zero", [self._layer()]))
        on(self._layer_back, "click", lambda event: self._edit("put back", [self._layer()]))
        on(find("#randomise"), "click", lambda event: self._edit("randomise", []))
        presets = {"edge": self._edge, "bias": self._bias, "swap": self._swap, "off": self._off}
        for name, preset in presets.items():
            on(find("#try-" + name), "click", lambda event, preset=preset: preset())
        on(find("#try-random"), "click", lambda event: self._edit("randomise", []))

    def render(self):
        """Show what was changed and, while the panel is open, what can be changed."""
        self._changes.render()
        self._score.render()
        if self._panel.open:
            self._render_controls()

    def _render_controls(self):
        state = self._state
        key = (state.network, state.engine, self._layer())
        if key == self._shown:
            return
        self._controls.disabled = state.engine != "ready"
        if state.network.shape != self._shape:
            self._shape = state.network.shape
            self._build()
        changed = state.network.changed_in(self._layer())
        disable(self._layer_back, not changed, lambda: self._zero)
        self._shown = (state.network, state.engine, self._layer())

    def _build(self):
        """Offer the layers of this network."""
        self._layers.innerHTML = choices("dial-layer", self._shape, 1)
        hidden = self._shape[1:-1]
        for each in ("#try-swap", "#presets details"):
            show(find(each), len(hidden) > 0 and hidden[0] > 1)
        show(find("#try-off"), len(hidden) > 0)

    def _layer(self):
        chosen = self._layers.querySelector(":checked")
        return int(chosen.value) if chosen else 1

    def _edit(self, action, arguments, said=""):
        self._said.textContent = ""
        self._edits.add(action, arguments, "", lambda refused: self._say(refused or said))

    def _say(self, sentence):
        self._said.textContent = sentence

    def _share(self, action, field):
        percent = field.value()
        if percent is not None:
            self._edits.add(action, [self._layer(), percent / 100], "", field.refuse)

    def _add_noise(self, *_):
        self._share("noise", self._noise)

    def _prune_smallest(self, *_):
        self._share("prune", self._prune)

    def _edge(self):
        """Paint an edge detector into the neuron in view, if it sees pixels, or else into the first."""
        looked = self._state.looked
        self._preset("edge", looked if looked and looked[0] == 1 else FIRST, [], "Painted into %s.")

    def _bias(self):
        self._preset("bias", self._state.looked or FIRST, [-10], "That is now the bias of %s.")

    def _preset(self, action, neuron, arguments, said):
        name = words.neuron_name(neuron[0], neuron[1], self._state.network.shape)
        self._state.change(looked=neuron)
        said = said % (name[0].lower() + name[1:])
        self._edit(action, list(neuron) + arguments, said + " It is shown above.")

    def _swap(self):
        self._edit("swap", [1, 0, 1], "Neurons 1 and 2 of hidden layer 1 have changed places.")

    def _off(self):
        layer = len(self._state.network.shape) - 2
        self._edit("zero", [layer], "Every weight and bias of hidden layer %d is 0." % layer)
