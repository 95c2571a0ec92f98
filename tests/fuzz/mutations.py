"""Mutations: a file to another that is a little wrong, as files are by accident, or as only attackers make them.

Each takes the dice and the bytes; what it does follows from the dice alone, so a seed is a reproduction.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.fuzz.cells import SHEET_CHANGES
from tests.fuzz.odd import NUMBERS, ODD
from tests.packages.evil import packed, parts_of

Mutation = Callable[[Random, bytes], bytes]


def flip(dice: Random, data: bytes) -> bytes:
    """A few bits."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(dice: Random, data: bytes) -> bytes:
    """The beginning, or all but the beginning."""
    at = dice.randrange(len(data))
    return data[:at] if dice.random() < 0.8 else data[at:]


def splice(dice: Random, data: bytes) -> bytes:
    """A piece left out, twice there, or moved."""
    first, last = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    piece = data[first : min(last, first + 2000)]
    rest = data[:first] + data[first + len(piece) :]
    at = dice.randrange(len(rest) + 1)
    return dice.choice((rest, data[:first] + piece + data[first:], rest[:at] + piece + rest[at:]))


def in_part(inner: Mutation) -> Mutation:
    """A mutation of one part of a package, which is put together again soundly."""

    def change(dice: Random, data: bytes) -> bytes:
        parts = parts_of(data)
        name = dice.choice(sorted(parts))
        if dice.random() < 0.7:
            name = dice.choice([one for one in sorted(parts) if "sheet" in one or "Strings" in one or "styles" in one])
        parts[name] = inner(dice, parts[name]) if parts[name] else b"x"
        return packed(parts)

    return change


def parts_swapped(dice: Random, data: bytes) -> bytes:
    """A part left out, twice there, under another name, or in place of another."""
    parts = parts_of(data)
    first, second = dice.sample(sorted(parts), 2)
    match dice.randrange(4):
        case 0:
            del parts[first]
        case 1:
            parts[first], parts[second] = parts[second], parts[first]
        case 2:
            parts[first.upper()] = parts.pop(first)
        case _:
            parts[f"{first}2"] = parts[first]
    return packed(parts, dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


_TAG, _ATTRIBUTE = re.compile(rb"<[^<>]*>"), re.compile(rb'(?<=[ :])([A-Za-z]+)="([^"]*)"')
_VALUE = re.compile(rb"<v>[^<]*</v>")


def tags(dice: Random, part: bytes) -> bytes:
    """Tags left out, twice there, moved, closed at once, or put into others."""
    found = list(_TAG.finditer(part))
    if not found:
        return part
    one = dice.choice(found)
    other = dice.choice(found)
    match dice.randrange(5):
        case 0:
            return part[: one.start()] + part[one.end() :]
        case 1:
            return part[: one.start()] + one[0] + part[one.start() :]
        case 2:
            return part[: other.start()] + one[0] + part[other.start() :]
        case 3:
            return part[: one.end() - 1] + b"/>" + part[one.end() :]
        case _:
            return part[: one.end()] + b"<!-- -->" * dice.choice((1, 5000)) + part[one.end() :]


def attributes(dice: Random, part: bytes) -> bytes:
    """An attribute left out, of another value, or of another name."""
    found = list(_ATTRIBUTE.finditer(part))
    if not found:
        return part
    one = dice.choice(found)
    value = dice.choice(
        (b"", b"-1", b"99999999999", b"A1048576", b"XFD1", b"a1", b"4294967295", b"\xe4\xb8\x80", b"s", b"e", b"b")
    )
    made = dice.choice((b"", one[1] + b'="' + value + b'"', b"x" + one[0]))
    return part[: one.start()] + made + part[one.end() :]


def values(dice: Random, part: bytes) -> bytes:
    """The value of a cell, as a number that is none or as an odd one."""
    found = list(_VALUE.finditer(part))
    if not found:
        return part
    one = dice.choice(found)
    value = dice.choice(NUMBERS)
    return part[: one.start()] + f"<v>{value}</v>".encode() + part[one.end() :]


def lines(dice: Random, data: bytes) -> bytes:
    """Lines left out, twice there, moved, joined, or indented."""
    found = data.splitlines(keepends=True)
    at, to = (dice.randrange(len(found)) for _ in range(2))
    match dice.randrange(6):
        case 0:
            del found[at]
        case 1:
            found.insert(to, found[at])
        case 2:
            found.insert(to, found.pop(at))
        case 3:
            found[at] = found[at].rstrip(b"\r\n")
        case 4:
            found[at] = dice.choice((b" ", b"  ", b"\t", b"- ", "　".encode())) + found[at]
        case _:
            found[at] = found[at].lstrip()
    return b"".join(found)


def fields(dice: Random, data: bytes) -> bytes:
    """A field of a table, between commas or tabs, of another text."""
    found = list(re.finditer(rb"(?<=[,\t])[^,\t\r\n]*", data))
    if not found:
        return data
    one = dice.choice(found)
    return data[: one.start()] + dice.choice(ODD).encode() + data[one.end() :]


def words(dice: Random, data: bytes) -> bytes:
    """Some text in place of another, with what YAML and documents take for signs."""
    made = dice.choice(
        (
            *ODD,
            "：",
            ":",
            "[",
            "}",
            "&a",
            "*a",
            "!!python/object:os.system",
            "<<: *a",
            "- ",
            "|",
            ">",
            '"',
            "{{{{",
            "\x00",
            "%",
            "@",
        )
    )
    at = dice.randrange(len(data) + 1)
    return data[:at] + made.encode() + data[at + dice.choice((0, 0, 3, 12)) :]


def encodings(dice: Random, data: bytes) -> bytes:
    """The text in another encoding, with another line end, or behind a mark of the order of bytes."""
    text = data.decode("utf-8-sig", "replace")
    match dice.randrange(5):
        case 0:
            return text.encode("gb18030", "replace")
        case 1:
            return text.encode("utf-16")
        case 2:
            return b"\xef\xbb\xbf" + data
        case 3:
            return text.replace("\n", "\r\n").encode()
        case _:
            return text.replace("\n", "\r").encode()


def scalars(dice: Random, data: bytes) -> bytes:
    """A value of YAML or JSON, behind its key, of another text or of another kind."""
    found = list(re.finditer(rb"(?<=: )[^\n#]+", data))
    if not found:
        return data
    one = dice.choice(found)
    made = dice.choice(
        (*ODD, *NUMBERS, ".inf", ".nan", "[]", "{}", "null", "~", "[1, 2]", "{a: 1}", "yes", "1.5", "-3", '""')
    )
    quoted = dice.random() < 0.2
    return data[: one.start()] + (f'"{made}"' if quoted else made).encode() + data[one.end() :]


def entries(dice: Random, data: bytes) -> bytes:
    """A file of an archive under another name, twice there, empty, or packed into an archive of its own."""
    parts = parts_of(data)
    name = dice.choice(sorted(parts))
    new = dice.choice(
        ("../x.xlsx", "/x.xlsx", "a" * 300 + ".xlsx", "单位/表.xls", "x.zip", "CON.xlsx", "\u202e.xlsx", "x")
    )
    match dice.randrange(4):
        case 0:
            parts[new] = parts.pop(name)
        case 1:
            parts[new] = parts[name]
        case 2:
            parts[name] = dice.choice((b"", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))
        case _:
            parts[f"{name}.zip"] = packed({new: parts.pop(name)})
    return packed(parts, dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


RAW: Sequence[Mutation] = (flip, cut, splice)
WORKBOOK: Sequence[Mutation] = (
    *RAW,
    parts_swapped,
    *(in_part(inner) for inner in (flip, cut, splice, tags, attributes, attributes, values)),
    *(in_part(inner) for inner in SHEET_CHANGES),
)
TEXT: Sequence[Mutation] = (*RAW, lines, lines, fields, fields, words, words, encodings)
STRUCTURED: Sequence[Mutation] = (*TEXT, scalars, scalars, scalars)
OF: Mapping[str, Sequence[Mutation]] = {
    "workbook": WORKBOOK,
    "text": TEXT,
    "structured": STRUCTURED,
    "archive": (*RAW, entries, entries, entries),
    "raw": RAW,
}
"""The mutations of each kind of file."""


def mutated(dice: Random, what: str, data: bytes) -> bytes:
    """The file after one mutation or a few."""
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        try:
            data = dice.choice(OF[what])(dice, data) or b"x"
        except (
            zipfile.BadZipFile,
            zlib.error,
            LookupError,
            ValueError,
            NotImplementedError,
            OSError,
            EOFError,
            RuntimeError,
        ):
            data = dice.choice(RAW)(dice, data) or b"x"  # no package any more
    return data
