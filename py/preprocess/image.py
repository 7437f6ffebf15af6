"""Greyscale images of ink: check, halve and resample them."""

import numpy as np

from preprocess import affine

# A pixel that is no brighter than this is background, not ink.
FAINT = 0.02

# The transform from an image's coordinates to those of the image that ``halve`` makes of it.
HALVING = affine.compose(affine.scaling(0.5), affine.translation(-0.5, -0.5))


def check(image):
    """Convert an image to float32 (height, width), each pixel from 0 (background) to 1 (ink).

    Raises ValueError for another number of dimensions, for no pixels, and for anything but numbers in 0..1.
    """
    try:
        pixels = np.asarray(image)
    except (TypeError, ValueError) as error:
        raise ValueError(f"image is not a grid of numbers: {error}") from error
    if pixels.ndim != 2 or pixels.size == 0 or pixels.dtype.kind not in "biuf":
        raise ValueError(
            f"image has shape {pixels.shape} of {pixels.dtype}, expected rows and columns of numbers"
        )
    wrong = np.argwhere(~((pixels >= 0) & (pixels <= 1)))
    if len(wrong):
        row, column = wrong[0]
        raise ValueError(
            f"image has {pixels[row, column]} at row {row}, column {column}, expected 0 to 1"
        )
    return pixels.astype(np.float32)


def corners(pixels):
    """List the corners of every ink pixel: float64 (4 n, 2), x and y, pixel centres at whole numbers."""
    y, x = np.nonzero(pixels > FAINT)
    centres = np.column_stack([x, y]).astype(np.float64)
    offsets = [(-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)]
    return np.concatenate([centres + offset for offset in offsets])


def halve(pixels):
    """Halve an image's height and width. Each new pixel is the mean of four."""
    height, width = pixels.shape
    even = np.pad(pixels, ((0, height % 2), (0, width % 2)))
    return even.reshape(even.shape[0] // 2, 2, even.shape[1] // 2, 2).mean(axis=(1, 3))


def resample(images, transforms, size):
    """Transform n images of one shape, each by its own matrix, into images of size × size.

    images: float32 (n, height, width); transforms: (n, 2, 3), from old coordinates to new ones. Returns
    float32 (n, size, size). Interpolation is bilinear, and everything outside the old image is 0.
    """
    count, height, width = images.shape
    back = affine.inverse(np.asarray(transforms, np.float64)).astype(np.float32)[..., None, None]
    row, column = np.mgrid[:size, :size].astype(np.float32)
    x = back[:, 0, 0] * column + back[:, 0, 1] * row + back[:, 0, 2]
    y = back[:, 1, 0] * column + back[:, 1, 1] * row + back[:, 1, 2]

    # A border of two zeros, which is as far out as coordinates are clipped, gives every pixel neighbours.
    padded = np.zeros((count, height + 4, width + 4), np.float32)
    padded[:, 2:-2, 2:-2] = images
    np.clip(x, -2, width, out=x)
    np.clip(y, -2, height, out=y)
    left, top = np.floor(x), np.floor(y)
    x -= left
    y -= top
    begins = np.arange(count).reshape(-1, 1, 1) * ((height + 4) * (width + 4))
    at = begins + ((top + 2) * (width + 4) + (left + 2)).astype(np.intp)
    padded = padded.ravel()
    upper = padded[at] * (1 - x) + padded[at + 1] * x
    below = at + (width + 4)
    lower = padded[below] * (1 - x) + padded[below + 1] * x
    return upper * (1 - y) + lower * y
