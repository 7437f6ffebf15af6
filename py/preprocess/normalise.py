"""Turn a drawing into the network's input, the way MNIST's digits were made.

MNIST's digits were scaled to fit a box of 20×20, keeping their proportions, then placed in 28×28 by their
centre of mass (LeCun, Cortes, Burges: "The MNIST database"). Here ink is also deslanted, and its aspect ratio
is brought nearer to the mean.

All of this is geometry: one affine transform from the drawing to the image. The ink is rasterised only after
that, so the size and resolution of the drawing make no difference.
"""

from typing import NamedTuple

import numpy as np

from preprocess import affine, aspect, deslant, despeckle, image, parts, rasterise, strokes

# The image is 28×28 (at 3:03) and its ink 20 at the longest. MNIST's box holds every pixel with any ink at
# all, so the pen's width and its soft edge have to fit in as well.
SIZE = 28
BOX = 20

# Where the centre of mass goes, in both directions. The middle of the image is 13.5, but the mean of MNIST's
# digits is 14.0.
CENTRE = 14.0


class Normalised(NamedTuple):
    """The network's input for one drawing, and the transform that made it.

    ``pixels`` is float32 (28, 28), ``[row, column]``, 0 black to 1 white. ``transform`` and ``centred`` are
    float64 2×3 matrices from the drawing's (x, y) to the image's (x is the column, y the row, pixel centres
    at whole numbers). ``transform`` is the one that was used; ``centred`` only boxes and centres, without
    straightening. ``shear`` is the slope that was removed, or 0. ``stretch`` is the factor by which the ink
    was then widened, or 1. ``ink`` is False for a blank drawing: its pixels are 0 and both transforms None.
    ``strokes`` counts the long strokes (see ``strokes.count_long``), or is 1 for a lone one; an image has
    none. ``apart`` tells of strokes in two parts, side by side, as two digits at once are (see ``parts``).
    """

    pixels: np.ndarray
    centred: np.ndarray | None = None
    transform: np.ndarray | None = None
    shear: float = 0.0
    stretch: float = 1.0
    ink: bool = True
    strokes: int = 0
    apart: bool = False

    @property
    def column(self):
        """Flatten the pixels into one column, row after row: float32 (784, 1), at 3:14."""
        return self.pixels.reshape(-1, 1)


def from_strokes(drawing, straighten=True, width=rasterise.WIDTH):
    """Normalise strokes: Normalised.

    drawing: a sequence of strokes, (n, 2) arrays of x and y with y downwards, in any unit; ``strokes.check``
    raises ValueError for anything else. Specks are removed. straighten: whether to deslant the ink and even
    out its aspect ratio. width: the pen's, in pixels of the image. Equal strokes always give equal bits.
    """
    ink = strokes.check(drawing)
    if ink is None:
        return _blank()
    ink = despeckle.remove_specks(ink)
    starts, ends = ink.segments

    def draw(transform):
        start, end = affine.apply(transform, starts), affine.apply(transform, ends)
        return rasterise.draw(start, end, SIZE, width)

    boxed = _normalise(ink.points, rasterise.reach(width), draw, straighten)
    result = boxed._replace(
        centred=affine.compose(boxed.centred, ink.unit),
        transform=affine.compose(boxed.transform, ink.unit),
        strokes=1,
    )
    if len(ink.begins) == 1:
        return result  # every point of it has an answer while it is drawn, and should have it soon
    placed = strokes.Strokes(
        affine.apply(boxed.transform, ink.points), ink.joined, result.transform
    )
    return result._replace(strokes=strokes.count_long(placed), apart=parts.are_apart(placed))


def from_image(drawing, straighten=True):
    """Normalise a greyscale image: Normalised.

    drawing: (height, width), 0 (background) to 1 (ink); the drawing's x is the column and y the row. A pixel
    counts as ink if it is brighter than ``image.FAINT``. Raises ValueError as ``image.check`` does.
    """
    pixels = image.check(drawing)
    corners = image.corners(pixels)
    if not len(corners):
        return _blank()

    def draw(transform):
        source = pixels
        # Bilinear sampling reads four pixels, so in a large image it would miss the rest.
        while np.abs(transform[:, :2]).max() <= 0.5:
            source = image.halve(source)
            transform = affine.compose(transform, affine.inverse(image.HALVING))
        return image.resample(source[None], transform[None], SIZE)[0]

    return _normalise(corners, 0.0, draw, straighten)


def _blank():
    return Normalised(np.zeros((SIZE, SIZE), np.float32), ink=False)


def _normalise(points, reach, draw, straighten):
    """Find the transform for ink at these points, which extends ``reach`` pixels of the image beyond them.

    draw(transform) renders the ink. Moments are taken from the rendered ink, not from the strokes, so that
    going over a line twice does not pull the centre towards it.
    """
    boxed = _box(points, reach)
    moments = deslant.moments(draw(boxed))
    centred = _centre(boxed, moments)
    shear = deslant.slope(moments) if straighten else 0.0
    stretch = aspect.stretch(moments, shear) if straighten else 1.0
    if not shear and stretch == 1:
        return Normalised(draw(centred), centred, centred)
    sheared = affine.compose(affine.shearing(shear, moments.y), boxed)
    sheared[0] *= stretch
    boxed = affine.compose(_box(affine.apply(sheared, points), reach), sheared)
    transform = _centre(boxed, deslant.moments(draw(boxed)))
    return Normalised(draw(transform), centred, transform, shear, stretch)


def _box(points, reach):
    """Fit the points into the box in the middle of the image, so that nothing is cut off."""
    low, high = points.min(axis=0), points.max(axis=0)
    side = (high - low).max()
    factor = (BOX - 2 * reach) / side if side else 1.0
    x, y = (SIZE - 1) / 2 - factor * (low + high) / 2
    return np.array([[factor, 0.0, x], [0.0, factor, y]])


def _centre(boxed, moments):
    return affine.compose(affine.translation(CENTRE - moments.x, CENTRE - moments.y), boxed)
