"""What the Learn panel says of a run, its settings and its shape."""

from support import network_info

from page.engine_client.replies import Network
from page.panels.learn import sentences


class Run:
    """A run as views see it."""

    def __init__(self, status, note="", **progress):
        self.status = status
        self.note = note
        self.preparing = False
        self.refused = None
        self.moving = status in ("loading", "running")
        self.progress = progress


class State:
    """As much of the page's state as the sentences read."""

    engine = "ready"
    network = Network(network_info("784-16-16-10-sigmoid"))


def said(*arguments, **progress):
    """Say how a run is."""
    return sentences.said(Run(*arguments, **progress), State)


def test_the_parameters_are_worked_out_as_in_the_video():
    """784 times 16, plus 16 times 16, plus 16 times 10, and the biases."""
    assert (
        sentences.parameters([784, 16, 16, 10])
        == "784×16 + 16×16 + 16×10 weights and 16 + 16 + 10 biases: 13,002 numbers"
    )
    assert sentences.parameters([784, 10]) == "784×10 weights and 10 biases: 7,850 numbers"
    assert sentences.parameters([784, 128, 128, 128, 10]).endswith(": 134,794 numbers")


def test_every_state_of_a_run_has_its_sentence():
    """And none is the same as another."""
    every = [
        said("idle"),
        said("idle", images=0),
        said("loading", images=0),
        said("loading", images=5000, loaded=1, total=2),
        said("running", images=1),
        said("paused", images=1234567, at=-1),
        said("paused", images=1234567, at=3),
        said("stopped", images=9, why="done"),
        said("stopped", images=9, why="exploded"),
        said("stopped", images=9, why=""),
    ]
    assert "13,002" in every[0]
    assert "random" in every[1]
    assert "1,234,567" in every[5]
    assert "earlier moment" in every[6]
    assert len(set(every)) == len(every)
    for sentence in every:
        assert sentence.endswith(".")


def test_a_run_that_is_resumed_fetches_nothing_that_is_here():
    """The engine calls that loading, too, for a moment."""
    resumed = said("loading", images=5000, loaded=2, total=2)
    assert resumed == said("running", images=5000)


def test_a_restart_is_told_before_anything_else():
    """Whether the run went on, or was lost."""
    assert said("running", "resumed", images=64).startswith("Python restarted, and the run went on")
    assert said("idle", "lost").startswith("Python restarted before")


def test_learn_alone_trains_a_copy_of_the_network_in_use():
    """That is said until there is a run."""
    State.network.info.title = "sigmoid"
    assert "copy of the sigmoid network" in sentences.on_from(Run("idle"), State)
    assert sentences.on_from(Run("idle", images=0), State) == ""


def test_a_learning_rate_is_written_without_an_exponent():
    """At any size that can be chosen."""
    rates = {
        1e-6: "0.000001",
        0.004: "0.004",
        0.0123456: "0.0123",
        0.5: "0.5",
        1.0: "1",
        10.0: "10",
    }
    for value, text in rates.items():
        assert sentences.rate(value) == text


def test_figures_that_are_not_known_yet_are_dashes():
    """So that nothing jumps when they come."""
    progress = {
        "images": 128,
        "epoch": 0.0256,
        "elapsed": 0.12,
        "speed": 0,
        "dead": -1,
        "saturated": -1,
    }
    progress.update({"hidden": 32, "test_cost": None, "train_cost": None})
    figures = dict(sentences.facts(progress))
    assert figures["images seen"] == "128"
    assert figures["images a second"] == figures["cost"] == figures["dead neurons"] == "–"
    progress.update({"speed": 45123.7, "dead": 2, "test_cost": 0.3124, "elapsed": 125})
    figures = dict(sentences.facts(progress))
    assert figures["images a second"] == "45,123"
    assert figures["dead neurons"] == "2 of 32"
    assert figures["cost"] == "0.312"
    assert figures["time spent"] == "2 min 5 s"


def test_what_is_spoken_has_accuracy_cost_and_images():
    """Nothing is spoken before the first measurement."""
    assert sentences.speech({"accuracy": -1}) == ""
    spoken = sentences.speech({"accuracy": 0.9512, "test_cost": 0.25, "images": 12800})
    assert spoken == "Accuracy 95.1 percent, cost 0.250, after 12,800 images."


def test_a_remedy_says_all_that_it_does():
    """Each setting in words, and the way back first."""
    assert sentences.remedy({"rate": 0.0004}, True) == (
        "Go back to the last good moment and set the learning rate to 0.0004"
    )
    assert sentences.remedy({"augment": True}, False) == "Vary the images"
    assert sentences.remedy({"decay": 0.1, "rate": 0.004}, False) == (
        "Set L2 to 0.1 and set the learning rate to 0.004"
    )
    for changes in (
        {"cost": "cross-entropy"},
        {"optimiser": "adam"},
        {"count": 60000},
        {"batch": 16},
        {"activation": "relu"},
    ):
        assert len(sentences.remedy(changes, False)) > 5


def test_a_refused_setting_is_told_its_range():
    """As far as the engine knows it."""
    assert sentences.refused({"code": "out-of-range", "low": 1, "high": 1024}) == (
        "Use a number from 1 to 1024."
    )
    assert sentences.refused({"code": "invalid"}) == "This cannot be used."
