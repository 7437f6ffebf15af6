"""The gallery: each neuron's weights as a picture on a scale of its own."""

import numpy as np
import pytest

from engine import answers, colormap, replies
from engine.session import session
from nn.network import Network


@pytest.fixture(params=[(784, 16, 10), (784, 10), (784, 200, 10)], ids=str)
def used(request):
    """Use a random network with a neuron that has no weights."""
    before = session.id
    network = Network.random(request.param, "relu", np.random.default_rng(5))
    network.W[0][3] = 0
    session.open("pictured", network, source="trained")
    session.use("pictured")
    yield network
    session.use(before)


def test_every_neuron_of_the_first_layer_has_its_picture(used):
    """In order, 28 by 28 pixels each; of very many, the first ones."""
    rows = used.W[0][: replies.GALLERY]
    pictures = answers.gallery().reshape(len(rows), 784 * 4)
    for row, picture in zip(rows, pictures, strict=True):
        np.testing.assert_array_equal(picture, colormap.signed(row, np.abs(row).max()))
    assert not pictures[3].reshape(784, 4)[:, :3].any()
