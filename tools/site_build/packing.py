"""Pack files that the page unpacks itself (`static/boot/archive.mjs`), because many hosts compress nothing.

A packed file's name must not end in `.gz`: a host might unpack that on the way.
"""

from __future__ import annotations

import gzip
import io
import tarfile


def gzipped(content: bytes) -> bytes:
    """Return bytes gzipped. The same bytes give the same result."""
    return gzip.compress(content, 9, mtime=0)


def packed(files: dict[str, bytes]) -> bytes:
    """Return a gzipped tar archive of files by their paths, in this order."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path, content in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return gzipped(archive.getvalue())


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Return the files that `packed` has packed."""
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(archive))) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}
