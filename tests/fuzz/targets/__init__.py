"""Fuzz targets, one module for each kind of input from outside: how to make cases, and what must hold.

``tests/fuzz`` tries a few hundred fixed cases of each target. ``tools/fuzz.py`` tries as many as you like.
"""

from targets import cards, console, digits, edits, idx, slices, strokes, weights

TARGETS = {
    target.name: target
    for target in (
        strokes.TARGET,
        weights.TARGET,
        idx.TARGET,
        digits.TARGET,
        slices.TARGET,
        cards.TARGET,
        edits.TARGET,
        console.TARGET,
    )
}
