"""The settings of a training run: defaults and ranges, as ``training/settings.py`` has them in the engine.

That module is fetched only when a run begins. ``tests/training/test_page_settings.py`` compares the two.
"""

# The lowest and the highest value of each number.
RANGES = {
    "rate": (1e-6, 10.0),
    "batch": (1, 1024),
    "decay": (0.0, 1.0),
    "seed": (0, 2**31 - 1),
    "count": (100, 60_000),
}

# The learning rate that suits an optimiser and the activation of the hidden layers.
RATES = {
    ("adam", "sigmoid"): 0.004,
    ("adam", "relu"): 0.004,
    ("momentum", "sigmoid"): 0.1,
    ("momentum", "relu"): 0.02,
    ("descent", "sigmoid"): 0.5,
    ("descent", "relu"): 0.15,
}

# What is chosen by default, but for the shape, the activation and the rate.
DEFAULTS = {
    "cost": "cross-entropy",
    "optimiser": "adam",
    "batch": 64,
    "decay": 0.0,
    "augment": False,
    "seed": 1,
    "count": 60_000,
}

# The engine can train at most so many hidden layers, each with so many neurons.
HIDDEN_LAYERS, NEURONS = 3, 128

# A device with so many gigabytes of memory or fewer learns from fewer images, unless told otherwise.
LITTLE_MEMORY, FEWER = 2, 20_000


def defaults(memory):
    """Return DEFAULTS for a device. memory: in gigabytes."""
    settings = dict(DEFAULTS)
    if memory <= LITTLE_MEMORY:
        settings["count"] = FEWER
    return settings


def default_rate(optimiser, activation):
    """Return a learning rate that suits an optimiser and an activation."""
    return RATES[optimiser, activation]
