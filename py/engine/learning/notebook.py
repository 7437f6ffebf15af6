"""The notebook: one network and one drawing, and the forward pass step by step.

It is a document of its own, so its words are here and not on the page. It is the same for every network, but
for the data, the file's name and the page's answer: whoever has another network can put it in.
"""

import base64
import json

from engine.learning.notebook_cells import CELLS, DATA

# What a notebook says of itself. The format is nbformat 4.5: https://nbformat.readthedocs.io
FORMAT = {
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}

# How the page's answer is told, by its reason.
UNANSWERED = {
    "blank": "The pad was empty, so the picture is black and the page gave no answer.",
    "apart": "The page gave no answer: the ink was in parts side by side, as two digits would be.",
    "strokes": "The page gave no answer: with so many strokes, an output has to be brighter.",
    "unsure": "The page gave no answer: no output stood out.",
}


def write(network, packed, drawing, answer):
    """Write a notebook as text.

    packed: the bytes of the network's .npz; drawing: the 784 pixels as little-endian float32; answer: the
    fields of ``replies.answer``.
    """
    shape = "-".join(map(str, network.shape))
    told = f"The page said **{answer['digit']}**." if answer["digit"] else UNANSWERED[answer["why"]]
    filled = {
        "FILE": f"{shape}-{network.activation}.npz",
        "ANSWER": told,
        "NETWORK": base64.b64encode(packed).decode(),
        "DRAWING": base64.b64encode(drawing).decode(),
    }
    cells = []
    for number, (kind, text) in enumerate(CELLS):
        for name, value in filled.items():
            text = text.replace(f"<<{name}>>", value)
        cells.append(_cell(kind, text.strip("\n"), f"cell-{number}"))
    return json.dumps({"cells": cells, **FORMAT}, ensure_ascii=False, indent=1) + "\n"


def _cell(kind, text, cell_id):
    cell = {
        "cell_type": "markdown" if kind == "markdown" else "code",
        "id": cell_id,
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    if kind == DATA:
        # Notebooks show a line in its place: its text is long, and nobody reads it.
        cell["metadata"] = {"jupyter": {"source_hidden": True}}
    if cell["cell_type"] == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
