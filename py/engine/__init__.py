"""The engine: everything that runs in the worker, where Python has NumPy.

A function becomes available to the page by ``@offered`` above it (see ``offer``). ``api`` exports all of
them, and is the only module that knows JavaScript's values. ``session`` holds what the engine remembers.
"""
