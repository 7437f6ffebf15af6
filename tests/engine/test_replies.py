"""Replies hold the network's own numbers."""

import numpy as np
import pytest

from engine import colormap, replies
from nn.network import Network
from preprocess.normalise import from_strokes

STROKE = np.array([[10, 10], [40, 12], [20, 60]], float)


@pytest.fixture
def network():
    return Network.random((784, 6, 5, 10), "sigmoid", np.random.default_rng(1))


def answer(network, seen, strokes):
    """Return the trace of an input, and the reply about it."""
    trace = network.trace(seen.column)
    return trace, replies.answer(network, seen, strokes, trace)


def test_an_answer_has_every_number_of_the_pass(network):
    seen = from_strokes([STROKE])
    trace, shown = answer(network, seen, [STROKE])
    assert shown["a"].shape == (784 + 6 + 5 + 10,)
    assert shown["z"].shape == (6 + 5 + 10,)
    assert shown["a"][:784].tobytes() == seen.pixels.tobytes()
    assert shown["a"][-10:].tobytes() == network.feedforward(seen.column).tobytes()
    assert shown["rgba"][::4].tolist() == np.rint(seen.pixels.ravel() * 255).tolist()
    assert len(trace.a) == 4


def test_the_matrix_back_inverts_the_matrix_there(network):
    _, shown = answer(network, from_strokes([STROKE]), [STROKE])
    there, back = (np.reshape(shown[name], (3, 2)).T for name in ("seen", "frame"))
    for point in STROKE:
        x, y = there @ [*point, 1]
        assert back @ [x, y, 1] == pytest.approx(point)
        left, top, right, bottom = shown["box"]
        assert left < x < right
        assert top < y < bottom


def test_a_blank_pad_has_no_digit_and_no_matrices(network):
    _, shown = answer(network, from_strokes([]), [])
    assert (shown["digit"], shown["why"]) == ("", "blank")
    assert [len(shown[name]) for name in ("outline", "seen", "frame", "box")] == [0] * 4


def test_the_unrolled_row_has_ink_in_it(network):
    seen = from_strokes([STROKE])
    _, shown = answer(network, seen, [STROKE])
    assert seen.pixels[shown["row"]].max() > 0.5


def test_inside_a_neuron_are_its_own_weights(network):
    seen = from_strokes([STROKE])
    trace, _ = answer(network, seen, [STROKE])
    inside = replies.inside(network, trace, 1, 4)
    weights = network.W[0][4]
    strongest = int(np.abs(weights).argmax())
    image = inside["weights_image"].reshape(-1, 4)
    full = colormap.POSITIVE if weights[strongest] > 0 else colormap.NEGATIVE
    assert image[strongest, :3].tolist() == full.tolist()
    assert inside["largest"] == pytest.approx(abs(float(weights[strongest])))
    black = seen.pixels.ravel() == 0
    assert not inside["products_image"].reshape(-1, 4)[black, :3].any()
    assert inside["z"] == pytest.approx(float(trace.z[0][4, 0]))


def test_an_outputs_sides_are_its_own_and_its_rivals():
    """The rival is the brightest other output."""
    hidden = np.array([[1.0, 0.5, 0.25]]).T
    W = [[3, -2, 0], [1, 1, 1], [0, -4, 8], [0, 0, 0]]
    network = Network([np.eye(3), W], [[[0]] * 3, [[0.5], [-1], [0], [-9]]], "relu")
    trace = network.trace(hidden)
    first, second = replies.inside(network, trace, 2, 0)["sides"]
    assert (first["index"], second["index"]) == (0, 1)
    assert (first["positive"], first["negative"], first["bias"], first["z"]) == (3, -1, 0.5, 2.5)
    assert first["sources"].tolist() == [0, 1]
    assert first["products"].tolist() == [3, -1]
    assert first["a"] == pytest.approx(1 / (1 + np.exp(-2.5)))
    assert (second["positive"], second["negative"], second["bias"], second["z"]) == (
        1.75,
        0,
        -1,
        0.75,
    )
    assert second["sources"].tolist() == [0, 1, 2]
    # For an output that lost, the rival is the winner.
    lost, won = replies.inside(network, trace, 2, 2)["sides"]
    assert (lost["index"], won["index"]) == (2, 0)
    assert lost["sources"].tolist() == [2, 1]
    assert (lost["positive"], lost["negative"]) == (2, -2)


def test_a_hidden_neuron_has_no_sides(network):
    trace, _ = answer(network, from_strokes([STROKE]), [STROKE])
    assert replies.inside(network, trace, 2, 1)["sides"] == []


def test_the_rival_is_found_where_outputs_round_to_zero():
    """Both other activations are 0 in float32; their weighted sums are not the same."""
    network = Network([[[1], [-200], [-150]]], [[[0]] * 3], "sigmoid")
    sides = replies.inside(network, network.trace(np.ones((1, 1))), 1, 0)["sides"]
    assert [side["index"] for side in sides] == [0, 2]


def test_dials_are_in_the_order_in_which_the_page_reads_them():
    """W[0] row by row, b[0], then the next layer."""
    network = Network([[[1, 2], [3, 4]], [[5, 6]]], [[[7], [8]], [[9]]])
    assert replies.dials(network).tolist() == [1, 2, 3, 4, 7, 8, 5, 6, 9]


@pytest.mark.parametrize(
    ("value", "colour"),
    [(0, [0, 0, 0]), (2, [0x58, 0xC4, 0xDD]), (-2, [0xFC, 0x62, 0x55]), (-9, [0xFC, 0x62, 0x55])],
)
def test_weights_have_the_videos_colours(value, colour):
    assert colormap.signed(np.float32([value]), 2).tolist() == [*colour, 255]


def test_weights_of_zero_are_black():
    """If all are 0, there is no scale."""
    assert colormap.signed(np.zeros(2, np.float32), 0).tolist() == [0, 0, 0, 255] * 2


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_a_layers_product_leaves_out_the_columns_of_dark_neurons(network, layer):
    seen = from_strokes([STROKE])
    trace = network.trace(seen.column)
    shown = replies.layer(network, trace, layer)
    a, W = trace.a[layer - 1].ravel(), network.W[layer - 1]
    columns = [i for i in range(len(a)) if a[i] != 0]
    assert shown["columns"].tolist() == columns
    assert shown["before"].tolist() == [a[i] for i in columns]
    assert shown["weights"].reshape(len(W), -1).tolist() == [[row[i] for i in columns] for row in W]
    sums = shown["sums"].reshape(len(W), -1)
    for row, weights in enumerate(W):
        partial = np.cumsum([0, *(float(weights[i]) * float(a[i]) for i in columns)])
        assert sums[row] == pytest.approx(partial, abs=1e-4)
        assert sums[row, -1] + shown["b"][row] == pytest.approx(float(shown["z"][row]), abs=1e-4)
    assert shown["after"] == pytest.approx(1 / (1 + np.exp(-shown["z"])), abs=1e-5)
    assert (np.abs(shown["weights"]) > shown["full"]).mean() <= 0.01 + 1 / shown["weights"].size
    assert shown["full"] in np.abs(shown["weights"])
    assert shown["image"].size == 4 * len(W) * len(columns)


def test_a_blank_pad_has_no_columns(network):
    trace = network.trace(from_strokes([]).column)
    shown = replies.layer(network, trace, 1)
    assert [shown[name].size for name in ("columns", "weights", "image", "before")] == [0] * 4
    assert shown["sums"].tolist() == [0] * 6


def test_an_outline_is_each_stroke_after_a_pair_of_nans(network):
    """To a tenth; a dot has its point twice, for a line of no length."""
    strokes = [np.array([[1.04, 2.0], [3.0, 4.26]]), np.array([[5.0, 6.0]])]
    _, shown = answer(network, from_strokes(strokes), strokes)
    nan = float("nan")
    expected = [nan, nan, 1.0, 2.0, 3.0, 4.3, nan, nan, 5.0, 6.0, 5.0, 6.0]
    assert shown["outline"] == pytest.approx(expected, nan_ok=True)


def test_a_long_stroke_has_a_short_outline_with_both_of_its_ends(network):
    stroke = np.linspace([0, 0], [100, 50], 1000)
    _, shown = answer(network, from_strokes([stroke]), [stroke])
    points = shown["outline"].reshape(-1, 2)[1:]
    assert len(points) <= replies.OUTLINE_POINTS + 2
    assert points[[0, -1]].tolist() == [[0, 0], [100, 50]]


def test_a_comparison_has_only_numbers_that_can_be_drawn():
    """Weights that were typed may be so large that sums are infinite, or no numbers at all."""
    W = np.full((4, 784), 3e38, np.float32)
    W[::2] *= -1
    network = Network([W, np.ones((10, 4))], [np.zeros((4, 1)), np.zeros((10, 1))], "relu")
    with np.errstate(all="ignore"):
        side = replies.side(network, from_strokes([STROKE]))
    for numbers in (side["a"], side["z"]):
        assert np.isfinite(numbers).all()
        assert np.abs(numbers).max() <= replies.LARGEST
