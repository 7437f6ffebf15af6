"""The page: everything that people see and touch, in MicroPython on the main thread.

``app`` makes one ``state`` and renders every view from it. Views read the state and never call each other.
NumPy runs in the worker: ``engine_client`` asks it. CONTRIBUTING lists what MicroPython lacks.
"""
