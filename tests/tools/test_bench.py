"""Test how figures are judged and shown, and that the slow connection is as slow as it should be.

The measurements themselves are not tested for their results.
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


def test_a_figure_at_its_limit_reaches_the_target(verdicts):
    assert verdicts["start.page_ready_ratio"] == {"figure": 0.12, "limit": 0.12, "reached": True}


def test_a_figure_beyond_its_limit_misses_the_target(verdicts):
    assert not verdicts["start.engine_ready_ratio"]["reached"]


def test_an_equal_time_is_not_faster(verdicts):
    assert not verdicts["feedforward.1.engine_ms"]["reached"]


def test_figures_that_were_not_measured_are_not_judged(verdicts):
    assert "pen.later.p95" not in verdicts
    assert "feedforward.1000.engine_ms" not in verdicts


def test_the_table_says_which_targets_were_reached(verdicts):
    lines = bench.table(RESULTS | {"targets": verdicts}).splitlines()
    assert [line for line in lines if line.endswith("(at most 0.45): NOT REACHED")]
    assert [line for line in lines if line.endswith("(at most 0.12): reached")]


def test_a_missing_site_is_a_clear_error(tmp_path, capsys):
    assert bench.main(["--site", str(tmp_path)]) == 1
    assert "make site" in capsys.readouterr().err


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    """Serve a page and a megabyte, as the bench does."""
    site = tmp_path_factory.mktemp("site")
    (site / "index.html").write_text(PAGE)
    (site / "megabyte.bin").write_bytes(bytes(10**6))
    (site / "style.css").write_text("body { color: white }\n" * 1000)
    with server.measured(site) as visit:
        yield visit


@pytest.fixture
def slow(visit):
    """The same server at 10 Mbit/s and 40 ms."""
    visit.link = link.Link(10e6, 0.04)
    yield visit
    visit.link = None


def connected(visit):
    """Connect, and fetch a small file. The connection stays open between requests."""
    netloc = urllib.parse.urlsplit(visit.address).netloc
    connection = http.client.HTTPConnection(netloc, timeout=30)
    ask(connection, "style.css")
    return contextlib.closing(connection)


def ask(connection, path="megabyte.bin", **headers):
    """Fetch a file. Returns the reply's headers and body."""
    connection.request("GET", f"/{path}", headers=headers)
    answer = connection.getresponse()
    return answer.headers, answer.read()


def assert_takes(expected, taken, rel=0.1):
    """Repeat the measurement a few times until it fits, because a busy machine may take longer."""
    times = []
    while expected != pytest.approx(taken_now := taken(), rel=rel):
        times.append(taken_now)
        assert len(times) < 8, times


def test_a_megabyte_takes_as_long_as_the_bandwidth_allows(slow):
    """It takes a round trip, and eight million bits at ten megabits per second."""

    def taken():
        with connected(slow) as connection:
            start = time.monotonic()
            _, body = ask(connection)
            assert len(body) == 10**6
            return time.monotonic() - start

    assert_takes(0.04 + 0.8, taken)


def test_two_parallel_downloads_share_the_connection(slow):
    """Each takes twice as long, and neither overtakes the other."""

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


def test_a_connection_and_each_request_cost_a_round_trip(slow):
    """So a page with fewer files starts sooner, which the simulation must show."""
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
    assert len(trips) == 1 + 5  # `connected` made one request already.
    assert min(trips) >= 0.04


def test_the_connection_is_fast_by_default(visit):
    """A fifth of the slow connection's time is plenty for localhost."""
    with connected(visit) as connection:
        start = time.monotonic()
        ask(connection)
        assert time.monotonic() - start < 0.16


def test_a_host_like_github_pages_compresses_text_but_not_archives(visit):
    """The bytes that are counted are those sent."""
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


def test_files_of_the_bench_are_not_counted(visit):
    """Only what a visitor would receive counts."""
    visit.sent.clear()
    with connected(visit) as connection:
        _, page = ask(connection, "index.html")
    sizes = {sent.path: sent.bytes for sent in visit.sent}
    assert b"MutationObserver" in page
    assert sizes["index.html"] == len(PAGE)


def test_an_unchanged_file_is_not_sent_again(visit):
    """As on a static host it is only confirmed: a service worker asks for files that the page just had."""
    visit.sent.clear()
    with connected(visit) as connection:
        headers, _ = ask(connection)
        again, body = ask(connection, **{"If-None-Match": headers["ETag"]})
    assert body == b""
    assert again["ETag"] == headers["ETag"]
    assert [sent.bytes for sent in visit.sent[1:]] == [10**6, 0]


def test_nothing_is_sent_while_the_network_is_off(visit):
    """A second visit has to work without it."""
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
    """The budget's figures, with one kind changed."""
    return {"until_engine": {**BUDGET["until_engine"], kind: sizes}}


def test_a_visit_may_grow_by_5_percent():
    """Beyond that, the message says which kind grew."""
    assert budget.grown(BUDGET, first("all", requests=21, bytes=1050)) == []
    told = budget.grown(BUDGET, first("all", requests=22, bytes=1051))
    assert [sentence.split(",")[1].strip() for sentence in told] == [
        "all requests: 22",
        "all bytes: 1051",
    ]


def test_a_kind_that_is_not_in_the_budget_counts_as_grown():
    """Its budget is 0."""
    assert len(budget.grown(BUDGET, first("wasm", requests=1, bytes=1))) == 2


def test_a_kind_that_shrank_is_reported():
    """The budget must follow, or the kind could grow again unnoticed."""
    assert budget.shrunk(BUDGET, first("css", requests=1, bytes=95)) == []
    assert len(budget.shrunk(BUDGET, first("css", requests=1, bytes=94))) == 1
    gone = {"until_engine": {"all": BUDGET["until_engine"]["all"]}}
    assert len(budget.shrunk(BUDGET, gone)) == 2
    assert budget.grown(BUDGET, gone) == []


def test_kinds_are_file_extensions_and_add_up_to_all():
    sent = [server.Sent("a/b.css", 10, 0), server.Sent("c.css", 5, 1), server.Sent("LICENSE", 1, 2)]
    assert server.Sizes(sent).kinds() == {
        "all": {"requests": 3, "bytes": 16},
        "css": {"requests": 2, "bytes": 15},
        "none": {"requests": 1, "bytes": 1},
    }
