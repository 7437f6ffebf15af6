"""A failure of the engine: waiting until it is told, and trying again."""

# What has failed is told when it fails, not when patience is at its end: in seconds, on a busy machine.
PROMPTLY = 30


def failed(page, word, seconds=PROMPTLY):
    """Wait for the failure and check that a person can read what it says."""
    page.until_engine("failed", seconds)
    page.frame()
    told = page.failure()
    assert word.lower() in told.lower()
    assert "Try again" in told
    assert "Traceback" not in told
    assert "[object" not in told
    assert len(told) < 400
    assert page.js("return document.getElementById('retry').checkVisibility()")
    assert not page.js("return document.getElementById('loading').checkVisibility()")
    return told


def try_again(page, digit):
    """Press the button and see the kept drawing answered, on the same page."""
    page.js("window.samePage = true")
    page.press("retry")
    page.until_engine("ready")
    assert page.answer() == str(digit)
    assert page.failure() == ""
    assert page.js("return window.samePage")
