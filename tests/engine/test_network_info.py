"""What the page knows of shipped networks before the engine is there."""

import re
from pathlib import Path

import pytest

from nn import files
from page.networks import SHIPPED, find

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("info", SHIPPED, ids=lambda info: info.id)
def test_an_info_is_that_of_its_weights_file(info):
    network = files.load(ROOT / f"weights/{info.id}.npz")
    assert (tuple(info.shape), info.activation) == (network.shape, network.activation)
    assert info.source == "shipped"
    assert find(SHIPPED, info.id) is info


def test_the_page_offers_the_shipped_networks():
    """By their ids and titles, in the same order; the first one is used at the start."""
    page = (ROOT / "index.html").read_text("utf-8")
    choices = re.findall(
        r'name="network" value="([^"]+)"( checked)? /><span[^>]*>([^<]+)</span>', page
    )
    assert [(value, title) for value, _, title in choices] == [
        (info.id, info.title) for info in SHIPPED
    ]
    assert [bool(checked) for _, checked, _ in choices] == [True, False]


def test_an_unknown_network_is_refused():
    with pytest.raises(KeyError):
        find(SHIPPED, "784-10-sigmoid")
