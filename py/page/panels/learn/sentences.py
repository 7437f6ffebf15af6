"""What the panel says: how far the run is, what went wrong with it, and what would help."""

from page.words import percent, thousands

OPTIMISERS = {"adam": "Adam", "momentum": "momentum", "descent": "gradient descent"}
COSTS = {"quadratic": "squared difference", "cross-entropy": "cross-entropy"}
ACTIVATIONS = {"sigmoid": "sigmoid", "relu": "ReLU"}


def said(run, state):
    """Say how the run is, and what to do next."""
    count = thousands(state.network.count)
    if state.engine != "ready":
        return "Python is still starting." if state.engine == "loading" else ""
    images = thousands(run.progress.get("images", 0))
    before = ""
    if run.note == "resumed":
        before = "Python restarted, and the run went on from what was kept. "
    elif run.note == "lost":
        before = "Python restarted before anything of the run was kept. "
    return before + _status(run, count, images)


def _status(run, count, images):
    progress = run.progress
    status, why = run.status, progress.get("why", "")
    fetched = progress.get("loaded", 0) >= progress.get("total", 0)
    if run.refused and run.refused.get("name") in ("shape", ""):
        return "A network of this shape cannot learn here. Choose another one under “Shape”."
    if run.preparing:
        return "One moment: the code that learns is on its way."
    if status == "idle" and not run.progress:
        return "Make it forget all %s numbers, then watch it learn them." % count
    if status == "idle":
        return (
            "All %s numbers are random now. Draw a digit: it cannot read yet. Let it learn." % count
        )
    if status == "loading" and not progress.get("images"):
        return "Learning begins with the first 5,000 images, while the others arrive."
    if status == "loading" and not fetched:
        return "It goes on as soon as more training images have arrived."
    if run.moving:
        return (
            "It is learning, also while you look at another tab. Draw a digit and watch the answer."
        )
    if status == "paused" and progress.get("at", -1) >= 0:
        return (
            "Paused. You see an earlier moment; “Resume” goes on from the newest, after %s images."
            % images
        )
    if status == "paused":
        return "Paused after %s images. “Resume” goes on from here." % images
    if why == "done":
        return "It has learned from %s images. That is the end of this run." % images
    if why == "exploded":
        return "Stopped after %s images: the numbers grew beyond all bounds." % images
    return "Stopped after %s images. What it has learned stays." % images


def on_from(run, state):
    """Say what “Learn” begins with if the network does not forget first, "" once there is a run."""
    if run.progress or state.engine != "ready":
        return ""
    return "Without that, “Learn” trains a copy of the %s network." % state.network.info.title


def fetching(progress):
    """Say how much of the training images has arrived."""
    loaded, total = progress.get("loaded", 0), progress.get("total", 0)
    if not total:
        return "Fetching training images: about 9 MB"
    return "Fetching training images: %.1f of %.1f MB" % (loaded / 1e6, total / 1e6)


def facts(progress):
    """List the figures of the run, as pairs of what they are and how they are written."""
    pairs = [
        ("images seen", thousands(progress["images"])),
        ("passes", "%.1f" % progress["epoch"]),
        ("time spent", seconds(progress["elapsed"])),
        ("images a second", thousands(int(progress["speed"])) if progress["speed"] else "–"),
        ("cost", cost(progress)),
    ]
    for name in ("dead", "saturated"):
        found = progress.get(name, -1)
        text = "%d of %d" % (found, progress["hidden"]) if found >= 0 else "–"
        pairs.append((name + " neurons", text))
    return pairs


def cost(progress):
    """Write the cost on the test images, or on those it learns from until that is measured."""
    for name in ("test_cost", "train_cost"):
        value = progress.get(name)
        if value is not None and value >= 0:
            return "%.3f" % value
    return "–"


def seconds(elapsed):
    """Write a time: "3.2 s", "2 min 5 s"."""
    if elapsed < 60:
        return "%.1f s" % elapsed
    return "%d min %d s" % (elapsed // 60, elapsed % 60)


def of_tested(progress):
    """Say what the accuracy was measured on."""
    return "of %s test digits read correctly" % thousands(progress.get("tested", 0))


def speech(progress):
    """Say accuracy and cost for those who do not see them; "" before the first measurement."""
    accuracy = progress.get("accuracy", -1)
    if accuracy < 0:
        return ""
    return "Accuracy %.1f percent, cost %s, after %s images." % (
        100 * accuracy,
        cost(progress),
        thousands(progress["images"]),
    )


def rate(value):
    """Write a learning rate: up to three digits that count, and no exponent."""
    text = "%.6f" % float("%.3g" % value)
    return text.rstrip("0").rstrip(".")


def moved(value, name):
    """Say that the learning rate has changed because of another choice."""
    return "The learning rate moves along, to %s: that suits %s." % (rate(value), name)


# What each hint means.
_HINTS = {
    "exploding": "The cost has exploded: each step jumped over what it was looking for.",
    "slow": "It learns very slowly: the steps are small.",
    "dead": "Many neurons are dead: no image lights them up, so nothing tells them how to change.",
    "saturated": "Many neurons are saturated: fully lit or fully dark, they hardly change any more.",
    "overfitting": "It is learning its images by heart: it reads them ever better, but not the test digits.",
}


def hint(code):
    """Say what a hint means."""
    return _HINTS[code]


def remedy(changes, back):
    """Say what a remedy does; back: whether it also goes back to the last good moment."""
    parts = [_change(name, value) for name, value in sorted(changes.items())]
    if back:
        parts.insert(0, "go back to the last good moment")
    text = " and ".join(parts)
    return text[:1].upper() + text[1:]


def _change(name, value):
    if name == "augment":
        return "vary the images" if value else "take the images as they are"
    if name == "rate":
        return "set the learning rate to " + rate(value)
    if name == "decay":
        return "set L2 to " + rate(value)
    if name == "optimiser":
        return "use " + OPTIMISERS[value]
    if name == "activation":
        return "use " + ACTIVATIONS[value]
    if name == "cost":
        return "use the %s" % COSTS[value]
    if name == "count":
        return "learn from %s images" % thousands(value)
    return "set %s to %s" % ({"batch": "the mini-batch"}.get(name, name), value)


def parameters(shape):
    """Work out the number of weights and biases as the video does (at 12:08)."""
    pairs = list(zip(shape, shape[1:]))
    count = sum([before * after + after for before, after in pairs])
    return "%s weights and %s biases: %s numbers" % (
        " + ".join(["%d×%d" % pair for pair in pairs]),
        " + ".join(["%d" % size for size in shape[1:]]),
        thousands(count),
    )


def refused(found):
    """Say why a setting was refused."""
    low, high = found.get("low"), found.get("high")
    if low is None:
        return "This cannot be used."
    if high is None:
        return "Use a number of %g or more." % low
    return "Use a number from %g to %g." % (low, high)


def elsewhere(run, state):
    """Say which network learns while another one is looked at."""
    doing = "is learning" if run.moving else "would go on learning"
    return "The learned network %s. Above is the %s network." % (doing, state.network.info.title)


def idle_neurons(progress):
    """Say what dead and saturated neurons are, if there are any."""
    parts = []
    if progress.get("dead", -1) > 0:
        parts.append(
            "A dead neuron is dark for every test digit: it says nothing, and nothing changes it."
        )
    if progress.get("saturated", -1) > 0:
        parts.append(
            "A saturated one is nearly always fully lit or fully dark, where its sigmoid is flat:"
            " it learns slowly."
        )
    return " ".join(parts)


def before_and_after(progress):
    """Say how teaching the visitor's own digits has changed both accuracies; "" if nothing was taught."""
    before = progress.get("before")
    if not before or progress.get("own_accuracy", -1) < 0:
        return ""
    return "Your digits: %s, before %s. Test digits: %s, before %s." % (
        percent(progress["own_accuracy"]),
        percent(before["own_accuracy"]),
        percent(progress["accuracy"]),
        percent(before["accuracy"]),
    )
