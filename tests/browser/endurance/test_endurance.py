"""Long use, made short: a monkey, reloads in a row, several tabs at once.

`make soak` takes as long as it should: half an hour of the monkey, 200 reloads, 10 tabs.
"""

import endurance
import pytest


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


@pytest.mark.only("chromium")
def test_a_monkey_leaves_a_page_that_tells_the_truth(driver, site, shelf):
    """After anything at all: no error, memory that does not grow, and an answer that is not stale."""
    shelf.clear()
    endurance.monkey(driver, site, seed=1, steps=60)
