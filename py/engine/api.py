"""The script that PyScript runs in the worker: exports every offered function to the page.

The page calls them by message, with positional arguments. Values are converted here, in both directions.
Nothing may fail while this script runs, or the page would wait for ever. If something does, ``status``
reports it.
"""

__export__ = ["status"]

trouble = ""


def status():
    """Return what went wrong while the engine started, or "".

    This is Python's own error as text. It is one of three replies that may hold text; the others are
    ``unforeseen`` errors (see ``engine.fetch``) and what the console shows.
    """
    return trouble


try:
    import inspect

    import js
    from pyodide.ffi import JsProxy, jsnull, to_js

    from engine import offer

    def _received(value):
        """Convert one of JavaScript's values to plain Python."""
        if isinstance(value, JsProxy):
            return value.to_py()
        return None if value is jsnull else value

    def _sent(reply):
        """Convert a reply to the plain JavaScript values that a message can carry."""
        return to_js(reply, dict_converter=js.Object.fromEntries)

    def _exported(function):
        """Wrap an offered function, so that it takes and returns JavaScript's values."""
        if inspect.iscoroutinefunction(function):

            async def call(*arguments):
                return _sent(await function(*map(_received, arguments)))

        else:

            def call(*arguments):
                return _sent(function(*map(_received, arguments)))

        return call

    functions = {name: _exported(function) for name, function in offer.gather().items()}
    globals().update(functions)
    __export__ += functions
except Exception as error:  # noqa: BLE001, whatever it is, the page has to report it
    trouble = f"{type(error).__name__}: {error}"
