"""Where everything on the board is: the network drawn from left to right, or downwards on a phone.

Public: ``Layout``, ``wide``, ``tall``, ``choose``, ``SHOWN`` and ``PIXELS``. Pure geometry in CSS pixels
from the board's top left corner; layer 0 is the column of shown pixels.
"""

# The picture's side in pixel neurons, and how many of a row's are unrolled into the column.
PIXELS = 28
SHOWN = 12

# Below this width, in CSS pixels, the network runs downwards.
WIDE_FROM = 680


class Layout:
    """The geometry of one board. All points are (x, y) tuples of floats."""

    def __init__(self, across, width, height, picture, layers, radii, dots, pitch):
        self.across = across  # whether the signal runs from left to right
        self.width = width
        self.height = height
        self.picture = picture  # left, top, side
        self.layers = layers  # layers[l][i], the middle of a neuron
        self.radii = radii  # radii[l]
        self.dots = dots  # the middles of the three places where the column leaves pixels out
        self.pitch = pitch  # pitch[l], the distance of two neurons of a layer

    def nearest(self, x, y, reach):
        """Find the neuron nearest to a point as (layer, index), or None if it is beyond reach."""
        best, found = reach * reach, None
        for layer in range(len(self.layers)):
            # All of a layer are in one line: most layers are out of reach at once.
            first = self.layers[layer][0]
            if abs(first[0] - x if self.across else first[1] - y) > reach:
                continue
            for index in range(len(self.layers[layer])):
                nx, ny = self.layers[layer][index]
                distance = (nx - x) * (nx - x) + (ny - y) * (ny - y)
                if distance < best:
                    best, found = distance, (layer, index)
        return found

    def pixel(self, x, y):
        """Find the pixel neuron under a point as (row, column), or None beside the picture."""
        left, top, side = self.picture
        column, row = int((x - left) * PIXELS // side), int((y - top) * PIXELS // side)
        inside = 0 <= column < PIXELS and 0 <= row < PIXELS
        return (row, column) if inside else None

    def frame(self, winner):
        """Put a frame round an output and what is written about it: left, top, width, height."""
        x, y = self.layers[-1][winner]
        pitch = self.pitch[-1]
        if self.across:
            return x - 22, y - pitch / 2 + 1, self.width - x + 22, pitch - 2
        return x - pitch / 2 + 0.5, y - 18, pitch - 1, 68

    def cell(self, pixel):
        """Frame a pixel of the picture, by its index in the input: left, top, width, height."""
        left, top, side = self.picture
        cell = side / PIXELS
        row, column = pixel // PIXELS, pixel % PIXELS
        return left + column * cell - 1, top + row * cell - 1, cell + 2, cell + 2

    def bracket(self, row):
        """Draw what joins a row of the picture to the column: the row's frame and two curves."""
        left, top, side = self.picture
        cell = side / PIXELS
        y = top + row * cell
        frame = "M%.1f %.1fh%.1fv%.1fh%.1fz" % (left - 2, y - 1, side + 4, cell + 2, -side - 4)
        first = self.layers[0][0]
        reach = self.radii[0] + 6
        middle = y + cell / 2
        ends = (self.dots[0], self.dots[2])
        if self.across:
            start, end = left + side + 3, first[0] - reach
            bend = (start + end) / 2
            points = [(start, middle, bend, middle, bend, y, end, y) for _, y in ends]
        else:
            starts, top = (left - 3, left + side + 3), first[1] - reach
            points = [
                (start, middle, x, middle, x, middle, x, top) for start, (x, _) in zip(starts, ends)
            ]
        curves = ["M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f" % bent for bent in points]
        return frame + "".join(curves)


def choose(width, height, shape):
    """Lay a network of this shape out on a board of this size: wide if there is room, else tall."""
    return wide(width, height, shape) if width >= WIDE_FROM else tall(width, height, shape)


def wide(width, height, shape):
    """From left to right: the picture, the column, hidden layers, the ten outputs and their bars."""
    # A projector has room for larger circles than a laptop.
    grow = min(max(min(height / 620, width / 980), 1.0), 1.4)
    side = min(252.0 * grow, width * 0.24)
    first, last = side + 74, width - 168
    middle = height / 2 + 8
    sizes = [SHOWN + 3] + list(shape[1:])
    usable = height - 56
    layers, radii, pitches = [], [], []
    for layer in range(len(sizes)):
        x = first + (last - first) * layer / (len(sizes) - 1)
        outputs = layer == len(sizes) - 1
        pitch = min(grow * (46.0 if outputs else 34.0), usable / sizes[layer])
        places = _spread(middle, sizes[layer], pitch)
        layers.append([(x, y) for y in places])
        radii.append(min(grow * (14.0 if outputs else 11.5), pitch * 0.36))
        pitches.append(pitch)
    column, dots = _part(layers[0])
    layers[0] = column
    return Layout(True, width, height, (2.0, middle - side / 2, side), layers, radii, dots, pitches)


def tall(width, height, shape):
    """Downwards: the picture, the row of shown pixels, hidden layers, the outputs with their digits."""
    margin = 30.0
    sizes = [SHOWN + 3] + list(shape[1:])
    rows = len(sizes)
    side = min(width * 0.5, max(112.0, height * 0.31))
    left = (width - side) / 2
    first, last = side + 34, height - 46
    layers, radii, pitches = [], [], []
    for layer in range(rows):
        y = first + (last - first) * layer / (rows - 1)
        outputs = layer == rows - 1
        pitch = min(36.0 if outputs else 30.0, (width - margin) / sizes[layer])
        places = _spread(margin + (width - margin) / 2, sizes[layer], pitch)
        layers.append([(x, y) for x in places])
        radii.append(min(12.0, pitch * 0.38))
        pitches.append(pitch)
    column, dots = _part(layers[0])
    layers[0] = column
    return Layout(False, width, height, (left, 2.0, side), layers, radii, dots, pitches)


def _spread(middle, count, pitch):
    """Place so many things at this pitch around a middle."""
    start = middle - pitch * (count - 1) / 2
    return [start + pitch * index for index in range(count)]


def _part(places):
    """Part the column's places into those for neurons and the three for dots: ends and middle."""
    middle = len(places) // 2
    dots = [places[0], places[middle], places[-1]]
    neurons = places[1:middle] + places[middle + 1 : -1]
    return neurons, dots
