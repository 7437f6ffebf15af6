"""Sides: one network beside another as SVG markup, written here because MicroPython would take too long.

Public: ``curve``, ``layers`` and ``spoken``. Pure functions of plain numbers.
"""

import numpy as np

from nn import activations

# Size of the curve in its own units, with room below for the numbers of its axis.
WIDTH, HEIGHT, BELOW = 360, 120, 22
STEPS = 64

# How far the curve's axis reaches to either side of 0: doubled as long as a neuron is beyond.
REACH = 8

# The circles of a hidden layer: so many in a line, and lines so far apart.
IN_LINE, LINE, RADIUS = 8, 46, 11


def curve(z, a, relu):
    """Draw max(0, z) or σ(z) from −reach to reach, and a dot for each neuron: its sum z, its activation a."""
    reach, furthest = REACH, max((abs(sum_) for sum_ in z), default=0)
    while furthest > reach:
        reach *= 2
    steps = np.linspace(-reach, reach, STEPS + 1)
    heights = (activations.relu if relu else activations.sigmoid)(steps)
    top, ground = (reach if relu else 1), HEIGHT - 6

    def place(z, a):
        return (z + reach) / (2 * reach) * WIDTH, ground - a / top * (ground - 6)

    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in map(place, steps, heights))
    dots = [
        f'<circle class="dot-on-curve" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        for x, y in map(place, z, a)
    ]
    labels = [
        f'<text x="{x}" y="{HEIGHT + 16}" text-anchor="{anchor}">{text}</text>'
        for x, anchor, text in (
            (0, "start", f"−{reach}"),
            (WIDTH / 2, "middle", "0"),
            (WIDTH, "end", f"{reach}"),
        )
    ]
    axes = f'<path class="axis" d="M0 {ground}H{WIDTH}M{WIDTH / 2} 0V{HEIGHT}"/>'
    return "".join([axes, f'<path class="curve" d="M{line}"/>', *dots, *labels])


def layers(sizes, a, digit):
    """Draw every layer after the input as circles filled by their activations, with the numbers below.

    sizes: neurons of each layer, input first; a: all activations but the input's; digit: the answer, or "".
    """
    parts, y, at = [], 0, 0
    for layer, size in enumerate(sizes[1:], 1):
        outputs = layer == len(sizes) - 1
        title = "outputs" if outputs else f"hidden layer {layer}"
        parts.append(f'<text class="which" x="0" y="{y + 12}">{title}</text>')
        in_line = size if outputs else IN_LINE
        pitch = WIDTH / in_line
        y += 34
        for index in range(size):
            line, place = divmod(index, in_line)
            at_x, at_y = pitch * (place + 0.5), y + LINE * line
            parts.append(_neuron(at_x, at_y, f"{layer}:{index}", a[at + index]))
            if outputs:
                won = " won" if digit == str(index) else ""
                spot = f'x="{at_x:.1f}" y="{at_y + 42}"'
                parts.append(f'<text class="digit{won}" {spot}>{index}</text>')
        at += size
        y += LINE * ((size - 1) // in_line) + 36
    return "".join(parts)


def spoken(sizes, a):
    """Say every activation, layer by layer."""
    said, at = [], 0
    for layer, size in enumerate(sizes[1:], 1):
        name = "Outputs 0 to 9" if layer == len(sizes) - 1 else f"Hidden layer {layer}"
        said.append(f"{name}: {', '.join(_number(value) for value in a[at : at + size])}.")
        at += size
    return " ".join(said)


def _neuron(x, y, name, a):
    """Write a neuron's circle, no brighter than white, and its number: a ReLU's may go beyond 1."""
    grey = round(min(max(a, 0.0), 1.0) * 255)
    kind = "value over" if a > 1 else "value"
    return (
        f'<circle data-of="{name}" data-a="{a:.4f}" cx="{x:.1f}" cy="{y}" r="{RADIUS}"'
        f' fill="rgb({grey},{grey},{grey})"/>'
        f'<text class="{kind}" x="{x:.1f}" y="{y + 24}">{_number(a)}</text>'
    )


def _number(value):
    """Write a number as the page does: two decimals, and a real minus."""
    text = f"{value:.2f}"
    return text.replace("-", "−") if text != "-0.00" else "0.00"
