"""The material of learning: the training images, which arrive in slices, and the test images."""

import asyncio

from datasets import training_digits
from engine.fetch import fetch, reason_of, unusable
from training.batches import Images

TEST = "test-prepared.bin"

# What an image takes in a file, on average. The files' own sizes are known only when they have arrived.
BYTES = 126
TESTED = 10_000


class Material:
    """Training and test images, fetched while learning goes on.

    ``images``: Images; ``test``: a Slice, or None before it has arrived; ``trouble``: the reason of the last
    FetchError, or None.
    """

    def __init__(self):
        self.images = Images()
        self.test = None
        self.trouble = None
        self.loaded = 0
        self._wanted = 0
        self._fetching = None

    @property
    def total(self):
        """How many bytes there will be, about; exactly once all have arrived."""
        missing = sum(size for _, size in self._missing()) + (0 if self.test else TESTED)
        return self.loaded + (BYTES * missing if self._wanted else 0)

    @property
    def coming(self):
        """Whether something is being fetched."""
        return self._fetching is not None and not self._fetching.done()

    def bring(self, address, count):
        """Fetch in the background what is missing to learn from ``count`` images.

        address: the absolute address of the folder with the slices. If a fetch fails, ``trouble`` says why,
        and the next call tries again.
        """
        self._wanted = max(self._wanted, count)
        if not self.coming:
            self.trouble = None
            self._fetching = asyncio.ensure_future(self._bring(address))

    async def _bring(self, address):
        # The first slice and the test images together, then one slice after the other.
        await asyncio.gather(self._bring_slice(address), self._bring_test(address))
        while await self._bring_slice(address):
            pass

    async def _bring_slice(self, address):
        """Fetch the next slice. Returns whether it came."""
        for name, _ in self._missing()[:1]:
            part = await self._fetch(address + name)
            if part:
                self.images.add(part)
                return True
        return False

    async def _bring_test(self, address):
        if self.test is None:
            self.test = await self._fetch(address + TEST)

    async def _fetch(self, address):
        """Fetch a Slice. Returns None if it does not come, and says why in ``trouble``."""
        try:
            content = await fetch(address)
            part = _unpacked(content, address)
        except Exception as error:  # noqa: BLE001, whatever it is, the page has to report it
            self.trouble = reason_of(error)
            return None
        self.loaded += len(content)
        return part

    def _missing(self):
        """List the slices that are wanted and are not here: pairs of a name and a number of images."""
        missing, begin = [], 0
        for name, size in training_digits.SLICES:
            if self.images.available <= begin < self._wanted:
                missing.append((name, size))
            begin += size
        return missing


def _unpacked(content, address):
    try:
        return training_digits.unpack(content)
    except ValueError as error:
        raise unusable(address) from error
