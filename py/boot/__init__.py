"""The Python half of getting started; the JavaScript half is in ``static/boot``. See ``docs/boot.md``."""
