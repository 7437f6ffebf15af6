"""Ten digits as a person draws them, written down by hand: trajectories for the tests' pens.

``DIGITS[d]`` is a list of strokes, each the points that the pen goes through in hundredths of the pad, x and
y in turn, y downwards. A point given twice is a corner. ``strokes(d)`` gives them as curves from 0 to 1.
"""

DIGITS = {
    0: [
        "56 9  38 11  24 29  19 54  26 80  45 93  65 88  79 68  81 42  73 20  58 9  50 10",
    ],
    1: ["55 7  54 30  51 60  48 94"],
    2: [
        "22 29  31 14  48 7  66 13  73 28  67 46  50 66  33 82  20 92  20 92  42 90  62 91  83 90",
    ],
    3: [
        "24 18  40 8  60 9  70 22  63 37  44 46  44 46  64 50  76 64  72 83  53 93  34 91  20 81",
    ],
    4: [
        "34 8  28 29  20 53  20 53  42 55  63 54  83 52",
        "68 12  66 40  64 68  62 95",
    ],
    5: [
        "32 11  30 28  28 45  28 45  43 40  61 43  73 57  73 75  60 89  42 93  24 86",
        "32 11  53 10  76 8",
    ],
    6: [
        "65 7  48 19  34 40  27 63  31 84  48 94  66 87  72 71  62 58  46 58  34 68  29 78",
    ],
    7: [
        "20 13  40 12  60 11  79 11  79 11  69 32  57 56  48 78  43 95",
        "37 53  54 52  72 50",
    ],
    8: [
        "71 21  56 8  36 12  31 29  47 45  66 60  73 78  58 93  38 90  29 74  38 58  57 43  70 30  71 20",
    ],
    9: [
        "70 25  58 10  40 10  29 25  33 42  50 48  65 39  71 23  71 23  70 46  67 70  61 95",
    ],
}


def smooth(points, steps):
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
            x, y = (_curve(t, *values) for values in zip(before, here, there, after, strict=True))
            path.append((x, y))
    return path


def strokes(digit, steps=2):
    """Give the strokes of a digit as lists of (x, y) from 0 to 1, y downwards."""
    # Each point is a frame for the browser: more of them make the tests slower, and no digit better.
    return [smooth(_points(stroke), steps) for stroke in DIGITS[digit]]


def _points(text):
    numbers = [int(number) / 100 for number in text.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _curve(t, a, b, c, d):
    return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
