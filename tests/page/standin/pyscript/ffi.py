"""Stands in for PyScript's border to JavaScript: MicroPython's own, which PyScript uses, too."""

from jsffi import create_proxy, to_js

__all__ = ["create_proxy", "to_js"]
