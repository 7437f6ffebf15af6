"""Stands in for NumPy's linear algebra in what is served, until somebody uses it.

`numpy` imports it at its start, it is a quarter of all that NumPy weighs here, and this network needs none
of it. At the first use the real module is fetched with the rest of NumPy (`py/boot/on_demand.py`).
"""

import importlib
import sys


def __getattr__(name):
    """Return an attribute of the real module, whatever it is."""
    if name.startswith("__"):
        raise AttributeError(name)
    from boot.on_demand import unpack_for

    del sys.modules[__name__]
    try:
        unpack_for(f"{__name__}.{name}")
        real = importlib.import_module(__name__)  # what is compiled goes before what is not
    except ImportError:
        sys.modules[__name__] = this
        raise
    globals().update(vars(real))
    return getattr(real, name)


this = sys.modules[__name__]
