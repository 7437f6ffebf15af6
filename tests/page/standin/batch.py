"""Stands in for the module that writes to many elements at once: there are none here."""


def put(elements, name, lines):
    """Refuse: no test in this folder has elements."""
    raise OSError("there are no elements")


write = number = put
