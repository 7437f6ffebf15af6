"""Optimisers: what step to take, once the gradient says which way the cost rises.

``step`` changes the network's arrays in place. ``decay`` is the strength of L2 regularisation, as weight
decay: each step first shrinks the weights to 1 − rate·decay of their size (Nielsen, "Neural Networks and
Deep Learning", eq. 93). It spares the biases, and is not part of the gradient (Loshchilov and Hutter 2019).
"""

import numpy as np


class GradientDescent:
    """Go downhill: against the gradient, and far where it is steep (the series' second chapter).

    ``steps`` counts the steps, and ``memory`` is what the optimiser remembers of earlier gradients: float32,
    with ``remembered`` rows of one number for every weight and bias.
    """

    remembered = 0

    def __init__(self, network, decay=0.0):
        """Prepare to train a network."""
        self.network, self.decay = network, decay
        self.steps = 0
        self.memory = np.zeros((self.remembered, network.count), np.float32)

    def step(self, gradient, rate):
        """Change every weight and bias."""
        self.steps += 1
        if self.decay:
            for weights in self.network.W:
                weights *= 1 - rate * self.decay
        slopes = np.concatenate([*gradient.W, *gradient.b], axis=None)
        change, start = self.change(slopes, rate), 0
        for array in (*self.network.W, *self.network.b):
            end = start + array.size
            array += change[start:end].reshape(array.shape)
            start = end

    def change(self, slopes, rate):
        """Compute the change of every weight and bias from its slope. Both are float32 (n,)."""
        return -rate * slopes

    def state(self):
        """Copy what the next step depends on, for ``restore``: ``steps`` and ``memory``."""
        return self.steps, self.memory.copy()

    def restore(self, steps, memory):
        """Go on from a ``state``, bit for bit. Raises ValueError for a memory of another shape."""
        if np.shape(memory) != self.memory.shape:
            raise ValueError(f"memory has shape {np.shape(memory)}, expected {self.memory.shape}")
        self.steps = steps
        self.memory[:] = memory


class Momentum(GradientDescent):
    """Roll downhill like a ball, which keeps most of its velocity (Nielsen, eqs. 107 and 108)."""

    remembered = 1

    def __init__(self, network, decay=0.0, kept=0.9):
        """Prepare to train a network. kept: the share of the velocity that is left after each step."""
        super().__init__(network, decay)
        self.kept = kept

    def change(self, slopes, rate):
        """Compute the velocity of every weight and bias."""
        [velocity] = self.memory
        velocity *= self.kept
        velocity -= rate * slopes
        return velocity


class Adam(GradientDescent):
    """Adapt the step to each weight: all move about equally far (Kingma and Ba 2015, algorithm 1)."""

    remembered = 2

    def __init__(self, network, decay=0.0, beta1=0.9, beta2=0.999, epsilon=1e-8):
        """Prepare to train a network."""
        super().__init__(network, decay)
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon

    def change(self, slopes, rate):
        """Divide the mean slope by the usual size of the slope, and go about ``rate`` far."""
        mean, square = self.memory
        mean += (1 - self.beta1) * (slopes - mean)
        square += (1 - self.beta2) * (np.square(slopes) - square)
        # Both running means start at 0, so they are too small at first. These factors correct that.
        mean_factor = 1 / (1 - self.beta1**self.steps)
        square_factor = 1 / (1 - self.beta2**self.steps)
        return -rate * mean_factor * mean / (np.sqrt(square * square_factor) + self.epsilon)


OPTIMISERS = {"descent": GradientDescent, "momentum": Momentum, "adam": Adam}
