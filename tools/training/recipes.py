"""Recipes: the networks that are shipped, and how each is made.

Public: ``Recipe``, ``RECIPES`` by name, and ``plain`` and ``quick`` ones.
"""

from typing import NamedTuple

# Of every batch: MNIST's pictures, drawings by pen, and what is no digit. Without pen data the others
# have its share as well. Small networks cannot have all; these know more of what a visitor does.
DRAWN = (("mnist", 0.5), ("pens", 0.38), ("negatives", 0.12))
EVEN = (("mnist", 0.58), ("pens", 0.32), ("negatives", 0.1))


class Recipe(NamedTuple):
    """How one network is made. `smooth` and `sparse` are for the first layer's pictures.

    ``seeds`` are those of the networks trained, of which validation chooses one. Weights are averaged
    over the part of the training after ``average_from``.
    """

    hidden: tuple
    activation: str
    seeds: tuple = (1,)
    steps: int = 25_000
    batch: int = 1024
    rate: float = 0.03
    decay: float = 0.0
    smooth: float = 1e-5
    sparse: float = 3e-6
    average_from: float = 0.8
    shares: tuple = EVEN

    @property
    def shape(self):
        """Count the neurons of each layer, input first."""
        return (784, *self.hidden, 10)

    @property
    def name(self):
        """Name the network by its shape and its hidden neurons' function."""
        return "-".join(map(str, self.shape)) + f"-{self.activation}"


RECIPES = {
    recipe.name: recipe
    for recipe in (
        Recipe((16, 16), "sigmoid", (1, 2, 3, 4), decay=0.02, shares=DRAWN),
        Recipe((16, 16), "relu", (1, 2, 3, 4), decay=0.05, shares=DRAWN),
        Recipe((), "sigmoid", steps=10_000),
        Recipe((16,), "sigmoid", steps=20_000, smooth=3e-5, sparse=1e-5),
        Recipe((32, 32), "relu", (1, 2), rate=0.015),
        Recipe((64, 32), "relu", (1,), rate=0.01),
    )
}


def quick(recipe):
    """Shorten a recipe to a few seconds, to see that everything works."""
    return recipe._replace(seeds=recipe.seeds[:1], steps=300)


def plain(recipe):
    """Leave out what makes the first layer's pictures worth looking at, to see what it does."""
    return recipe._replace(smooth=0.0, sparse=0.0, seeds=recipe.seeds[:1], steps=10_000)
