"""The activation function's curve with one neuron's point on it, as SVG markup.

Public: ``draw``. The curve is drawn over the weighted sum without its bias, so that the bias is what
moves it: a neuron with bias −10 asks for a sum of more than 10 (at 11:13).
"""

from math import exp

# Size of the drawing in its own units, and the margin below for the numbers of the axis.
WIDTH, HEIGHT, BELOW = 320.0, 120.0, 22.0

# How far the axis reaches at least, to either side of 0.
REACH = 8.0

STEPS = 64


def draw(z, bias, relu):
    """Draw the curve of σ(s + bias) or max(0, s + bias) over the sum s, and the point at s = z − bias."""
    total = z - bias
    reach = max(REACH, abs(total) * 1.15, abs(bias) * 1.15)
    top = 1.0 if not relu else max(1.0, reach + bias)

    def place(s):
        a = max(0.0, s + bias) if relu else _sigmoid(s + bias)
        x = (s + reach) / (2 * reach) * WIDTH
        return x, HEIGHT - min(a / top, 1.05) * (HEIGHT - 10)

    points = [place(-reach + 2 * reach * step / STEPS) for step in range(STEPS + 1)]
    line = "M" + "L".join(["%.1f %.1f" % point for point in points])
    x, y = place(total)
    threshold = place(-bias)[0]
    return (
        '<path class="axis" d="M0 %.1fH%.1fM%.1f 0V%.1f"/>' % (HEIGHT, WIDTH, WIDTH / 2, HEIGHT)
        + '<path class="threshold" d="M%.1f 0V%.1f"/>' % (threshold, HEIGHT)
        + '<path class="curve" d="%s"/>' % line
        + '<circle class="here" cx="%.1f" cy="%.1f" r="5"/>' % (x, y)
        + _label(0, "−%d" % round(reach), "start")
        + _label(WIDTH / 2, "0", "middle")
        + _label(WIDTH, "%d" % round(reach), "end")
    )


def _label(x, text, anchor):
    return '<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>' % (x, HEIGHT + 16, anchor, text)


def _sigmoid(z):
    return 1 / (1 + exp(-z)) if z > -80 else 0.0
