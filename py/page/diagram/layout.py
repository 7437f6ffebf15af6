"""Where everything on the board is: the network drawn from left to right, or downwards on a phone.

Pure geometry, in CSS pixels from the board's top left corner. Layer 0 is the column of shown pixels.
"""

# The side of the input image in pixels, and how many of a row are unrolled into the column.
PIXELS = 28
SHOWN = 12

# From this width in CSS pixels, a board a little higher than wide still runs from left to right. It is the
# board's width, not the window's: the breakpoints of static/style/breakpoints.css say nothing of it.
WIDE_BOARD = 680

# The least room above the input image on a wide board, for the line of layer sizes.
LINE = 24.0

# How many neurons of a layer are drawn: all, if they can be LEAST apart. There is room for ALWAYS on every
# board. Of more than MOST, one could no longer tell the edges.
ALWAYS, MOST = 16, 32
LEAST = 20.0


class Layout:
    """The geometry of one board. All points are (x, y) tuples of floats."""

    def __init__(self, across, width, height, picture, layers, radii, folds, dots, pitch, grow=1.0):
        self.across = across  # whether the signal runs from left to right
        self.width = width
        self.height = height
        self.picture = picture  # left, top, side
        self.layers = layers  # layers[l][i], the centre of a circle
        self.radii = radii  # radii[l]
        self.folds = folds  # folds[l], the two places where a layer leaves neurons out, or None
        self.dots = dots  # the three places where the column leaves pixels out
        self.pitch = pitch  # pitch[l], from one neuron of a layer to the next
        self.grow = grow  # how much larger the text is than on a laptop

    def nearest(self, x, y, reach):
        """Find the neuron nearest to a point as (layer, index), or None if it is beyond reach."""
        best, found = reach * reach, None
        for layer in range(len(self.layers)):
            # A layer is a straight line, so most layers can be ruled out at once.
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
        """Find the pixel under a point as (row, column), or None outside the input image."""
        left, top, side = self.picture
        column, row = int((x - left) * PIXELS // side), int((y - top) * PIXELS // side)
        inside = 0 <= column < PIXELS and 0 <= row < PIXELS
        return (row, column) if inside else None

    def frame(self, winner):
        """Return the frame round an output and its text: left, top, width, height."""
        x, y = self.layers[-1][winner]
        pitch, radius = self.pitch[-1], self.radii[-1]
        if self.across:
            left, height = x - radius - 7, min(pitch - 2, 2 * radius + 16)
            return left, y - height / 2, self.width - left, height
        return x - pitch / 2 + 0.5, y - 18 * self.grow, pitch - 1, 68 * self.grow

    def cell(self, pixel):
        """Return the frame of a pixel, given by its index in the input: left, top, width, height."""
        left, top, side = self.picture
        cell = side / PIXELS
        row, column = pixel // PIXELS, pixel % PIXELS
        return left + column * cell - 1, top + row * cell - 1, cell + 2, cell + 2

    def bracket(self, row):
        """Draw what joins a row of the input image to the column: the row's frame and two curves."""
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
            curves = [
                "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f"
                % (start, middle, bend, middle, bend, y, end, y)
                for _, y in ends
            ]
        else:
            # First down along the image: there is text beside it.
            starts, low, end = (left - 2, left + side + 2), top + side + 2, first[1] - reach
            bend = (low + end) / 2
            curves = [
                "M%.1f %.1fV%.1fC%.1f %.1f %.1f %.1f %.1f %.1f"
                % (start, y + cell + 1, low, start, bend, x, bend, x, end)
                for start, (x, _) in zip(starts, ends)
            ]
        return frame + "".join(curves)


def choose(width, height, shape, top=0.0):
    """Lay out a network of this shape on a board of this size: wide if there is room, else tall.

    top: where the input image should begin, level with the pad beside the board.
    """
    across = width > height * (0.9 if width >= WIDE_BOARD else 1.15)
    return (wide if across else tall)(width, height, shape, top)


def wide(width, height, shape, top=0.0):
    """Lay out from left to right: input image, column, hidden layers, outputs and their bars."""
    # A projector has room for larger text than a laptop.
    grow = min(max(min(height / 760, width / 1050), 1.0), 1.6)
    top = max(top, LINE)
    room = height - top - 6
    pitch = min(48.0 * grow, room / (ALWAYS - 0.28))
    span = pitch * (ALWAYS - 0.28)
    middle = top + span / 2 + 1
    sizes = _places(shape, span)
    output = min(58.0 * grow, pitch * ALWAYS * 0.083)
    pitches = [min(pitch, span / (size - 0.28)) for size in sizes[:-1]] + [output]
    radii = [min(0.36 * pitch, 16.0 * grow) for pitch in pitches[:-1]]
    radii.append(min(0.36 * output, 18.0 * grow))
    side = min(0.28 * width, 0.6 * room)
    first = 2 + side + min(76.0 * grow, 0.09 * width) + radii[0]
    last = width - min(152.0 * grow, max(96.0, 0.155 * width)) - radii[-1]
    layers = []
    for layer in range(len(sizes)):
        x = first + (last - first) * layer / (len(sizes) - 1)
        places = _spread(middle, sizes[layer], pitches[layer])
        layers.append([(x, y) for y in places])
    column, dots = _part(layers[0])
    layers, folds = _fold([column] + layers[1:], shape)
    picture = (2.0, top, side)
    return Layout(True, width, height, picture, layers, radii, folds, dots, pitches, grow)


def tall(width, height, shape, top=0.0):
    """Lay out downwards: input image, the row of shown pixels, hidden layers, outputs with their digits."""
    grow = min(max(min(height / 760, width / 520), 1.0), 1.6)
    margin = 30.0 * grow
    top = max(top, 2.0)
    sizes = _places(shape, width - margin)
    rows = len(sizes)
    side = min(width * 0.5, max(112.0, (height - top) * 0.31))
    first, last = top + side + 38 * grow, height - 46 * grow
    layers, radii, pitches = [], [], []
    for layer in range(rows):
        y = first + (last - first) * layer / (rows - 1)
        outputs = layer == rows - 1
        pitch = min(grow * (36.0 if outputs else 30.0), (width - margin) / sizes[layer])
        places = _spread(margin + (width - margin) / 2, sizes[layer], pitch)
        layers.append([(x, y) for x in places])
        radii.append(min(12.0 * grow, pitch * 0.38))
        pitches.append(pitch)
    column, dots = _part(layers[0])
    layers, folds = _fold([column] + layers[1:], shape)
    picture = (2.0, top, side)
    return Layout(False, width, height, picture, layers, radii, folds, dots, pitches, grow)


def _places(shape, room):
    """Count the places of each layer. Those of the input are the column's."""
    fitting = max(ALWAYS, min(MOST, int(room / LEAST)))
    return [SHOWN + 3] + [min(size, fitting) for size in shape[1:]]


def _spread(middle, count, pitch):
    """Place ``count`` things at this pitch around a middle."""
    start = middle - pitch * (count - 1) / 2
    return [start + pitch * index for index in range(count)]


def _part(places):
    """Split the column's places: those for neurons, and three for dots, at both ends and in the middle."""
    middle = len(places) // 2
    dots = [places[0], places[middle], places[-1]]
    neurons = places[1:middle] + places[middle + 1 : -1]
    return neurons, dots


def _fold(layers, shape):
    """Give up the first and the last place of each layer that has more neurons than places."""
    folds = [
        (places[0], places[-1]) if layer and len(places) < shape[layer] else None
        for layer, places in enumerate(layers)
    ]
    layers = [places[1:-1] if fold else places for places, fold in zip(layers, folds)]
    return layers, folds
