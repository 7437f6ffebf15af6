"""Find browser features that the page uses and that a promised browser, or plain HTTP, does not have.

README.md promises browsers. MDN's browser-compat-data says since when each has a feature. W3C's Web IDL says
which features exist only in secure contexts. Every use of such a feature must be in GUARDED, with the reason
why the page works without it. Syntax that a promised browser cannot parse is always a fault.

Only for a global is it known which object a name is read from. For any other object, the name must be safe on
every interface that has it, or be in ELSEWHERE. Names that the project's own code defines are skipped, and so
are options in objects and the contents of strings: selectors, markup, styles.

(An ESLint plugin would check globals only. It knows nothing of secure contexts, and cannot read Python.)
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "node_modules/@mdn/browser-compat-data/data.json"
PYTHON = ("py/engine/api.py", "py/boot/*.py", "py/page/**/*.py")
JAVASCRIPT = ("static/**/*.js", "static/**/*.mjs")

# The promised browsers, by their names in README.md and in MDN's data.
BROWSERS = {
    "Chrome, Edge": ("chrome", "chrome_android", "edge"),
    "Firefox": ("firefox", "firefox_android"),
    "Safari, also on iPhone and iPad": ("safari", "safari_ios"),
}

# The interface of a global object.
GLOBALS = {
    "caches": "CacheStorage",
    "crypto": "Crypto",
    "document": "Document",
    "history": "History",
    "location": "Location",
    "navigator": "Navigator",
    "performance": "Performance",
}
SCOPES = ("Window", "WorkerGlobalScope")

# Interfaces that the page never uses, and members that it never reads. It uses the same names elsewhere.
ELSEWHERE = {
    "Blob.bytes",
    "CanvasRenderingContext2D.filter",
    "CSSKeyframesRule",
    "CSSMediaRule",
    "CSSSupportsRule",
    "Exception",
    "FileSystemEntry",
    "HTMLAreaElement",
    "HTMLCanvasElement.content",
    "HTMLDetailsElement.name",
    "HTMLMediaElement",
    "Iterator",
    "MessageEvent.userActivation",
    "Navigator.install",
    "OfflineAudioContext",
    "OffscreenCanvasRenderingContext2D",
    "ProcessingInstruction",
    "ReadableStream.values",
    "Request",
    "Response.bytes",
    "RTCIceCandidate",
    "RTCPeerConnectionIceEvent",
    "Screen",
    "SVGAElement",
    "SVGImageElement",
    "Tag",
    "URLSearchParams.size",
}

# A file and a feature that it uses: why the page works without the feature.
GUARDED = {
    ("py/page/app.py", "KeyboardEvent.repeat"): "it is only wrong when several keys are held down",
    (
        "py/page/pad/pad.py",
        "KeyboardEvent.repeat",
    ): "it is only wrong when several keys are held down",
    ("py/page/engine_client/learning.py", "Navigator.deviceMemory"): "`getattr` asks for it",
    ("py/page/engine_client/learning.py", "WorkerNavigator.deviceMemory"): "`getattr` asks for it",
    ("py/page/moves.py", "PointerEvent.getCoalescedEvents"): "`hasattr` asks for it",
    ("py/page/pad/demo.py", "Navigator.userActivation"): "`getattr` asks for it",
    (
        "py/page/panels/examples/labelling.py",
        "KeyboardEvent.repeat",
    ): "it is only wrong when several keys are held down",
    (
        "py/page/panels/examples/stroke_file.py",
        "Response.json",
    ): "it is the method of a response, not that of the class",
    (
        "py/page/panels/networks/downloads.py",
        "Navigator.clipboard",
    ): "`getattr` asks for it; the lines are selected",
    ("static/boot/fetching.mjs", "Crypto.subtle"): "`check` returns without it",
    ("static/boot/native.mjs", "Error.stackTraceLimit"): "elsewhere it is a name that nobody reads",
    (
        "static/boot/offline.mjs",
        "Navigator.serviceWorker",
    ): "`install` and `refresh` return without it",
    ("static/boot/offline.mjs", "caches"): "`forget` and `refresh` catch the error",
    ("static/boot/start.js", "Navigator.serviceWorker"): "`again` reloads without it",
    ("static/boot/start.js", "caches"): "`again` reloads without it",
    (
        "static/chart/chart.mjs",
        "CanvasRenderingContext2D.font",
    ): "Safari before 18.4 has it, and only reports a wrong weight when it is read",
    ("static/chart/chart.mjs", "Window.restore"): "it is the method of a canvas's context",
    ("static/storage/storage.mjs", "IDBFactory.databases"): "`exists` is true without it",
}


class Use(NamedTuple):
    """A name read from `of`: a global's name, "" if it is a global itself, "?" for any other object."""

    file: str
    line: int
    of: str
    name: str


class Fault(NamedTuple):
    """A use of a feature that is not available everywhere, and where it is missing."""

    use: Use
    feature: str
    lacking: str

    def __str__(self) -> str:
        """Format the fault as one line."""
        return f"{self.use.file}:{self.use.line}: {self.feature}: not in {self.lacking}"


def promised(readme: str) -> dict[str, tuple[int, ...]]:
    """Read the oldest promised version of each browser from the table in README.md."""
    versions = {}
    for title, names in BROWSERS.items():
        row = re.search(rf"^\| {re.escape(title)} \| ([\d.]+) \|", readme, re.MULTILINE)
        if row is None:
            raise ValueError(f"README.md's table of browsers has no row for {title}")
        versions |= dict.fromkeys(names, _version(row[1]))
    return versions


class Browsers:
    """The features of the promised browsers."""

    def __init__(self, data: dict, versions: dict[str, tuple[int, ...]], secure: set[str]) -> None:
        """data: MDN's; secure: interfaces and "Interface.member" that need a secure context."""
        self._versions = versions
        # Members of a global scope are globals too.
        scope = re.compile(rf"({'|'.join(SCOPES)})\.")
        self._secure = secure | {scope.sub("", feature) for feature in secure}
        self._features = {}
        self._members = {}
        for tree in (data["api"], data["javascript"]["builtins"], data["webassembly"]["api"]):
            for name, feature in tree.items():
                self._features[name] = feature
                for member, one in feature.items():
                    if "__compat" not in one:
                        continue
                    self._features[f"{name}.{member.removesuffix('_static')}"] = one
                    if not member.endswith("_static"):
                        self._members.setdefault(member, []).append(name)
                    if name in SCOPES:
                        self._features.setdefault(member, one)

    def lacking(self, feature: str) -> str:
        """List the promised browsers in which a feature is missing: "" if none."""
        support = self._features.get(feature, {}).get("__compat", {}).get("support", {})
        lacking = [
            f"{browser} {'.'.join(map(str, version))}"
            for browser, version in self._versions.items()
            if browser in support and not _has(support[browser], version)
        ]
        return ", ".join(lacking + ["insecure contexts"] * (feature in self._secure))

    def gaps(self) -> list[str]:
        """List every feature that is not available everywhere."""
        return [feature for feature in self._features if self.lacking(feature)]

    def features(self, use: Use) -> list[str]:
        """List the features that a use may refer to."""
        if not use.of:
            return [use.name]
        interface = GLOBALS.get(use.of, use.of)
        known = f"{interface}.{use.name}" in self._features
        interfaces = [interface] if known else self._members.get(use.name, [])
        # An object whose whole interface is missing comes from a global that is reported itself.
        return [
            f"{each}.{use.name}"
            for each in interfaces
            if not self.lacking(each) and not {each, f"{each}.{use.name}"} & ELSEWHERE
        ]

    def faults(self, uses: list[Use]) -> Iterator[Fault]:
        """Find the uses of features that are not available everywhere, guarded or not."""
        for use in uses:
            for feature in self.features(use):
                if lacking := self.lacking(feature):
                    yield Fault(use, feature, lacking)


def python_uses(sources: dict[str, str]) -> list[Use]:
    """List the browser's names that Python sources, by path, read. Names that they define are skipped."""
    trees = {file: ast.parse(source, file) for file, source in sources.items()}
    own = {name for tree in trees.values() for node in ast.walk(tree) for name in _defined(node)}
    return [
        Use(file, node.lineno, of, name)
        for file, tree in trees.items()
        for node in ast.walk(tree)
        for of, name in _read(node)
        if of != "?" or name not in own
    ]


def javascript_uses(files: list[str]) -> list[Use]:
    """List the browser's names that JavaScript reads. Raises SyntaxError for unsupported syntax."""
    found = _node(*files)
    for file, why in found["unreadable"]:
        raise SyntaxError(f"{file}: a promised browser cannot parse it: {why}")
    return [Use(*use) for use in found["uses"]]


@cache
def mdn() -> dict:
    """Read MDN's data."""
    return json.loads(DATA.read_text())


@cache
def browsers() -> Browsers:
    """Describe the promised browsers, from README.md, MDN's data and Web IDL."""
    versions = promised((ROOT / "README.md").read_text())
    return Browsers(mdn(), versions, set(_node("--secure")))


def _node(*words):
    command = ["node", str(ROOT / "tools/browser_uses.mjs"), *words]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def _defined(node):
    """Yield the names that a piece of Python defines. They may be read from our own objects."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Attribute(ctx=ast.Store()):
            yield node.attr
        case ast.AnnAssign(target=ast.Name(name)):
            yield name
        case ast.keyword(arg=str(name)):
            yield name


def _read(node):
    """Yield what a piece of Python reads: (of, name)."""
    match node:
        case ast.ImportFrom(module="js"):
            yield from (("", each.name) for each in node.names)
        case ast.Attribute(value=ast.Name("js" | "window"), attr=name):
            yield "", name
        case ast.Attribute(
            value=ast.Attribute(value=ast.Name("js" | "window"), attr=of) | ast.Name(of), attr=name
        ):
            yield of if of in GLOBALS or of[0].isupper() else "?", name
        case ast.Attribute(attr=name):
            yield "?", name
        case ast.Call(ast.Name("getattr" | "hasattr"), [_, ast.Constant(str(name)), *_]):
            yield "?", name


def _version(text):
    return tuple(int(part) for part in text.lstrip("≤").split("."))


def _has(support, version):
    """Tell whether a browser of this version has a feature under its own name, without a flag."""
    return any(
        isinstance(one["version_added"], str)
        and one["version_added"] != "preview"
        and _version(one["version_added"]) <= version
        and not {"alternative_name", "flags", "prefix", "version_removed"} & one.keys()
        for one in (support if isinstance(support, list) else [support])
    )


def _paths(patterns):
    return sorted(
        str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(pattern)
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", action="store_true", help="show guarded uses too")
    options = parser.parse_args(arguments)
    uses = javascript_uses(_paths(JAVASCRIPT))
    uses += python_uses({path: (ROOT / path).read_text() for path in _paths(PYTHON)})
    faults = list(browsers().faults(uses))
    found = {(fault.use.file, fault.feature) for fault in faults}
    open_ = [fault for fault in faults if (fault.use.file, fault.feature) not in GUARDED]
    for fault in faults if options.all else open_:
        why = GUARDED.get((fault.use.file, fault.feature))
        print(f"{fault} ({why})" if why else fault)
    needless = [f"{file}: {feature}" for file, feature in GUARDED.keys() - found]
    for each in needless:
        print(f"{each}: in GUARDED, but not used")
    return 1 if open_ or needless else 0


if __name__ == "__main__":
    sys.exit(main())
