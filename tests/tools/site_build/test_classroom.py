"""The server in the site needs only Python, and sends the content types that browsers require."""

import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from site_build import classroom


@pytest.fixture
def site(tmp_path):
    """Give a folder with a page and the server, beside a file that must not be served."""
    (tmp_path / "secret.txt").write_text("secret")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<!doctype html>")
    shutil.copyfile(classroom.__file__, site / "serve.py")
    return site


def start(site, *arguments, **options):
    command = [sys.executable, site / "serve.py", "--port", "0", *arguments]
    return subprocess.Popen(command, stdout=-1, stderr=-1, text=True, **options)


@contextmanager
def serving(site, *arguments, **options):
    """Run the server as a teacher would, stop it with Ctrl+C, and check what it prints."""
    with start(site, *arguments, **options) as process:
        try:
            yield process.stdout.readline().split()[1]
        finally:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert [line for line in errors.splitlines() if "code 404" not in line] == []


def test_every_file_of_the_site_has_the_type_that_it_needs(real_site):
    """The operating system is not asked: some Windows machines call scripts text/plain."""
    kinds = {path.suffix for path in real_site.rglob("*") if path.is_file()}
    others = kinds - set(classroom.TYPES)
    assert others == {".bin", ".npz", ".whl"}  # bytes, and nothing else
    guess = classroom.Handler.guess_type
    assert guess(None, "a.JS") == guess(None, "a.mjs") == "text/javascript; charset=utf-8"
    assert guess(None, "a.wasm") == "application/wasm"
    assert guess(None, "a.npz") == guess(None, "a") == "application/octet-stream"


def test_the_operating_systems_types_are_ignored(site, tmp_path):
    """Windows has them in its registry, other systems in a file. Python reads both."""
    (site / "a.mjs").write_text("")
    (site / "sitecustomize.py").write_text(
        "import mimetypes; [mimetypes.add_type('text/plain', e) for e in ('.js', '.mjs')]"
    )
    with (
        serving(site, env={"PYTHONPATH": str(site)}) as address,
        urllib.request.urlopen(f"{address}a.mjs", timeout=10) as answer,
    ):
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"


def test_it_serves_its_own_folder_wherever_it_is_started(site, tmp_path):
    """It serves nothing above it, and only to this machine."""
    with serving(site, cwd=tmp_path) as address:
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.read() == b"<!doctype html>"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}../secret.txt", timeout=10)


@pytest.mark.parametrize(("arguments", "bound"), [([], "127.0.0.1"), (["--lan"], "0.0.0.0")])
def test_other_devices_are_served_only_on_request(monkeypatch, capsys, arguments, bound):
    """A classroom wants that; in a public network it would be wrong."""
    told = []

    def stop(server):
        told.append(server.server_address[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(classroom.Server, "serve_forever", stop)
    assert classroom.main(["--port", "0", *arguments]) == 0
    assert told == [bound]
    assert "Open http://" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["taken", "70000"])
def test_a_port_that_cannot_be_used_gives_one_sentence(site, port):
    """It names the port, and says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1]) if port == "taken" else port
        with start(site, "--port", number) as process:
            _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    [line] = errors.splitlines()
    assert line.startswith(f"Port {number} cannot be used")
    assert "--port 8001" in line
