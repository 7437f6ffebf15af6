"""Test that the server replies as a static host does, to this machine alone, and can be broken on purpose."""

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

import serve

TOOL = Path(serve.__file__)


@pytest.fixture
def site(tmp_path):
    """A folder with a page in it, inside another that must stay hidden."""
    (tmp_path / "secret.txt").write_text("secret")
    site = tmp_path / "site"
    (site / "static").mkdir(parents=True)
    (site / "index.html").write_text("<!doctype html>")
    (site / "static/index.html").write_text("below")
    (site / "static/two words.txt").write_text("spaced")
    return site


def get(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read()


def connected(address):
    """A connection that stays open between requests, as a browser's does."""
    netloc = urllib.parse.urlsplit(address).netloc
    return contextlib.closing(http.client.HTTPConnection(netloc, timeout=5))


def status(address, path):
    """Request a path exactly as written. Returns the status and the headers."""
    with connected(address) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.wasm", "application/wasm"),
        ("a.whl", "application/octet-stream"),
        ("a.npz", "application/octet-stream"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_files_are_sent_with_the_type_that_browsers_need(site, name, expected):
    """Browsers refuse modules of another type, and do not stream WebAssembly of another type."""
    (site / name).write_bytes(b"\0")
    with serve.serving(site) as address:
        assert status(address, f"/{name}")[1]["Content-Type"] == expected


def test_a_folder_is_answered_with_its_index(site):
    """Without the slash it redirects first, so that relative addresses work."""
    with serve.serving(site) as address:
        assert get(address) == b"<!doctype html>"
        assert get(f"{address}static/") == b"below"
        code, headers = status(address, "/static")
        assert (code, headers["Location"]) == (301, "/static/")


@pytest.mark.parametrize("prefix", ["/sub/", "sub", "/sub", "/sub/sub/"])
def test_a_site_can_be_served_under_a_path(site, prefix):
    """GitHub Pages does so. Above the path there is nothing."""
    with serve.serving(site, prefix=prefix) as address:
        path = "/" + prefix.strip("/") + "/"
        assert address.endswith(path)
        assert get(address) == b"<!doctype html>"
        assert get(f"{address}static/") == b"below"
        assert status(address, path.rstrip("/"))[1]["Location"] == path
        for above in ("/", "/index.html", "/static/", f"{path[:-1]}x/", "/subx"):
            assert status(address, above)[0] == 404


def test_an_address_may_be_quoted_and_have_a_query(site):
    """Browsers quote spaces, and a page may ask for a fresh copy."""
    with serve.serving(site) as address:
        assert get(f"{address}static/two%20words.txt?again=1") == b"spaced"


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/static/../../secret.txt", "//etc/passwd", "/%00x"],
)
def test_nothing_outside_the_folder_is_served(site, path):
    """Neither `..` nor an absolute path leads there."""
    with serve.serving(site) as address:
        assert status(address, path)[0] == 404


def test_head_sends_no_body(site):
    """It announces the length that the body would have."""
    with serve.serving(site) as address:
        place = urllib.parse.urlsplit(address)
        with socket.create_connection((place.hostname, place.port), timeout=5) as connection:
            connection.sendall(b"HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n")
            answer = b"".join(iter(lambda: connection.recv(1000), b""))
    assert b"Content-Length: 15\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


def test_the_server_replies_only_to_this_machine(site):
    """A draft of a page is private."""
    with serve.make_server(site) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_requests_are_answered_in_parallel(site):
    """A slow reply does not delay the others."""

    class SlowPage(serve.Handler):
        def chunks(self, reply):
            if reply.path == "index.html":
                get(f"{self.server.address}static/")
            yield reply.body

    with serve.serving(site, handler=SlowPage) as address:
        assert get(address) == b"<!doctype html>"


def test_a_reply_does_not_wait_for_an_acknowledgement(site):
    """A client may delay it by 40 ms, so Nagle's algorithm is off."""
    at_once = []

    class Asked(serve.Handler):
        def chunks(self, reply):
            at_once.append(self.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            return super().chunks(reply)

    with serve.serving(site, handler=Asked) as address:
        get(address)
    assert at_once
    assert all(at_once)


def test_a_reply_can_be_replaced(site):
    """A test of the page can make any file vanish or change."""

    class Broken(serve.Handler):
        def deliver(self, reply):
            if reply.path == "index.html":
                reply = replace(reply, status=404, body=b"")
            elif reply.path == "static/index.html":
                reply = replace(reply, body=b"wrong")
            super().deliver(reply)

    with serve.serving(site, handler=Broken) as address:
        assert status(address, "/")[0] == 404
        assert get(f"{address}static/") == b"wrong"


def test_an_unchanged_file_is_not_sent_again(site):
    """Its tag changes with its bytes."""
    with serve.serving(site) as address:
        with urllib.request.urlopen(address) as answer:
            tag, body = answer.headers["ETag"], answer.read()
        assert body
        again = urllib.request.Request(address, headers={"If-None-Match": tag})
        with pytest.raises(urllib.error.HTTPError) as same:
            urllib.request.urlopen(again)
        assert (same.value.code, same.value.read()) == (304, b"")
        (site / "index.html").write_text("another")
        with urllib.request.urlopen(again) as answer:
            assert answer.read() == b"another"


def test_a_reply_can_be_cut_short(site):
    """The length is announced, but the connection ends earlier."""

    class Cut(serve.Handler):
        def chunks(self, reply):
            yield reply.body[:5]

    with serve.serving(site, handler=Cut) as address, connected(address) as connection:
        connection.request("GET", "/")
        with pytest.raises(http.client.IncompleteRead):
            connection.getresponse().read()


def run(*arguments):
    command = [sys.executable, TOOL, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)


def test_a_port_in_use_is_one_sentence(site):
    """It names the port, and says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("--dir", site, "--port", port)
    assert result.returncode == 1
    assert result.stderr == (
        f"Port {port} is in use: choose another, for example `make serve PORT=8001`.\n"
    )


@pytest.mark.parametrize("port", ["eight", "-1", "65536"])
def test_an_invalid_port_is_refused(site, port):
    """The message quotes the value."""
    result = run("--dir", site, f"--port={port}")
    assert result.returncode != 0
    assert f"{port!r} is not a port" in result.stderr


def test_a_site_that_is_not_built_is_one_sentence(tmp_path):
    """It says what to run."""
    result = run("--dir", tmp_path / "nowhere")
    assert result.returncode == 1
    [line] = result.stderr.splitlines()
    assert "make site" in line


def test_the_address_is_printed_and_ctrl_c_is_quiet(site):
    """Everybody stops a server this way, so there is no traceback."""
    command = [sys.executable, TOOL, "--dir", site, "--port", "0", "--prefix", "sub"]
    with subprocess.Popen(command, stdout=-1, stderr=-1, text=True) as process:
        address = process.stdout.readline().strip()
        assert get(address) == b"<!doctype html>"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")
