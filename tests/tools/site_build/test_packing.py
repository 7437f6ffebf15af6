"""What is packed comes out of `static/boot/archive.mjs` as it went in."""

import json
import subprocess
from pathlib import Path

from site_build.packing import packed, unpacked

ROOT = Path(__file__).parents[3]

# Out of order; in a folder of a folder; nothing, one block of the archive, and one byte more than that.
FILES = {"page/b/c.mpy": b"\0\xff" * 256, "page/a.mpy": b"", "boot/d.mpy": bytes(range(171)) * 3}
WRITE = """
import { readFileSync } from "node:fs";
import { bytesOf, writeFiles } from "./static/boot/archive.mjs";
const folders = [];
const files = {};
const FS = {
  mkdirTree: (path) => folders.push(path),
  writeFile: (path, bytes) => Object.assign(files, { [path]: Buffer.from(bytes).toString("hex") }),
};
const paths = writeFiles(FS, await bytesOf(new Response(readFileSync(0))));
console.log(JSON.stringify({ paths, folders, files }));
"""


def write(archive):
    """Return what `archive.mjs` writes for an archive."""
    command = ["node", "--input-type=module", "-e", WRITE]
    run = subprocess.run(command, cwd=ROOT, input=archive, capture_output=True, check=True)
    return json.loads(run.stdout)


def test_the_page_unpacks_what_the_build_has_packed():
    """In the same order, each file in its folder."""
    made = write(packed(FILES))
    assert made["paths"] == list(FILES) == list(unpacked(packed(FILES)))
    assert made["folders"] == ["/page/b", "/page", "/boot"]
    assert made["files"] == {f"/{path}": FILES[path].hex() for path in FILES}
    assert unpacked(packed(FILES)) == FILES


def test_an_archive_of_nothing_can_be_unpacked():
    assert write(packed({})) == {"paths": [], "folders": [], "files": {}}


def test_the_same_files_give_the_same_bytes(monkeypatch):
    """Whenever they are packed: their hashes are in the page."""
    now = packed(FILES)
    monkeypatch.setattr("time.time", lambda: 1e9)
    assert packed(FILES) == now
