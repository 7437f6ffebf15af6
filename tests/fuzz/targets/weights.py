"""Fuzz weight files: any bytes become a network of finite numbers or are refused, and none runs as code."""

import io
import pickle
import struct
import zipfile

import numpy as np
from hypothesis import strategies as st

from nn import files
from nn.activations import ACTIVATIONS
from nn.network import Network
from targets.target import Target, attempt, spoiled

# The bytes read, the bytes unpacked from them, and half as much again in between.
MEGABYTES = 3 * files.MAX_BYTES / 1e6

NAMES = ["W0", "b0", "W1", "b1", "activation"]
METHODS = [
    *[zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED] * 3,
    zipfile.ZIP_BZIP2,
    zipfile.ZIP_LZMA,
]
NUMBERS = [0.0, -0.0, 1.5, -3e38, 3e38, 1e-45, np.nan, np.inf, -np.inf]
LENGTHS = [0, 1, -1, True, 2.0, None, 10**12, 2**31, 2**63, 2**64, 10**4000, "1"]
DESCRS = [
    *["<f4"] * 4,
    *["<f8", ">f4", "=f4", "|O", "O", "<U7", ">U7", "<U0", "<U5000000", "<U600000000", "S7", "a7"],
    *[
        "<M8",
        "<M8[as]",
        "<c8",
        "V9",
        "f4,f4",
        "",
        "\\d",
        ("<f4", (2, 3)),
        [("a", "<f4")],
        [("é", "O")],
    ],
    *[[], {}, None, 4, "U" + "9" * 30, {"names": ["a"], "formats": ["O"]}],
]
SOURCES = [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }",
    "{'descr': '<f4', 'fortran_order': 1, 'shape': (2, 3), }",
    "{'descr': '<f4', 'shape': (2, 3)}",
    "{'descr': '\\d<f4', 'fortran_order': False, 'shape': (2, 3), }",
    "__import__('os').abort()",
    "{'descr': 1 is 1, 'fortran_order': 0xfor x, 'shape': ()}",
    "(" * 3000,
    "-" * 9000 + "1",
    "[" * 80 + "]" * 80,
    "é\0",
    "",
    "9" * 5000,
    "'''",
    "\\",
]


class Executed(Exception):
    """Raised by our pickle if something unpickles it."""


def execute():
    """Raise Executed. Our pickle calls this."""
    raise Executed


class Pickled:
    """An object whose pickle calls ``execute``."""

    def __reduce__(self):
        return execute, ()


PICKLE = pickle.dumps(Pickled())


def npy(descr, fortran, shape, version=(1, 0)):
    """Write an .npy header with these fields, true or not."""
    source = f"{{'descr': {descr!r}, 'fortran_order': {fortran!r}, 'shape': {shape!r}, }}"
    return headed(source, version)


def headed(source, version=(1, 0)):
    """Write an .npy header of any Python source."""
    encoded = source.encode("utf-8")[: 2**16 - 1]
    wide = "<H" if version[0] < 2 else "<I"
    return b"\x93NUMPY" + bytes(version) + struct.pack(wide, len(encoded)) + encoded


@st.composite
def arrays(draw, shape):
    """Make an .npy of float32 with a shape, mostly valid."""
    kind = draw(st.integers(0, 19))
    size = int(np.prod(shape))
    values = np.arange(1, size + 1, dtype="<f4")
    if kind < 10:
        values[draw(st.integers(0, size - 1))] = draw(st.sampled_from(NUMBERS))
        order = draw(st.booleans())
        return npy("<f4", order, shape) + values.tobytes()
    if kind < 13:
        shape = list(shape)
        shape[draw(st.integers(0, 1))] = draw(st.sampled_from(LENGTHS))
        shape = draw(st.sampled_from([tuple(shape), shape, shape[0], tuple(shape * 40)]))
    elif kind < 16:
        descr = draw(st.sampled_from(DESCRS))
        return npy(descr, False, shape) + draw(st.sampled_from([values.tobytes(), PICKLE, b""]))
    elif kind < 18:
        version = draw(st.sampled_from([(1, 0), (1, 0), (2, 0), (3, 0), (0, 0), (255, 255)]))
        return headed(draw(st.sampled_from(SOURCES)), version) + values.tobytes()
    elif kind < 19:
        return draw(st.sampled_from([PICKLE, b"", b"\x93NUMPY", b"PK\5\6" + bytes(18)]))
    return npy("<f4", False, shape) + values.tobytes() + draw(st.binary(max_size=4))


@st.composite
def texts(draw):
    """Make the .npy of an activation's name."""
    kind = draw(st.integers(0, 9))
    if kind < 6:
        text = draw(
            st.sampled_from([*ACTIVATIONS] * 3 + ["", "tanh", "\0", "\U0010ffff", "a" * 900])
        )
        out = io.BytesIO()
        np.lib.format.write_array(out, np.array(text), (1, 0), allow_pickle=False)
        return out.getvalue()
    if kind < 8:
        descr = draw(st.sampled_from(DESCRS))
        return npy(descr, False, ()) + draw(st.sampled_from([b"\xff" * 28, PICKLE, bytes(28)]))
    if kind < 9:
        count = draw(st.sampled_from([7, 100, 1_000_000]))
        return npy(f"<U{count}", False, ()) + "a".encode("utf-32-le") * count
    return draw(arrays((1, 7)))


@st.composite
def archives(draw):
    """Make an archive of a two-layer network, in which each part is mostly valid."""
    inputs, hidden, outputs = (draw(st.integers(1, 3)) for _ in range(3))
    shapes = [(hidden, inputs), (hidden, 1), (outputs, hidden), (outputs, 1)]
    entries = [(name, arrays(shape)) for name, shape in zip(NAMES[:4], shapes, strict=True)]
    entries.append(("activation", texts()))
    if draw(st.integers(0, 4)) == 0:
        entries = entries[:2] + entries[4:]
    if draw(st.integers(0, 9)) == 0:
        name = draw(
            st.sampled_from([*NAMES, "W2", "W01", "../W0", "W0.npy", "W٣", "é", "x" * 900, ""])
        )
        entries.insert(draw(st.integers(0, 5)), (name, arrays((hidden, 1))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(f"{name}.npy", files.DATE)
            entry.compress_type = draw(st.sampled_from(METHODS)) if draw(st.booleans()) else 0
            archive.NameToInfo.pop(
                entry.filename, None
            )  # Duplicates are intended, so avoid the warning.
            archive.writestr(entry, draw(content))
    return lying(draw, out.getvalue())


def lying(draw, data):
    """Change fields of the archive's directory to values that zipfile would never write."""
    data = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0 and draw(st.integers(0, 6)) == 0:
        offset, size = draw(st.sampled_from(FIELDS))
        value = draw(st.sampled_from([0, 1, 2**31, 2**32 - 1, 20_000_001, 65, 14, 9, 99]))
        data[at + offset : at + offset + size] = (value % 2 ** (8 * size)).to_bytes(size, "little")
        if draw(st.integers(0, 3)) == 0:
            data = far(data, at)
        at = data.find(b"PK\x01\x02", at + draw(st.sampled_from([1, 200])))
    return bytes(data)


def far(data, at):
    """Give an entry of the directory 64-bit sizes and an offset that is out of reach."""
    for field in (20, 24, 42):
        data[at + field : at + field + 4] = b"\xff" * 4
    name, extra = struct.unpack_from("<HH", data, at + 28)
    data[at + 30 : at + 32] = struct.pack("<H", extra + 28)
    zip64 = struct.pack("<HHQQQ", 1, 24, 60, 60, 2**64 - 1)
    data[at + 46 + name : at + 46 + name] = zip64
    end = data.rfind(b"PK\x05\x06")
    (size,) = struct.unpack_from("<I", data, end + 12)
    data[end + 12 : end + 16] = struct.pack("<I", size + 28)
    return data


# Fields of a directory entry: flags, method, checksum, sizes, lengths of name, extra and comment, offset.
FIELDS = [(6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4)]


@st.composite
def saved(draw):
    """Save a network of any shape with finite numbers, as this project does."""
    shape = draw(st.lists(st.integers(1, 4), min_size=2, max_size=6))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    return as_saved(Network.random(shape, draw(st.sampled_from([*ACTIVATIONS])), rng))


def as_saved(network):
    """Write a network to bytes."""
    out = io.BytesIO()
    files.save(out, network)
    return out.getvalue()


def promise(data):
    """The network works, and survives saving and loading bit for bit, or the bytes are refused."""
    network = attempt(lambda: files.load(data), SUBJECTS, MEGABYTES)
    if network is None:
        return None
    assert network.activation in ACTIVATIONS
    before = network.shape[0]
    for W, b in zip(network.W, network.b, strict=True):
        assert W.dtype == b.dtype == np.float32
        assert W.ndim == 2
        assert W.shape[1] == before > 0
        assert b.shape == (len(W), 1)
        assert np.isfinite(W).all()
        assert np.isfinite(b).all()
        before = len(W)
    again = files.load(as_saved(network))
    assert again.activation == network.activation
    assert bits(again) == bits(network)
    return network


def bits(network):
    """Return every array's shape and bytes."""
    return [(array.shape, array.tobytes()) for array in (*network.W, *network.b)]


def seeds():
    """List valid files: as saved by this project, and as NumPy writes them uncompressed."""
    networks = [Network.random(s, "relu", np.random.default_rng(1)) for s in ((1, 1), (2, 3, 2))]
    plain = []
    for network in networks:
        out = io.BytesIO()
        named = {f"W{n}": W for n, W in enumerate(network.W)}
        named |= {f"b{n}": b for n, b in enumerate(network.b)}
        np.savez(out, activation=np.array(network.activation), **named)
        plain.append(out.getvalue())
    return [as_saved(network) for network in networks] + plain


SUBJECTS = r"weights (are|have) |arrays are |activation |[Wb]\d+ |['\"].* is not expected among"

TARGET = Target(
    "weights",
    st.one_of(archives(), spoiled(archives()), saved(), spoiled(saved()), st.binary()),
    promise,
    500,
    promise,
    seeds,
)
