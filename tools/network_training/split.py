"""Split writers and characters into training, validation and test, in the same way for everybody."""

import hashlib

PARTS = ("training", "validation", "test")

# Each entry stands for a sixth of the writers. Before anything was trained, the salt was chosen so that every
# file has writers in each part.
SALT, SHARES = "1:", ("test", "validation", "training", "training", "training", "training")

# Of twenty characters, these many are for validation and as many for testing.
OF_TWENTY = 3

# Visitors who draw no digit mostly draw Latin letters, so a network should have seen all of them.
TRAINED_ON = "Latin"


def part(writer):
    """Return which of PARTS a writer's digits belong to, by a hash of the writer's name."""
    digest = hashlib.sha256((SALT + writer).encode()).digest()
    return SHARES[int.from_bytes(digest[:8], "big") % len(SHARES)]


def character_part(label):
    """Return which of PARTS all drawings of a character belong to, by a hash of its label.

    A network that has seen other people draw a character has nothing left to find out about it. So characters
    are split as a whole, whoever drew them.
    """
    if label.partition("/")[0] == TRAINED_ON:
        return "training"
    turn = int(hashlib.sha256(label.encode()).hexdigest(), 16) % 20
    if turn < OF_TWENTY:
        return "validation"
    return "test" if turn < 2 * OF_TWENTY else "training"
