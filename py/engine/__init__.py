"""The engine: everything that runs in the worker, where Python has NumPy.

``api`` is what the page may call. ``session`` holds what the engine remembers between two calls.
"""
