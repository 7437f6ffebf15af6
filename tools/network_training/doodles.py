"""Make strokes of what people draw to see what happens.

Each function takes a NumPy Generator and returns a list of float64 (n, 2), in any unit with y downwards,
never without ink.
"""

import numpy as np


def spiral(rng):
    """Draw a spiral of at least two turns, outwards or inwards."""
    angles = np.linspace(0, 2 * np.pi * rng.uniform(2, 5), 80) * rng.choice([-1, 1])
    radii = np.linspace(rng.uniform(0, 0.2), 1, 80)
    return [_turn(_polar(angles, radii), rng)]


def wave(rng):
    """Draw a wave of at least two periods."""
    x = np.linspace(0, 1, 60)
    y = rng.uniform(0.1, 0.5) * np.sin(2 * np.pi * rng.uniform(2, 5) * x + rng.uniform(0, 6))
    return [_turn(np.column_stack([x, y]), rng)]


def zigzag(rng):
    """Draw at least five legs from side to side; three would be a Z."""
    legs = rng.integers(5, 13)
    line = np.column_stack([np.arange(legs + 1) % 2, np.linspace(0, rng.uniform(0.5, 2), legs + 1)])
    return [_turn(line + rng.normal(0, 0.05, line.shape), rng)]


def hatching(rng):
    """Draw three to eight parallel lines, sometimes crossed by a second layer."""
    strokes = []
    for layer in range(rng.integers(1, 3)):
        at = np.linspace(0, 1, rng.integers(3, 9 if not layer else 5))
        lines = [np.array([[x, 0.0], [x, 1.0]]) + rng.normal(0, 0.03, (2, 2)) for x in at]
        strokes += [line[:, ::-1] if layer else line for line in lines]
    angle = rng.uniform(0, np.pi)
    return [_rotate(stroke, angle) for stroke in strokes]


def polygon(rng):
    """Draw a closed shape of three or four straight sides, sometimes with a diagonal. More might be a 0."""
    count = rng.integers(3, 5)
    angles = np.linspace(0, 2 * np.pi, count + 1) + rng.uniform(0, 2 * np.pi)
    corners = _polar(angles, 1.0) + np.append(rng.normal(0, 0.08, (count, 2)), [[0, 0]], axis=0)
    corners[-1] = corners[0]
    return [corners, corners[[0, 2]]] if count > 3 and rng.random() < 0.4 else [corners]


def wheel(rng):
    """Draw a ring that holds spokes, another ring, or a zigzag."""
    ring = _polar(np.linspace(0, 2 * np.pi, 40) + rng.uniform(0, 6), 1.0)
    inside = rng.integers(3)
    if inside == 0:
        ends = _polar(
            rng.uniform(0, 2 * np.pi) + np.linspace(0, np.pi, rng.integers(3, 6))[:-1], 1.0
        )
        return [ring, *(np.stack([end, -end]) for end in ends)]
    if inside == 1:
        return [ring, ring * rng.uniform(0.3, 0.6) + rng.uniform(-0.2, 0.2, 2)]
    legs = rng.integers(4, 9)
    x = np.linspace(-0.7, 0.7, legs)
    y = np.sqrt(1 - x * x) * np.where(np.arange(legs) % 2, 0.9, -0.9)
    return [ring, _turn(np.column_stack([x, y]), rng)]


def flower(rng):
    """Draw four to eight petals in one line, or a ring with rays around it."""
    count = rng.integers(4, 9)
    angles = np.linspace(0, 2 * np.pi, 120) + rng.uniform(0, 6)
    if rng.random() < 0.6:
        return [_polar(angles, 1 - rng.uniform(0.3, 0.9) * np.cos(count * angles / 2) ** 2)]
    rays = rng.uniform(0, 6) + 2 * np.pi / count * np.arange(count)
    inner = rng.uniform(0.3, 0.6)
    ends = zip(_polar(rays, inner * 1.15), _polar(rays, 1.0), strict=True)
    return [_polar(angles, inner), *(np.stack(pair) for pair in ends)]


def arrow(rng):
    """Draw a shaft with a head, in any direction but down, where it might be a 1 or a 7."""
    angle = rng.uniform(-2.6, 0.6)
    shaft = np.array([[0.0, 0.0], [1.0, 0.0]])
    head = np.array([[0.7, -0.25], [1.0, 0.0], [0.7, 0.25]])
    return [_rotate(line + rng.normal(0, 0.03, line.shape), angle) for line in (shaft, head)]


def smiley(rng):
    """Draw a face with a ring, two eyes and a mouth."""
    ring = _polar(np.linspace(0, 2 * np.pi, 40) + rng.uniform(0, 6), 1.0)
    mouth = _polar(np.linspace(0.5, np.pi - 0.5, 12), rng.uniform(0.4, 0.7))
    eyes = [
        np.array([[x, -0.35], [x, -0.35 + rng.uniform(0, 0.25)]]) + rng.normal(0, 0.05, 2)
        for x in (-0.35, 0.35)
    ]
    return [ring * (rng.uniform(0.8, 1.2), 1), *eyes, mouth * (1, rng.uniform(0.5, 1.2))]


def star(rng):
    """Draw a star of five to seven points, by crossing lines or along its outline."""
    count = rng.integers(5, 8)
    begin = rng.uniform(0, 2 * np.pi)
    if rng.random() < 0.5:
        angles = begin + 2 * np.pi * 2 / 5 * np.arange(6)
        return [_polar(angles, 1.0) + rng.normal(0, 0.04, (6, 2))]
    angles = begin + np.pi / count * np.arange(2 * count + 1)
    radii = np.where(np.arange(2 * count + 1) % 2, rng.uniform(0.35, 0.55), 1.0)
    return [_polar(angles, radii) + rng.normal(0, 0.03, (2 * count + 1, 2))]


def house(rng):
    """Draw a box with a roof, often with a door or a cross in it."""
    wide, high = rng.uniform(0.7, 1.2), rng.uniform(0.5, 1.0)
    walls = np.array([[0, 0], [0, high], [wide, high], [wide, 0], [0, 0]])
    roof = np.array([[0, 0], [wide / 2, -rng.uniform(0.3, 0.7)], [wide, 0]])
    door = np.array([[0.4, 1.0], [0.4, 0.5], [0.6, 0.5], [0.6, 1.0]]) * (wide, high)
    cross = [np.array([[0, 0], [wide, high]]), np.array([[wide, 0], [0, high]])]
    inside = ([], [door], cross)[rng.integers(3)]
    return [stroke + rng.normal(0, 0.03, stroke.shape) for stroke in (walls, roof, *inside)]


def _polar(angles, radii):
    return np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])


def _rotate(points, angle):
    cos, sin = np.cos(angle), np.sin(angle)
    return points @ np.array([[cos, sin], [-sin, cos]])


def _turn(points, rng):
    return _rotate(points, rng.uniform(0, 2 * np.pi))
