"""Stands in for PyScript's border to JavaScript, as MicroPython crosses it by itself."""


def create_proxy(function):
    """Return the function: MicroPython's glue wraps it where JavaScript takes it."""
    return function


def to_js(value):
    """Return the value: MicroPython's glue converts it where JavaScript takes it."""
    return value
