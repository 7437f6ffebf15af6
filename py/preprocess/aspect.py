"""Even out the aspect ratio of ink, which differs between narrow and wide handwriting.

Removing half of that difference, after deslanting, is worth as much as the deslanting itself
(``weights/EXPERIMENTS.md``): to a network of sixteen neurons, any two 3s then look more alike. Removing all
of it would turn a 1 into a blot, which is also why the correction is limited.
"""

import math

from preprocess import deslant

# Aspect ratio: the standard deviation of the ink's height over that of its width. This is the mean of both
# MNIST's digits and those that people draw. Ink with this ratio is left as it is.
MEAN_ASPECT = 1.35

# The share of the difference that is removed, and the largest factor by which ink is widened or narrowed.
CORRECTION, MAX_STRETCH = 0.5, math.exp(0.3)

# Ink with a smaller variance, in square pixels, is a line whose width is only the pen's.
MIN_VARIANCE = 0.3


def stretch(moments, shear=0.0):
    """Compute the factor by which to widen ink, within 1/MAX_STRETCH..MAX_STRETCH. 1 changes nothing.

    moments: ``deslant.Moments``; shear: the slope that is removed first. The correction fades in with the
    ink's height, as in ``deslant.slope``, because half a digit can have any proportions.
    """
    confidence = deslant.confidence(moments)
    if not confidence:
        return 1.0
    # The moments of sheared ink follow from those of the ink, so there is no need to draw it.
    xx = moments.xx - 2 * shear * moments.xy + shear * shear * moments.yy
    aspect = math.log(max(moments.yy, MIN_VARIANCE) / max(xx, MIN_VARIANCE)) / 2
    correction = CORRECTION * (aspect - math.log(MEAN_ASPECT))
    limit = math.log(MAX_STRETCH)
    return math.exp(confidence * min(max(correction, -limit), limit))
