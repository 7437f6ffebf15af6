"""Before the visitor draws, a stroke that nobody sees runs through engine and diagram."""

import pytest

# Notes in every frame what the hidden neurons hold and whether the picture is black.
WATCH = """
const seen = (globalThis.seen = { neurons: new Set(), lit: false });
const look = () => {
  const neurons = [...document.querySelectorAll("[data-layer='1'] .neuron, [data-layer='2'] .neuron")];
  if (neurons.length) seen.neurons.add(neurons.map((e) => e.dataset.activation).join());
  const canvas = document.querySelector("#picture canvas");
  const pixels = canvas?.getContext("2d").getImageData(0, 0, 28, 28).data ?? [];
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at]) seen.lit = true;
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@pytest.mark.only("chromium")
def test_the_warm_up_is_seen_and_heard_by_nobody(visit, site):
    """Frame by frame there is the empty diagram and then the answer to an empty pad, and nothing else."""
    site.first = WATCH
    visit.open(until="engine")
    visit.until("return performance.getEntriesByName('warmed-up').length === 1")
    assert visit.js("return [seen.neurons.size, seen.lit]") == [2, False]
    assert visit.answer() == "blank"
    assert visit.ink() == 0
    assert visit.js("return noted.spoken") == []
