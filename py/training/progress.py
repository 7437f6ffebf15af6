"""The progress of a run: running means of cost and accuracy, and the points and marks of a chart."""

import math
from collections import deque
from typing import NamedTuple

# Training cost and accuracy are means over the last so many images.
WINDOW = 4_000

# A point comes at least this many images after the one before, and later after this share of them all. Points
# at which the test images were read may be closer. A run to its end has at most about 600 points.
SPACING, GROWTH = 4_000, 0.03
TEST_SPACING, TEST_GROWTH = 1_000, 0.015

# More marks than this cannot be told apart. The latest are kept.
MARKS = 100

UNKNOWN = math.nan


class Point(NamedTuple):
    """A point of the chart. What was not measured is NaN."""

    images: float
    train_cost: float
    test_cost: float
    train_accuracy: float
    test_accuracy: float


class Mark(NamedTuple):
    """Something that happened at a moment: ``code`` is the name of a setting, "edited" or "rewound"."""

    images: int
    code: str
    value: object


class Progress:
    """What a run's chart shows: ``points`` and ``marks``, both oldest first."""

    def __init__(self, points=(), marks=()):
        self.points = [Point(*point) for point in points]
        self.marks = [Mark(*mark) for mark in marks]
        self._recent = deque()
        self._images = self._right = 0
        self._tested = self._last_tested()

    @property
    def cost(self):
        """The mean training cost of the last WINDOW images, each before it was learned from; or NaN."""
        if not self._images:
            return UNKNOWN
        return math.fsum(cost * size for cost, _, size in self._recent) / self._images

    @property
    def accuracy(self):
        """The share of the last WINDOW images that was read correctly before it was learned from; or NaN."""
        return self._right / self._images if self._images else UNKNOWN

    def note(self, cost, right, size):
        """Note a step: the mean cost of its batch, how many were right, and of how many."""
        self._recent.append((cost, right, size))
        self._images += size
        self._right += right
        while self._images - self._recent[0][2] >= WINDOW:
            _, right, size = self._recent.popleft()
            self._images -= size
            self._right -= right

    def stepped(self, images):
        """Add a point to the chart after a step, if the last one is far enough away."""
        last = self.points[-1].images if self.points else 0
        if images >= last + max(SPACING, GROWTH * images):
            self._add(images, UNKNOWN, UNKNOWN)

    def measured(self, images, cost, accuracy):
        """Add a point with what was measured on test images, if the last such point is far enough away."""
        if images >= self._tested + max(TEST_SPACING, TEST_GROWTH * images):
            self._tested = images
            self._add(images, cost, accuracy)

    def _add(self, images, cost, accuracy):
        self.points.append(Point(images, self.cost, cost, self.accuracy, accuracy))

    def mark(self, images, code, value=None):
        """Add a mark to the chart."""
        self.marks = [*self.marks, Mark(images, code, value)][-MARKS:]

    def cut(self, images):
        """Forget what came after a moment."""
        self.points = [point for point in self.points if point.images <= images]
        self.marks = [mark for mark in self.marks if mark.images <= images]
        self._recent.clear()
        self._images = self._right = 0
        self._tested = self._last_tested()

    def _last_tested(self):
        return max((p.images for p in self.points if p.test_accuracy >= 0), default=-math.inf)
