"""The state of a run as bytes: all that it needs to go on in another worker, bit for bit."""

import io
import json

import numpy as np

from nn.checks import quoted
from training import settings as settings_
from training import weights
from training.batches import Batches, Examples
from training.checkpoints import Checkpoint, Checkpoints
from training.progress import Progress
from training.run import Run
from training.schedule import Place

# The page asks for a state every few seconds. Of large networks it holds fewer checkpoints.
CHECKPOINTS_BYTES = 4_000_000


def pack(run):
    """Write a Run as uint8 (n,)."""
    steps, memory = run.optimiser.state()
    kept = _fewer(run.checkpoints.kept, max(2, CHECKPOINTS_BYTES // (4 * run.network.count)))
    header = {
        "settings": settings_.write(run.settings),
        "run": [run.images, run.steps, run.edits, run.seconds],
        "place": run.place,
        "before": run.before,
        "optimiser": steps,
        "marks": run.progress.marks,
        "checkpoints": [[c.images, c.steps, *c.place, c.cost] for c in kept],
    }
    arrays = {
        "header": np.frombuffer(json.dumps(header).encode(), np.uint8),
        "weights": weights.flat(run.network),
        "memory": memory,
        "points": np.array(run.progress.points, np.float64).reshape(-1, 5),
        "checkpoints": np.array([c.weights for c in kept], np.float32),
    }
    if run.batches.own:
        arrays |= {"own": run.batches.own.inputs, "labels": run.batches.own.labels}
    file = io.BytesIO()
    np.savez(file, **arrays)
    return np.frombuffer(file.getvalue(), np.uint8)


def unpack(state, images):
    """Make the Run that ``pack`` wrote. state: bytes; images: Images. Raises ValueError for other bytes.

    Its ``setting`` is "state", as in ``settings.read``.
    """
    try:
        with np.load(io.BytesIO(state), allow_pickle=False) as file:
            arrays = dict(file)
        return _unpacked(arrays, images)
    except Exception as error:
        message = f"this is no state of a run: {quoted(error)}"
        raise settings_.named(ValueError(message), "state") from error


def _unpacked(arrays, images):
    header = json.loads(arrays["header"].tobytes())
    chosen = settings_.read_values(header["settings"])
    own = Examples(arrays["own"], arrays["labels"]) if "own" in arrays else None
    run = Run(chosen, _network(chosen, arrays["weights"]), Batches(images, own))
    run.images, run.steps, run.edits, run.seconds = header["run"]
    run.place, run.before = Place(*header["place"]), header["before"]
    run.optimiser.restore(header["optimiser"], arrays["memory"])
    run.progress = Progress(arrays["points"].tolist(), header["marks"])
    described = zip(header["checkpoints"], arrays["checkpoints"], strict=True)
    run.checkpoints = Checkpoints(
        run.network.count,
        [
            Checkpoint(images, steps, Place(epoch, used), cost, numbers)
            for (images, steps, epoch, used, cost), numbers in described
        ],
    )
    return run


def _network(chosen, numbers):
    network = weights.random(chosen)
    if numbers.shape != (network.count,):
        raise ValueError(f"there are {numbers.shape} weights, expected {network.count}")
    weights.fill(network, numbers)
    return network


def _fewer(kept, most):
    """Choose at most so many checkpoints, evenly; the first always."""
    while len(kept) > most:
        kept = kept[::2]
    return kept
