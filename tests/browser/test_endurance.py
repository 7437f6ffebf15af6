"""Long use, made short: a monkey at the page, reloads in a row, several tabs at once.

`make soak` takes as long as it should: half an hour of the monkey, 200 reloads, 10 tabs.
"""

import endurance
import pytest

SEED = 1

# Seconds that the monkey plays. Chromium alone tells what scripts hold, so it is watched for longest.
PLAYS = {"chromium": 120, "firefox": 25, "webkit": 25}


def test_a_monkey_finds_no_error_no_stale_answer_and_no_leak(driver, site, shelf):
    """Whatever is clicked, typed and drawn in whatever order, what is shown in the end is true."""
    shelf.clear()
    seconds = PLAYS[driver.family]
    try:
        endurance.monkey(driver, site, SEED, seconds, warm=seconds / 2)
    finally:
        site.mend()


@pytest.mark.only("chromium")
def test_reloads_in_a_row_leave_a_page_that_answers(driver, site, shelf):
    """Workers that are ended while they start leave nothing behind that the next one stumbles over."""
    shelf.clear()
    endurance.reloads(driver, site, 10)


@pytest.mark.only("chromium")
def test_each_of_several_tabs_has_its_own_answer(driver, site, shelf):
    """What one of them draws is none of the others' business."""
    shelf.clear()
    endurance.tabs(driver, site, 3)
