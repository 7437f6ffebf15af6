"""Stands in for PyScript: what the page takes from it, without a browser behind it."""
