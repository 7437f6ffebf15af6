"""The page obeys its own content security policy, and `SECURITY.md` explains each directive."""

import re
from html.parser import HTMLParser
from pathlib import Path

from site_build.integrity import sha256
from site_build.page import INLINED

ROOT = Path(__file__).resolve().parents[3]


class Markup(HTMLParser):
    """Collects the policy, and what it governs: inline code, inline style, and addresses."""

    def __init__(self, page=ROOT / "index.html"):
        super().__init__()
        self.policy = None
        self.before = []
        self.inline = []
        self.foreign = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = {
                name: sources for name, *sources in map(str.split, given["content"].split(";"))
            }
        elif self.policy is None and tag not in ("html", "head"):
            self.before.append((tag, given))
        if (
            tag == "style"
            or (tag == "script" and "src" not in given)
            or any(name == "style" or name.startswith("on") for name in given)
        ):
            self.inline.append((tag, given))
        address = given.get("src") or (tag == "link" and given.get("href"))
        if address and re.match(r"\w+:|//", address):
            self.foreign.append(address)


def test_the_policy_forbids_everything_that_it_does_not_name():
    policy = Markup().policy
    assert policy["default-src"] == ["'none'"]
    assert policy["connect-src"] == ["'self'"]
    for name in ("base-uri", "form-action"):  # default-src does not cover these
        assert policy[name] == ["'none'"]
    every = {source for sources in policy.values() for source in sources}
    assert every == {"'none'", "'self'", "'unsafe-eval'", "blob:"}


def test_the_policy_comes_before_everything_that_it_governs():
    assert Markup().before == [("meta", {"charset": "utf-8"})]


def test_nothing_in_the_page_is_inline_or_foreign():
    markup = Markup()
    assert markup.inline == []
    assert markup.foreign == []


def test_the_served_page_allows_one_inline_script_by_its_hash(real_site):
    """The build inlines `static/boot/start.js` and its parts without comments, and changes nothing else."""
    served, written = Markup(real_site / "index.html"), Markup()
    assert served.inline == [("script", {})]
    assert served.foreign == []
    page = (real_site / "index.html").read_bytes()
    script = re.search(rb"<script>(.*?)</script>", page, re.DOTALL)[1]
    source = b"".join((ROOT / name).read_bytes() for name in INLINED)
    lines = [line.strip() for line in source.splitlines()]
    code = [line for line in lines if line and not line.startswith((b"//", b"/*", b"*"))]
    assert [line for line in script.splitlines() if line] == code
    written.policy["script-src"].insert(1, f"'{sha256(script)}'")
    assert served.policy == written.policy


def test_each_directive_of_the_policy_is_explained():
    rows = re.findall(
        r"^\| `([\w-]+)` \| (.*?) \| (.+?) \|$", (ROOT / "SECURITY.md").read_text(), re.M
    )
    explained = {name: re.findall(r"`(.+?)`", sources) for name, sources, _ in rows}
    explained["script-src"].remove("'sha256-…'")  # the build adds it (see above)
    assert explained == Markup().policy


def test_recommended_headers_are_for_files_that_exist(real_site):
    """A rule for a file that does not exist has no effect."""
    section = (ROOT / "SECURITY.md").read_text().split("`_headers`:")[1].split("```")[1]
    paths = [line for line in section.splitlines() if line.startswith("/")]
    assert paths[0] == "/*"
    assert paths[1:]
    for path in paths[1:]:
        assert (real_site / path[1:]).is_file(), path
