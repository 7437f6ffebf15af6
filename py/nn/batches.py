"""Many images at once, without the pixels that are dark in all of them.

Of a batch of 128 digits, about a third of the pixels is dark everywhere. What comes from them is 0, and so
are the slopes of their weights. Leaving them out saves that part of the work, and changes no result but for
rounding.

Images are rows here, (m, inputs), one after the other in memory. They are float32 from 0 to 1, or uint8 from
0 to ``white``. The number of inputs must be even for float32, and a multiple of 8 for uint8.
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
    slopes[:, lit] = gradient.W[0] / white
    gradient.W[0] = slopes
    return value, gradient


class Album:
    """Images that networks read again and again, prepared once: digits of one kind side by side.

    These have more dark pixels in common. ``labels`` are those of the images, in the order of the album. Ten
    thousand digits take 18 MB of memory.
    """

    def __init__(self, images, labels, white):
        """Put images with their labels, m integers, into an album."""
        order = np.argsort(labels, kind="stable")
        self.labels, self.white = np.asarray(labels)[order], white
        starts = range(0, len(order), AT_ONCE)
        self._parts = [_lit(images[order[start : start + AT_ONCE]]) for start in starts]

    def feedforward(self, network):
        """Compute the outputs for all images, in the order of the album: float32 (outputs, m)."""
        outputs = np.empty((network.shape[-1], len(self.labels)), np.float32)
        for part, thin, x in self.parts(network):
            outputs[:, part] = thin.feedforward(x)
        return outputs

    def parts(self, network):
        """Yield the album in parts: which it is, a slice, and the network and x of ``thinned``."""
        for at, (lit, x) in enumerate(self._parts):
            part = slice(at * AT_ONCE, at * AT_ONCE + x.shape[1])
            yield part, _without_dark(network, lit, self.white), x


def thinned(network, images, white):
    """Leave out what is dark in all images. Returns a network of the other inputs, these as x, and ``lit``.

    x: float32 (lit inputs, m), from 0 to ``white``. The network's first weights allow for that, because there
    are fewer of them to divide. lit: the indexes of the inputs that are left. The network shares its other
    arrays with the given one.
    """
    lit, x = _lit(images)
    return _without_dark(network, lit, white), x, lit


def _lit(images):
    """Find the inputs that are not dark in all images: their indexes, and x, float32 (lit inputs, m)."""
    # As whole words of memory, which is several pixels at a time. Only 0 has no bit that is 1.
    lit = np.flatnonzero(np.bitwise_or.reduce(images.view(np.uint64)).view(images.dtype))
    if not len(lit):
        lit = np.array([0])  # A network has at least one input.
    return lit, images[:, lit].astype(np.float32, copy=False).T


def _without_dark(network, lit, white):
    W = [network.W[0][:, lit] / white, *network.W[1:]]
    return Network(W, network.b, network.activation)
