"""How measurements are judged and shown, and that the slow line is as slow as it says.

The measurements themselves are not tested by time.
"""

import contextlib
import gzip
import http.client
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

import pytest

import bench
import budget
import link
import server

PAGE = "<!doctype html><html><head><title>a page</title>"

RESULTS = {
    "start": {"page_ready_ratio": 0.12, "engine_ready_ratio": 0.46},
    "feedforward": {"1": {"engine_ms": 0.1, "best_tfjs_ms": 0.1}},
}


@pytest.fixture
def verdicts():
    return bench.judged(RESULTS)


def test_a_figure_at_its_limit_has_reached_it(verdicts):
    assert verdicts["start.page_ready_ratio"] == {"figure": 0.12, "limit": 0.12, "reached": True}


def test_a_figure_beyond_its_limit_has_not(verdicts):
    assert not verdicts["start.engine_ready_ratio"]["reached"]


def test_as_fast_is_not_faster(verdicts):
    assert not verdicts["feedforward.1.engine_ms"]["reached"]


def test_what_was_not_measured_is_not_judged(verdicts):
    assert "pen.later.p95" not in verdicts
    assert "feedforward.1000.engine_ms" not in verdicts


def test_the_table_says_what_was_reached(verdicts):
    lines = bench.table(RESULTS | {"targets": verdicts}).splitlines()
    assert [line for line in lines if line.endswith("(at most 0.45): NOT REACHED")]
    assert [line for line in lines if line.endswith("(at most 0.12): reached")]


def test_a_site_that_was_not_built_is_a_clear_error(tmp_path, capsys):
    assert bench.main(["--site", str(tmp_path)]) == 1
    assert "make site" in capsys.readouterr().err


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    """Serve a page and a megabyte as the bench does."""
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_text(PAGE)
    (site / "megabyte.bin").write_bytes(bytes(10**6))
    (site / "style.css").write_text("body { color: white }\n" * 1000)
    with server.measured(site) as visit:
        yield visit


@pytest.fixture
def slow(visit):
    """The same at 10 Mbit/s and 40 ms."""
    visit.link = link.Link(10e6, 0.04)
    yield visit
    visit.link = None


def connected(visit):
    """Connect, and have one small file; a connection stays open from one request to the next."""
    netloc = urllib.parse.urlsplit(visit.address).netloc
    connection = http.client.HTTPConnection(netloc, timeout=30)
    ask(connection, "style.css")
    return contextlib.closing(connection)


def ask(connection, path="megabyte.bin", **headers):
    """Fetch a file; return the answer's headers and its body."""
    connection.request("GET", f"/{path}", headers=headers)
    answer = connection.getresponse()
    return answer.headers, answer.read()


def assert_takes(expected, taken, rel=0.1):
    """Measure until it fits, a few times: a machine that is busy takes longer than the line does."""
    times = []
    while expected != pytest.approx(taken_now := taken(), rel=rel):
        times.append(taken_now)
        assert len(times) < 8, times


def test_a_megabyte_at_ten_megabits_takes_as_long_as_the_arithmetic_says(slow):
    """A round trip, and eight million bits."""

    def taken():
        with connected(slow) as connection:
            start = time.monotonic()
            _, body = ask(connection)
            assert len(body) == 10**6
            return time.monotonic() - start

    assert_takes(0.04 + 0.8, taken)


def test_two_side_by_side_share_the_line(slow):
    """Each takes twice as long: neither goes before the other."""

    def taken():
        start = threading.Barrier(2)

        def one():
            with connected(slow) as connection:
                start.wait()
                began = time.monotonic()
                ask(connection)
                return time.monotonic() - began

        with ThreadPoolExecutor() as pool:
            both = [pool.submit(one), pool.submit(one)]
            return sorted(each.result() for each in both)

    assert_takes([1.64, 1.64], taken)


def test_a_connection_costs_a_round_trip_and_so_does_each_request(slow):
    """The fewer files, the sooner: that is what the line is there to show."""
    trips = []

    class Counted(link.Link):
        def begin(self):
            start = time.monotonic()
            super().begin()
            trips.append(time.monotonic() - start)

    slow.link = Counted(10e6, 0.04)
    with connected(slow) as connection:
        for _ in range(4):
            ask(connection, "index.html")
    assert len(trips) == 1 + 5  # `connected` has asked once already
    assert min(trips) >= 0.04


def test_the_line_is_as_fast_as_the_machine_unless_told(visit):
    """Else localhost would be slow, too: a fifth of what the slow line takes is plenty."""
    with connected(visit) as connection:
        start = time.monotonic()
        ask(connection)
        assert time.monotonic() - start < 0.16


def test_a_host_like_github_pages_compresses_text_and_leaves_archives(visit):
    """And what is counted is what goes over the line."""
    visit.hosted = True
    visit.sent.clear()
    try:
        with connected(visit) as connection:
            headers, css = ask(connection, "style.css")
            archive, body = ask(connection)
    finally:
        visit.hosted = False
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(css).startswith(b"body { color: white }")
    assert "Content-Encoding" not in archive
    assert [sent.bytes for sent in visit.sent] == [len(css), len(css), len(body)]


def test_what_the_bench_adds_to_a_page_is_not_counted(visit):
    """Only what a visitor would be sent."""
    visit.sent.clear()
    with connected(visit) as connection:
        _, page = ask(connection, "index.html")
    sizes = {sent.path: sent.bytes for sent in visit.sent}
    assert b"MutationObserver" in page
    assert sizes["index.html"] == len(PAGE)


def test_what_a_browser_has_already_is_not_sent_again(visit):
    """But confirmed, as a static host does: a service worker asks for what the page has just had."""
    visit.sent.clear()
    with connected(visit) as connection:
        headers, _ = ask(connection)
        again, body = ask(connection, **{"If-None-Match": headers["ETag"]})
    assert body == b""
    assert again["ETag"] == headers["ETag"]
    assert [sent.bytes for sent in visit.sent[1:]] == [10**6, 0]


def test_nothing_is_answered_while_the_network_is_off(visit):
    """As a second visit has to do without it."""
    with connected(visit) as connection:
        visit.refusing = True
        try:
            with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
                ask(connection)
        finally:
            visit.refusing = False
    assert visit.refused == ["megabyte.bin"]


BUDGET = {
    "until_engine": {"all": {"requests": 20, "bytes": 1000}, "css": {"requests": 1, "bytes": 100}}
}


def first(kind, **sizes):
    """The budget's visit, but for one kind."""
    return {"until_engine": {**BUDGET["until_engine"], kind: sizes}}


def test_a_visit_may_grow_by_a_twentieth():
    """And no further; a word says what did."""
    assert budget.grown(BUDGET, first("all", requests=21, bytes=1050)) == []
    told = budget.grown(BUDGET, first("all", requests=22, bytes=1051))
    assert [sentence.split(",")[1].strip() for sentence in told] == [
        "all requests: 22",
        "all bytes: 1051",
    ]


def test_a_kind_that_the_budget_does_not_know_has_grown():
    """From nothing."""
    assert len(budget.grown(BUDGET, first("wasm", requests=1, bytes=1))) == 2


def test_what_shrank_is_told_so_that_the_budget_follows():
    """Else it could grow again unseen."""
    assert budget.shrunk(BUDGET, first("css", requests=1, bytes=95)) == []
    assert len(budget.shrunk(BUDGET, first("css", requests=1, bytes=94))) == 1
    gone = {"until_engine": {"all": BUDGET["until_engine"]["all"]}}
    assert len(budget.shrunk(BUDGET, gone)) == 2
    assert budget.grown(BUDGET, gone) == []


def test_kinds_are_endings_and_add_up_to_all():
    """By the files' names."""
    sent = [server.Sent("a/b.css", 10, 0), server.Sent("c.css", 5, 1), server.Sent("LICENSE", 1, 2)]
    assert server.Sizes(sent).kinds() == {
        "all": {"requests": 3, "bytes": 16},
        "css": {"requests": 2, "bytes": 15},
        "none": {"requests": 1, "bytes": 1},
    }
