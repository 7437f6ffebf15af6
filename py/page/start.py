"""The first of the page's Python: makes its modules importable, and starts it."""

from bundle import lay_out

with open("page.json") as file:
    lay_out(file.read())

import page.main  # noqa: F401, it was not there before
