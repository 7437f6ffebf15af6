"""Test digits: fetching them, choosing one, and how many of them the network reads."""

import asyncio

import numpy as np

from boot import on_demand
from datasets import test_digits
from engine import colormap
from engine.fetch import fetch, reason_of, unusable
from engine.offer import offered
from engine.session import TESTED, session


@offered
async def fetch_digits(address):
    """Fetch the test digits from an absolute address, unless they are here.

    Returns {}, or as ``trouble`` the reason of a FetchError: the page works without them.
    """
    if session.digits is None:
        try:
            # NumPy's random numbers shuffle them; nothing before has needed those.
            packed, _ = await asyncio.gather(fetch(address), on_demand.bring("numpy.random"))
            session.digits = _unpacked(packed, address)
        except Exception as error:  # noqa: BLE001, whatever it is, the page has to report it
            return {"trouble": reason_of(error)}
    return {}


@offered
def find_digit(label):
    """Choose a test digit at random: one of a label, or any for −1. Returns what ``digit`` does."""
    return digit(session.digits.find(None if label < 0 else label, np.random.default_rng()))


@offered
def digit(index):
    """Return a test digit's ``index``, ``label`` and ``rgba``; None if there is none of this index."""
    digits = session.digits
    if index not in range(len(digits.labels)):
        return None
    rgba = colormap.ink(digits.images[index])
    return {"index": index, "label": int(digits.labels[index]), "rgba": rgba}


@offered
async def accuracy():
    """Measure the network on the first test digits: ``now``, ``before`` its edits, and ``of`` how many."""
    await prepared()
    now, before = session.accuracy(), session.accuracy(session.dials.original)
    return {"now": now, "before": before, "of": TESTED}


async def prepared():
    """Prepare the test digits, a few at a time: the pen is answered in between."""
    while not session.prepare():
        await asyncio.sleep(0)


def _unpacked(packed, address):
    try:
        return test_digits.unpack(packed)
    except ValueError as error:
        raise unusable(address) from error
