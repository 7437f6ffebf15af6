"""Test that every edit changes only what it should, and that undo restores every bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.brush import brush, edge_detector
from nn.editing import STEPS, Dials
from nn.network import Network

SHAPE = (9, 4, 3, 2)
NUMBERS = st.floats(-50, 50, width=32)
SHARES = st.floats(0, 1, width=32)
ACTIVATIONS = st.sampled_from(["sigmoid", "relu"])


def make(activation="sigmoid", seed=5):
    """Make a small network whose biases are not 0, with a −0.0 among its weights."""
    rng = np.random.default_rng(seed)
    network = Network.random(SHAPE, activation, rng)
    b = [rng.normal(0, 1, biases.shape) for biases in network.b]
    network.W[0][0, 0] = -0.0
    return Network(network.W, b, activation)


def bits(network):
    return [array.tobytes() for array in (*network.W, *network.b)]


@st.composite
def neurons(draw):
    layer = draw(st.integers(1, len(SHAPE) - 1))
    return layer, draw(st.integers(0, SHAPE[layer] - 1))


@st.composite
def steps(draw):
    """Draw one edit, as the name of a method and its arguments."""
    layer, index = draw(neurons())
    before = SHAPE[layer - 1]
    gesture = draw(st.sampled_from([None, "drag", "stroke"]))
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    row = st.lists(NUMBERS, min_size=before, max_size=before)
    cover = st.lists(SHARES, min_size=before, max_size=before)
    return draw(
        st.sampled_from(
            [
                ("set_bias", layer, index, draw(NUMBERS), gesture),
                (
                    "set_weight",
                    layer,
                    index,
                    draw(st.integers(0, before - 1)),
                    draw(NUMBERS),
                    gesture,
                ),
                ("paint", layer, index, draw(cover), draw(NUMBERS), gesture),
                ("set_row", layer, index, draw(row)),
                ("hold", layer, index, draw(SHARES)),
                ("flip", layer, index),
                ("swap", draw(st.integers(1, 2)), draw(st.integers(0, 2)), draw(st.integers(0, 2))),
                ("add_noise", layer, draw(SHARES), rng),
                ("zero", layer),
                ("prune", layer, draw(SHARES)),
                ("randomise", rng),
                ("put_back",),
                ("put_back", layer),
                ("put_back", layer, index),
                ("take", make(seed=draw(st.integers(0, 9)))),
            ]
        )
    )


@given(st.lists(steps(), max_size=12))
def test_undo_and_redo_restore_every_bit(sequence):
    """The networks along the way are the oracle."""
    dials = Dials(make())
    seen = [(dials.network, bits(dials.network))]
    for name, *arguments in sequence:
        before = dials.network
        getattr(dials, name)(*arguments)
        if dials.network is not before:
            seen.append((dials.network, bits(dials.network)))
    last = bits(dials.network)
    there = []
    while dials.can_undo:
        there.append(bits(dials.network))
        dials.undo()
        assert bits(dials.network) != there[-1]  # Every step changes something.
    assert bits(dials.network) == bits(make())
    for expected in reversed(there):
        dials.redo()
        assert bits(dials.network) == expected
    assert not dials.can_redo
    assert bits(dials.network) == last
    for network, as_it_was in seen:
        assert bits(network) == as_it_was  # No array was written to.


@given(steps(), neurons())
def test_put_back_restores_a_neuron_a_layer_or_the_network_bit_for_bit(step, neuron):
    layer, index = neuron
    at = layer - 1
    dials = Dials(make())
    dials.randomise(np.random.default_rng(1))
    getattr(dials, step[0])(*step[1:])
    others = np.delete(dials.network.W[at], index, axis=0).tobytes()
    dials.put_back(layer, index)
    assert dials.network.W[at][index].tobytes() == dials.original.W[at][index].tobytes()
    assert dials.network.b[at][index].tobytes() == dials.original.b[at][index].tobytes()
    assert np.delete(dials.network.W[at], index, axis=0).tobytes() == others
    assert not dials.changed(layer)[index]
    dials.put_back(layer)
    assert dials.network.W[at].tobytes() == dials.original.W[at].tobytes()
    assert not dials.changed(layer).any()
    dials.put_back()
    assert bits(dials.network) == bits(dials.original)


@given(
    neurons(),
    st.lists(st.one_of(st.just(0.0), st.just(1.0), SHARES), min_size=9, max_size=9),
    NUMBERS,
)
def test_paint_moves_only_the_weights_it_covers(neuron, cover, value):
    layer, index = neuron
    cover = np.float32(cover[: SHAPE[layer - 1]])
    dials = Dials(make())
    dials.paint(layer, index, cover, value)
    old, new = dials.original.W[layer - 1], dials.network.W[layer - 1]
    assert np.delete(new, index, axis=0).tobytes() == np.delete(old, index, axis=0).tobytes()
    assert new[index][cover == 0].tobytes() == old[index][cover == 0].tobytes()
    assert (new[index][cover == 1] == np.float32(value)).all()
    expected = [w + c * (value - w) for w, c in zip(old[index].tolist(), cover, strict=True)]
    assert new[index] == pytest.approx(np.array(expected), abs=1e-5)
    assert all(a is b for a, b in zip(dials.original.b, dials.network.b, strict=True))


@given(
    ACTIVATIONS, st.integers(1, 2), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2**32 - 1)
)
def test_swapping_neurons_does_not_change_the_outputs(activation, layer, one, other, seed):
    dials = Dials(make(activation))
    inputs = np.random.default_rng(seed).random((9, 20), np.float32)
    dials.swap(layer, one, other)
    old, new = dials.original.trace(inputs), dials.network.trace(inputs)
    assert new.a[-1] == pytest.approx(old.a[-1], abs=1e-5)
    assert new.a[layer][one] == pytest.approx(old.a[layer][other], abs=1e-5)
    assert new.a[layer][other] == pytest.approx(old.a[layer][one], abs=1e-5)


@given(ACTIVATIONS, neurons(), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_a_held_neuron_gives_its_activation_for_every_input(activation, neuron, value, seed):
    layer, index = neuron
    dials = Dials(make(activation))
    dials.hold(layer, index, value)
    inputs = np.random.default_rng(seed).normal(0, 9, (9, 20))
    a = dials.network.trace(inputs).a[layer][index]
    assert a == pytest.approx(np.full(20, value), abs=1e-6)


def test_a_relu_can_be_held_above_one():
    dials = Dials(make("relu"))
    dials.hold(2, 1, 7.5)
    assert dials.network.trace(np.ones((9, 2))).a[2][1].tolist() == [7.5, 7.5]


def test_each_dial_changes_one_number():
    dials = Dials(make())
    dials.set_bias(2, 1, -3.5)
    dials.set_weight(3, 0, 2, 1e38)
    expected = make()
    expected.b[1][1, 0] = -3.5
    expected.W[2][0, 2] = 1e38
    assert bits(dials.network) == bits(expected)
    assert dials.network.W[0] is dials.original.W[0]
    assert [dials.changed(layer).tolist() for layer in (1, 2, 3)] == [
        [False] * 4,
        [False, True, False],
        [True, False],
    ]


def test_a_row_can_be_set_and_flipped():
    dials = Dials(make())
    dials.set_row(1, 3, np.arange(9) - 4)
    dials.set_bias(1, 3, 2)
    dials.flip(1, 3)
    assert dials.network.W[0][3].tolist() == [4, 3, 2, 1, 0, -1, -2, -3, -4]
    assert dials.network.b[0][3, 0] == -2


def test_noise_is_relative_to_the_weights_standard_deviation():
    network = Network.random((400, 100, 10), "sigmoid", np.random.default_rng(0))
    dials = Dials(network)
    dials.add_noise(1, 0.5, np.random.default_rng(1))
    noise = dials.network.W[0] - network.W[0]
    assert noise.std() == pytest.approx(0.5 * network.W[0].std(), rel=0.02)
    assert noise.mean() == pytest.approx(0, abs=1e-3)
    assert dials.network.W[1] is network.W[1]
    assert dials.network.b[0] is network.b[0]


def test_the_smallest_weights_are_pruned():
    dials = Dials(Network([[[3, -1, 0.5, -4]]], [[[1]]]))
    dials.prune(1, 0.5)
    assert dials.network.W[0].tolist() == [[3, 0, 0, -4]]
    dials.prune(1, 1)
    assert dials.network.W[0].tolist() == [[0, 0, 0, 0]]
    assert dials.network.b[0].tolist() == [[1]]
    dials.zero(1)
    assert dials.network.b[0].tolist() == [[0]]


@pytest.mark.parametrize(
    "step",
    [
        ("set_bias", 1, 0, 0.25),
        ("set_weight", 1, 0, 0, 0.0),
        ("paint", 1, 0, [0] * 9, 5.0),
        ("set_row", 1, 0, [0] * 9),
        ("flip", 1, 0),
        ("hold", 1, 0, 0.562176500885798),
        ("swap", 1, 2, 2),
        ("add_noise", 1, 0, np.random.default_rng(0)),
        ("add_noise", 1, -0.0, np.random.default_rng(0)),
        ("prune", 1, 0),
        ("put_back",),
        ("put_back", 1),
        ("put_back", 1, 0),
    ],
)
def test_an_edit_that_changes_nothing_is_not_a_step(step):
    """It does not discard the steps that can be redone either."""
    network = make()
    network.W[0][0] = 0
    network.b[0][0, 0] = 0.25 if step[0] != "flip" else 0
    dials = Dials(network)
    dials.set_bias(3, 0, 9)
    dials.undo()
    getattr(dials, step[0])(*step[1:])
    assert dials.network is network
    assert not dials.can_undo
    assert dials.can_redo


def test_one_drag_is_one_step():
    dials = Dials(make())
    for value in (1, 2, 3):
        dials.set_bias(1, 0, value, "first drag")
    for value in (4, 5):
        dials.set_bias(1, 0, value, "second drag")
    dials.set_bias(1, 0, 6)
    dials.set_bias(1, 0, 7)
    values = []
    while dials.can_undo:
        dials.undo()
        values.append(dials.network.b[0][0, 0])
    assert values == [6, 5, 3, dials.original.b[0][0, 0]]


def test_a_drag_that_ends_where_it_began_is_not_a_step():
    dials = Dials(make())
    dials.set_bias(1, 0, 1, "drag")
    dials.set_bias(1, 0, dials.original.b[0][0, 0], "drag")
    assert not dials.can_undo
    dials.set_bias(1, 0, 2, "drag")
    dials.undo()
    assert bits(dials.network) == bits(dials.original)


def test_an_edit_after_undo_discards_the_steps_that_could_be_redone():
    dials = Dials(make())
    dials.set_bias(1, 0, 1, "drag")
    dials.undo()
    dials.set_bias(1, 0, 2, "drag")
    assert not dials.can_redo
    dials.redo()
    assert dials.network.b[0][0, 0] == 2
    dials.undo()
    dials.undo()
    assert bits(dials.network) == bits(dials.original)


def test_only_the_latest_steps_can_be_undone():
    dials = Dials(make())
    for value in range(1, STEPS + 11):
        dials.set_bias(1, 0, value)
    count = 0
    while dials.can_undo:
        dials.undo()
        count += 1
    assert count == STEPS
    assert dials.network.b[0][0, 0] == 10


def test_fewer_steps_of_a_large_network_can_be_undone():
    """Twenty megabytes a step would fill a phone's memory."""
    dials = Dials(Network([np.zeros((1000, 5000))], [np.zeros((1000, 1))]))
    for index in range(5):
        dials.set_weight(1, index, 0, 1)
    for _ in range(5):
        dials.undo()
    assert dials.network.W[0].sum() == 2


@pytest.mark.parametrize(
    "value", [np.nan, np.inf, -np.inf, 1e39, -1e39, 10**400, "much", None, [1, 2]]
)
def test_a_value_that_does_not_fit_in_a_float32_is_refused(value):
    steps = [
        ("set_bias", 1, 0, value),
        ("set_weight", 1, 0, 0, value),
        ("paint", 1, 0, np.ones(9), value),
        ("paint", 1, 0, [value, *range(8)], 1),
        ("set_row", 1, 0, [value, *range(8)]),
        ("hold", 1, 0, value),
        ("add_noise", 1, value, np.random.default_rng(0)),
        ("prune", 1, value),
    ]
    for step in steps:
        refused(*step, match="expected")


@pytest.mark.parametrize(
    ("step", "match"),
    [
        (("paint", 1, 0, np.full(9, 1.1), 1), r"cover runs from 1.1 to 1.1, expected 0 to 1"),
        (("paint", 1, 0, np.ones(8), 1), r"cover has shape \(8,\), expected \(9,\)"),
        (("set_row", 2, 0, np.ones(9)), r"weights has shape \(9,\), expected \(4,\)"),
        (("hold", 1, 0, 1.1), "activation is 1.1, expected 0 to 1"),
        (("hold", 1, 0, -0.1), "activation is -0.1, expected 0 to 1"),
        (("swap", 3, 0, 1), "layer 3 is not hidden"),
        (("swap", 1, 0, 4), "index is 4, expected 0 to 3"),
        (("add_noise", 1, -0.1, np.random.default_rng(0)), "share of noise is -0.1"),
        (("prune", 1, 1.5), "share to prune is 1.5, expected 0 to 1"),
        (("prune", 1, -0.5), "share to prune is -0.5, expected 0 to 1"),
        (("put_back", None, 2), "layer is None"),
        (("set_bias", 0, 0, 1), "layer is 0, expected 1 to 3"),
        (("set_bias", 4, 0, 1), "layer is 4"),
        (("set_bias", 1, -1, 1), "index is -1"),
        (("set_bias", 1, 0.5, 1), "index is 0.5"),
        (("set_weight", 1, 0, 9, 1), "source is 9, expected 0 to 8"),
        (("zero", -1), "layer is -1"),
        (("changed", 4), "layer is 4"),
        (("put_back", 1, 4), "index is 4"),
        (
            ("take", make("relu")),
            r"network is \(9, 4, 3, 2\) relu, expected \(9, 4, 3, 2\) sigmoid",
        ),
        (("take", Network([[[1]]], [[[1]]])), r"network is \(1, 1\) sigmoid, expected"),
    ],
)
def test_an_impossible_edit_is_refused(step, match):
    refused(*step, match=match)


def test_noise_too_large_for_a_float32_is_refused():
    dials = Dials(Network([[[3e38, -3e38]]], [[[0]]]))
    with pytest.raises(ValueError, match="too large for a float32"):
        dials.add_noise(1, 1e9, np.random.default_rng(0))
    assert dials.network is dials.original


def test_a_network_with_an_infinite_weight_is_not_taken():
    network = make()
    network.W[1][0, 0] = np.inf
    refused("take", network, match="too large for a float32")


def test_a_network_that_is_taken_is_copied():
    """Its owner may go on writing to it."""
    dials, network = Dials(make()), make(seed=6)
    dials.take(network)
    before = bits(dials.network)
    network.W[0][:] = 0
    assert bits(dials.network) == before


def refused(name, *arguments, match):
    dials = Dials(make())
    network = dials.network
    with pytest.raises(ValueError, match=match):
        getattr(dials, name)(*arguments)
    assert dials.network is network
    assert not dials.can_undo


def test_a_brush_covers_its_centre_and_ends_at_its_radius():
    cover = brush(9, 4, 3, 2, 0).reshape(9, 9)
    assert cover.dtype == np.float32
    assert cover[4].tolist() == [0, 0.5, 1, 1, 1, 0.5, 0, 0, 0]
    assert cover[:, 3].tolist() == [0, 0, 0.5, 1, 1, 1, 0.5, 0, 0]


@given(st.floats(-5, 35), st.floats(-5, 35), st.floats(0, 10), SHARES)
def test_a_brush_covers_at_most_everything_and_less_further_out(row, column, radius, softness):
    cover = brush(28, row, column, radius, softness)
    rows, columns = np.divmod(np.arange(784), 28)
    distance = np.hypot(rows - row, columns - column)
    assert (cover >= 0).all()
    assert (cover <= 1).all()
    assert (np.diff(cover[np.argsort(distance)]) <= 1e-6).all()
    assert not cover[distance > radius + 0.5].any()


@pytest.mark.parametrize("size", [4, 7, 28])
def test_an_edge_detector_responds_to_an_edge_and_not_to_an_area(size):
    """The weighted sum is largest where the band is bright and its surroundings are dark (at 9:42)."""
    weights = edge_detector(size)
    assert (weights.shape, weights.dtype) == ((size * size,), np.float32)
    assert weights.sum() == 0
    edge = (weights > 0).astype(np.float32)
    picture = edge.reshape(size, size)
    assert weights @ edge == weights.clip(0).sum() > 0
    assert weights @ np.ones(size * size) == 0
    assert weights @ np.roll(picture, size // 4 or 1, axis=0).ravel() < weights @ edge / 2
    # The band is horizontal: its rows are equal, and the weights above and below it are negative.
    [rows] = np.nonzero(picture.any(axis=1))
    signs = np.sign(weights.reshape(size, size)[:, size // 2])
    assert signs[rows[0] - 1] == signs[rows[-1] + 1] == -1
    assert (np.diff(rows) == 1).all()
    assert picture.sum() > len(rows)


def test_an_edge_detector_needs_at_least_4_pixels_a_side():
    with pytest.raises(ValueError, match="size is 3, expected 4 or more"):
        edge_detector(3)
