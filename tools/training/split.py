"""The split: who is learned from, who chooses, and who is only tested on, the same for everybody.

Public: ``part`` and ``PARTS``.
"""

import hashlib

PARTS = ("training", "validation", "test")

# A sixth of the writers each. The salt was chosen so that no file's part is nearly empty, before
# anything had been trained.
SALT, SHARES = "1:", ("test", "validation", "training", "training", "training", "training")


def part(writer):
    """Tell which of PARTS all digits of a writer belong to, by a hash of the writer's name."""
    digest = hashlib.sha256((SALT + writer).encode()).digest()
    return SHARES[int.from_bytes(digest[:8], "big") % len(SHARES)]
