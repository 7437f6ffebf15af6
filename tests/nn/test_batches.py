"""Test that leaving out dark pixels changes no result."""

import numpy as np
import pytest

from nn import batches
from nn.learning import COSTS, backpropagate, targets
from nn.network import Network

WHITE = 15


@pytest.fixture
def images(rng):
    """Pictures of 24 pixels, of which the same nine are dark in all."""
    levels = rng.integers(0, WHITE + 1, (300, 24)).astype(np.uint8)
    levels[:, [0, 1, 5, 8, 13, 14, 15, 22, 23]] = 0
    return levels


@pytest.mark.parametrize("shape", [(24, 3), (24, 5, 4, 3)])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("levels", [True, False])
def test_leaving_out_dark_pixels_changes_no_gradient(levels, cost, activation, shape, images, rng):
    """Slopes of weights of dark pixels are exactly 0, as they are without leaving them out."""
    network = Network.random(shape, activation, rng)
    y = targets(rng.integers(0, 3, len(images)), 3)
    rows = (images / WHITE).astype(np.float32)
    expected_cost, expected = backpropagate(network, rows.T, y, COSTS[cost])
    given, white = (images, WHITE) if levels else (rows, 1)
    found_cost, found = batches.backpropagate(network, given, y, white, COSTS[cost])
    assert found_cost == pytest.approx(expected_cost, rel=1e-6)
    for slopes, wanted in zip((*found.W, *found.b), (*expected.W, *expected.b), strict=True):
        assert slopes.dtype == np.float32
        assert slopes == pytest.approx(wanted, rel=1e-4, abs=1e-6)
    dark = ~images.any(axis=0)
    assert dark.sum() == 9
    assert not expected.W[0][:, dark].any()
    assert not found.W[0][:, dark].any()


def test_dark_pixels_are_left_out(images, rng):
    """Otherwise nothing would be saved."""
    network = Network.random((24, 4, 3), "relu", rng)
    thin, x, lit = batches.thinned(network, images, WHITE)
    assert thin.shape == (15, 4, 3)
    assert x.shape == (15, 300)
    assert lit.tolist() == np.flatnonzero(images.any(axis=0)).tolist()
    assert thin.W[1] is network.W[1]


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 300])
def test_outputs_are_those_of_the_network(count, images, rng):
    """However many parts there are, the last of which may be smaller."""
    network = Network.random((24, 5, 3), "sigmoid", rng)
    found = batches.feedforward(network, images[:count], WHITE)
    assert found.shape == (3, count)
    expected = network.feedforward((images[:count] / WHITE).T)
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("count", [0, 1, 256, 300])
def test_an_album_gives_the_outputs_in_the_order_of_its_labels(count, images, rng):
    """It sorts the images; each keeps its label and its outputs."""
    network = Network.random((24, 5, 3), "relu", rng)
    labels = rng.integers(0, 10, 300)[:count]
    album = batches.Album(images[:count], labels, WHITE)
    order = np.argsort(labels, kind="stable")
    assert album.labels.tolist() == sorted(labels.tolist())
    expected = network.feedforward((images[:count][order] / WHITE).T)
    assert album.feedforward(network) == pytest.approx(expected, abs=1e-6)


def test_images_that_are_all_dark_give_what_the_biases_alone_give(rng):
    """No pixel is left then."""
    network = Network.random((24, 5, 3), "sigmoid", rng)
    dark = np.zeros((2, 24), np.uint8)
    expected = network.feedforward(np.zeros((24, 2)))
    assert batches.feedforward(network, dark, WHITE) == pytest.approx(expected, abs=1e-6)
    _, gradient = batches.backpropagate(network, dark, targets([0, 1], 3), WHITE)
    assert gradient.W[0].shape == (5, 24)
    assert not gradient.W[0].any()
