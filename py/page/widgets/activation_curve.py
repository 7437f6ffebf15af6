"""The curve of an activation function as SVG markup, with a dot for each neuron on it.

The drawing is ``width`` by 142 units: use that as the ``viewBox``.
"""

from math import exp

# The curve's own width and height. The numbers of the axis are written below it.
WIDTH, HEIGHT = 320.0, 120.0

# Room above the largest activation.
HEADROOM = 10.0

# How far the axis reaches at least, to either side of 0.
REACH = 8.0

STEPS = 64

# The last curve of each kind. While somebody draws on the pad, only the dots move.
_drawn = {}


def draw(sums, relu, width=WIDTH):
    """Draw σ or ReLU, and a dot at each of the weighted sums."""
    reach = reach_of(sums)
    dot = '<circle class="dot-on-curve" cx="%.1f" cy="%.1f" r="4"/>'
    dots = [dot % _place(s, relu, reach, width, 0.0) for s in sums]
    return _curve(relu, reach, width) + "".join(dots)


def draw_neuron(z, bias, relu):
    """Draw σ(s + bias), or max(0, s + bias), over the sum s without the bias, and a dot at s = z − bias.

    So the bias is what moves the curve: a neuron with bias −10 needs a sum of more than 10 (at 11:13). A line
    marks that threshold.
    """
    total = z - bias
    reach = max(REACH, abs(total) * 1.15, abs(bias) * 1.15)
    threshold = '<path class="threshold" d="M%.1f 0V%.1f"/>' % (
        _place(-bias, relu, reach, WIDTH, bias)[0],
        HEIGHT,
    )
    dot = '<circle class="here" cx="%.1f" cy="%.1f" r="5"/>'
    here = dot % _place(total, relu, reach, WIDTH, bias)
    return _curve(relu, reach, WIDTH, bias, threshold) + here


def reach_of(sums):
    """Choose how far the axis reaches: REACH, doubled until every sum is on it."""
    reach, furthest = REACH, max([abs(s) for s in sums] or [0.0])
    while furthest > reach:
        reach *= 2
    return reach


def _curve(relu, reach, width, bias=0.0, behind=""):
    """Draw the axes, the curve and the numbers below; ``behind`` is drawn between axes and curve."""
    kind, shown = (relu, width), (reach, bias, behind)
    if kind not in _drawn or _drawn[kind][0] != shown:
        _drawn[kind] = (shown, _draw_curve(relu, reach, width, bias, behind))
    return _drawn[kind][1]


def _draw_curve(relu, reach, width, bias, behind):
    places = [
        _place(-reach + 2 * reach * step / STEPS, relu, reach, width, bias)
        for step in range(STEPS + 1)
    ]
    axes = (HEIGHT, width, width / 2, HEIGHT)
    return (
        '<path class="axis" d="M0 %.1fH%.1fM%.1f 0V%.1f"/>' % axes
        + behind
        + '<path class="curve" d="M%s"/>' % "L".join(["%.1f %.1f" % place for place in places])
        + _label(0, "−%d" % round(reach), "start")
        + _label(width / 2, "0", "middle")
        + _label(width, "%d" % round(reach), "end")
    )


def _place(s, relu, reach, width, bias):
    """Find where on the drawing the activation for a sum is."""
    z = s + bias
    share = max(0.0, z) / max(1.0, reach + bias) if relu else _sigmoid(z)
    return (s + reach) / (2 * reach) * width, HEIGHT - min(share, 1.05) * (HEIGHT - HEADROOM)


def _sigmoid(z):
    return 1 / (1 + exp(-z)) if z > -80 else 0.0


def _label(x, text, anchor):
    return '<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>' % (x, HEIGHT + 16, anchor, text)
