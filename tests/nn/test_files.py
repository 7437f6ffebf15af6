"""Test that networks survive saving and loading, that bytes are stable, and that bad files are refused."""

import struct
import sys
import tracemalloc
import zipfile
from io import BytesIO

import numpy as np
import pytest

from nn import files
from nn.checks import BadFile
from nn.network import Network

in_cpython = pytest.mark.skipif(
    sys.platform == "emscripten", reason="needs CPython outside the browser"
)


@pytest.fixture
def network(rng):
    """Make a network with biases and an unusual shape, so that no two arrays look alike."""
    made = Network.random((7, 5, 4, 3), "relu", rng)
    made.b = [rng.normal(0, 1, b.shape).astype(np.float32) for b in made.b]
    return made


@pytest.fixture
def arrays(network):
    """The arrays of a valid file, for a test to spoil."""
    named = {f"W{n}": W for n, W in enumerate(network.W)}
    named |= {f"b{n}": b for n, b in enumerate(network.b)}
    return named | {"activation": np.array("relu")}


def packed(arrays):
    """Write arrays as NumPy itself would."""
    file = BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def zipped(entries):
    """Write an archive of raw entries, in order: names and bytes."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def header(shape, descr="<f4", version=b"\x01\x00"):
    """Write an .npy header with any shape and type, true or not."""
    text = f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY" + version + len(text).to_bytes(2, "little") + text


def headed(shape):
    """Write an .npy header whose shape is any Python source."""
    text = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def npy(array):
    """Write one array as an .npy."""
    file = BytesIO()
    np.save(file, array)
    return file.getvalue()


def assert_same(one, other):
    """Compare two networks bit by bit."""
    assert one.shape == other.shape
    assert one.activation == other.activation
    for a, b in zip((*one.W, *one.b), (*other.W, *other.b), strict=True):
        assert a.dtype == b.dtype == np.float32
        assert np.array_equal(a, b)


def test_a_network_can_be_loaded_from_a_path_a_file_or_bytes(network, tmp_path):
    path = tmp_path / "network.npz"
    files.save(path, network)
    memory = BytesIO()
    files.save(memory, network)
    assert memory.getvalue() == path.read_bytes()
    memory.seek(0)
    for source in (path, str(path), memory, path.read_bytes(), memoryview(path.read_bytes())):
        assert_same(files.load(source), network)


def test_numpy_can_read_and_write_the_file_without_this_project(network, arrays):
    memory = BytesIO()
    files.save(memory, network)
    memory.seek(0)
    with np.load(memory, allow_pickle=False) as stored:
        assert sorted(stored) == ["W0", "W1", "W2", "activation", "b0", "b1", "b2"]
        assert np.array_equal(stored["W1"], network.W[1])
    assert_same(files.load(packed(arrays)), network)


def test_equal_networks_give_equal_bytes_at_any_time(network):
    """Otherwise the SHA-256 in a model card would mean nothing."""
    one, other = BytesIO(), BytesIO()
    files.save(one, network)
    files.save(other, Network([W.copy() for W in network.W], network.b, network.activation))
    assert one.getvalue() == other.getvalue()
    dates = {entry.date_time for entry in zipfile.ZipFile(one).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_the_videos_network_takes_at_most_60_kilobytes(rng):
    """The page has to load it."""
    memory = BytesIO()
    files.save(memory, Network.random((784, 16, 16, 10), "sigmoid", rng))
    assert len(memory.getvalue()) <= 60_000
    entries = zipfile.ZipFile(memory).infolist()
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}


SPOILED = [
    ("W1", None, "W1 is missing", "names"),
    ("W0", None, "W0 is missing", "names"),
    ("W2", None, "'b2.npy' is not expected among the weights of 2 layers", "names"),
    ("b0", None, "b0 is missing", "names"),
    ("activation", None, "activation is missing", "names"),
    ("b3", np.zeros((1, 1), np.float32), "'b3.npy' is not expected", "names"),
    ("extra", np.zeros(3), "'extra.npy' is not expected", "names"),
    ("W0", np.zeros((5, 7)), "W0 has float64 in it, expected float32", "dtype"),
    ("b2", np.zeros((3, 1), ">f4"), "b2 has >f4 in it, expected float32", "dtype"),
    ("b2", np.zeros((3, 1), np.int64), "b2 has int64 in it, expected float32", "dtype"),
    ("W0", np.zeros(35, np.float32), r"W0 has shape \(35,\), expected rows and columns", "shape"),
    (
        "W0",
        np.zeros((0, 7), np.float32),
        r"W0 has shape \(0, 7\), expected rows and columns",
        "shape",
    ),
    ("W1", np.zeros((4, 6), np.float32), "W1 has 6 columns, expected 5", "shape"),
    ("b1", np.zeros((4,), np.float32), r"b1 has shape \(4,\), expected \(4, 1\)", "shape"),
    ("b1", np.zeros((1, 4), np.float32), r"b1 has shape \(1, 4\), expected \(4, 1\)", "shape"),
    ("W2", np.full((3, 4), np.nan, np.float32), "W2 has NaN or infinity", "not-finite"),
    ("b0", np.full((5, 1), -np.inf, np.float32), "b0 has NaN or infinity", "not-finite"),
    (
        "activation",
        np.array("tanh"),
        "activation is 'tanh', expected one of: sigmoid, relu",
        "activation",
    ),
    (
        "activation",
        np.array(["relu"]),
        r"activation has shape \(1,\) of <U4, expected a single string",
        "activation",
    ),
    (
        "activation",
        np.array(3, np.int64),
        "activation has shape .* of int64, expected a single string",
        "activation",
    ),
]


@pytest.mark.parametrize(("name", "array", "message", "code"), SPOILED)
def test_a_wrong_array_is_named(arrays, name, array, message, code):
    """One array is removed, added or replaced. The message says which, and what was expected."""
    spoiled = {key: value for key, value in arrays.items() if key != name}
    if array is not None:
        spoiled[name] = array
    with pytest.raises(BadFile, match=message) as refused:
        files.load(packed(spoiled))
    assert refused.value.code == code
    # Where the name is not the file's own invention, whoever words the code can say it.
    at_fault = refused.value.array
    assert at_fault == ("" if code == "activation" or "not expected" in message else name)


def test_every_refusal_has_a_code(arrays):
    """The page words them, so an array's name may be in them, but no text of the file's own."""
    layers = zipped([(f"W{n}.npy", b"") for n in range(33)])
    entries = {f"{name}.npy": npy(array) for name, array in arrays.items()}
    header_only = zipped((entries | {"W0.npy": header((5, 7))}).items())
    encrypted = bytearray(packed(arrays))
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    refused = [
        (b"", "archive", ""),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "archive", ""),
        (packed(arrays)[:-30], "archive", ""),
        (b"PK\x01\x02" * 1001, "archive", ""),
        (bytes(files.MAX_BYTES + 1), "size", ""),
        (changed(packed(arrays), 24, b"\xff\xff\xff\x7f"), "size", ""),
        (layers, "layers", ""),
        (packed(arrays | {"W0": np.array([[print]], object)}), "objects", "W0"),
        (header_only, "array", "W0"),
        (bytes(encrypted), "array", "W0"),
    ]
    for data, code, array in refused:
        with pytest.raises(BadFile) as error:
            files.load(data)
        assert (error.value.code, error.value.array) == (code, array)


def test_a_pickled_object_is_never_unpickled(arrays):
    """An array of objects could run any code."""
    with pytest.raises(ValueError, match=r"W0 has shape .* of object"):
        files.load(packed(arrays | {"W0": np.array([[print]], object)}))


@pytest.mark.parametrize("data", [b"", b"PK", b"not an archive at all", npy(np.zeros(3))])
def test_anything_but_an_archive_is_refused(data):
    """The bytes are empty, cut short, text, or a single .npy."""
    with pytest.raises(ValueError, match=r"not a valid \.npz archive"):
        files.load(data)


def test_a_file_cut_short_is_refused(network):
    """A download may break off anywhere."""
    memory = BytesIO()
    files.save(memory, network)
    data = memory.getvalue()
    for length in range(0, len(data), 23):
        with pytest.raises(ValueError, match=r"not a valid \.npz archive"):
            files.load(data[:length])


def test_a_damaged_byte_is_refused_or_harmless(network):
    """It causes a ValueError, unless it is in a part of the archive that carries no information."""
    memory = BytesIO()
    files.save(memory, network)
    for place in range(0, len(memory.getvalue()), 7):
        data = bytearray(memory.getvalue())
        data[place] ^= 0x55
        try:
            loaded = files.load(bytes(data))
        except ValueError:
            continue
        assert_same(loaded, network)


def test_a_large_file_is_refused_unread(monkeypatch, tmp_path):
    """At most one byte more than the limit is read."""
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    path = tmp_path / "large.npz"
    path.write_bytes(bytes(101))
    endless = BytesIO(bytes(1000))
    for source in (path, endless, bytes(101)):
        with pytest.raises(ValueError, match="more than 100 bytes"):
            files.load(source)
    assert endless.tell() == 101


def test_an_archive_that_would_unpack_too_large_is_refused_packed(arrays):
    """25 MB of zeros take 25 kB in an archive. The declared size is enough to refuse it."""
    bomb = zipped(
        [
            ("W0.npy", header((1, 6_250_000)) + bytes(25_000_000)),
            ("b0.npy", npy(arrays["b0"])),
            ("activation.npy", npy(arrays["activation"])),
        ]
    )
    assert len(bomb) < 100_000
    with pytest.raises(ValueError, match="bytes unpacked, expected at most 20,000,000"):
        files.load(bomb)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (header((100_000, 100_000)), r"W0 has shape \(100000, 100000\) of float32 in"),
        (header((2**62, 8)), "W0 has shape"),
        (header((-1, 7)), "W0 has shape"),
        (header((5, 7)) + bytes(139), "W0 has shape"),
        (header((5, 7)) + bytes(141), "W0 has shape"),
        (header((5, 7), version=b"\x03\x00"), "W0 is not a NumPy array: its format"),
        (header((5, 7), descr="|O") + bytes(280), "W0 has shape .* of object"),
        (header("5, 'x'"), "W0 is not a NumPy array"),
        (header("(" * 5000), "W0 is not a NumPy array"),
        (b"\x93NUMPY\x01\x00\xff\xff{", "W0 is not a NumPy array"),
        (b"", "W0 is not a NumPy array"),
        (b"import os", "W0 is not a NumPy array"),
    ],
)
def test_a_false_header_is_refused(arrays, content, message):
    """The shape must agree with the number of bytes before any array is made."""
    entries = [(f"{name}.npy", npy(array)) for name, array in arrays.items() if name != "W0"]
    with pytest.raises(ValueError, match=message):
        files.load(zipped([("W0.npy", content), *entries]))


def changed(data, offset, value):
    """Change a field of the first entry of an archive's directory."""
    data = bytearray(data)
    at = data.index(b"PK\x01\x02") + offset
    data[at : at + len(value)] = value
    return bytes(data)


@pytest.mark.parametrize(
    ("offset", "value", "message"),
    [
        (42, b"\xff\xff\xff\x7f", "not a valid .npz archive"),
        (10, b"\x0c\0", "W0 has compression method 12, expected 0 or 8"),
        (10, b"\x0e\0", "W0 has compression method 14, expected 0 or 8"),
        (8, b"\x20\0", "not a valid .npz archive"),
        (8, b"\x40\0", "not a valid .npz archive"),
        (9, b"\x08", "not a valid .npz archive"),
        (24, b"\xff\xff\xff\x7f", "bytes unpacked, expected at most 20,000,000"),
    ],
)
def test_a_false_directory_entry_is_refused(arrays, offset, value, message):
    """Wrong fields are the offset, the method, the flags, the encoding of the name, and the size."""
    if offset == 9:
        arrays = {"W0": arrays.pop("W0"), **arrays}
        data = bytearray(changed(packed(arrays), offset, value))
        data[data.index(b"PK\x01\x02") + 46] = 0xFF  # not valid UTF-8
    else:
        data = changed(packed(arrays), offset, value)
    with pytest.raises(ValueError, match=message) as refused:
        files.load(bytes(data))
    assert type(refused.value) is BadFile


def test_an_offset_too_large_to_seek_to_is_refused(arrays):
    """It is written as 64 bits in the entry's extra field."""
    data = bytearray(packed(arrays))
    at = data.index(b"PK\x01\x02")
    for field in (20, 24, 42):
        data[at + field : at + field + 4] = b"\xff" * 4
    data[at + 30 : at + 32] = struct.pack("<H", 28)
    data[at + 46 + 6 : at + 46 + 6] = struct.pack("<HHQQQ", 1, 24, 60, 60, 2**64 - 1)
    end = data.rfind(b"PK\x05\x06") + 12
    data[end : end + 4] = struct.pack("<I", struct.unpack_from("<I", data, end)[0] + 28)
    with pytest.raises(ValueError, match=r"not a valid \.npz archive: \w"):
        files.load(bytes(data))


@in_cpython
def test_a_huge_directory_is_refused_before_it_is_read():
    """From 20 MB of entries, zipfile would make objects of 200 MB."""
    entry = b"PK\x01\x02" + bytes(42)
    count = (files.MAX_BYTES - 22) // len(entry)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0, 0, count * len(entry), 0, 0)
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="more than 1,000 files"):
            files.load(entry * count + end)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2.5 * files.MAX_BYTES


@in_cpython
def test_an_array_that_inflates_to_more_than_it_declares_is_refused_early(arrays):
    """100 MB are packed into 100 kB and declared as 268 bytes. No more than those are inflated."""
    entries = [(f"{name}.npy", npy(array)) for name, array in arrays.items() if name != "W0"]
    bomb = header((5, 7)) + bytes(100_000_000)
    data = bytearray(zipped([("W0.npy", bomb), *entries]))
    size = struct.pack("<I", len(header((5, 7))) + 140)
    declared = data.index(b"PK\x01\x02") + 24
    data[declared : declared + 4] = size
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="Bad CRC-32"):
            files.load(bytes(data))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2e6


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "content",
    [
        headed("(5, 7, 1 if 1else 1)"),
        headed("(5, 7, 1 is 1)"),
        headed("(" * 3000),
        header((5, 7), descr="a7") + bytes(245),
        header((10**4000, 10**4000)),
        header((1,) * 600),
        header((5, 7), descr="U" + "9" * 30),
        header((5, 7), descr=[(f"name {n}", "<f4") for n in range(90)]),
    ],
    ids=range(8),
)
def test_a_header_that_confuses_the_parser_is_refused_on_one_line(arrays, content):
    """The parser's warnings are silenced, and the header is not repeated in full."""
    entries = [(f"{name}.npy", npy(array)) for name, array in arrays.items() if name != "W0"]
    with pytest.raises(ValueError, match=r"^W0 ") as refused:
        files.load(zipped([("W0.npy", content), *entries]))
    assert len(str(refused.value)) < 250
    assert str(refused.value).isprintable()


@pytest.mark.filterwarnings("error")
def test_a_header_written_by_python_2_is_read_without_a_warning(arrays):
    """NumPy can read it, but warns."""
    content = header((5, 7)).replace(b"(5, 7)", b"(5L, 7L)")
    content = content[:8] + (content[8] + 2).to_bytes(2, "little") + content[10:] + bytes(140)
    entries = [(f"{name}.npy", npy(array)) for name, array in arrays.items() if name != "W0"]
    assert not files.load(zipped([("W0.npy", content), *entries])).W[0].any()


@pytest.mark.parametrize("name", ["x" * 60_000, "W0\n\n", "'\"", "\u202e"])
def test_a_name_of_any_length_is_refused_on_one_line(arrays, name):
    entries = [(f"{key}.npy", npy(array)) for key, array in arrays.items()]
    with pytest.raises(ValueError, match="is not expected among the weights") as refused:
        files.load(zipped([*entries, (name, b"")]))
    assert len(str(refused.value)) < 150
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (header((), descr="<U4000000") + b"a\0\0\0" * 4_000_000, "expected a single string"),
        (header((), descr="<U0"), "expected a single string"),
        (header((), descr="<U2") + b"\xff" * 8, "activation is not text"),
        (header((), descr="<U2") + b"\n\0\0\0\x85\0\0\0", r"activation is '\\n\\x85', expected"),
    ],
    ids=["long", "none", "no Unicode", "two lines"],
)
def test_an_unknown_activation_is_refused_on_one_line(arrays, content, message):
    """It is as long as the file may be, empty, not Unicode, or two lines."""
    entries = [(f"{name}.npy", npy(array)) for name, array in arrays.items()]
    with pytest.raises(ValueError, match=message) as refused:
        files.load(zipped([*entries[:-1], ("activation.npy", content)]))
    assert len(str(refused.value)) < 150
    assert str(refused.value).isprintable()


def test_an_array_in_column_order_is_the_same_network(arrays, network):
    """NumPy writes transposed arrays this way."""
    turned = {name: array.T.copy().T for name, array in arrays.items()}
    loaded = files.load(packed(turned))
    assert_same(loaded, network)
    assert all(W.flags.c_contiguous and W.flags.writeable for W in loaded.W)


def test_an_array_that_occurs_twice_is_refused(arrays):
    """It is ambiguous."""
    entries = [(f"{name}.npy", npy(array)) for name, array in arrays.items()]
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([*entries, entries[0]])
    with pytest.raises(ValueError, match="W0 occurs twice"):
        files.load(data)


def test_an_encrypted_array_is_refused(arrays):
    """A flag in the archive's directory marks it."""
    data = bytearray(packed(arrays))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    with pytest.raises(ValueError, match="W0 is encrypted"):
        files.load(bytes(data))


def test_too_many_layers_are_refused():
    with pytest.raises(ValueError, match="1000 layers, expected at most 32"):
        files.load(zipped([(f"W{n}.npy", b"") for n in range(1000)]))


def test_a_missing_file_is_an_oserror(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.load(tmp_path / "nowhere.npz")
