"""The table of measured figures in ``docs/quality.md``, which `tools/bench.py --write-quality` updates."""

from pathlib import Path

FILE = Path(__file__).parents[1] / "docs/quality.md"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
HEADS = ("what", "browser", "figure", "goal", "reached", "command", "date")

# The figures in the table, in its order: what each one is, and how its number is written.
FIGURES = {
    "start.page_ready_ratio": ("page ready, as a share of the bare page's start", "{:.3f}"),
    "start.engine_ready_ratio": ("engine ready, as a share of the bare page's start", "{:.3f}"),
    "start.longest_task_ms": ("longest task on the main thread while loading", "{:.0f} ms"),
    "slow.page_ready_ms": ("page ready at 10 Mbit/s and 40 ms", "{:.0f} ms"),
    "slow.engine_ready_ratio": ("engine ready at 10 Mbit/s and 40 ms, as a share", "{:.3f}"),
    "second.engine_ready_ratio": ("engine ready on an offline second visit, as a share", "{:.3f}"),
    "size.until_engine.mb": ("first visit, sent until the engine is ready", "{:.2f} MB"),
    "size.in_total.mb": ("first visit, sent in total", "{:.2f} MB"),
    "pen.first.p50": ("pen to paint, first stroke, p50", "{:.1f} ms"),
    "pen.first.p95": ("pen to paint, first stroke, p95", "{:.1f} ms"),
    "pen.later.p50": ("pen to paint, later strokes, p50", "{:.1f} ms"),
    "pen.later.p95": ("pen to paint, later strokes, p95", "{:.1f} ms"),
    "pen.throttled.later.p95": ("the same at a quarter of the processor's speed, p95", "{:.0f} ms"),
    "point.to_highlight_ms.p95": ("pointing at a neuron to its highlight, p95", "{:.1f} ms"),
    "point.to_numbers_ms.p95": ("pointing at a neuron to its numbers, p95", "{:.1f} ms"),
    "point.tap_to_highlight_ms.p95": ("tapping on a neuron to its highlight, p95", "{:.1f} ms"),
    "engine.strokes_to_activations_ms.p95": (
        "200 points of ink to all activations, p95",
        "{:.1f} ms",
    ),
    "dials.turn_to_score_ms.p95": (
        "turning a dial to the new score on 1,000 digits, p95",
        "{:.0f} ms",
    ),
    "feedforward.1.engine_ms": ("one forward pass, against TensorFlow.js", "{:.3f} ms"),
    "feedforward.1000.engine_ms": ("a thousand forward passes, against TensorFlow.js", "{:.1f} ms"),
    "learning.pass.engine_ms": ("learning from 10,000 images, one pass", "{:.0f} ms"),
    "learning.pass.share_of_tfjs": ("the same, as a share of TensorFlow.js's time", "{:.2f}"),
    "learning.evaluation.engine_ms": ("reading 10,000 images, against TensorFlow.js", "{:.0f} ms"),
    "training.relu.to_95_s": ("from random to 95 % of the test digits, ReLU", "{:.1f} s"),
    "training.sigmoid.to_95_s": ("the same, sigmoid", "{:.1f} s"),
    "training.longest_task_ms": ("longest main-thread task, learning and drawing", "{:.0f} ms"),
    "training.pen.times_p95": ("pen to paint while learning, times that without, p95", "{:.2f}"),
    "training.views.slow_down": ("learning is slower while it is watched, by a share", "{:.2f}"),
}


def update(text: str, figures: dict, targets: dict, browser: str, date: str) -> str:
    """Return the text of ``docs/quality.md`` with new rows in place of those of the same figure and browser.

    figures: numbers by the names in FIGURES; other names are ignored. targets: what `tools/bench.py` says
    of each. Raise ValueError unless the text has both marks once, in their order.
    """
    if (text.count(BEGIN), text.count(END)) != (1, 1) or text.index(BEGIN) > text.index(END):
        raise ValueError(f"{FILE.name} needs {BEGIN} and, after it, {END}: once each")
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    rows = {(row[0], row[1]): row for row in _rows(old)}
    for name, (what, written) in FIGURES.items():
        if name in figures:
            goal, reached = _verdict(targets.get(name), written)
            command = f"`tools/bench.py --only {name.partition('.')[0]}`"
            row = (what, browser, written.format(figures[name]), goal, reached, command, date)
            rows[what, browser] = row
    order = [what for what, _ in FIGURES.values()]
    kept = [rows[key] for key in sorted(rows, key=lambda key: (order.index(key[0]), key[1]))]
    lines = [HEADS, ("---",) * len(HEADS), *kept]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def _verdict(target: dict | None, written: str) -> tuple[str, str]:
    if target is None:
        return "", ""
    return written.format(target["limit"]), "yes" if target["reached"] else "no"


def _rows(table: str) -> list[tuple[str, ...]]:
    """Read the rows of the table, without those of figures that no longer exist."""
    known = {what for what, _ in FIGURES.values()}
    lines = [line.strip().strip("|") for line in table.splitlines()]
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
    return [row for row in rows if len(row) == len(HEADS) and row[0] in known]
