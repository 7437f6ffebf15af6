"""What was typed before, recalled with the arrow keys. Nothing here needs a browser."""

# How many texts are kept.
KEPT = 100


class History:
    """Texts in the order in which they were typed, and the current place among them."""

    def __init__(self):
        self._texts = []
        self._at = 0
        self._draft = ""

    def add(self, text):
        """Add a text, unless it repeats the newest, and move past all of them."""
        if self._texts[-1:] != [text]:
            self._texts = self._texts[-KEPT + 1 :] + [text]
        self._at = len(self._texts)

    def walk(self, step, text):
        """Go a step back (−1) or forward (1); return the text there, or None if there is none.

        text: what is in the prompt now. It is kept, and comes after the newest text.
        """
        to = self._at + step
        if not 0 <= to <= len(self._texts):
            return None
        if self._at == len(self._texts):
            self._draft = text
        self._at = to
        return self._texts[to] if to < len(self._texts) else self._draft
