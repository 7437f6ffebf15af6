"""Pixels: from what somebody drew to the 784 numbers, the way MNIST's were made.

Public: ``from_strokes``, ``from_picture``, ``Seen``, and the sizes ``SIZE``, ``BOX`` and ``MIDDLE``.

MNIST's digits were scaled to fit a box of 20×20, keeping their proportions, and put into 28×28 by
their centre of mass (LeCun, Cortes, Burges: "The MNIST database"). Here the ink's slant is taken out
as well, and narrow and wide writing brought nearer to each other. All of it is geometry, one affine
map from drawing to picture, so that the size of the drawing, the screen and its pixels cannot matter;
only then is a pen put to it.
"""

from typing import NamedTuple

import numpy as np

from preprocess import affine, aspect, deslant, despeckle, image, rasterise, strokes

# The picture is 28×28 (at 3:03), its ink 20 at the longest: MNIST's box is counted in pixels with any
# ink at all, so the pen's width and its soft edge have to fit in as well.
SIZE = 28
BOX = 20

# Where the centre of mass goes, in both directions. The picture's own middle is 13.5, but MNIST's
# digits have theirs at 14.0 in the mean.
MIDDLE = 14.0


class Seen(NamedTuple):
    """What the network sees of a drawing, and the road there.

    ``pixels`` is float32 (28, 28), ``[row, column]``, 0 black to 1 white. ``centred`` and ``seen`` are
    float64 2×3 maps from the drawing's (x, y) to the picture's (x is the column, y the row, pixel
    centres at whole numbers): ``centred`` is boxed and centred but not straightened, ``seen`` is the
    whole road. ``shear`` is the slope that was taken out, 0 where none was, and ``stretch`` the factor by
    which ink then became wider, 1 where it did not. Without ink the pixels are all 0 and both maps None.
    """

    pixels: np.ndarray
    centred: np.ndarray | None = None
    seen: np.ndarray | None = None
    shear: float = 0.0
    stretch: float = 1.0
    ink: bool = True

    @property
    def column(self):
        """Stand the pixels in one column, row after row: float32 (784, 1), at 3:14."""
        return self.pixels.reshape(-1, 1)


def from_strokes(drawing, straighten=True, width=rasterise.WIDTH):
    """Draw strokes as the network sees them: Seen.

    drawing: a sequence of strokes, (n, 2) arrays of x and y with y downwards, in any unit; see
    ``strokes.check``, which raises ValueError. Specks beside the ink are left out. width: the pen's, in
    pixels of the picture. The same strokes always give the same bits.
    """
    ink = strokes.check(drawing)
    if ink is None:
        return _blank()
    ink = despeckle.sweep(ink)
    starts, ends = ink.segments

    def draw(road):
        return rasterise.draw(affine.apply(road, starts), affine.apply(road, ends), SIZE, width)

    seen = _travel(ink.points, rasterise.reach(width), draw, straighten)
    return seen._replace(
        centred=affine.after(seen.centred, ink.unit), seen=affine.after(seen.seen, ink.unit)
    )


def from_picture(drawing, straighten=True):
    """Take a grey picture along the same road: Seen.

    drawing: (height, width), 0 ground to 1 ink; a drawing's x is then the column and y the row. Raises
    ValueError as ``image.check`` does. A pixel is ink if it is brighter than ``image.FAINT``.
    """
    pixels = image.check(drawing)
    corners = image.corners(pixels)
    if not len(corners):
        return _blank()

    def draw(road):
        shown = pixels
        # Bilinear sampling looks at four pixels; of a large picture it would miss the rest.
        while np.abs(road[:, :2]).max() <= 0.5:
            shown = image.halve(shown)
            road = affine.after(road, affine.inverse(image.HALVING))
        return image.resample(shown[None], road[None], SIZE)[0]

    return _travel(corners, 0.0, draw, straighten)


def _blank():
    return Seen(np.zeros((SIZE, SIZE), np.float32), ink=False)


def _travel(points, reach, draw, straighten):
    """Find the way for ink around these points, which reaches a little further in the picture.

    draw makes a picture of the ink under a map. The ink is weighed as drawn, not as strokes, so that
    going over a line twice does not pull the centre to it.
    """
    boxed = _box(points, reach)
    mass = deslant.weigh(draw(boxed))
    centred = _centre(boxed, mass)
    shear = deslant.lean(mass) if straighten else 0.0
    stretch = aspect.stretch(mass, shear) if straighten else 1.0
    if not shear and stretch == 1:
        return Seen(draw(centred), centred, centred)
    sheared = affine.after(affine.shearing(shear, mass.y), boxed)
    sheared[0] *= stretch
    boxed = affine.after(_box(affine.apply(sheared, points), reach), sheared)
    seen = _centre(boxed, deslant.weigh(draw(boxed)))
    return Seen(draw(seen), centred, seen, shear, stretch)


def _box(points, reach):
    """Map points into the box, proportions kept, in the middle of the picture: none is cut off."""
    low, high = points.min(axis=0), points.max(axis=0)
    side = (high - low).max()
    factor = (BOX - 2 * reach) / side if side else 1.0
    x, y = (SIZE - 1) / 2 - factor * (low + high) / 2
    return np.array([[factor, 0.0, x], [0.0, factor, y]])


def _centre(boxed, mass):
    return affine.after(affine.moving(MIDDLE - mass.x, MIDDLE - mass.y), boxed)
