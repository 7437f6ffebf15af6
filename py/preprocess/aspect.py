"""Breadth: how much wider or narrower ink should be, from where its mass is.

Public: ``stretch``.

Some write narrow digits and some wide ones. Taking out a half of that difference is worth as much as taking
the slant out is worth after it (``weights/EXPERIMENTS.md``): to a network of sixteen neurons one 3 is
then more like another. All of it would turn a 1 into a blot, which is why there is a limit as well.
"""

import math

from preprocess import deslant

# Ink as high as it is wide by its standard deviations has 1; the mean of MNIST's digits and of those
# that people draw is about 1.35, and is left as it is.
USUAL = 1.35

# The share of the difference that is taken out, and the most by which ink is widened or narrowed.
SHARE, MOST = 0.5, math.exp(0.3)

# Ink no wider than this (variance, in pixels) is a line whose breadth is the pen's.
THIN = 0.3


def stretch(mass, shear=0.0):
    """Give the factor by which ink should become wider, within 1/MOST..MOST; 1 leaves it alone.

    mass: a ``deslant.Mass``; shear: the slope that is taken out of it before. Ink that is flat or not yet
    high is left alone as ``deslant.lean`` leaves it, for half a digit has any proportions.
    """
    believed = deslant.believe(mass)
    if not believed:
        return 1.0
    # The moments of sheared ink follow from those of the ink: there is no need to draw it.
    wide = mass.wide - 2 * shear * mass.across + shear * shear * mass.down
    narrow = math.log(max(mass.down, THIN) / max(wide, THIN)) / 2 - math.log(USUAL)
    return math.exp(believed * min(max(SHARE * narrow, -math.log(MOST)), math.log(MOST)))
