"""The console's prompt: what somebody types, run and completed.

Its replies hold text, unlike those of all other modules: what Python prints and the names that it knows.
"""

from engine import replies
from engine.offer import offered
from engine.session import session


@offered
def run(source):
    """Run Python that was typed.

    Returns ``replies.network_in_use``, and: ``text``, what to show; ``failed``; ``more``, whether the source
    is incomplete, so that nothing was run; ``edited``, whether the dials have changed. While it runs, each
    piece that it prints is posted to the page as ``{ printed }``. The first of these is empty: it says that
    the run has begun.
    """
    if session.needs_more(source):
        return replies.network_in_use(session) | {
            "text": "",
            "failed": False,
            "more": True,
            "edited": False,
        }
    before = session.network
    _post("")
    output = session.run(source, _post)
    edited = session.network is not before
    return replies.network_in_use(session) | output._asdict() | {"more": False, "edited": edited}


@offered
def complete(source, cursor):
    """Complete the name before the cursor: ``start``, where it begins, and ``words``, what it may be."""
    start, words = session.complete(source, cursor)
    return {"start": start, "words": words}


def _post(text):
    import js  # exists only in a browser
    from pyodide.ffi import to_js

    js.postMessage(to_js({"printed": text}, dict_converter=js.Object.fromEntries))
