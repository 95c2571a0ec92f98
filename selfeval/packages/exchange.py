"""Two folders change places in one step, where the system can do that: none of the two names is ever missing."""

from __future__ import annotations

import ctypes
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def exchanged(one: Path, other: Path) -> bool:
    """Whether the two have changed places; if not, nothing has happened, and two renames have to do."""
    call = _call()
    if call is None:
        return False
    return int(call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)) == 0


@lru_cache(maxsize=1)
def _call() -> Any:  # noqa: ANN401 - a function of the C library
    if os.name != "posix":
        return None
    call = getattr(ctypes.CDLL(None), "renameat2", None)
    if call is not None:
        call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return call
