"""Moments of a run: which one is shown, and what they cost."""

from page.panels.learn import checkpoints


def test_a_moment_is_named_by_its_images():
    """The right end of the slider is the network as it is now."""
    assert checkpoints.moment(2, 3, 12800) == "after 12,800 images (moment 3 of 3)"
    assert checkpoints.moment(0, 3, 0) == "before the first image (moment 1 of 3)"
    assert checkpoints.moment(3, 3, 51200) == "now, after 51,200 images"


def test_their_number_and_memory_are_told():
    """Before there are any, what they are."""
    assert checkpoints.about(0, 0).startswith("While it learns")
    assert checkpoints.about(1, 52008).startswith("1 moment of the run is kept")
    assert "take 53 kB" in checkpoints.about(1, 52008)
    assert checkpoints.about(23, 1196184).startswith("23 moments of the run are kept")
    assert "take 1.2 MB" in checkpoints.about(23, 1196184)


def test_two_that_are_kept_have_different_names():
    """However often the same number of images is reached."""
    assert checkpoints.unused("after 5 images", ["sigmoid"]) == "after 5 images"
    assert checkpoints.unused("a", ["a", "b"]) == "a (2)"
    assert checkpoints.unused("a", ["a", "a (2)"]) == "a (3)"
