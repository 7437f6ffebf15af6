"""Stands in for NumPy's compiled linear algebra until somebody uses it.

`numpy` imports that module at its start. It is a quarter of NumPy's bytes here, and the network needs none
of it. Its first use fetches the real module with the rest of NumPy (`py/boot/on_demand.py`).
"""

import importlib
import sys


def __getattr__(name):
    """Return an attribute of the real module."""
    if name.startswith("__"):
        raise AttributeError(name)
    from boot.on_demand import unpack_for

    del sys.modules[__name__]
    try:
        unpack_for(f"{__name__}.{name}")
        real = importlib.import_module(__name__)  # a compiled module comes before this one
    except ImportError:
        sys.modules[__name__] = this
        raise
    globals().update(vars(real))
    return getattr(real, name)


this = sys.modules[__name__]
