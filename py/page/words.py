"""What the page says about neurons and answers, and how it writes numbers."""

from page.diagram.layout import PIXELS

# What the page says if it has no answer, by the reason. `static/style/pad.css` has room for the longest.
UNSURE = {
    "unsure": "not sure: no digit stands out",
    "apart": "not sure: is it more than one digit?",
    "strokes": "not sure: many strokes for a digit",
}


def number(value):
    """Write a number with two decimals and a real minus sign."""
    text = "%.2f" % value
    return text.replace("-", "−") if text != "-0.00" else "0.00"


def thousands(count):
    """Write a whole number with a comma between its thousands: "13,002"."""
    return "{:,}".format(count)


def percent(share):
    """Write a share as "97.1 %", with a space that does not break."""
    return "%.1f\u202f%%" % (100 * share)


def bytes_of(loaded, total):
    """Write how much was fetched as ": 0.5 of 1.6 MB", or "" while the total is unknown."""
    return ": %.1f of %.1f MB" % (loaded / 1e6, total / 1e6) if total else ""


def dials_sum(shape):
    """Write how many weights and biases a network has: "784×16 + 16×10 weights and 16 + 10 biases"."""
    pairs = ["%d×%d" % pair for pair in zip(shape, shape[1:])]
    biases = [str(size) for size in shape[1:]]
    return " + ".join(pairs) + " weights and " + " + ".join(biases) + " biases"


def hidden_sizes(shape):
    """List the sizes of the hidden layers: "16 and 16", "none"."""
    sizes = [str(size) for size in shape[1:-1]]
    listed = [", ".join(sizes[:-1])] if len(sizes) > 1 else []
    return " and ".join(listed + sizes[-1:]) or "none"


def neuron_name(layer, index, shape):
    """Name a neuron: "Hidden layer 1, neuron 5 of 16", "Output 7", "Pixel in row 14, column 9"."""
    if layer == 0:
        return "Pixel in row %d, column %d" % (index // PIXELS, index % PIXELS)
    if layer == len(shape) - 1:
        return "Output %d" % index
    return "Hidden layer %d, neuron %d of %d" % (layer, index + 1, shape[layer])


def folded(layer, count):
    """Name the dots of a folded layer: "96 more neurons of hidden layer 1"."""
    return "%d more neuron%s of hidden layer %d" % (count, "" if count == 1 else "s", layer)


def short_name(layer, index):
    """Name a neuron in few words: "row 14, column 9", "neuron 5"."""
    if layer == 0:
        return "row %d, column %d" % (index // PIXELS, index % PIXELS)
    return "neuron %d" % (index + 1)  # people count from one


def label(layer, index, network, answer):
    """Describe a neuron to those who cannot see it: its name, its numbers, its strongest input."""
    said = neuron_name(layer, index, network.shape)
    if answer:
        said += ", activation " + number(answer.activation(layer, index))
    if layer and network.ready:
        said += ", bias " + number(network.bias(layer, index))
        if answer:
            source = short_name(layer - 1, answer.strongest(layer, index))
            said += ", strongest input: " + source
    return said


def product(source, looked, answer):
    """Write what one source adds to a weighted sum, with its weight and activation."""
    weight = answer.network.weight(looked[0], looked[1], source[1])
    a = answer.activation(source[0], source[1])
    numbers = (number(weight), number(a), number(weight * a))
    return short_name(source[0], source[1]) + ": weight %s × activation %s = %s" % numbers


def threshold_sentence(bias, relu):
    """Say what weighted sum a bias requires (at 11:02)."""
    lit = "to light up at all" if relu else "to be more than half lit"
    return "It needs a weighted sum above %s %s: its bias is %s." % (
        number(-bias),
        lit,
        number(bias),
    )


def squish_sentence(relu):
    """Say what the activation function does with the sum (at 10:14, 17:19)."""
    if relu:
        return "ReLU keeps a sum above 0 and turns any other into 0. The dot is this neuron now."
    return "The sigmoid squishes any sum to between 0 and 1. The dot is this neuron now."


def neuron_sentence(layer, index, network, answer):
    """Say where a neuron's activation comes from, with its real numbers."""
    a = number(answer.activation(layer, index))
    if layer == 0:
        return (
            "The brightness of one pixel, from 0 (black) to 1 (white): %s. It is input: no sum, no bias."
            % a
        )
    z, b = answer.weighted_sum(layer, index), network.bias(layer, index)
    squish = "max(0, %s)" if network.is_relu(layer) else "σ(%s)"
    before = network.shape[layer - 1]
    return "Weighted sum of the %s before, bias %s included: %s. Squished: %s = %s." % (
        "%d neurons" % before if before > 1 else "one neuron",
        number(b),
        number(z),
        squish % number(z),
        a,
    )


def answer_sentence(state):
    """Write the words beside the digit that is the answer."""
    answer = state.answer
    if state.ink.blank:
        return "nothing drawn yet"
    if state.playing is not None and state.playing < len(state.network.shape) - 1:
        return "the signal is on its way"
    if answer is None or answer.why == "blank":
        return "waiting for Python" if state.engine == "loading" else "no answer yet"
    if answer.digit == "":
        return UNSURE[answer.why]
    return "the brightest: " + number(
        answer.activation(len(state.network.shape) - 1, int(answer.digit))
    )


def truth_sentence(state):
    """Say which test digit is on the pad and whether the network reads it correctly; "" for a drawing."""
    digit, answer = state.ink.digit, state.answer
    if digit is None:
        return ""
    truth = "test digit: %s %d" % ("an" if digit.label == 8 else "a", digit.label)
    if answer is None or answer.version != state.ink.version or state.playing is not None:
        return truth
    if answer.digit == "":
        return truth + ". The network is not sure"
    if answer.digit == str(digit.label):
        return truth + ". The network is right"
    return truth + ". The network says " + answer.digit
