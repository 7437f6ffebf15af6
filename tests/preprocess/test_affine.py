"""Affine maps: worked by hand, and composed in the right order."""

import numpy as np
import pytest

from preprocess import affine

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]])


def test_maps_move_points_as_they_say():
    """Each maker, on three points."""
    assert affine.apply(affine.IDENTITY, CORNERS).tolist() == CORNERS.tolist()
    assert affine.apply(affine.scaling(3), CORNERS).tolist() == [[0, 0], [3, 0], [0, 6]]
    assert affine.apply(affine.moving(5, -1), CORNERS).tolist() == [[5, -1], [6, -1], [5, 1]]
    assert affine.apply(affine.shearing(0.5, 1), CORNERS).tolist() == [
        [0.5, 0],
        [1.5, 0],
        [-0.5, 2],
    ]


def test_after_is_one_map_then_the_other():
    """Moving and then scaling is not scaling and then moving."""
    both = affine.after(affine.scaling(2), affine.moving(1, 0))
    assert affine.apply(both, CORNERS).tolist() == [[2, 0], [4, 0], [2, 4]]


def test_inverse_leads_back(rng):
    """There and back is where one was, for a stack of maps as for one."""
    maps = rng.normal(0, 1, (5, 2, 3))
    back = affine.after(affine.inverse(maps), maps)
    assert back == pytest.approx(np.broadcast_to(affine.IDENTITY, (5, 2, 3)), abs=1e-9)
    assert affine.after(affine.inverse(maps[0]), maps[0]) == pytest.approx(back[0])


def test_map_that_flattens_has_no_inverse():
    """What was pressed flat cannot be unpressed."""
    with pytest.raises(ValueError, match="flattens"):
        affine.inverse(affine.scaling(0))
