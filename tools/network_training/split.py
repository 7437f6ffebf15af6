"""Split writers into training, validation and test, in the same way for everybody."""

import hashlib

PARTS = ("training", "validation", "test")

# Each entry stands for a sixth of the writers. Before anything was trained, the salt was chosen so that every
# file has writers in each part.
SALT, SHARES = "1:", ("test", "validation", "training", "training", "training", "training")


def part(writer):
    """Return which of PARTS a writer's digits belong to, by a hash of the writer's name."""
    digest = hashlib.sha256((SALT + writer).encode()).digest()
    return SHARES[int.from_bytes(digest[:8], "big") % len(SHARES)]
