"""Fuzz model cards: any bytes become a row of the README's table, or are refused."""

import json

from hypothesis import strategies as st

import table
from targets.target import Target, attempt, spoiled

NAME = "784-10-sigmoid"

VALID = {
    "name": NAME,
    "accuracy": {
        "mnist_test": 0.95,
        "held_out": {"ipad_pencil": 0.87, "pendigits_tra": 0.94, "unipen_1a": 0.91},
    },
    "shape": [784, 10],
    "activation": "sigmoid",
    "count": 7850,
    "no_digits": {"unsure_of_characters": {"validation": 0.84, "test": 0.92}},
}
ODD = [0, -1, 1.5, True, None, "", "a|b", "a\nb", "<!-- /networks -->", "\ud800", 10**400, [], {}]
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
    lambda some: st.one_of(
        st.lists(some, max_size=4), st.dictionaries(st.text(max_size=9), some, max_size=4)
    ),
    max_leaves=10,
)


@st.composite
def cards(draw):
    """Make a card in which any part may be missing or wrong."""
    card = json.loads(json.dumps(VALID))
    places = [card, card, card["accuracy"], card["accuracy"]["held_out"]]
    places += [card["no_digits"], card["no_digits"]["unsure_of_characters"]]
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(places))
        key = draw(st.sampled_from([*place, "more"]))
        if draw(st.booleans()):
            place.pop(key, None)
        else:
            place[key] = draw(st.one_of(st.sampled_from(ODD), ANYTHING))
    return json.dumps(card).encode()


def promise(data):
    """A card gives a single valid row, and its table can be written again, or it is refused."""
    card = attempt(lambda: table.card(data, NAME), f"{NAME}.json ", megabytes=10)
    if card is None:
        return None
    lines = table.table([card]).encode().decode().splitlines()
    assert len(lines) == 3
    assert lines[2].count("|") == 7
    assert lines[2].isprintable()
    text = f"{table.BEGIN}\n{table.END}"
    renewed = table.renew(text, "\n".join(lines))
    assert table.renew(renewed, "\n".join(lines)) == renewed
    return card


def seeds():
    """List valid cards."""
    return [json.dumps(VALID).encode(), b'{"name": "784-10-sigmoid", "count": 7850}']


DEEP = st.sampled_from([b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5000, b"\xff", b"\xef\xbb\xbf{}"])

TARGET = Target(
    "model cards",
    st.one_of(cards(), spoiled(cards()), ANYTHING.map(lambda x: json.dumps(x).encode()), DEEP),
    promise,
    500,
    promise,
    seeds,
)
