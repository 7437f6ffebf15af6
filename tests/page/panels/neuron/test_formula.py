"""Formulas: the rounded numbers add up."""

from page.panels.neuron import formula


class Terms:
    """A sum of 784 terms, as the engine takes it apart."""

    weights = (1.234, -0.987, 0.5, 0.25)
    activations = (1.0, 0.5, 0.333, 0.1)
    products = (1.234, -0.4935, 0.1665, 0.025)
    others = 780
    bias = -0.286
    z = 1.9173


def written(markup, tag):
    """The texts of every element of one kind."""
    parts = markup.split("<%s>" % tag)[1:]
    return [part.split("</%s>" % tag)[0].replace("−", "-") for part in parts]


def test_the_summands_add_up_to_the_sum():
    markup = formula.weighted_sum(Terms)
    products = [float(text) for text in written(markup, "mtext")[:3]]
    numbers = written(markup, "mn")
    rest, bias, z = [float(text) for text in numbers[-3:]]
    signs = written(markup, "mo")
    rest *= -1 if signs[-3] == "-" else 1
    bias *= -1 if signs[-2] == "-" else 1
    assert round(sum(products) + rest + bias, 2) == round(z, 2)
    assert bias == -0.29
    assert z == 1.92


def test_the_rest_says_how_many_it_is():
    """Three are written out; the fourth term counts among the others."""
    assert "781 more" in formula.weighted_sum(Terms)


def test_each_activation_function_is_written_as_itself():
    assert "σ" in formula.squished(1.0, 0.73, False)
    relu = formula.squished(-1.0, 0.0, True)
    assert "max" in relu
    assert "−1.00" in relu


class Few(Terms):
    """A sum of two terms: 0.5 · 0.33 + 0.25 · 0.1 + 0.1. The rounded numbers do not add up by themselves."""

    weights = (0.5, 0.25)
    activations = (0.33, 0.1)
    products = (0.165, 0.0251)
    others = 0
    bias = 0.1
    z = 0.2901


def test_nothing_more_is_not_mentioned():
    """A layer may have a single neuron. What rounding takes away has its own name."""
    few = Few()
    markup = formula.weighted_sum(few)
    assert "more" not in markup
    few.products = (0.16, 0.03)
    few.z = 0.29
    assert "rounding" not in formula.weighted_sum(few)
    few.z = 0.3
    assert "rounding" in formula.weighted_sum(few)
