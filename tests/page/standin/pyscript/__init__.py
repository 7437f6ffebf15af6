"""Stands in for PyScript: what the page takes from it, without a browser behind it."""

from js import document, window

__all__ = ["document", "window"]
