"""List the third-party work that is served: `THIRD_PARTY.txt` for people, `sbom.cdx.json` for machines.

`write` puts both into a finished site, from what `attribution.py` finds. Licence texts come from the packages
or, if a package has none, from the SPDX License List.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from licences import attribution
from licences.attribution import LISTS, SPDX, read
from site_build.pins import Refusal

TEXT, BILL = LISTS
RULE = "=" * 88


def write(root: Path, site: Path, runtime: dict) -> None:
    """Write both lists into the site. Every other file must be final by then."""
    found = attribution.parts(root, site, runtime)
    (site / TEXT).write_text(_text(root, found), encoding="utf-8")
    about = read(root / "package.json") if (root / "package.json").exists() else {}
    told = {
        "name": about.get("name", root.name),
        "version": about.get("version"),
        "licence": about.get("license"),
        "parts": [{key: part[key] for key in part if key != "texts"} for part in found],
    }
    command = ["node", Path(__file__).with_name("sbom.mjs")]
    try:
        bill = subprocess.run(
            command, input=json.dumps(told).encode(), capture_output=True, check=True
        )
    except FileNotFoundError:
        raise Refusal(
            "node is missing: install Node 20, which writes the bill of materials."
        ) from None
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode().strip().splitlines()[-1:]
        raise Refusal(
            f"tools/licences/sbom.mjs failed ({' '.join(reason)}): run `npm ci`."
        ) from None
    (site / BILL).write_bytes(bill.stdout)


def _text(root: Path, found: list[dict]) -> str:
    """Format the list for people: each package with its files and contents, then every licence once."""
    texts = _Texts(root)
    lines = [
        "OTHER PEOPLE'S WORK IN PLAIN VANILLA",
        "",
        "What this site serves beside its own files: whose it is, under which licence, and the",
        "sha256 of each file. Plain Vanilla's own files are under the MIT licence. The same list,",
        f"for machines, is {BILL} (CycloneDX). The source code of each is at its address.",
    ]
    for part in found:
        lines += ["", RULE, f"{part['name']} {part['version']}", RULE, ""]
        lines += _described(part, texts)
        lines += ["", "Files:"]
        lines += [
            f"  {file['sha256']}  {file['path']}\n    {file['how']}" for file in part["files"]
        ]
        if part["inside"]:
            lines += ["", "Holds:"]
        for inner in part["inside"]:
            lines += [f"  {inner['name']} {inner.get('version', '')}".rstrip()]
            lines += [f"    {line}" for line in _described(inner, texts)]
    lines += ["", RULE, "LICENCES", RULE]
    return "\n".join(lines + list(texts.lines())) + "\n"


def _described(part: dict, texts: _Texts) -> list[str]:
    carried = [texts.number(part, title, text) for title, text in part.get("texts", [])]
    numbers = carried or texts.spdx(part)
    yours = {
        "Licence": " ".join([part["licence"], *(f"[{number}]" for number in numbers)]),
        "Copyright": part.get("copyright"),
        "Author": None if carried else _author(part.get("author")),
        "Address": part.get("address"),
        "Package": part.get("purl"),
        "Hash": part.get("integrity") or (f"sha256 {part['sha256']}" if "sha256" in part else None),
        "Note": part.get("note"),
    }
    return [
        f"{name + ':':10} {line}"
        for name, value in yours.items()
        if value
        for line in value.splitlines()
    ]


class _Texts:
    """The licence texts, each once and numbered, with the packages that it applies to."""

    def __init__(self, root: Path) -> None:
        self.folder = root / SPDX
        self.known = {}  # text → its title and its packages

    def number(self, part: dict, title: str, text: str) -> int:
        """Number a text that comes with a package."""
        return self._number(text, f"{title} of", part)

    def spdx(self, part: dict) -> list[int]:
        """Number the SPDX texts of a licence that a package names but does not include."""
        numbers = []
        for name in re.split(r" (?:AND|OR|WITH) ", part["licence"]):
            path = self.folder / "licenses" / f"{name}.json"
            if path.exists():
                version = read(self.folder / "package.json")["version"]
                title = (
                    f"{name}, in the words of the SPDX License List (npm: spdx-license-list {version}),\n"
                    "because these come without its text; whose copyright it is, is said at their addresses:"
                )
                numbers.append(self._number(read(path)["licenseText"], title, part))
        return numbers

    def _number(self, text: str, title: str, part: dict) -> int:
        _, whom = self.known.setdefault(text.strip(), (title, []))
        whom.append(" ".join(filter(None, (part["name"], part.get("version")))))
        return list(self.known).index(text.strip()) + 1

    def lines(self) -> Iterator[str]:
        """Yield the texts, each under its title."""
        for number, (text, (title, whom)) in enumerate(self.known.items(), 1):
            yield f"\n[{number}] {title} {', '.join(dict.fromkeys(whom))}\n{'-' * 88}\n\n{text}"


def _author(author: str | dict | None) -> str | None:
    """Return the author's name alone, from either of npm's forms."""
    name = author.get("name", "") if isinstance(author, dict) else author or ""
    return re.sub(r" *[<(].*", "", name)
