"""Settings are checked before anything learns from them."""

import json

import pytest

from nn.checks import OutOfRange
from training import settings

GOOD = settings.write(settings.default((784, 16, 16, 10), "relu"))


def read(**changes):
    return settings.read(json.dumps(GOOD | changes))


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("shape", [(784, 10), (784, 1, 128, 64, 10)])
def test_the_defaults_are_allowed_and_survive_json(shape, activation):
    default = settings.default(shape, activation)
    assert settings.read(json.dumps(settings.write(default))) == default
    settings.check_buildable(default.shape)


@pytest.mark.parametrize("name", settings.RANGES)
def test_each_number_has_a_range_with_its_ends(name):
    """Beyond an end it is refused, and the error says which setting, and how far it may go."""
    low, high = settings.RANGES[name]
    for inside in (low, high):
        assert getattr(read(**{name: inside}), name) == inside
    step = (high - low) / 2 if isinstance(low, float) else 1
    for outside in (low - step, high + step):
        with pytest.raises(OutOfRange) as refused:
            read(**{name: outside})
        assert (refused.value.setting, refused.value.low, refused.value.high) == (name, low, high)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in settings.RANGES for value in ("1", None, [], True)),
        *((name, 1.5) for name in ("batch", "seed", "count")),
        ("rate", float("nan")),
        ("rate", float("inf")),
        ("shape", [784, 16]),
        ("shape", [28, 28, 10]),
        ("shape", [784, 2.0, 10]),
        ("shape", [784, True, 10]),
        ("shape", [784]),
        ("shape", "784"),
        ("activation", "tanh"),
        ("cost", None),
        ("optimiser", ["adam"]),
        ("augment", 1),
    ],
)
def test_nonsense_is_refused_by_the_name_of_the_setting(name, value):
    with pytest.raises(ValueError, match=r".") as refused:
        read(**{name: value})
    assert refused.value.setting == name


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", json.dumps(GOOD | {"more": 1}), None, 3])
def test_anything_but_an_object_of_all_settings_is_refused(text):
    with pytest.raises(ValueError, match="settings") as refused:
        settings.read(text)
    assert refused.value.setting == ""


@pytest.mark.parametrize(
    ("hidden", "limits"), [([1, 1, 1, 1], (0, 3)), ([129], (1, 128)), ([16, 1000], (1, 128))]
)
def test_a_run_begins_with_a_shape_of_a_sane_size(hidden, limits):
    with pytest.raises(OutOfRange) as refused:
        settings.check_buildable((784, *hidden, 10))
    assert (refused.value.setting, refused.value.low, refused.value.high) == ("shape", *limits)


def test_a_layer_without_neurons_is_refused():
    with pytest.raises(OutOfRange) as refused:
        read(shape=[784, 0, 10])
    assert refused.value.setting == "shape"
