"""What comes in from outside, one module for each kind: how to make any of it, and what is promised of it.

Public: ``TARGETS``, all of them by name. ``tests/fuzz`` tries a few hundred cases of each, the same ones
every time; ``tools/fuzz.py`` as many as somebody has the patience for.
"""

from targets import cards, console, digits, idx, strokes, turns, weights

TARGETS = {
    target.name: target
    for target in (
        strokes.TARGET,
        weights.TARGET,
        idx.TARGET,
        digits.TARGET,
        cards.TARGET,
        turns.TARGET,
        console.TARGET,
    )
}
