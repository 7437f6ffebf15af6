"""The Python half of the start; the JavaScript half is in ``static/boot``. See ``docs/boot.md``."""
