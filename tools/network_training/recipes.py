"""The recipes of the networks that are shipped: how each one is trained."""

from typing import NamedTuple

# The shares of each batch: MNIST's images, pen drawings, negatives, and people's characters that are no
# digits. Without pens or characters the others take their share as well. The smallest networks cannot learn
# everything; DRAWN favours what visitors draw.
DRAWN = (
    ("mnist", 0.41),
    ("pens", 0.36),
    ("shapes", 0.02),
    ("negatives", 0.09),
    ("characters", 0.12),
)
EVEN = (
    ("mnist", 0.52),
    ("pens", 0.3),
    ("shapes", 0.02),
    ("negatives", 0.07),
    ("characters", 0.09),
)

# The best six of thirty seeds, when these were trained with other shares and fewer signs.
SIGMOID, RELU = (21, 23, 12, 27, 18, 5), (9, 5, 21, 25, 4, 30)


class Recipe(NamedTuple):
    """How one network is trained.

    The hidden layers are ``begin`` wide at first, and lose neurons during the part of the training that
    ``narrowing`` gives (``narrowing.py``). ``smooth`` and ``sparse`` regularise the first layer's weights,
    seen as images. One network is trained for each of ``seeds``, and validation chooses among them. The final
    weights are the mean over the part of the training after ``average_from``. ``unsure`` is the share of
    validation digits that shall get no answer (``selection.py``), or None to leave it as training made it.
    ``teacher`` names a larger network, whose outputs count as much as the labels.
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
    begin: tuple = ()
    narrowing: tuple = (0.25, 0.55)
    unsure: float | None = None
    teacher: str = ""

    @property
    def shape(self):
        """The number of neurons in each layer, input first."""
        return (784, *self.hidden, 10)

    @property
    def name(self):
        """The network's name: its shape, and the activation function of its hidden layers."""
        return "-".join(map(str, self.shape)) + f"-{self.activation}"


SMALL = Recipe(
    (16, 16),
    "",
    (),
    steps=20_000,
    shares=DRAWN,
    begin=(32, 32),
    unsure=0.025,
    teacher="784-64-32-10-relu",
)

RECIPES = {
    recipe.name: recipe
    for recipe in (
        # The teacher of others comes first.
        Recipe((64, 32), "relu", (3,), rate=0.01, unsure=0.015),
        SMALL._replace(activation="sigmoid", seeds=SIGMOID, decay=0.02),
        SMALL._replace(activation="relu", seeds=RELU, decay=0.05, unsure=0.022),
        Recipe((), "sigmoid", steps=10_000),
        Recipe((16,), "sigmoid", steps=20_000, smooth=3e-5, sparse=1e-5),
        Recipe((32, 32), "relu", (1,), rate=0.015, unsure=0.02),
    )
}


def quick(recipe):
    """Shorten a recipe to a few seconds, to check that everything works."""
    return recipe._replace(seeds=recipe.seeds[:1], steps=300)


def plain(recipe):
    """Remove the regularisation of the first layer, to see what it does."""
    return recipe._replace(smooth=0.0, sparse=0.0, seeds=recipe.seeds[:1], steps=10_000)
