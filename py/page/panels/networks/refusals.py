"""What the page says about a file that it does not open, by the codes of ``engine.learning.files``."""

# As nn.files.MAX_BYTES. A larger file is not even read.
MOST_BYTES = 20_000_000

TOO_MANY = "Drop one file at a time."

UNREADABLE = "The browser could not read it. Choose it again."

_SENTENCES = {
    "size": "It is more than 20 MB, or would be once it is unpacked. The largest network that this page "
    "can show has less than 1 MB.",
    "archive": "It is not an .npz file, or it is damaged. If its name ends in .npz, download it again.",
    "layers": "It has more than 32 layers. This page can show 3 hidden ones.",
    "objects": "{array} holds Python objects, and reading those can run any code. Save plain numbers.",
    "array": "{array} cannot be read as an array. Save the network anew, with np.savez.",
    "dtype": "{array} does not hold float32. Convert it first: {array}.astype(np.float32).",
    "shape": "The shape of {array} does not fit. Each W needs a row for each neuron of its layer and a "
    "column for each neuron of the layer before; each b is one column, with a bias for each row of its W.",
    "not-finite": "{array} has NaN or infinity in it, as after training that failed. Save an earlier "
    "state of that network.",
    "activation": "Its activation function is not known here. It must be “sigmoid” or “relu”, as text.",
    "inputs": "Its first layer expects {found} numbers. A picture here has {limit} pixels.",
    "outputs": "It has {found} outputs. Here there must be {limit}, one for each digit.",
    "hidden": "It has {found} hidden layers. This page can show {limit}.",
    "neurons": "It has a layer of {found} neurons. This page can show {limit} in each hidden layer.",
}

_NAMES = "It must hold W0, b0, W1, b1 and so on, activation, and nothing else"


def sentence(refused):
    """Say why a file was not opened; refused: what ``engine.learning.files.open_file`` returns."""
    array = getattr(refused, "array", "")
    if refused.code == "names":
        return _NAMES + (": %s is missing." % array if array else ".")
    numbers = [getattr(refused, name, "") for name in ("found", "limit")]
    return _SENTENCES[refused.code].format(array=array, found=numbers[0], limit=numbers[1])


def of_size(count):
    """Say that a file of so many bytes is too large to be read."""
    return "It is %d MB. The file of a network is 20 MB at most." % round(count / 1e6)
