"""LibreOffice, where it is installed: a workbook as a PDF file."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

USUAL_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
)

_FOLDERS = ("TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME")
"""Where a program is told to put what it needs for a while."""


class OfficeError(Exception):
    """LibreOffice did not do its work; the text says why, in Chinese."""


def find_soffice() -> Path | None:
    """Where LibreOffice is installed; None when it is not."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next((place for place in USUAL_PLACES if place.is_file()), None)


def as_pdf(workbook: bytes, soffice: Path, seconds: float) -> bytes:
    """A workbook as LibreOffice prints it, made under a profile of its own within so many seconds.

    Raises OfficeError when it does not come to an end, or gives nothing; OSError of the disk.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        home = Path(name)
        source = home / "workbook.xlsx"
        source.write_bytes(workbook)
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", home, source]
        _run([str(part) for part in command], seconds, home)
        made = home / "workbook.pdf"
        if not made.is_file():
            raise OfficeError("没有转出文件")
        return made.read_bytes()


def _run(command: list[str], seconds: float, home: Path) -> None:
    nothing = subprocess.DEVNULL
    own = dict.fromkeys(_FOLDERS, str(home)) | {"SAL_DISABLE_CUPS": "1"}  # no printer is asked what it can do
    try:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, env=os.environ | own
        )
    except OSError as error:
        raise OfficeError("启动不了") from error
    try:
        code = process.wait(timeout=seconds)
    except BaseException as error:  # too slow, or the user stops us: what was started ends too
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise OfficeError(f"超过{seconds:.0f}秒没有转完") from error
        raise
    if code != 0:
        raise OfficeError(f"中途退出（代码{code}）")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the processes that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
