"""The axes of the charts: what they span, their ticks, and the labels of these.

Images seen and the cost have logarithmic axes. A run learns most from its first few thousand images and
goes on for millions, and its cost falls to a hundredth: on a linear axis all but the beginning would be flat.
"""

from math import ceil, floor, log10

# Where an axis begins and ends while there is nothing to show.
NO_IMAGES, NO_COST = (100.0, 100000.0), (0.1, 10.0)

# A cost outside these numbers tells nothing, and would leave no room for the others.
LEAST, MOST = 1e-6, 1e12

# Ticks within each power of ten, the closest first.
STEPS = ((1, 2, 5), (1, 3), (1,))

# The most ticks on the axis of the cost.
TICKS = 6


class Axis:
    """What one axis of a chart shows. ``ticks`` and ``labels`` belong together."""

    def __init__(self, low, high, log, ticks, labels):
        self.low = low
        self.high = high
        self.log = log
        self.ticks = ticks
        self.labels = labels

    @property
    def fields(self):
        """The axis as ``static/chart/chart.mjs`` takes it."""
        return self.__dict__


class Span:
    """What the points of a run span. It is told of each point once, for there are thousands."""

    def __init__(self):
        self._first = self._last = 0
        self._least, self._most = MOST, LEAST

    def add(self, points):
        """Take further points: (images, train_cost, test_cost, ...)."""
        for images, training, test, *_ in points:
            self._first = self._first or images
            self._last = images
            for cost in (training, test):
                if LEAST <= cost <= MOST:
                    self._least = min(self._least, cost)
                    self._most = max(self._most, cost)

    def images(self, most):
        """Return the axis of images seen, with so many ticks at most.

        What was measured before the first image has its place at the left end.
        """
        low, high = NO_IMAGES
        if self._first:
            low = _nice_below(self._first)
            high = max(self._last, 10 * low)
        ticks = log_ticks(low, high, most)
        return Axis(low, high, True, ticks, [_short(tick) for tick in ticks])

    def cost(self):
        """Return the axis of the cost, for training and test images."""
        low, high = NO_COST
        if self._least <= self._most:
            low, high = _nice_below(self._least), _nice_above(self._most)
            if low == high:
                low, high = _nice_below(low * 0.99), _nice_above(high * 1.01)
        ticks = log_ticks(low, high, TICKS)
        return Axis(low, high, True, ticks, ["%g" % tick for tick in ticks])


def accuracy():
    """Return the axis of the accuracy: always from nothing to everything."""
    ticks = [0, 0.25, 0.5, 0.75, 1]
    return Axis(0, 1, False, ticks, ["%d\u202f%%" % (100 * tick) for tick in ticks])


def log_ticks(low, high, most):
    """List round numbers from low to high, at most so many, as dense as that allows."""
    first, last = floor(log10(low) - 1e-9), ceil(log10(high) + 1e-9)
    for steps in STEPS:
        ticks = [step * 10.0**power for power in range(first, last + 1) for step in steps]
        ticks = [tick for tick in ticks if low * 0.999 <= tick <= high * 1.001]
        if len(ticks) <= most:
            return ticks
    # Every second power of ten, or every third, and so on.
    apart = (len(ticks) + most - 1) // most
    return [tick for at, tick in enumerate(ticks) if at % apart == 0]


def _nice_below(value):
    """Return the largest of 1, 2 and 5 times a power of ten that is no larger than a value."""
    power = 10.0 ** floor(log10(value))
    return max([step * power for step in (0.5, 1, 2, 5) if step * power <= value * 1.000001])


def _nice_above(value):
    """Return the smallest of 1, 2 and 5 times a power of ten that is no smaller than a value."""
    power = 10.0 ** floor(log10(value))
    return min([step * power for step in (1, 2, 5, 10, 20) if step * power >= value * 0.999999])


def _short(count):
    """Write a round number of images: "500", "20k", "1M"."""
    if count >= 1e6:
        return "%gM" % (count / 1e6)
    return "%gk" % (count / 1000) if count >= 1000 else "%g" % count
