"""What the page is shown is what the network holds."""

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
    """Give the trace of what is seen, and what is shown of it."""
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


def test_the_way_back_undoes_the_way_there(network):
    _, shown = answer(network, from_strokes([STROKE]), [STROKE])
    there, back = (np.reshape(shown[name], (3, 2)).T for name in ("seen", "frame"))
    for point in STROKE:
        x, y = there @ [*point, 1]
        assert back @ [x, y, 1] == pytest.approx(point)
        left, top, right, bottom = shown["box"]
        assert left < x < right
        assert top < y < bottom


def test_a_blank_pad_has_no_digit_and_no_way(network):
    _, shown = answer(network, from_strokes([]), [])
    assert (shown["digit"], shown["why"]) == ("", "blank")
    assert (shown["outline"], shown["seen"], shown["frame"], shown["box"]) == ("", [], [], [])


def test_the_row_that_is_unrolled_has_ink_in_it(network):
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


def test_the_sides_of_an_output_are_its_own_and_its_rivals():
    """One hidden neuron speaks for each digit, one against it; the rival is the brightest other one."""
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
    # Seen from one that has lost, the rival is the one that has won.
    lost, won = replies.inside(network, trace, 2, 2)["sides"]
    assert (lost["index"], won["index"]) == (2, 0)
    assert lost["sources"].tolist() == [2, 1]
    assert (lost["positive"], lost["negative"]) == (2, -2)


def test_a_hidden_neuron_has_no_sides(network):
    trace, _ = answer(network, from_strokes([STROKE]), [STROKE])
    assert replies.inside(network, trace, 2, 1)["sides"] == []


def test_the_rival_is_found_where_outputs_round_to_nothing():
    """Both other activations are 0 in float32; their weighted sums are not the same."""
    network = Network([[[1], [-200], [-150]]], [[[0]] * 3], "sigmoid")
    sides = replies.inside(network, network.trace(np.ones((1, 1))), 1, 0)["sides"]
    assert [side["index"] for side in sides] == [0, 2]


def test_dials_are_lined_up_as_the_page_reads_them():
    """W[0] row by row, b[0], then the next layer."""
    network = Network([[[1, 2], [3, 4]], [[5, 6]]], [[[7], [8]], [[9]]])
    assert replies.dials(network).tolist() == [1, 2, 3, 4, 7, 8, 5, 6, 9]


@pytest.mark.parametrize(
    ("value", "colour"),
    [(0, [0, 0, 0]), (2, [0x58, 0xC4, 0xDD]), (-2, [0xFC, 0x62, 0x55]), (-9, [0xFC, 0x62, 0x55])],
)
def test_signs_have_the_videos_colours(value, colour):
    assert colormap.signed(np.float32([value]), 2).tolist() == [*colour, 255]


def test_nothing_at_all_is_black():
    """A neuron whose weights are all 0 has no largest one."""
    assert colormap.signed(np.zeros(2, np.float32), 0).tolist() == [0, 0, 0, 255] * 2


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_a_layer_is_its_product_without_the_columns_of_zeros(network, layer):
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


def test_nothing_drawn_has_no_columns(network):
    trace = network.trace(from_strokes([]).column)
    shown = replies.layer(network, trace, 1)
    assert [shown[name].size for name in ("columns", "weights", "image", "before")] == [0] * 4
    assert shown["sums"].tolist() == [0] * 6
