"""What was typed before, brought back with the arrow keys. It knows no browser.

Public: ``History``.
"""

# As many texts as anybody walks back through.
KEPT = 100


class History:
    """Texts in the order in which they were typed, and where among them one is."""

    def __init__(self):
        self._texts = []
        self._at = 0
        self._draft = ""

    def add(self, text):
        """Keep a text as the newest, unless it is the newest already; one is past all of them again."""
        if self._texts[-1:] != [text]:
            self._texts = self._texts[-KEPT + 1 :] + [text]
        self._at = len(self._texts)

    def walk(self, step, text):
        """Go a step back (−1) or forth (1): the text there, or None where there is no further one.

        text: what stands in the prompt now. What was begun there and not run comes again at the end.
        """
        to = self._at + step
        if not 0 <= to <= len(self._texts):
            return None
        if self._at == len(self._texts):
            self._draft = text
        self._at = to
        return self._texts[to] if to < len(self._texts) else self._draft
