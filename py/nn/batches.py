"""Many images at once, without the pixels that are dark in all of them.

Of a batch of 128 digits, about a third of the pixels is dark everywhere. What comes from them is 0, and so
are the slopes of their weights. Leaving them out saves that part of the work, and changes no result but for
rounding.

Images are rows here: uint8 (m, inputs) side by side in memory, where ``white`` stands for an input of 1, and
where the number of inputs is a multiple of 8.
"""

import numpy as np

from nn import learning
from nn.network import Network

# How many images go through the network at once. Their numbers fit into a processor's cache.
AT_ONCE = 256


def feedforward(network, images, white):
    """Compute the outputs for images as ``Network.feedforward`` does: float32 (outputs, m)."""
    outputs = np.empty((network.shape[-1], len(images)), np.float32)
    for start in range(0, len(images), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        thin, x, _ = thinned(network, images[part], white)
        outputs[:, part] = thin.feedforward(x)
    return outputs


def backpropagate(network, images, y, white, cost=learning.cross_entropy):
    """Compute the cost and the gradient of a batch of images as ``learning.backpropagate`` does."""
    thin, x, lit = thinned(network, images, white)
    value, gradient = learning.backpropagate(thin, x, y, cost)
    slopes = np.zeros_like(network.W[0])
    slopes[:, lit] = gradient.W[0]
    gradient.W[0] = slopes
    return value, gradient


def thinned(network, images, white):
    """Leave out what is dark in all images. Returns a network of the other inputs, these as x, and ``lit``.

    x: float32 (lit inputs, m); lit: the indexes of the inputs that are left. The network shares every array
    except the first with the given one.
    """
    # Eight pixels at a time.
    lit = np.flatnonzero(np.bitwise_or.reduce(images.view(np.uint64)).view(np.uint8))
    if not len(lit):
        lit = np.array([0])  # A network has at least one input.
    x = (images[:, lit] * np.float32(1 / white)).T
    return Network([network.W[0][:, lit], *network.W[1:]], network.b, network.activation), x, lit
