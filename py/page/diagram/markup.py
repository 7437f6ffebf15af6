"""The diagram as SVG markup: one string needs one call into the browser instead of thousands."""


def board(plan, shape):
    """Write the whole diagram except for its edges, which ``edge_layer`` draws."""
    layers = range(len(shape))
    parts = ['<path class="bracket" d=""/>']
    gaps = ['<g class="edges" data-gap="%d"></g>' % layer for layer in layers[1:]]
    parts.append('<g class="still">%s</g>' % "".join(gaps))
    parts.append('<g class="lit"></g>')
    parts.append(_labels(plan, shape))
    parts.append(_outputs(plan))
    parts.append(_folds(plan))
    for layer in layers:
        neurons = "".join(_neurons(plan, layer))
        parts.append('<g class="layer" data-layer="%d">%s</g>' % (layer, neurons))
    parts.append('<rect class="spot"/><text class="tip"/>')
    return "".join(parts)


def _neurons(plan, layer):
    radius = plan.radii[layer]
    for index in range(len(plan.layers[layer])):
        x, y = plan.layers[layer][index]
        # Tab stops at one neuron; the arrow keys move on from there.
        tab = "0" if (layer, index) == (1, 0) else "-1"
        yield (
            '<g class="neuron" role="button" aria-label="" tabindex="%s" data-neuron="%d:%d" '
            'data-activation="0.000000" transform="translate(%.1f %.1f)">'
            '<circle class="ring" r="%.1f"/><circle class="light" r="%.1f" fill="#000"/></g>'
            % (tab, layer, index, x, y, radius + 4, radius)
        )


def _labels(plan, shape):
    """Write the size of each layer, and the dots of the column."""
    texts = []
    for layer in range(len(shape)):
        x, y = plan.layers[layer][0]
        at = (x, plan.picture[1] - 13) if plan.across else (0, y + 4 * plan.grow)
        texts.append('<text class="size" x="%.1f" y="%.1f">%d</text>' % (at + (shape[layer],)))
    across, down = (0, 4.5) if plan.across else (4.5, 0)
    for name, (x, y) in zip(("before", "between", "after"), plan.dots):
        for step in (-1, 0, 1):
            spot = (name, x + step * across, y + step * down)
            texts.append('<circle class="dot %s" cx="%.1f" cy="%.1f" r="1.3"/>' % spot)
    return '<g class="labels" aria-hidden="true">%s</g>' % "".join(texts)


def _folds(plan):
    """Write the dots at both ends of each folded layer, which show the neurons that are left out there."""
    parts = []
    across = plan.across
    dots = [
        '<circle class="dot" %s="%.1f" r="1.3"/>' % ("cy" if across else "cx", at)
        for at in (-4.5, 0, 4.5)
    ]
    for layer, ends in enumerate(plan.folds):
        for turn, (x, y) in zip((-1, 1), ends or ()):
            beside = (9 * plan.grow, 4 * plan.grow) if across else (6 * turn, 24 * plan.grow)
            parts.append(
                '<g class="fold" role="button" data-fold="%d" data-turn="%d" '
                'transform="translate(%.1f %.1f)">'
                % (layer, turn, x, y)
                + "".join(dots)
                + '<text x="%.1f" y="%.1f"></text></g>' % beside
            )
    return "".join(parts)


def _outputs(plan):
    """Write the digit, bar and value of every output, and the frame for the winner."""
    parts = ['<rect class="winner" rx="8"/>']
    radius, grow = plan.radii[-1], plan.grow
    size = 13 * grow if plan.across else min(10.4 * grow, 0.37 * plan.pitch[-1])
    for index in range(len(plan.layers[-1])):
        x, y = plan.layers[-1][index]
        if plan.across:
            start = x + radius + 30 * grow
            track = (start, y - 2, plan.width - 8 - 40 * grow - start)
            at = (x + radius + 15 * grow, y + 7 * grow, index)
            parts.append('<text class="digit" x="%.1f" y="%.1f">%d</text>' % at)
            parts.append(
                '<rect class="track" x="%.1f" y="%.1f" width="%.1f" height="4" rx="2"/>' % track
            )
            parts.append(
                '<rect class="bar" x="%.1f" y="%.1f" width="0" height="4" rx="2"/>' % track[:2]
            )
            at = (plan.width - 8, y + 5 * grow)
        else:
            parts.append(
                '<text class="digit" x="%.1f" y="%.1f">%d</text>' % (x, y + 30 * grow, index)
            )
            at = (x, y + 44 * grow)
        value = '<text class="output-value" font-size="%.1f" x="%.1f" y="%.1f">–</text>'
        parts.append(value % ((size,) + at))
    return '<g class="outputs" aria-hidden="true">%s</g>' % "".join(parts)
