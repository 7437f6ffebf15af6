"""The product of a layer in words and numbers: a small one, worked out by hand."""

import js
from support import close, network_info

from page.engine_client.replies import Network
from page.panels.layer.product import NUMBERED, Product, column_of, count, equation, lines, small


def array(*numbers):
    """Make an array as the engine sends them."""
    made = js.Float32Array.new(len(numbers))
    for at, number in enumerate(numbers):
        made[at] = number
    return made


class Reply:
    """Two neurons and three sources, of which the second holds 0: W = [1 . −2; 0.5 . 4], a = 0.5, 0.25."""

    columns = array(0, 2)
    before = array(0.5, 0.25)
    weights = array(1, -2, 0.5, 4)
    sums = array(0, 0.5, 0, 0, 0.25, 1.25)
    b = array(-1, 2)
    z = array(-1, 3.25)
    after = array(0.27, 0.96)
    full = 2.4
    image = None


def product(name="784-3-2-10-sigmoid"):
    return Product(2, Network(network_info(name)), Reply)


def test_the_sums_grow_term_by_term():
    """They go from 0 to the whole sum. The last two steps include the bias."""
    shown = product()
    assert [shown.sums(step) for step in range(5)] == [
        [0, 0],
        [0.5, 0.25],
        [0, 1.25],
        [-1, 3.25],
        [-1, 3.25],
    ]
    assert shown.last == 4


def test_a_term_is_written_with_its_sign():
    """Each step says what it adds, and the result."""
    shown = product()
    assert [shown.term(0, step) for step in range(5)] == [
        "z₁: nothing is added yet",
        "z₁ = … + 1.00 × 0.50 = 0.50 so far",
        "z₁ = … − 2.00 × 0.25 = 0.00 so far",
        "z₁ = 0.00 − 1.00 = −1.00 with the bias",
        "a₁ = σ(−1.00) = 0.27",
    ]
    assert shown.term(1, 3) == "z₂ = 1.25 + 2.00 = 3.25 with the bias"


def test_relu_is_written_as_a_maximum():
    """Only in hidden layers: outputs are sigmoids in any network."""
    assert product("784-3-2-10-relu").term(0, 4) == "a₁ = max(0, −1.00) = 0.27"
    assert product("784-3-2-relu").term(0, 4) == "a₀ = σ(−1.00) = 0.27"


def test_a_cell_says_what_it_adds():
    """As everywhere on the page, neurons count from 1, and pixels have a row and a column."""
    assert product().cell(0, 1) == "w₁,₃ = −2.00, times a₃ = 0.25, gives −0.50"
    assert product("784-3-2-sigmoid").cell(1, 0) == "w₁,₁ = 0.50, times a₁ = 0.50, gives 0.25"
    first = Product(1, Network(network_info("784-2-10-sigmoid")), Reply)
    assert first.cell(1, 1) == (
        "w₂,₂ = 4.00, times a₂ = 0.25 (the pixel in row 0, column 2), gives 1.00"
    )


def test_columns_that_are_left_out_are_counted():
    """The count comes from the size of the layer before."""
    assert product().folded() == (
        "1 of 3 neurons before are dark: their columns are folded away, a weight times 0 is 0."
    )
    first = Product(1, Network(network_info("784-2-10-sigmoid")), Reply)
    assert first.folded().startswith("782 of 784 pixels are black")
    assert Product(2, Network(network_info("784-2-2-10-sigmoid")), Reply).folded() == ""


def test_the_cells_have_numbers_if_there_is_room():
    """Only a bright blue needs dark text: white is readable on any red."""
    shown = product()
    assert shown.cells() == (
        '<span>1.00</span><span>−2.00</span><span>0.50</span><span class="bright">4.00</span>'
    )
    shown.columns = list(range(NUMBERED + 1))
    assert shown.cells() == ""


def test_the_count_has_its_layer_in_bold():
    """13,002 in the video, at 12:08; a network without hidden layers has one product."""
    assert count((784, 16, 16, 10), 2) == (
        "784×16 + <b>16×16</b> + 16×10 weights + 16 + <b>16</b> + 10 biases = 13,002"
    )
    assert count((784, 10), 1) == "<b>784×10</b> weights + <b>10</b> biases = 7,850"


def test_vectors_and_indices():
    """A vector has one number on each line; indices are subscripts."""
    assert lines([0.5, -1, 12]) == "0.50\n−1.00\n12.00"
    assert small(407) == "₄₀₇"
    assert column_of([3, 5, 9], 5) == 1
    assert column_of([3, 5, 9], 4) is None
    assert close(product().weight(1, 0), 0.5)
    assert "<mi>ReLU</mi>" in equation(1, True)
    assert equation(2, False).count("<mn>1</mn>") == 1
