"""Test that the set-up says in one sentence what is missing, and that `make help` lists every target."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def machine(tmp_path):
    """A function that runs the set-up on a machine with only certain commands."""
    shell = shutil.which("sh")

    def run(*arguments, **commands):
        for name, output in commands.items():
            script = tmp_path / name
            script.write_text(f"#!{shell}\n{output}\n")
            script.chmod(0o755)
        return subprocess.run(
            [shell, ROOT / "tools/setup.sh", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def sentence(result):
    """Return the one line of an error message."""
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert line.endswith(".")
    return line


def test_a_recent_node_is_accepted(machine):
    assert machine("node", node="echo v22.1.0", npm="").returncode == 0


def test_an_old_node_is_refused(machine):
    line = sentence(machine("node", node="echo v18.20.4", npm=""))
    assert "Node 20 or newer" in line
    assert "v18.20.4" in line


def test_a_missing_node_or_npm_is_refused(machine):
    assert "no node" in sentence(machine("node"))
    assert "no npm" in sentence(machine("node", node="echo v22.1.0"))


def test_an_old_python_is_refused(machine):
    old = '[ "$1" = --version ] && echo Python 3.9.2 && exit 0; exit 1'
    line = sentence(machine("python", "python3", python3=old))
    assert "Python 3.11 or newer" in line
    assert "Python 3.9.2" in line


def test_a_missing_python_is_refused(machine):
    assert "no python3.99" in sentence(machine("python", "python3.99"))


def test_a_python_without_venv_names_debians_package(machine):
    bare = 'case "$2" in *ensurepip*) exit 1;; esac'
    line = sentence(machine("venv", "python3", python3=bare))
    assert "sudo apt-get install python3-venv" in line


DRIVEN = ("chromium", "chromedriver", "firefox-esr", "WebKitWebDriver", "Xvfb", "xauth")


def test_installed_browsers_are_left_alone(machine):
    result = machine("browsers", **dict.fromkeys(DRIVEN, ""))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_browsers_under_other_names_are_accepted(machine):
    names = {"google-chrome", "firefox", *DRIVEN} - {"chromium", "firefox-esr"}
    assert machine("browsers", **dict.fromkeys(names, "")).returncode == 0


def test_missing_browsers_are_installed_by_root(machine, tmp_path):
    """Only missing ones are installed, by their names in Debian."""
    apt = 'echo "$@" >> log'
    commands = dict.fromkeys(set(DRIVEN) - {"WebKitWebDriver", "Xvfb"}, "")
    result = machine("browsers", id="echo 0", **{"apt-get": apt}, **commands)
    assert result.returncode == 0, result.stderr
    update, install = (tmp_path / "log").read_text().splitlines()
    assert update.startswith("update")
    assert install.split()[:3] == ["install", "--yes", "--no-install-recommends"]
    assert {"webkit2gtk-driver", "xvfb"} <= set(install.split())
    assert not {"chromium", "firefox-esr"} & set(install.split())


def test_missing_browsers_are_named_if_they_cannot_be_installed(machine):
    """The user is not root, and sudo would ask for a password."""
    line = sentence(machine("browsers", id="echo 1000", sudo="exit 1", **{"apt-get": "exit 9"}))
    assert "sudo apt-get install" in line
    for package in ("chromium", "chromium-driver", "firefox-esr", "webkit2gtk-driver", "xvfb"):
        assert f" {package} " in line


def test_a_system_without_apt_gets_debians_names(machine):
    assert "Debian's names" in sentence(machine("browsers", id="echo 0"))


def test_a_failed_installation_says_what_to_run(machine):
    result = machine("browsers", id="echo 0", **{"apt-get": "exit 100"})
    assert "sudo apt-get install" in sentence(result)


def make(*arguments):
    """Run make as from a terminal: an outer make must not pass on its own goal."""
    handed_on = {"MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "MFLAGS", "T"}
    env = {name: value for name, value in os.environ.items() if name not in handed_on}
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


def test_help_describes_every_target():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    listed = dict(re.findall(r"^  make ([a-z-]+) +(\S.*)$", make("help").stdout, re.MULTILINE))
    assert set(listed) == targets - {"browsers"}


def test_test_one_needs_the_name_of_a_test():
    """It says so before anything is fetched or built."""
    result = make("test-one")
    assert result.returncode != 0
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert "make test-one T=tests/" in line


def test_continuous_integration_runs_make_test():
    lines = (ROOT / ".ci/run").read_text().splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert [line for line in lines[1:] if line] == ["exec make test"]
    assert os.access(ROOT / ".ci/run", os.X_OK)
