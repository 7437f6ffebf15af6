"""Ten digits as a person draws them, written down by hand: trajectories for the tests' pens.

``DIGITS[d]`` is a list of strokes, a stroke a list of (x, y) from 0 to 1, y downwards, in the order that
the pen takes them. ``smooth`` puts a curve through such points. A point given twice is a corner.
"""

DIGITS = {
    0: [
        [(0.56, 0.09), (0.38, 0.11), (0.24, 0.29), (0.19, 0.54), (0.26, 0.80), (0.45, 0.93)]
        + [(0.65, 0.88), (0.79, 0.68), (0.81, 0.42), (0.73, 0.20), (0.58, 0.09), (0.50, 0.10)]
    ],
    1: [[(0.55, 0.07), (0.54, 0.30), (0.51, 0.60), (0.48, 0.94)]],
    2: [
        [(0.22, 0.29), (0.31, 0.14), (0.48, 0.07), (0.66, 0.13), (0.73, 0.28), (0.67, 0.46)]
        + [
            (0.50, 0.66),
            (0.33, 0.82),
            (0.20, 0.92),
            (0.20, 0.92),
            (0.42, 0.90),
            (0.62, 0.91),
            (0.83, 0.90),
        ]
    ],
    3: [
        [
            (0.24, 0.18),
            (0.40, 0.08),
            (0.60, 0.09),
            (0.70, 0.22),
            (0.63, 0.37),
            (0.44, 0.46),
            (0.44, 0.46),
        ]
        + [(0.64, 0.50), (0.76, 0.64), (0.72, 0.83), (0.53, 0.93), (0.34, 0.91), (0.20, 0.81)]
    ],
    4: [
        [
            (0.34, 0.08),
            (0.28, 0.29),
            (0.20, 0.53),
            (0.20, 0.53),
            (0.42, 0.55),
            (0.63, 0.54),
            (0.83, 0.52),
        ],
        [(0.68, 0.12), (0.66, 0.40), (0.64, 0.68), (0.62, 0.95)],
    ],
    5: [
        [(0.32, 0.11), (0.30, 0.28), (0.28, 0.45), (0.28, 0.45), (0.43, 0.40), (0.61, 0.43)]
        + [(0.73, 0.57), (0.73, 0.75), (0.60, 0.89), (0.42, 0.93), (0.24, 0.86)],
        [(0.32, 0.11), (0.53, 0.10), (0.76, 0.08)],
    ],
    6: [
        [(0.65, 0.07), (0.48, 0.19), (0.34, 0.40), (0.27, 0.63), (0.31, 0.84), (0.48, 0.94)]
        + [(0.66, 0.87), (0.72, 0.71), (0.62, 0.58), (0.46, 0.58), (0.34, 0.68), (0.29, 0.78)]
    ],
    7: [
        [(0.20, 0.13), (0.40, 0.12), (0.60, 0.11), (0.79, 0.11), (0.79, 0.11), (0.69, 0.32)]
        + [(0.57, 0.56), (0.48, 0.78), (0.43, 0.95)],
        [(0.37, 0.53), (0.54, 0.52), (0.72, 0.50)],
    ],
    8: [
        [(0.71, 0.21), (0.56, 0.08), (0.36, 0.12), (0.31, 0.29), (0.47, 0.45), (0.66, 0.60)]
        + [
            (0.73, 0.78),
            (0.58, 0.93),
            (0.38, 0.90),
            (0.29, 0.74),
            (0.38, 0.58),
            (0.57, 0.43),
            (0.70, 0.30),
        ]
        + [(0.71, 0.20)]
    ],
    9: [
        [(0.70, 0.25), (0.58, 0.10), (0.40, 0.10), (0.29, 0.25), (0.33, 0.42), (0.50, 0.48)]
        + [(0.65, 0.39), (0.71, 0.23), (0.71, 0.23), (0.70, 0.46), (0.67, 0.70), (0.61, 0.95)]
    ],
}


def smooth(points, steps=5):
    """Put a Catmull-Rom curve through points, so many steps from one to the next."""
    path = [points[0]]
    for i in range(len(points) - 1):
        here, there = points[i], points[i + 1]
        if here == there:
            continue
        # At a corner the curve ends and another begins: it must not swing round.
        before = points[i - 1] if i and points[i - 1] != here else here
        after = points[i + 2] if i + 2 < len(points) and points[i + 2] != there else there
        for step in range(1, steps + 1):
            t = step / steps
            path.append(tuple(map(lambda *p: _curve(t, *p), before, here, there, after)))
    return path


def strokes(digit, steps=5):
    """Give the smooth strokes of a digit."""
    return [smooth(stroke, steps) for stroke in DIGITS[digit]]


def _curve(t, a, b, c, d):
    return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
