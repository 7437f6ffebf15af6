"""The diagram as SVG markup: one string, one crossing into the browser instead of thousands.

Public: ``board``, ``gap``, ``incoming``. Pure functions of a layout and a network.
"""

from page import edges


def board(plan, network, sources):
    """Write the whole diagram. sources: the pixels in the column."""
    shape = network.shape
    layers = range(len(shape))
    parts = ['<path class="bracket" d=""/>']
    for layer in layers[1:]:
        inner = gap(plan, network, layer, sources)
        parts.append('<g class="edges" data-gap="%d">%s</g>' % (layer, inner))
    parts.append('<g class="lit"></g>')
    parts.append(_labels(plan, shape))
    parts.append(_outputs(plan))
    for layer in layers:
        neurons = "".join(_neurons(plan, layer))
        parts.append('<g class="layer" data-layer="%d">%s</g>' % (layer, neurons))
    parts.append('<rect class="spot"/><text class="tip"/>')
    return "".join(parts)


def gap(plan, network, layer, sources):
    """Write all edges into a layer. sources: the pixels in the column, which stand for the input."""
    if not network.ready:
        return ""
    lines = []
    for index in range(network.shape[layer]):
        lines += incoming(plan, network, layer, index, sources)
    return edges.paths(lines, strongest(lines))


def incoming(plan, network, layer, index, sources):
    """List the edges into one neuron as (x1, y1, x2, y2, weight)."""
    x2, y2 = plan.layers[layer][index]
    if layer > 1:
        sources = range(network.shape[layer - 1])
    lines = []
    for at, source in enumerate(sources):
        x1, y1 = plan.layers[layer - 1][at]
        lines.append((x1, y1, x2, y2, network.weight(layer, index, source)))
    return lines


def strongest(lines):
    """Find the size of the largest weight among edges."""
    return max([abs(line[4]) for line in lines])


def _neurons(plan, layer):
    radius = plan.radii[layer]
    for index in range(len(plan.layers[layer])):
        x, y = plan.layers[layer][index]
        # One neuron is in the order of Tab; the arrow keys go on from there.
        tab = "0" if (layer, index) == (1, 0) else "-1"
        yield (
            '<g class="neuron" role="button" aria-label="" tabindex="%s" data-neuron="%d:%d" '
            'data-activation="0.000000" transform="translate(%.1f %.1f)">'
            '<circle class="ring" r="%.1f"/><circle class="light" r="%.1f" fill="#000"/></g>'
            % (tab, layer, index, x, y, radius + 4, radius)
        )


def _labels(plan, shape):
    """Write each layer's size beside it, the dots of the column, and room for what the column shows."""
    texts = []
    for layer in range(len(shape)):
        x, y = plan.layers[layer][0]
        at = (x, 14) if plan.across else (max(0, min(x, plan.dots[0][0]) - 60), y + 4)
        texts.append('<text class="size" x="%.1f" y="%.1f">%d</text>' % (at + (shape[layer],)))
    across, down = (0, 4.5) if plan.across else (4.5, 0)
    for name, (x, y) in zip(("before", "between", "after"), plan.dots):
        for step in (-1, 0, 1):
            spot = (name, x + step * across, y + step * down)
            texts.append('<circle class="dot %s" cx="%.1f" cy="%.1f" r="1.3"/>' % spot)
    left, top, side = plan.picture
    if plan.across:
        title = '<text class="title" x="%.1f" y="%.1f">%d pixels, each a neuron</text>'
        texts.append(title % (left, top - 34, shape[0]))
        texts.append(
            '<text class="scale" x="%.1f" y="%.1f">0 black … 1 white</text>' % (left, top - 14)
        )
    beside = (plan.dots[2][0] - 10, plan.layers[0][0][1] - 18)
    at = (left, top + side + 24) if plan.across else beside
    texts.append('<text class="which" x="%.1f" y="%.1f"/>' % at)
    return '<g class="labels" aria-hidden="true">%s</g>' % "".join(texts)


def _outputs(plan):
    """Write digit, bar and value of every output, and the frame that goes round the winner."""
    parts = ['<rect class="winner" rx="8"/>']
    for index in range(len(plan.layers[-1])):
        x, y = plan.layers[-1][index]
        if plan.across:
            track = (x + 54, y - 2, plan.width - 48 - (x + 54))
            parts.append('<text class="digit" x="%.1f" y="%.1f">%d</text>' % (x + 34, y + 7, index))
            parts.append(
                '<rect class="track" x="%.1f" y="%.1f" width="%.1f" height="4" rx="2"/>' % track
            )
            parts.append(
                '<rect class="bar" x="%.1f" y="%.1f" width="%.1f" height="4" rx="2"/>' % track
            )
            at = (plan.width - 8, y + 5)
        else:
            parts.append('<text class="digit" x="%.1f" y="%.1f">%d</text>' % (x, y + 30, index))
            at = (x, y + 44)
        parts.append('<text class="output-value" x="%.1f" y="%.1f">–</text>' % at)
    return '<g class="outputs" aria-hidden="true">%s</g>' % "".join(parts)
