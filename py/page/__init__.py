"""The page: everything that is seen and touched, in MicroPython on the main thread.

One ``state`` between the modules, one render pass from it (``main``), one module for each thing on the
page. Views read the state and never call each other. What the network computes comes from the worker
(``worker``); nothing here does arithmetic on 784 numbers. See CONTRIBUTING for what MicroPython lacks.
"""
