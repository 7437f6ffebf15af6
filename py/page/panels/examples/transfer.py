"""Files of examples: saving all of them as one, and adding those of others."""

import asyncio

import js

from page.dom import disable, document, find, on, put
from page.panels.examples import stroke_file
from page.panels.examples.examples import MOST
from page.widgets.save_file import save_file
from page.words import thousands

NAME, KIND = "my-digits.jsonl", "application/jsonl"

# The largest file that is read, in bytes, packed or not: more than so many examples need.
MOST_BYTES = 8_000_000

# The first two bytes of a packed file.
GZIP = "31 139"

# The most lines whose faults are told one by one.
TOLD = 3

TOO_LARGE = "%%s is too large: %d MB at most can be read." % (MOST_BYTES // 1_000_000)
UNREADABLE = "%s could not be read."
NOT_WHOLE = "%s is not whole: it cannot be unpacked."
EMPTY = "%s has no digits in it."


class Refused(Exception):
    """Why a file was not read, as a sentence with a place for its name."""


class Transfer:
    """The buttons, the place where files may be dropped, and what became of them."""

    def __init__(self, page, examples):
        self._state = page.state
        self._examples = examples
        self._export = find("#examples-export")
        self._input = find("#examples-import")
        self._panel = panel = find("#examples")
        self._told = find("#examples-told")
        self._said = find("#examples-refused")
        on(self._export, "click", lambda event: self._save())
        on(self._input, "change", lambda event: self._choose())
        on(panel, "dragenter dragover", self._drag)
        on(panel, "dragleave", self._leave)
        on(panel, "drop", self._drop)

    def render(self):
        """Offer to export what there is."""
        disable(self._export, not self._examples.all, lambda: self._input)

    def _save(self):
        text = stroke_file.write(self._examples.all)
        save_file(NAME, KIND, js.TextEncoder.new().encode(text))
        self._say("Saved as %s." % NAME)

    def _choose(self):
        files = list(self._input.files)
        asyncio.create_task(self._add(files))

    def _drag(self, event):
        """Take files that are dragged over the panel: elsewhere on the page they mean something else."""
        if _has_files(event):
            event.preventDefault()
            event.dataTransfer.dropEffect = "copy"
            put(self._panel, "data-dropping", "")

    def _leave(self, event):
        if not self._panel.contains(event.relatedTarget):
            put(self._panel, "data-dropping", None)

    def _drop(self, event):
        put(self._panel, "data-dropping", None)
        if _has_files(event):
            event.preventDefault()
            asyncio.create_task(self._add(list(event.dataTransfer.files)))

    async def _add(self, files):
        """Add the examples of some files: one step to undo."""
        examples, said = [], []
        for file in files:
            try:
                text = await _text(file)
                found, faults = await stroke_file.read(text, progress=self._count)
            except Refused as refused:
                said.append(refused.args[0] % _short(file.name))
                continue
            examples += found
            said += told_of(faults, _short(file.name) if len(files) > 1 else "")
            if not found and not faults:
                said.append(EMPTY % _short(file.name))
        self._input.value = ""  # the same file may be chosen again
        new = self._examples.new(examples)
        added = new[: self._examples.room]
        if added:
            self._examples.add(added)
        self._say(result(len(added), len(examples) - len(new), len(new) - len(added)), said)

    def _count(self, done, lines):
        self._told.textContent = "Reading line %s of %s…" % (thousands(done), thousands(lines))

    def _say(self, told, said=()):
        self._told.textContent = told
        self._said.replaceChildren(*[_paragraph(sentence) for sentence in said])
        self._state.changed()


def result(added, known, left_out):
    """Say how many examples were added, how many were here already, and how many had no room."""
    told = "%s added." % digits(added) if added or known or left_out else ""
    if known:
        told += " %s here already." % _were(known)
    if left_out:
        told += " %s left out: there is room for %s in all." % (_were(left_out), thousands(MOST))
    return told


def told_of(faults, name=""):
    """Say what is wrong with each line, as sentences; name: the file's, if there are several."""
    where = " of " + name if name else ""
    said = ["Line %d%s: %s" % (number, where, why) for number, why in faults[:TOLD]]
    more = len(faults) - TOLD
    if more > 0:
        lines = "1 more line" if more == 1 else thousands(more) + " more lines"
        said.append("%s%s could not be used." % (lines, where))
    return said


def digits(count):
    """Write how many digits: "1 digit", "12 digits"."""
    return "1 digit" if count == 1 else thousands(count) + " digits"


def _were(count):
    return "1 was" if count == 1 else thousands(count) + " were"


async def _text(file):
    """Read a file as text, unpacking gzip. Raises Refused."""
    if file.size > MOST_BYTES:
        raise Refused(TOO_LARGE)
    try:
        head = js.Uint8Array.new(await file.slice(0, 2).arrayBuffer())
        if head.join(" ") != GZIP:
            return await file.text()
    except Exception:  # noqa: BLE001, a folder, or a file that has gone
        raise Refused(UNREADABLE)
    return await _unpacked(file)


async def _unpacked(file):
    """Unpack gzip, but not more than may be read: a small file may hold a great deal."""
    reader = file.stream().pipeThrough(js.DecompressionStream.new("gzip")).getReader()
    pieces, size = js.Array.new(), 0
    try:
        while True:
            piece = await reader.read()
            if piece.done:
                break
            size += piece.value.length
            if size > MOST_BYTES:
                break
            pieces.push(piece.value)
    except Exception:  # noqa: BLE001, the browser's own errors have no class here
        raise Refused(NOT_WHOLE)
    if size > MOST_BYTES:
        await reader.cancel()
        raise Refused(TOO_LARGE)
    return await js.Blob.new(pieces).text()


def _has_files(event):
    transfer = event.dataTransfer
    return bool(transfer and transfer.types.includes("Files"))


def _short(name):
    return name if len(name) <= 60 else name[:59] + "…"


def _paragraph(sentence):
    element = document.createElement("p")
    element.textContent = sentence
    return element
