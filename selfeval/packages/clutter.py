"""Names of what systems and office programs leave beside people's files: nobody's content, passed over in silence."""

from __future__ import annotations

from selfeval.packages.files import is_lock

SYSTEM_FILES = frozenset({".ds_store", ".localized", "thumbs.db", "desktop.ini"})
"""Files that Windows and macOS put into folders, in small letters."""

_SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})
# locks of Office; what macOS keeps beside a file; locks of WPS and LibreOffice, and our own unfinished files; bins
_BEGINNINGS = ("~$", "._", ".~", ".trash")


def is_clutter(name: str) -> bool:
    """Whether a file or folder of this name, without the folders above it, is such."""
    small = name.lower()
    return small in SYSTEM_FILES or small in _SYSTEM_FOLDERS or small.startswith(_BEGINNINGS) or is_lock(name)
