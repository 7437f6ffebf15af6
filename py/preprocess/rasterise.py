"""Rasterise straight segments of ink, with smooth edges, into a small image."""

import numpy as np

# In pixels of an image whose digit is 20 high. This is 0.11 of the digit, about as thick as MNIST's strokes.
WIDTH = 2.2

# Segments are drawn in chunks, so that a scribble of any length needs little memory.
SEGMENTS_AT_ONCE = 4096

# A segment shorter than this, in pixels, is a dot: its direction would be rounding error.
DOT = 1e-6


def reach(width):
    """Say how far from its middle a pen leaves any ink: half its width plus half a pixel of soft edge."""
    return width / 2 + 0.5


def draw(starts, ends, size, width=WIDTH):
    """Draw segments: how much of each pixel the pen covers.

    starts, ends: float64 (n, 2), x and y in pixels, pixel centres at whole numbers. size: height and width of
    the image. Returns float32 (size, size), ``[row, column]``, within 0..1. A pixel whose centre is d from
    the nearest segment gets width/2 + 1/2 − d, clipped to 0..1. Ink outside the image is cut off.
    """
    nearest = np.full(size * size, np.inf, np.float32)
    # A pen with this reach and a segment no longer than `longest` touch at most window × window pixels.
    # Visiting only those is thirty times less work than visiting all 784.
    window = min(int(np.ceil(2 * reach(width))) + 1, size)
    longest = max(window - 2 * reach(width), 0.5)
    starts, steps = _cut(starts, ends - starts, longest)
    for begin in range(0, len(starts), SEGMENTS_AT_ONCE):
        chunk = slice(begin, begin + SEGMENTS_AT_ONCE)
        _approach(nearest, starts[chunk], steps[chunk], size, window, reach(width))
    return np.clip(np.float32(reach(width)) - np.sqrt(nearest), 0, 1).reshape(size, size)


def _cut(starts, steps, longest):
    """Cut segments into equal parts, at most `longest` long: their starts, and the steps to their ends."""
    counts = np.ceil(np.hypot(steps[:, 0], steps[:, 1]) / longest).astype(np.intp)
    if counts.max(initial=0) <= 1:
        return starts, steps
    counts = np.maximum(counts, 1)
    steps = np.repeat(steps / counts[:, None], counts, axis=0)
    part = np.arange(len(steps)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(starts, counts, axis=0) + part[:, None] * steps, steps


def _approach(nearest, starts, steps, size, window, far):
    """Lower `nearest`, the squared distance of every pixel to the ink so far, to include these segments."""
    # The axes are (row, column, segment): NumPy is fast only along a long last axis.
    (start_x, start_y), (step_x, step_y) = starts.T, steps.T
    left = np.clip(np.ceil(np.minimum(start_x, start_x + step_x) - far), 0, size - window)
    top = np.clip(np.ceil(np.minimum(start_y, start_y + step_y) - far), 0, size - window)
    cells = np.arange(window)[:, None]
    x, y = left - start_x + cells, top - start_y + cells
    squares = step_x * step_x + step_y * step_y
    squares[squares < DOT**2] = np.inf

    # t runs from 0 at a segment's start to 1 at its end. Distances within a window are small, so float32
    # has enough digits.
    across, down = x * (step_x / squares), y * (step_y / squares)
    t = down.astype(np.float32)[:, None] + across.astype(np.float32)
    np.clip(t, 0, 1, out=t)
    distances = np.square(x.astype(np.float32) - t * step_x.astype(np.float32))
    distances += np.square(y.astype(np.float32)[:, None] - t * step_y.astype(np.float32))

    first = (top * size + left).astype(np.intp)
    pixels = first + (cells * size)[:, None] + cells
    np.minimum.at(nearest, pixels.ravel(), distances.ravel())
