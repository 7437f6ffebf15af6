"""The material of learning: the training images, which arrive in slices, and the test images."""

import asyncio

from datasets import training_digits
from engine.fetch import fetch, reason_of, size, unusable
from nn.batches import Album
from training.batches import Images

# What an image takes in a file, on average: where nobody knows a file's size before it has come.
BYTES = 126
TESTED = 10_000


class Material:
    """Training and test images, fetched while learning goes on.

    ``images``: Images; ``test``: a Slice, or None before it has arrived; ``trouble``: the reason of the last
    FetchError, or None.
    """

    def __init__(self):
        self.images = Images()
        self.test = self._album = None
        self.trouble = None
        self._address, self._wanted = "", 0
        self._arrived, self._lengths = {}, {}
        self._fetching = None

    @property
    def album(self):
        """The test images, prepared to be read again and again."""
        if self._album is None:
            self._album = Album(self.test.images, self.test.labels, training_digits.LEVELS)
        return self._album

    @property
    def loaded(self):
        """How many bytes have arrived."""
        return sum(self._arrived.values())

    @property
    def total(self):
        """How many bytes there will be; about, if a file's size is not known before it has come."""
        if not self._wanted:
            return 0
        files = [(training_digits.TEST, TESTED), *(file for file, _ in self._slices())]
        return sum(
            self._lengths.get(name) or size(self._address + name) or BYTES * count
            for name, count in files
        )

    @property
    def coming(self):
        """Whether something is being fetched."""
        return self._fetching is not None and not self._fetching.done()

    def bring(self, address, count):
        """Fetch in the background what is missing to learn from ``count`` images.

        address: the absolute address of the folder with the slices. If a fetch fails, ``trouble`` says why,
        and the next call tries again.
        """
        self._address, self._wanted = address, max(self._wanted, count)
        if not self.coming:
            self.trouble = None
            self._fetching = asyncio.ensure_future(self._bring())

    async def _bring(self):
        # The first slice and the test images together, then one slice after the other.
        await asyncio.gather(self._bring_slice(), self._bring_test())
        while await self._bring_slice():
            pass

    async def _bring_slice(self):
        """Fetch the next slice. Returns whether it came."""
        missing = [name for (name, _), begin in self._slices() if begin >= self.images.available]
        part = await self._fetch(missing[0]) if missing else None
        if part:
            self.images.add(part)
        return part is not None

    async def _bring_test(self):
        if self.test is None:
            self.test = await self._fetch(training_digits.TEST)

    async def _fetch(self, name):
        """Fetch a Slice. Returns None if it does not come, and says why in ``trouble``."""

        def arrived(count):
            self._arrived[name] += count

        self._arrived[name] = 0
        try:
            content = await fetch(self._address + name, arrived)
            part = _unpacked(content, self._address + name)
        except Exception as error:  # noqa: BLE001, whatever it is, the page has to report it
            self._arrived[name] = 0
            self.trouble = reason_of(error)
            return None
        self._lengths[name] = len(content)
        return part

    def _slices(self):
        """List the slices that are wanted: of each its name and its images, and where these begin."""
        wanted, begin = [], 0
        for name, count in training_digits.SLICES:
            if begin < self._wanted:
                wanted.append(((name, count), begin))
            begin += count
        return wanted


def _unpacked(content, address):
    try:
        return training_digits.unpack(content)
    except ValueError as error:
        raise unusable(address) from error
