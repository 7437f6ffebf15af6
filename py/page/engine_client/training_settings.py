"""The settings of a training run: their defaults and ranges, as the engine has them.

``tests/training/test_page_settings.py`` compares this with ``training/settings.py``. That module is in the
worker, and is fetched only when a run begins.
"""

# Of each number: the least and the largest.
RANGES = {
    "rate": (1e-5, 10),
    "batch": (1, 1024),
    "decay": (0, 1),
    "seed": (0, 999999),
    "count": (1000, 60000),
}

# What suits most, by optimiser and by the activation of the hidden layers.
RATES = {
    "adam": {"sigmoid": 0.01, "relu": 0.003},
    "momentum": {"sigmoid": 0.1, "relu": 0.03},
    "descent": {"sigmoid": 1.0, "relu": 0.1},
}

# A device with less memory than this, in gigabytes, learns from fewer images unless told otherwise.
LITTLE_MEMORY, FEWER = 2, 20000


def defaults(memory):
    """Return every setting but shape, activation and rate; memory: of the device, in gigabytes."""
    return {
        "cost": "cross-entropy",
        "optimiser": "adam",
        "batch": 128,
        "decay": 0.0,
        "augment": False,
        "seed": 1,
        "count": FEWER if memory <= LITTLE_MEMORY else RANGES["count"][1],
    }


def default_rate(optimiser, activation):
    """Return the learning rate that suits an optimiser and an activation."""
    return RATES[optimiser][activation]
