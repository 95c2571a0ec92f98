"""Objects set aside are had again, whether or not a temporary file can be written."""

from __future__ import annotations

import errno
import os

import pytest

from selfeval.packages import spool


@pytest.mark.parametrize("full", [False, True])
def test_what_was_put_in_comes_out(full: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    def refused(**_options: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if full:
        monkeypatch.setattr("tempfile.TemporaryFile", refused)
    monkeypatch.setattr(spool, "_IN_MEMORY", 1000)
    held: spool.Spool[str] = spool.Spool()
    texts = {str(number): str(number) * 500 for number in range(9)}
    for key, text in texts.items():
        held.put(key, text)
    held.keep({"甲": "8", "乙": "0"})
    assert dict(held) == {"甲": texts["8"], "乙": texts["0"]}
