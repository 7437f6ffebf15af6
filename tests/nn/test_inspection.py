"""Test splitting a weighted sum into terms, and the search for an input that a neuron prefers."""

import numpy as np
import pytest

from nn import inspection
from nn.network import Network


@pytest.fixture
def network():
    return Network.random((12, 5, 4, 3), "sigmoid", np.random.default_rng(3))


@pytest.fixture
def trace(network):
    return network.trace(np.random.default_rng(4).random((12, 1), np.float32))


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_terms_add_up_to_the_weighted_sum(network, trace, layer):
    for index in range(network.shape[layer]):
        terms = inspection.terms(network, trace, layer, index, 3)
        total = float(terms.products.sum()) + terms.rest + terms.bias
        by_hand = (network.W[layer - 1] @ trace.a[layer - 1] + network.b[layer - 1])[index, 0]
        assert total == pytest.approx(by_hand, abs=1e-5)
        assert terms.z == pytest.approx(by_hand, abs=1e-5)


def test_terms_are_the_largest_by_absolute_value_in_order(network, trace):
    products = network.W[0][2] * trace.a[0][:, 0]
    expected = sorted(range(12), key=lambda source: -abs(products[source]))[:4]
    terms = inspection.terms(network, trace, 1, 2, 4)
    assert terms.sources.tolist() == expected
    assert terms.products == pytest.approx(products[expected])
    assert terms.others == 8


def test_products_of_zero_are_not_terms():
    """For a black image there are no terms, and the sum is the bias."""
    network = Network([np.ones((1, 3))], [[[0.5]]])
    terms = inspection.terms(network, network.trace(np.zeros((3, 1))), 1, 0, 2)
    assert len(terms.sources) == 0
    assert terms.others == 3
    assert (terms.rest, terms.bias, terms.z) == (0, 0.5, 0.5)


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_the_preferred_input_beats_nearly_all_random_inputs(activation):
    network = Network.random((36, 8, 4, 2), activation, np.random.default_rng(5))
    rng = np.random.default_rng(6)
    others = network.trace(rng.random((36, 2000), np.float32)).z[-1][1]
    favourite = inspection.favourite(network, 3, 1, (6, 6), np.random.default_rng(7))
    assert favourite.shape == (36, 1)
    assert favourite.min() >= 0
    assert favourite.max() <= 1
    assert network.trace(favourite).z[-1][1, 0] > np.quantile(others, 0.99)


def test_the_slope_matches_finite_differences():
    """``favourite`` climbs the derivative of the weighted sum."""
    network = Network.random((6, 5, 4), "sigmoid", np.random.default_rng(8))
    a = np.random.default_rng(9).random((6, 1), np.float32)
    slope = inspection._slope(network, network.trace(a), 2, 1)
    for source in range(6):
        nudge = np.zeros((6, 1), np.float32)
        nudge[source] = 1e-2
        up, down = network.trace(a + nudge).z[1][1, 0], network.trace(a - nudge).z[1][1, 0]
        assert slope[source, 0] == pytest.approx((up - down) / 2e-2, abs=2e-3)
