"""What comes from other people comes in the very version that was looked at, wherever it is used."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
# `name==1.0 ; marker \` and its hashes, as uv writes them.
REQUIREMENT = re.compile(
    r"^([\w.-]+)==(\S+).*((?:\\\n    --hash=sha256:[0-9a-f]{64} ?)+)$", re.MULTILINE
)
# Written in two parts, so that this file does not find itself.
REGISTRIES = ("registry.npmjs" + ".org", "pypi" + ".org", "files.pythonhosted" + ".org")
# In Pyodide's own file system there is a /home/pyodide, on every machine.
FOLDERS_OF_A_MACHINE = re.compile(
    r"(?<![\w.*$}])/(?:(?:root|work|opt|Users)/[\w.-]|home/(?!pyodide\b)[\w.-])"
)


def used(workflow):
    """Return what a workflow uses, each with its commit and the comment behind it."""
    return re.findall(r"^ *(?:- )?uses: *(\S+?)@(\S+)(.*)$", workflow.read_text(), re.MULTILINE)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_is_a_commit_whose_version_is_named(workflow):
    """A tag can be moved to other code; a commit cannot."""
    actions = used(workflow)
    assert actions
    for name, commit, comment in actions:
        assert re.fullmatch(r"[0-9a-f]{40}", commit), name
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), name


def test_an_action_is_the_same_commit_everywhere():
    commits = {}
    for workflow in WORKFLOWS:
        for name, *pin in used(workflow):
            assert commits.setdefault(name, pin) == pin


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_container_is_named_by_its_digest(workflow):
    for image in re.findall(r"^ *image: *(\S+)", workflow.read_text(), re.MULTILINE):
        assert re.fullmatch(r"[\w./:-]+@sha256:[0-9a-f]{64}", image)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_no_more_than_it_must(workflow):
    """No job may write, but the one that deploys; none leaves a token in its clone."""
    text = workflow.read_text()
    assert re.search(r"^permissions:(?: \{\}|\n  contents: read)$", text, re.MULTILINE)
    before_deploying = text.split("\n  deploy:")[0]
    assert not re.search(r"write(?:-all)?$", before_deploying, re.MULTILINE)
    for checkout in text.split("uses: actions/checkout@")[1:]:
        assert "persist-credentials: false" in checkout.split("- ")[0]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_its_hashes(path):
    """Nothing in the list is without a version, and no version without the sha256 of its files."""
    text = path.read_text()
    pinned = REQUIREMENT.findall(text)
    lines = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert len(pinned) == len(lines) > 0
    wanted = re.findall(r"^([\w.-]+)==([\w.]+)", path.with_suffix(".in").read_text(), re.MULTILINE)
    assert wanted
    assert set(wanted) <= {(name, version) for name, version, _ in pinned}


def test_a_package_for_every_system_has_a_file_for_every_system():
    """The lock serves macOS and each Python from 3.11 on, whatever machine it was written on."""
    text = (ROOT / "requirements/dev.txt").read_text()
    hashes = {name: block.count("--hash") for name, _, block in REQUIREMENT.findall(text)}
    assert min(hashes[name] for name in ("numpy", "scipy", "scikit-learn", "ruff")) > 12
    # What only Windows needs is there, too, and marked so.
    assert re.search(r"^colorama==\S+ ; sys_platform == 'win32'", text, re.MULTILINE)


def test_every_node_package_is_pinned_by_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["name"] == "plain-vanilla"
    for name, package in packages.items():
        assert re.fullmatch(r"sha512-[\w+/]{86}==", package["integrity"]), name
        assert "resolved" not in package, name


def test_what_is_installed_is_what_is_locked():
    """The set-up refuses what has another hash, and runs no script of a package."""
    assert "pip install --quiet --require-hashes" in (ROOT / "tools/setup.sh").read_text()
    assert re.search(r"\bnpm ci\b", (ROOT / "Makefile").read_text())
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text().splitlines()


def test_dependabot_looks_after_all_of_it():
    text = (ROOT / ".github/dependabot.yml").read_text()
    watched = re.findall(r"package-ecosystem: (\S+)\n +directory: (\S+)", text)
    assert watched == [("npm", "/"), ("uv", "/requirements"), ("github-actions", "/")]


def test_no_file_names_a_registry_or_a_folder_of_some_machine():
    """Whoever builds this has their own mirror, perhaps, and certainly their own folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    for name in listed.decode().split("\0")[:-1]:
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        assert not any(registry in text for registry in REGISTRIES), name
        assert not FOLDERS_OF_A_MACHINE.search(text), name
