"""Fuzz the console: whatever is typed gives a value or an error, and the network survives."""

import sys

import numpy as np
from hypothesis import strategies as st

from engine.console.console import CHARACTERS, LINES, NAMES
from engine.session import Session
from nn.network import Network
from targets.target import Target, attempt

# No combination of these can loop, fill the memory or touch a file.
WORDS = """
( ) [ ] { } : ; , . = == + - * / @ % ~ ' " \'\'\' # \\ _ 0 1 2 1e9 0x 1_ 1j é 𝒏 f'{ }' := ... ->
if else for in def class return yield await async lambda try except finally raise with as is not and
or None True import from match case global nonlocal del assert pass network pixels trace np sigmoid relu
network.W network.b[0] network.W[1][0] .shape x y print( repr( super( BaseException SystemExit
KeyboardInterrupt GeneratorExit np.nan
"""
TOKENS = [*WORDS.split(), "\n", "\n", "\n    ", "\n\t", "\0", "\x0c", "\ud800", " ", "\r"]
STATEMENTS = [
    "x = network.W[0]",
    "x[:] = 1",
    "network.b[0][:] = np.nan",
    "network.W[0] *= 3e38",
    "network.W.append(network.W[0])",
    "network.W = 3",
    "network = None",
    "del network",
    "del trace, pixels",
    "network = Network = type(network)(network.W, network.b, 'relu')",
    "network.activation = 'relu'",
    "network.activation = []",
    "network.b[1] = np.zeros((10, 1), 'f8')",
    "network.b[1] = network.b[1].astype(object)",
    "class Ends:\n    def __getattr__(self, name): raise SystemExit(name)",
    "class Shouts(Exception):\n    def __str__(self): raise SystemExit",
    "class Loud(type(network)):\n    W = property(lambda self: 1 / 0)",
    "class Late(type(network)):\n    @property\n    def activation(self): raise Shouts",
    "network.__class__ = Loud",
    "network.__class__ = Late",
    "x = Ends()",
    "network = x",
    "raise Shouts",
    "raise Shouts from Shouts()",
    "raise SyntaxError('m', ([], 1, 1, ''))",
    "raise SyntaxError('m', ('f', 'one', None, 3))",
    "raise SyntaxError('m', ('<console 1>', 10**30, -5, None))",
    "raise IndentationError(*[(1, 2)] * 2)",
    "raise BaseExceptionGroup('m', [SystemExit(), KeyboardInterrupt('é')])",
    "raise UnicodeDecodeError('utf-8', b'', 0, 1, 'r')",
    "e = SyntaxError('m'); e.text = 5; e.filename = 7; raise e",
    "e = SyntaxError('m', ('<console 1>', 1, 1, None)); e.lineno = 'x'; raise e",
    "e = ValueError('m'); e.__notes__ = 5; raise e",
    "e = ValueError('m'); e.__cause__ = e; raise e",
    "def f(): return f()\nf()",
    "exit()",
    "quit(1)",
    "help()",
    "input()",
    "1 / 0",
    "np.float32(1) / 0",
    "np.log(-1)",
    "import warnings; warnings.warn('m')",
    "print('a' * 20000)",
    "print('\\n' * 999)",
    "print('\\ud800\\0')",
    "'\\d'",
    "1 is 1",
    "assert (1, 2)",
    "__name__ = 5",
    "_ = 5",
    "import sys; sys.stdout = None",
    "import sys; sys.stdout.close(); print(1)",
    "import sys; sys.stdin.read(); sys.stderr.write('e')",
    "import sys; sys.stdout.write(3)",
    "import sys; sys.displayhook(4)",
    "x = y = type('T', (), {'__repr__': lambda self: 3})()\nx",
    "x = type('T', (), {'__dir__': lambda self: 3})()",
    "x = type('T', (), {'__dir__': lambda self: [3, 'a', None]})()",
    "x = type('T', (), {'__call__': 1, '__signature__': property(lambda self: exit())})",
    "locals()['\\ud800'] = globals()[''] = 1",
    "globals()[5] = 1",
    "globals()[None] = 1",
    "async def f(): await x\nf()",
    "yield 1",
    "(lambda: (yield))()",
    "[" * 300,
    "-" * 5000 + "1",
    "x" + ".x" * 3000,
    "9" * 5000,
    "1\n" * 300 + "(",
]
ENDINGS = [
    "x.",
    "y.a",
    "network.",
    "network.W",
    "np.lin",
    "_",
    "_.",
    "",
    "x.__",
    "trace.a",
    "é",
    ".",
]

SOURCES = st.one_of(
    st.text(),
    st.lists(st.sampled_from(TOKENS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(TOKENS), max_size=14).map("".join),
    st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=4).map("\n".join),
    st.sampled_from(STATEMENTS),
)


@st.composite
def cases(draw):
    """Make a few inputs to type, each with a position at which to ask for completions."""
    typed = draw(st.lists(SOURCES, min_size=1, max_size=4))
    asked = st.tuples(st.one_of(st.sampled_from(ENDINGS), SOURCES), st.integers(0, 40))
    return [(source, *draw(asked)) for source in typed]


def promise(case):
    """Nothing is raised, output is limited, even while code runs, and undo restores the network."""
    session = Session()
    session.open("n", Network.random((784, 3, 10), "sigmoid", np.random.default_rng(1)))
    session.use("n")
    streams = sys.stdin, sys.stdout, sys.stderr
    first = bits(session.network)
    for source, asked, cursor in case:
        more = attempt(lambda s=source: session.needs_more(s), "", 50)
        assert type(more) is bool
        # Typed code may cause warnings, which are shown to whoever typed it.
        shown = []
        output = session.run(source, shown.append)
        assert output.text.startswith("".join(shown))
        assert type(output.text) is str
        assert type(output.failed) is bool
        assert len(output.text) <= 2 * CHARACTERS + 500
        assert output.text.count("\n") <= 2 * LINES + 4
        cursor = min(cursor, len(asked))
        start, words = attempt(lambda a=asked, c=cursor: session.complete(a, c), "", 50)
        assert 0 <= start <= cursor
        assert len(words) <= NAMES
        assert all(type(word) is str for word in words)
        assert (sys.stdin, sys.stdout, sys.stderr) == streams
        # A coroutine that was never awaited may cause a warning as well.
        text, failed = session.run("6 * 7")
        assert "42\n" in text
        assert not failed
        for array in (*session.network.W, *session.network.b):
            assert array.dtype == np.float32
            assert np.isfinite(array).all()
    while session.dials.can_undo:
        session.edit("undo", [], "")
    assert bits(session.network) == first


def bits(network):
    """Return every array's bytes."""
    return [array.tobytes() for array in (*network.W, *network.b)]


TARGET = Target("console", cases(), promise, 300)
