"""What the page says in words, and how it writes numbers."""

from page import words
from page.engine_client import replies
from page.networks import SHIPPED
from page.state import State

SHAPE = [784, 16, 16, 10]


class Network(replies.Network):
    """A network whose weights and biases are known."""

    def __init__(self):
        super().__init__(SHIPPED[0])
        self.ready = True

    def weight(self, layer, to, source):
        return -0.434 if (layer, to, source) == (1, 4, 401) else 99

    def bias(self, layer, index):
        return -1.25


class Answer:
    """An answer whose numbers are known."""

    def __init__(self, digit="7", why=""):
        self.digit, self.why, self.version = digit, why, None

    def activation(self, layer, index):
        return 0.875

    def weighted_sum(self, layer, index):
        return -1.5

    def strongest(self, layer, index):
        return 401 if layer == 1 else 4

    network = Network()


class Ink:
    """A pad with or without ink."""

    def __init__(self, *strokes):
        self.strokes = strokes
        self.blank = not strokes
        self.digit = None
        self.version = 0


class Digit:
    """A test digit whose label is known."""

    def __init__(self, label):
        self.label = label


def state_of(ink, answer, engine="ready"):
    """Return the page's state with this ink and answer."""
    state = State(ink)
    state.change(answer=answer, engine=engine, network=Network())
    return state


def test_numbers_have_two_decimals_and_a_real_minus():
    """A minus is not a hyphen, and there is no minus zero."""
    assert words.number(0.5) == "0.50"
    assert words.number(-2.345) == "−2.35" or words.number(-2.345) == "−2.34"
    assert words.number(-0.001) == "0.00"
    assert words.number(1) == "1.00"


def test_neurons_are_named_by_where_they_are():
    """Pixels by row and column, hidden neurons by layer and place, outputs by their digit."""
    assert words.neuron_name(0, 28 * 14 + 9, SHAPE) == "Pixel in row 14, column 9"
    assert words.neuron_name(1, 4, SHAPE) == "Hidden layer 1, neuron 5 of 16"
    assert words.neuron_name(2, 15, SHAPE) == "Hidden layer 2, neuron 16 of 16"
    assert words.neuron_name(3, 7, SHAPE) == "Output 7"


def test_a_neurons_sentence_has_its_numbers():
    """The weighted sum, the bias and the activation are those of the network."""
    said = words.neuron_sentence(2, 3, Network(), Answer())
    for part in ("16 neurons", "−1.25", "−1.50", "0.88", "σ(−1.50)"):
        assert part in said or (part == "0.88" and "0.87" in said), part


def test_a_relu_network_squishes_with_relu_but_for_its_outputs():
    """Outputs are always sigmoids."""
    network = Network()
    network.activation = "relu"
    assert "max(0, −1.50)" in words.neuron_sentence(1, 0, network, Answer())
    assert "σ(−1.50)" in words.neuron_sentence(3, 0, network, Answer())


def test_a_pixel_has_no_sum():
    """The input is what was drawn."""
    said = words.neuron_sentence(0, 5, Network(), Answer())
    assert "σ" not in said
    assert "brightness" in said


def test_an_empty_pad_has_no_answer():
    """Whatever was answered before."""
    assert words.answer_sentence(state_of(Ink(), Answer())) == "nothing drawn yet"


def test_ink_drawn_before_the_engine_is_ready_waits_for_python():
    """One can draw before Python has loaded."""
    said = words.answer_sentence(state_of(Ink("stroke"), None, engine="loading"))
    assert said == "waiting for Python"


def test_an_unsure_network_says_so():
    """If no output stands out, the page claims no digit."""
    said = words.answer_sentence(state_of(Ink("stroke"), Answer("", "unsure")))
    assert "sure" in said
    assert "0.8" not in said


def test_what_strokes_tell_is_said():
    """Whoever draws two digits at once, or a letter, is told what the network cannot know."""
    said = {
        why: words.answer_sentence(state_of(Ink("stroke"), Answer("", why))) for why in words.UNSURE
    }
    assert "more than one" in said["apart"]
    assert "many strokes" in said["strokes"]
    assert len(set(said.values())) == 3


def test_no_answer_shows_before_the_signal_reaches_the_outputs():
    """Playing layer by layer does not give away the result."""
    state = state_of(Ink("stroke"), Answer("7"))
    state.change(playing=1)
    assert "0.8" not in words.answer_sentence(state)
    state.change(playing=3)
    assert "0.8" in words.answer_sentence(state)


def test_an_answer_is_shown_with_its_activation():
    """How strongly the output fires is part of the answer."""
    said = words.answer_sentence(state_of(Ink("stroke"), Answer("7")))
    assert "0.88" in said


def test_the_label_of_a_test_digit_is_shown():
    """So is whether the network reads it correctly, once it has answered."""
    ink = Ink("pixels")
    ink.version, ink.digit = 3, Digit(8)
    state = state_of(ink, None)
    assert words.truth_sentence(state) == "test digit: an 8"
    for digit, said in (("8", "right"), ("1", "says 1"), ("", "not sure")):
        state.change(answer=Answer(digit))
        assert words.truth_sentence(state) == "test digit: an 8"
        state.answer.version = 3
        truth = words.truth_sentence(state)
        assert truth.startswith("test digit: an 8. The network")
        assert said in truth
    ink.digit = Digit(7)
    assert words.truth_sentence(state).startswith("test digit: a 7.")
    state.change(playing=2)
    assert words.truth_sentence(state) == "test digit: a 7"


def test_a_drawing_has_no_label():
    assert words.truth_sentence(state_of(Ink("stroke"), Answer("7"))) == ""


def test_an_accessible_name_has_activation_bias_and_strongest_input():
    """Some visitors cannot see the edges."""
    assert words.label(1, 4, Network(), Answer()) == (
        "Hidden layer 1, neuron 5 of 16, activation 0.88, bias −1.25, "
        "strongest input: row 14, column 9"
    )
    assert words.label(3, 7, Network(), Answer()).endswith("strongest input: neuron 5")
    assert words.label(0, 401, Network(), Answer()) == "Pixel in row 14, column 9, activation 0.88"
    assert words.label(2, 0, Network(), None) == "Hidden layer 2, neuron 1 of 16, bias −1.25"


def test_a_product_is_written_out():
    """The product is rounded last: it is not the product of the rounded numbers."""
    said = words.product((0, 401), (1, 4), Answer())
    assert said == "row 14, column 9: weight −0.43 × activation 0.88 = −0.38"


def test_a_bias_is_explained_as_a_threshold():
    """At 11:02: a bias of −10 requires a sum of more than 10."""
    assert words.threshold_sentence(-10, False) == (
        "It needs a weighted sum above 10.00 to be more than half lit: its bias is −10.00."
    )
    assert "to light up at all" in words.threshold_sentence(-10, True)


def test_the_dials_of_any_shape_are_added_up():
    """As the video does at 12:08."""
    assert words.dials_sum(SHAPE) == ("784×16 + 16×16 + 16×10 weights and 16 + 16 + 10 biases")
    assert words.dials_sum([784, 10]) == "784×10 weights and 10 biases"
    assert words.dials_sum([784, 1, 10]) == "784×1 + 1×10 weights and 1 + 10 biases"


def test_hidden_layers_are_listed():
    """There are none to three."""
    shapes = ([784, 10], [784, 1, 10], SHAPE, [784, 3, 128, 7, 10])
    listed = [words.hidden_sizes(shape) for shape in shapes]
    assert listed == ["none", "1", "16 and 16", "3, 128 and 7"]


def test_the_dots_of_a_folded_layer_have_a_name():
    """They are a button."""
    assert words.folded(2, 96) == "96 more neurons of hidden layer 2"
    assert words.folded(1, 1) == "1 more neuron of hidden layer 1"
