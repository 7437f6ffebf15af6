"""The numbers of the charts as text: the rows of the table, and what is said at the cursor.

A point is (images, train_cost, test_cost, train_accuracy, test_accuracy); NaN was not measured. The cursor,
moved by keyboard, stops at the rows of the table.
"""

from math import log10

from page.panels.learn.sentences import COSTS, OPTIMISERS
from page.words import percent, thousands

# The most rows of the table, and how many of these may be there because something was changed at them.
ROWS, MARKED = 40, 12

# What a mark of the chart says, by its code. The value takes the place of %s.
MARKS = {
    "rate": "learning rate set to %s",
    "batch": "mini-batches of %s images",
    "decay": "L2 set to %s",
    "optimiser": "optimiser: %s",
    "cost": "another cost: %s",
    "augment": "augmentation switched %s",
    "count": "learning from %s images",
    "seed": "another seed: %s",
    "edited": "dials changed by hand",
    "rewound": "went back",
}
WORDS = {True: "on", False: "off"}
WORDS.update(OPTIMISERS)
WORDS.update(COSTS)

KEPT = "kept as a moment"

HEAD = ("Images seen", "Training cost", "Test cost", "Training accuracy", "Test accuracy", "Note")


def cost(value):
    """Write a cost, or "–" if it was not measured."""
    if value != value:
        return "–"
    return "%.3f" % value if value < 1000 else "%.3g" % value


def share(value):
    """Write an accuracy, or "–" if it was not measured."""
    return "–" if value != value else percent(value)


def mark_words(code, value):
    """Say what a mark stands for."""
    words = MARKS.get(code, code.replace("-", " ").replace("_", " "))
    if "%s" not in words:
        return words
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        text = thousands(value) if value >= 1000 else "%g" % value
    else:
        text = WORDS.get(value, str(value))
    return words % text


def reached(points, count):
    """Return the index of the first point with so many images, or of the last one."""
    low, high = 0, len(points) - 1
    while low < high:
        middle = (low + high) // 2
        if points[middle][0] >= count:
            high = middle
        else:
            low = middle + 1
    return low


def notes(points, marks, kept):
    """Return what happened at which point: a dict from indices to sentences' beginnings.

    marks: dicts with images, code and value; kept: the images seen at each checkpoint.
    """
    happened = [(mark["images"], mark_words(mark["code"], mark.get("value"))) for mark in marks]
    happened += [(count, KEPT) for count in kept]
    found = {}
    for count, words in happened if points else ():
        said = found.setdefault(reached(points, count), [])
        if words not in said:
            said.append(words)
    return {index: "; ".join(said) for index, said in found.items()}


def stops(points, marks):
    """List the points for the rows of the table: the first, the last, those with a mark, and others between.

    Those are evenly spaced on the logarithmic axis. One where the test images were measured is preferred.
    """
    last = len(points) - 1
    if last < ROWS:
        return list(range(last + 1))
    chosen = {0, last}
    chosen.update([reached(points, mark["images"]) for mark in marks][-MARKED:])
    left = ROWS - len(chosen)
    low = log10(max(points[1][0], 1))
    step = (log10(max(points[last][0], 1)) - low) / (left + 1) if left else 0
    begin = 1
    for at in range(1, left + 1):
        end = reached(points, 10 ** (low + at * step) * 1.000001)
        if end > begin:
            tested = [index for index in range(begin, end) if points[index][2] == points[index][2]]
            chosen.add(tested[-1] if tested else end - 1)
            begin = end
    return sorted(chosen)


def table(points, marks):
    """Write the table's head and rows."""
    said = notes(points, marks, ())
    rows = []
    for index in stops(points, marks):
        count, *values = points[index]
        cells = [cost(value) for value in values[:2]] + [share(value) for value in values[2:]]
        cells.append(said.get(index, ""))
        row = '<th scope="row">%s</th>' % thousands(int(count))
        rows.append("<tr>%s%s</tr>" % (row, "".join(["<td>%s</td>" % cell for cell in cells])))
    head = "".join(['<th scope="col">%s</th>' % name for name in HEAD])
    return "<thead><tr>%s</tr></thead><tbody>%s</tbody>" % (head, "".join(rows))


def sentence(points, index, chart):
    """Say what one of the charts shows at a point: chart 0 is the cost, 1 the accuracy.

    If the test images were not measured there, say when they were last.
    """
    written, column = (cost, share)[chart], 2 + 2 * chart
    said = "%s images: training %s" % (
        thousands(int(points[index][0])),
        written(points[index][column - 1]),
    )
    tested = index
    while tested >= 0 and points[tested][column] != points[tested][column]:
        tested -= 1
    if tested < 0:
        return said + "."
    said = "%s, test %s" % (said, written(points[tested][column]))
    return said + ("." if tested == index else " at %s." % thousands(int(points[tested][0])))
