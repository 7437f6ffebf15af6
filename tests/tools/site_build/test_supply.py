"""Everything from other people is pinned to the exact version that was reviewed."""

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
    """Return the actions that a workflow uses, each with its commit and its comment."""
    return re.findall(r"^ *(?:- )?uses: *(\S+?)@(\S+)(.*)$", workflow.read_text(), re.MULTILINE)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_is_pinned_to_a_commit_with_its_version_in_a_comment(workflow):
    """A tag can be moved to other code, a commit cannot."""
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
def test_a_workflow_has_only_the_permissions_that_it_needs(workflow):
    """Only the job that deploys may write, and no job leaves a token in its clone."""
    text = workflow.read_text()
    assert re.search(r"^permissions:(?: \{\}|\n  contents: read)$", text, re.MULTILINE)
    before_deploying = text.split("\n  deploy:")[0]
    assert not re.search(r"write(?:-all)?$", before_deploying, re.MULTILINE)
    for checkout in text.split("uses: actions/checkout@")[1:]:
        assert "persist-credentials: false" in checkout.split("- ")[0]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_its_hashes(path):
    """Every package has a version, and every version the sha256 of its files."""
    text = path.read_text()
    pinned = REQUIREMENT.findall(text)
    lines = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert len(pinned) == len(lines) > 0
    wanted = re.findall(r"^([\w.-]+)==([\w.]+)", path.with_suffix(".in").read_text(), re.MULTILINE)
    assert wanted
    assert set(wanted) <= {(name, version) for name, version, _ in pinned}


def test_a_package_for_every_system_has_a_file_for_every_system():
    """The lock covers macOS and every Python from 3.11 on, whatever machine wrote it."""
    text = (ROOT / "requirements/dev.txt").read_text()
    hashes = {name: block.count("--hash") for name, _, block in REQUIREMENT.findall(text)}
    assert min(hashes[name] for name in ("numpy", "scipy", "scikit-learn", "ruff")) > 12
    # Packages for Windows only are there, too, with a marker.
    assert re.search(r"^colorama==\S+ ; sys_platform == 'win32'", text, re.MULTILINE)


def test_every_node_package_is_pinned_by_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["name"] == "plain-vanilla"
    for name, package in packages.items():
        assert re.fullmatch(r"sha512-[\w+/]{86}==", package["integrity"]), name
        assert "resolved" not in package, name


def test_only_locked_packages_are_installed():
    """The set-up refuses any other hash, and runs no package's install script."""
    assert "pip install --quiet --require-hashes" in (ROOT / "tools/setup.sh").read_text()
    assert re.search(r"\bnpm ci\b", (ROOT / "Makefile").read_text())
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text().splitlines()


def test_dependabot_watches_every_ecosystem():
    text = (ROOT / ".github/dependabot.yml").read_text()
    watched = re.findall(r"package-ecosystem: (\S+)\n +directory: (\S+)", text)
    assert watched == [("npm", "/"), ("uv", "/requirements"), ("github-actions", "/")]


def test_no_file_names_a_registry_or_a_folder_of_some_machine():
    """Other people have other mirrors and other folders."""
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
