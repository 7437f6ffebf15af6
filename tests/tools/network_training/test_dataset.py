"""Datasets: they know what the page's verdict depends on, also when joined and when cached."""

import numpy as np
import pytest

from network_training.dataset import Cache, Dataset, collect, joined
from nn import scoring
from preprocess.normalise import from_image, from_strokes

BARS = [[(0, y), (100, y)] for y in (0, 50, 100)]
PAIR = [[(0, 0), (0, 100)], [(60, 0), (60, 100)]]


@pytest.fixture
def drawn():
    """Three bars, two lines side by side, and one line."""
    return collect(
        (from_strokes(one), label) for one, label in ((BARS, -1), (PAIR, 4), (BARS[:1], 1))
    )


def test_inputs_are_collected_with_what_their_strokes_tell(drawn):
    assert drawn.labels.tolist() == [-1, 4, 1]
    assert drawn.strokes.tolist() == [3, 2, 1]
    assert drawn.apart.tolist() == [False, True, False]
    assert drawn.least.tolist() == [scoring.SURE, np.inf, scoring.CONVINCING]
    brightest = from_strokes(BARS).pixels.max()
    assert drawn.rows.dtype == np.uint8
    assert drawn.rows[0].max() == round(255 * brightest)


def test_images_join_drawings(drawn):
    """An image has no strokes, and needs no list of them."""
    images = Dataset(np.full((2, 784), 7, np.uint8), np.array([0, 1]))
    assert images.least.tolist() == [scoring.CONVINCING] * 2
    both = joined([images, drawn])
    assert both.labels.tolist() == [0, 1, -1, 4, 1]
    assert both.strokes.tolist() == [0, 0, 3, 2, 1]
    assert both.apart.tolist() == [False, False, False, True, False]
    assert np.array_equal(both.rows, np.concatenate([images.rows, drawn.rows]))
    assert collect([(from_image(np.eye(28)), 3)]).strokes.tolist() == [0]


def test_a_cached_dataset_is_the_one_that_was_made(drawn, tmp_path):
    """Also one of images."""
    images = Dataset(np.full((2, 784), 7, np.uint8), np.array([0, 1]))
    for name, dataset in (("drawn", drawn), ("images", images)):
        Cache(tmp_path).get(name, b"key", lambda d=dataset: d)
        again = Cache(tmp_path).get(name, b"key", lambda: pytest.fail("it was made again"))
        for before, after in zip(dataset, again, strict=True):
            assert np.array_equal(before, after)
        assert again.least.tolist() == dataset.least.tolist()
