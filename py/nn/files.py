"""Save and load a network's weights and biases as an .npz file.

The file holds float32 arrays W0, b0, W1, b1, … as in ``Network``, and ``activation``, the name of the hidden
layers' activation function. A file may come from anybody, so nothing in it is trusted: everything is checked
before memory is allocated for it, and pickles are never opened.
"""

import re
import struct
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tokenize import TokenError
from typing import NamedTuple

import numpy as np

from nn.activations import ACTIVATIONS
from nn.checks import BadFile, quoted, shortened
from nn.network import Network

# Enough for five million weights and biases, four hundred networks like the video's.
MAX_BYTES = 20_000_000
MAX_LAYERS = 32

# A zip archive stores a date for each file. A fixed date makes the bytes of equal networks equal.
DATE = (1980, 1, 1, 0, 0, 0)

# The signature of an entry in a zip archive's directory. zipfile makes an object of each entry, so a file of
# MAX_BYTES could make it create 400,000. The limit leaves room for signatures that occur by chance.
ENTRY, MAX_ENTRIES = b"PK\x01\x02", 1000

# Not every Python has bzip2 and LZMA, and both may allocate any amount of memory.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# What zipfile raises for a damaged file, because it follows any offset and length that it finds.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)

# NumPy parses an array's header as Python source, and a second time as Python 2's. That may raise any of a
# parser's errors.
UNREADABLE = (*DAMAGED, TypeError, SyntaxError, TokenError, MemoryError)

# NumPy's own headers have 118 bytes. Two hundred nested brackets would overflow Chromium's stack in Python's
# parser, and the interpreter would not survive that.
MAX_HEADER = 182

FLOAT32 = np.dtype("<f4")


class _Array(NamedTuple):
    """One array as it is stored: the fields of its header, and the bytes after it."""

    shape: tuple
    dtype: np.dtype
    order: str
    content: memoryview

    def unpacked(self):
        """Make an array with its own memory."""
        flat = np.frombuffer(self.content, self.dtype)
        return np.array(flat.reshape(self.shape, order=self.order), order="C")

    def text(self):
        """Read a single string. NumPy would also decode numbers that are not valid characters."""
        encoding = "utf-32-be" if self.dtype.str[0] == ">" else "utf-32-le"
        return bytes(self.content).decode(encoding).rstrip("\0")


def save(target, network):
    """Write a network to target: a path, or a file open for writing bytes.

    Equal networks give equal bytes with the same version of zlib. 13,002 float32 numbers take about 48 kB.
    """
    arrays = {}
    for layer, (weights, biases) in enumerate(zip(network.W, network.b, strict=True)):
        arrays |= {f"W{layer}": weights, f"b{layer}": biases}
    arrays["activation"] = np.array(network.activation)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy", DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Otherwise the byte for the operating system would differ on Windows.
            entry.create_system = 3
            content = BytesIO()
            np.lib.format.write_array(content, _as_stored(array), (1, 0), allow_pickle=False)
            archive.writestr(entry, content.getvalue())


def load(source):
    """Read a network from source: a path, a file open for reading bytes, or the bytes themselves.

    Raises BadFile saying which array is wrong and what was expected, and OSError if a path cannot be read.
    """
    data = _read(source)
    if data.count(ENTRY) > MAX_ENTRIES:
        message = f"weights have more than {MAX_ENTRIES:,} files in them, expected fewer"
        raise BadFile("archive", message)
    with _refusing("archive", "weights are not a valid .npz archive", DAMAGED):
        archive = zipfile.ZipFile(BytesIO(data))
    with archive:
        stored = _check_archive(archive)
    with _refusing("activation", "activation is not text", UNREADABLE):
        activation = stored.pop("activation").text()
    if activation not in ACTIVATIONS:
        known = ", ".join(ACTIVATIONS)
        message = f"activation is {quoted(activation)}, expected one of: {known}"
        raise BadFile("activation", message)
    loaded = {name: array.unpacked() for name, array in stored.items()}
    for name, array in loaded.items():
        if not np.isfinite(array).all():
            message = f"{name} has NaN or infinity in it, expected finite numbers"
            raise BadFile("not-finite", message, name)
    layers = range(len(loaded) // 2)
    return Network([loaded[f"W{n}"] for n in layers], [loaded[f"b{n}"] for n in layers], activation)


@contextmanager
def _refusing(code, what, errors, array=""):
    """Turn errors of other libraries into a BadFile with a clear message, and silence their warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except errors as error:
            raise BadFile(code, f"{what}: {shortened(error)}", array) from error


def _as_stored(array):
    return array.astype(FLOAT32) if array.dtype.kind == "f" else array


def _read(source):
    if isinstance(source, (bytes, bytearray, memoryview)):
        data = source if memoryview(source).nbytes > MAX_BYTES else bytes(source)
    elif hasattr(source, "read"):
        data = source.read(MAX_BYTES + 1)
    else:
        with Path(source).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadFile("size", f"weights are more than {MAX_BYTES:,} bytes, expected fewer")
    return data


def _check_archive(archive):
    """Check names, sizes and shapes before unpacking anything. Returns a dict of _Array by name."""
    entries = archive.infolist()
    layers = _check_names([entry.filename for entry in entries])
    total = sum(entry.file_size for entry in entries)
    if total > MAX_BYTES:
        message = f"arrays are {total:,} bytes unpacked, expected at most {MAX_BYTES:,}"
        raise BadFile("size", message)
    arrays = {
        entry.filename.removesuffix(".npy"): _check_array(archive, entry) for entry in entries
    }
    _check_text(arrays["activation"])
    before = None
    for layer in range(layers):
        before = _check_layer(arrays, layer, before)
    return arrays


def _check_names(names):
    layers = max(1, sum(bool(re.fullmatch(r"W\d+\.npy", name)) for name in set(names)))
    if layers > MAX_LAYERS:
        message = f"weights have {layers} layers, expected at most {MAX_LAYERS}"
        raise BadFile("layers", message)
    expected = {f"{letter}{layer}.npy" for letter in "Wb" for layer in range(layers)}
    expected.add("activation.npy")
    for name in sorted(expected - set(names)):
        array = name.removesuffix(".npy")
        message = f"{array} is missing, expected W0, b0, W1, … activation"
        raise BadFile("names", message, array)
    for name in names:
        if name not in expected:
            message = f"{quoted(name)} is not expected among the weights of {layers} layers"
            raise BadFile("names", message)
        if names.count(name) > 1:
            raise BadFile("names", f"{name.removesuffix('.npy')} occurs twice, expected once")
    return layers


def _check_array(archive, entry):
    name = entry.filename.removesuffix(".npy")
    if entry.flag_bits & 1:
        raise BadFile("array", f"{name} is encrypted, expected it unencrypted", name)
    if entry.compress_type not in METHODS:
        message = f"{name} has compression method {entry.compress_type}, expected 0 or 8"
        raise BadFile("array", message, name)
    damaged = _refusing("archive", "weights are not a valid .npz archive", DAMAGED)
    with damaged, archive.open(entry) as file:
        # Without the number of bytes, zipfile would inflate everything before it checks the size.
        content = file.read(entry.file_size)
    file = BytesIO(content)
    with _refusing("array", f"{name} is not a NumPy array", UNREADABLE, name):
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError("its format is not version 1.0")
        shape, is_fortran, dtype = np.lib.format.read_array_header_1_0(file, MAX_HEADER)
    begin = file.tell()
    # Python's integers do not overflow, so a false shape cannot pass this check.
    size = dtype.itemsize
    for length in shape:
        size *= length
    if dtype.hasobject or min(shape, default=0) < 0 or begin + size != len(content):
        message = (
            f"{name} has shape {quoted(shape)} of {shortened(dtype)} in {len(content)} bytes, "
            f"expected {quoted(begin + size)}"
        )
        raise BadFile("objects" if dtype.hasobject else "array", message, name)
    return _Array(shape, dtype, "F" if is_fortran else "C", memoryview(content)[begin:])


def _check_text(array):
    if array.shape != () or array.dtype.kind != "U" or not 0 < array.dtype.itemsize <= 400:
        message = (
            f"activation has shape {quoted(array.shape)} of {shortened(array.dtype)}, "
            "expected a single string"
        )
        raise BadFile("activation", message)


def _check_layer(arrays, layer, before):
    """Check one layer's arrays. ``before`` is the number of neurons in the previous layer, if known."""
    weights, biases = arrays[f"W{layer}"], arrays[f"b{layer}"]
    for name, array in ((f"W{layer}", weights), (f"b{layer}", biases)):
        if array.dtype != FLOAT32:
            message = f"{name} has {shortened(array.dtype)} in it, expected float32"
            raise BadFile("dtype", message, name)
    name, shape = f"W{layer}", weights.shape
    if len(shape) != 2 or 0 in shape:
        message = f"{name} has shape {quoted(shape)}, expected rows and columns"
        raise BadFile("shape", message, name)
    if before is not None and shape[1] != before:
        rows = f"one for each row of W{layer - 1}"
        message = f"{name} has {shape[1]} columns, expected {before}: {rows}"
        raise BadFile("shape", message, name)
    neurons = shape[0]
    if biases.shape != (neurons, 1):
        message = f"b{layer} has shape {quoted(biases.shape)}, expected ({neurons}, 1)"
        raise BadFile("shape", message, f"b{layer}")
    return neurons
