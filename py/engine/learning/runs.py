"""Runs: what the page may do with the run that trains the network LEARNED.

Each function returns ``replies.progress``, and says so if it returns more. Settings are JSON text (see
``training.settings``); if they are refused, nothing changes, and the reply has ``refused``.
"""

import asyncio

import numpy as np

from engine.learning import replies
from engine.learning.display import LEARNED
from engine.learning.trainer import ACTIVE, Trainer
from engine.offer import offered
from engine.session import session
from nn.checks import numbers
from training import settings as settings_
from training import state as state_
from training import weights
from training.batches import Examples
from training.run import check_same_network
from training.settings import INPUTS, OUTPUTS

trainer = Trainer(session)

# Two commands at once would not know of each other.
_turn = asyncio.Lock()


@offered
async def forget(settings):
    """End the run, and make LEARNED random. It is the network in use from now on."""
    async with _turn:
        try:
            chosen = settings_.read(settings)
            settings_.check_buildable(chosen.shape)
        except ValueError as error:
            return replies.refused(trainer, error)
        await trainer.halt()
        trainer.begin(weights.random(chosen), chosen)
        session.use(LEARNED)
        return replies.progress(trainer)


@offered
async def start(settings, address):
    """Start or resume the run, and use LEARNED from now on.

    A run that was stopped or is done is followed by another, from the weights that it has found. One that
    exploded goes on from its best checkpoint. If there has been none, LEARNED becomes a copy of the network
    in use. address: the absolute address of the folder with the slices.
    """
    async with _turn:
        try:
            await _prepare(settings)
        except ValueError as error:
            return replies.refused(trainer, error)
        session.use(LEARNED)
        _go(address)
        return replies.progress(trainer)


@offered
async def teach(settings, address, images, labels):
    """Start a run on a copy of the network in use, which also learns from examples of the visitor's.

    They fill half of every batch. images: of n examples, n · 784 numbers from 0 to 1, as ``answer`` made
    them; labels: their n digits. Shape and activation are those of the network, whatever the settings say.
    """
    async with _turn:
        try:
            chosen, own = settings_.read(settings), _examples(images, labels)
        except ValueError as error:
            return replies.refused(trainer, error)
        await trainer.halt()
        network = session.network
        chosen = chosen._replace(shape=network.shape, activation=network.activation)
        trainer.begin(network, chosen, own)
        session.use(LEARNED)
        _go(address)
        return replies.progress(trainer)


@offered
async def step(settings, address, layer, index):
    """Pause, learn from one batch, and return ``replies.step`` as well, unless the batch did not come."""
    async with _turn:
        try:
            await _prepare(settings)
        except ValueError as error:
            return replies.refused(trainer, error)
        trainer.bring(address)
        trainer.take_edits()
        before = trainer.run.network_at(-1)
        # The page shows the network in use until this replies, and a batch may take long to arrive.
        lesson = await trainer.lesson()
        session.use(LEARNED)
        if lesson is None:
            return replies.progress(trainer)
        run = trainer.run
        seen = replies.step(lesson, before, run.network, run.settings.cost, layer, index)
        return replies.progress(trainer) | {"step": seen}


@offered
async def pause():
    """Pause the run."""
    async with _turn:
        await trainer.halt()
        return replies.progress(trainer)


@offered
async def stop():
    """End the run; LEARNED keeps its weights."""
    async with _turn:
        await trainer.end()
        return replies.progress(trainer)


@offered
async def rewind():
    """Go back to the random weights at the start of the run, and pause."""
    async with _turn:
        await trainer.go_back(0)
        return replies.progress(trainer)


@offered
async def resume_from(index):
    """Go back to a checkpoint, and forget what came after it. A run that was going on goes on from there."""
    async with _turn:
        active = trainer.status in ACTIVE
        await trainer.go_back(index)
        if active:
            trainer.go()
        return replies.progress(trainer)


@offered
async def scrub(index):
    """Pause, and show a checkpoint as LEARNED; for −1 the newest weights."""
    async with _turn:
        await trainer.halt()
        trainer.show(index)
        return replies.progress(trainer)


@offered
def adjust(settings):
    """Change settings of the run, which goes on. Another shape or activation is refused."""
    try:
        chosen = settings_.read(settings)
        if trainer.run:
            trainer.run.adjust(chosen)
    except ValueError as error:
        return replies.refused(trainer, error)
    return replies.progress(trainer)


@offered
def progress(since):
    """Return how the run is going. since: how many points of the chart the page has."""
    return replies.progress(trainer, since, shown=False)


@offered
def state():
    """Return as ``state`` all that ``restore`` needs: bytes, none if there is no run."""
    if not trainer.run:
        return {"state": np.zeros(0, np.uint8)}
    trainer.take_edits()
    return {"state": state_.pack(trainer.run)}


@offered
async def restore(state, settings, address):
    """Take up the run of an earlier worker. The network in use stays.

    address: that of the folder with the slices if the run goes on (see ``start``), or "" if it is paused.
    """
    async with _turn:
        try:
            run = state_.unpack(bytes(state), trainer.material.images)
            run.adjust(settings_.read(settings))
        except ValueError as error:
            return replies.refused(trainer, error)
        await trainer.halt()
        trainer.prepare(run, "paused")
        if address:
            _go(address)
        return replies.progress(trainer)


async def _prepare(settings):
    """Halt, and have a run with these settings. Raises ValueError, and changes nothing, if that cannot be."""
    chosen = settings_.read(settings)
    base = session.opened(LEARNED).network if trainer.run else session.network
    check_same_network(chosen, base)
    await trainer.halt()
    if not trainer.can_resume(base):
        trainer.begin(base, chosen)
        return
    if trainer.why == "exploded":
        await trainer.go_back(trainer.display.at)
    trainer.run.adjust(chosen)


def _go(address):
    trainer.bring(address)
    trainer.go()


def _examples(images, labels):
    """Check examples: Examples. Raises ValueError for anything but pictures with labels."""
    try:
        labels = numbers(labels, (len(labels),), "labels")
        pixels = numbers(images, (len(labels) * INPUTS,), "images").astype(np.float32)
        if not len(labels) or not np.isin(labels, range(OUTPUTS)).all():
            raise ValueError("labels are not digits")
        if pixels.min() < 0 or pixels.max() > 1:
            raise ValueError(f"images run from {pixels.min()} to {pixels.max()}, expected 0 to 1")
    except ValueError as error:
        raise settings_.named(error, "examples") from None
    return Examples(pixels.reshape(-1, INPUTS), labels.astype(np.uint8))
