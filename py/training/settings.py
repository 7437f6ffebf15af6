"""Settings of a training run: what can be chosen, in which range, and what is chosen by default."""

import json
import math
from typing import NamedTuple

from nn.activations import ACTIVATIONS
from nn.checks import OutOfRange, quoted
from nn.learning import COSTS
from nn.optimisers import OPTIMISERS

INPUTS, OUTPUTS = 784, 10

# A network to be trained from random weights has at most so many hidden layers, each with so many neurons.
HIDDEN_LAYERS, NEURONS = 3, 128

# The lowest and the highest value of each number.
RANGES = {
    "rate": (1e-6, 10.0),
    "batch": (1, 1024),
    "decay": (0.0, 1.0),
    "seed": (0, 2**31 - 1),
    "count": (100, 60_000),
}

# How fast each optimiser learns well, measured with 784-16-16-10 and batches of 64. A plain gradient is small
# behind sigmoids, so it needs a higher rate. Adam divides by the gradient's size.
RATES = {
    ("adam", "sigmoid"): 0.004,
    ("adam", "relu"): 0.004,
    ("momentum", "sigmoid"): 0.1,
    ("momentum", "relu"): 0.02,
    ("descent", "sigmoid"): 0.5,
    ("descent", "relu"): 0.15,
}

# Adam is the quickest to 95 % with batches of 32, and nearly as quick with 64, which take a third less time.
BATCH = 64


class Settings(NamedTuple):
    """What a run is told. ``read`` checks them.

    - ``shape``: the number of neurons in each layer, input first; ``activation``: of the hidden layers.
    - ``cost``, ``optimiser``: keys of COSTS and OPTIMISERS; ``rate``: the learning rate.
    - ``batch``: the images of a step; ``count``: how many of the training images to learn from.
    - ``decay``: the strength of L2 regularisation; ``augment``: whether to vary the images.
    - ``seed``: chooses the random weights, the order of the images and how they vary.
    """

    shape: tuple
    activation: str
    cost: str = "cross-entropy"
    optimiser: str = "adam"
    rate: float = RATES["adam", "sigmoid"]
    batch: int = BATCH
    decay: float = 0.0
    augment: bool = False
    seed: int = 1
    count: int = 60_000


def default(shape, activation):
    """Return the default Settings for a network."""
    return Settings(tuple(shape), activation, rate=default_rate("adam", activation))


def default_rate(optimiser, activation):
    """Return a learning rate that suits an optimiser and the activation of the hidden layers."""
    return RATES[optimiser, activation]


def read(text):
    """Read Settings from JSON text: an object with exactly their names.

    Raises ValueError for anything else. Its ``setting`` is the name of the one that is wrong, or "".
    """
    try:
        values = json.loads(text)
    except (TypeError, ValueError):
        values = None
    return read_values(values)


def read_values(values):
    """Check a dict of all settings: Settings. Raises as ``read`` does."""
    if not isinstance(values, dict) or values.keys() != set(Settings._fields):
        raise named(ValueError(f"settings are {quoted(values)}, expected an object of them"), "")
    return Settings(**{name: check(name, value) for name, value in values.items()})


def write(settings):
    """Return Settings as a dict that JSON can hold."""
    return settings._asdict() | {"shape": list(settings.shape)}


def check(name, value):
    """Check the value of a setting, and return it. Raises as ``read`` does."""
    try:
        return CHECKS[name](value)
    except ValueError as error:
        raise named(error, name) from None


def check_buildable(shape):
    """Refuse a shape that a run cannot begin with. Raises as ``read`` does."""
    hidden = shape[1:-1]
    if len(hidden) > HIDDEN_LAYERS:
        message = f"there are {len(hidden)} hidden layers, expected 0 to {HIDDEN_LAYERS}"
        raise named(OutOfRange(message, 0, HIDDEN_LAYERS), "shape")
    if max(hidden, default=0) > NEURONS:
        message = f"a hidden layer has {max(hidden)} neurons, expected 1 to {NEURONS}"
        raise named(OutOfRange(message, 1, NEURONS), "shape")


def named(error, setting):
    """Note in an error which setting is wrong."""
    error.setting = setting
    return error


def _shape(value):
    counts = value if isinstance(value, list | tuple) else ()
    if len(counts) < 2 or any(type(count) is not int for count in counts):
        raise ValueError(f"shape is {quoted(value)}, expected the neurons of two or more layers")
    if min(counts) < 1:
        raise OutOfRange(f"a layer has {min(counts)} neurons, expected 1 to {NEURONS}", 1, NEURONS)
    if (counts[0], counts[-1]) != (INPUTS, OUTPUTS):
        raise ValueError(
            f"shape is {quoted(value)}, expected {INPUTS} inputs and {OUTPUTS} outputs"
        )
    return tuple(counts)


def _one_of(known):
    def check(value):
        if not isinstance(value, str) or value not in known:
            raise ValueError(f"setting is {quoted(value)}, expected one of: {', '.join(known)}")
        return value

    return check


def _number(name, kind):
    low, high = RANGES[name]

    def check(value):
        if type(value) not in (int, kind) or not math.isfinite(value):
            raise ValueError(f"{name} is {quoted(value)}, expected a number")
        if not low <= value <= high:
            raise OutOfRange(f"{name} is {quoted(value)}, expected {low} to {high}", low, high)
        return kind(value)

    return check


def _flag(value):
    if type(value) is not bool:
        raise ValueError(f"augment is {quoted(value)}, expected true or false")
    return value


CHECKS = {
    "shape": _shape,
    "activation": _one_of(ACTIVATIONS),
    "cost": _one_of(COSTS),
    "optimiser": _one_of(OPTIMISERS),
    "rate": _number("rate", float),
    "batch": _number("batch", int),
    "decay": _number("decay", float),
    "augment": _flag,
    "seed": _number("seed", int),
    "count": _number("count", int),
}
