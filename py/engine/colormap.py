"""The colour map: numbers as the bytes of an image, made here because loops are slow in MicroPython.

Every function returns uint8 (n·4,): red, green, blue and alpha of each pixel.
"""

import numpy as np

# The video's blue for positive and red for negative, on black for nothing.
POSITIVE = np.array([0x58, 0xC4, 0xDD], np.float32)
NEGATIVE = np.array([0xFC, 0x62, 0x55], np.float32)


def grey(values):
    """Colour activations, from 0 for black to 1 for white."""
    return _image(np.clip(values, 0, 1).reshape(-1, 1) * np.float32([255, 255, 255]))


def signed(values, scale):
    """Colour weights or products: black at 0, full colour at ±scale and beyond."""
    share = np.clip(values.reshape(-1, 1) / (scale or 1), -1, 1)
    return _image(np.where(share > 0, share * POSITIVE, -share * NEGATIVE))


def ink(values):
    """Colour ink for the pad, uint8: white, transparent where there is none."""
    image = np.full((values.size, 4), 255, np.uint8)
    image[:, 3] = values.ravel()
    return image.ravel()


def _image(colours):
    image = np.full((len(colours), 4), 255, np.uint8)
    image[:, :3] = np.rint(colours)
    return image.ravel()
