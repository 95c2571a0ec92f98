"""Names that every file system takes: Windows is the strictest, so its rules hold everywhere."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
"""Characters kept of one name: with unit, project and folders the whole path stays under Windows' 260."""
LARGEST = 200
"""Bytes kept of one name: Linux takes 255, and what we call a version of the file must find room behind it."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)})


def safe_name(text: str) -> str:
    """The text as one part of a path that Windows, macOS and Linux all accept; twice gives the same as once.

    Forbidden and control characters become ``_``, ends lose dots and spaces (Windows drops them silently), device
    names such as ``CON`` get a ``_``, and what is longer than ``LONGEST`` or ``LARGEST`` is cut; nothing gives ``_``.
    """
    plain = unicodedata.normalize("NFC", text)
    shown = "".join("_" if unicodedata.category(letter) in _HIDDEN else letter for letter in plain)
    name = _cut(_FORBIDDEN.sub("_", shown).strip(" ."))
    if name.split(".")[0].rstrip(" ").upper() in _RESERVED:
        name = _cut(f"_{name}")
    return name or "_"


def coded_name(code: str, name: str) -> str:
    """``<code>_<name>`` as a safe name. The first ``_`` ends the code, so that no two codes ever give the same."""
    return safe_name(f"{code.replace('_', '-')}_{name}")


def cut_to_bytes(name: str, most: int) -> str:
    """The beginning of a name that takes so many bytes at most, no letter halved."""
    while len(name.encode("utf-8", "surrogateescape")) > most:
        name = name[:-1]
    return name


def _cut(name: str) -> str:
    """The name within both limits, no letter halved."""
    return cut_to_bytes(name[:LONGEST], LARGEST).strip(" .")
