"""A choice of one layer of the network, as radio buttons."""


def choices(name, shape, chosen):
    """Write a radio button for each layer after the input. name: that of the group; chosen: a layer."""
    last = len(shape) - 1
    texts = ["hidden %d" % layer for layer in range(1, last)] + ["output"]
    return "".join(
        [
            '<label><input type="radio" name="%s" value="%d"%s><span>%s</span></label>'
            % (name, layer, " checked" if layer == chosen else "", text)
            for layer, text in enumerate(texts, 1)
        ]
    )
