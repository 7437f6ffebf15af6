"""Test affine transforms against values worked out by hand."""

import numpy as np
import pytest

from preprocess import affine

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]])


def test_each_transform_moves_points_as_documented():
    assert affine.apply(affine.IDENTITY, CORNERS).tolist() == CORNERS.tolist()
    assert affine.apply(affine.scaling(3), CORNERS).tolist() == [[0, 0], [3, 0], [0, 6]]
    assert affine.apply(affine.translation(5, -1), CORNERS).tolist() == [[5, -1], [6, -1], [5, 1]]
    assert affine.apply(affine.shearing(0.5, 1), CORNERS).tolist() == [
        [0.5, 0],
        [1.5, 0],
        [-0.5, 2],
    ]


def test_compose_applies_the_first_transform_first():
    """Translating and then scaling differs from scaling and then translating."""
    both = affine.compose(affine.scaling(2), affine.translation(1, 0))
    assert affine.apply(both, CORNERS).tolist() == [[2, 0], [4, 0], [2, 4]]


def test_inverse_undoes_a_transform(rng):
    """This holds for a stack of transforms as for a single one."""
    transforms = rng.normal(0, 1, (5, 2, 3))
    back = affine.compose(affine.inverse(transforms), transforms)
    assert back == pytest.approx(np.broadcast_to(affine.IDENTITY, (5, 2, 3)), abs=1e-9)
    assert affine.compose(affine.inverse(transforms[0]), transforms[0]) == pytest.approx(back[0])


def test_a_singular_transform_has_no_inverse():
    with pytest.raises(ValueError, match="singular"):
        affine.inverse(affine.scaling(0))
