"""Which files of a folder are just as a run of ours wrote them: whatever else stands there is somebody's work.

What people add shows in no cell that we know: another sheet, a comment, a line below the table. So the bytes prove that
nothing would be lost, or, in a workbook that was only opened and saved, what it holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.links import is_plain
from selfeval.packages.resaved import is_as_made
from selfeval.packages.writing import write_whole

MADE = ".写出.sha256"
"""The hidden file in a folder that remembers the hashes of all that was ever written there."""


def made_in(folder: Path, name: str = MADE) -> frozenset[str]:
    """The SHA-256 of every file that runs wrote below a folder; none where that is not known.

    ``name`` is that of the record, where another than the usual one is kept in the same way.
    """
    record = folder / name
    data = read_bytes(record) if is_plain(record) else b""
    return frozenset() if isinstance(data, Unreadable) else frozenset(data.decode("ascii", "replace").split())


def is_made(data: bytes, made: Collection[str]) -> bool:
    """Whether a file holds just what a run of ours wrote; ``made``: the hashes of what runs wrote in its folder."""
    return digest(data) in made or is_as_made(data)


def record_of(proofs: Iterable[str]) -> bytes:
    """The record as bytes, the same for the same hashes."""
    return "".join(f"{proof}\n" for proof in sorted({*proofs})).encode()


def remember_made(folder: Path, proofs: Iterable[str], home: Path, name: str = MADE) -> None:
    """Note what was written below a folder, which lies below ``home``. Raises OSError."""
    before = made_in(folder, name)
    after = before.union(proofs)
    if after != before:
        write_whole(folder / name, record_of(after), home)
