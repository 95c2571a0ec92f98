"""What this program is: the versions of what it is made of, and a digest of its own code and rulebooks."""

from __future__ import annotations

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import selfeval

_PACKAGES = ("selfeval", "numpy", "openpyxl", "pandas", "python-calamine", "pyyaml", "xlrd", "xlsxwriter")


@cache
def versions() -> dict[str, str]:
    """The versions of Python and of the packages that results depend on."""
    return {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}}


@cache
def code_digest() -> str:
    """SHA-256 of the program's own files, so that a change of a line is seen even under the same version."""
    found, root = sha256(), Path(selfeval.__file__).parent
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()
