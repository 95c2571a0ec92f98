"""LibreOffice as a printer: what it gives, and what becomes of one that fails or never ends."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from selfeval.packages.office import OfficeError, as_pdf, find_soffice
from tests.recalculation.engine import Calculator

SCRIPTS = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes as Linux shows them")


def stand_in(folder: Path, script: str) -> Path:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@SCRIPTS
def test_one_that_never_ends_is_ended_with_what_it_started(tmp_path: Path) -> None:
    told = tmp_path / "child"
    soffice = stand_in(tmp_path, f"sleep 600 & echo $! > {told}; wait")
    with pytest.raises(OfficeError, match="超过1秒没有转完"):
        as_pdf(b"", soffice, 1)
    assert any(ended(int(told.read_text())) for _ in range(10_000))


def ended(process: int) -> bool:
    """Whether a process is gone, or only waits for somebody to look at how it ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return True


@SCRIPTS
@pytest.mark.parametrize(("script", "why"), [("exit 7", "代码7"), ("exit 0", "没有转出文件")])
def test_one_that_does_nothing_is_told(tmp_path: Path, script: str, why: str) -> None:
    with pytest.raises(OfficeError, match=why):
        as_pdf(b"", stand_in(tmp_path, script), 20)


@SCRIPTS
def test_what_it_needs_for_a_while_lies_in_a_folder_that_goes_and_no_printer_is_asked(tmp_path: Path) -> None:
    script = 'for last; do :; done; cd "${last%/*}"; echo $TMPDIR $XDG_CACHE_HOME $SAL_DISABLE_CUPS $PWD > workbook.pdf'
    temporary, cache, no_printer, home = as_pdf(b"", stand_in(tmp_path, script), 20).decode().split()
    assert (temporary, cache, no_printer) == (home, home, "1")
    assert not Path(home).exists()


def test_one_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="启动不了"):
        as_pdf(b"", tmp_path / "soffice", 20)


@pytest.mark.xdist_group("libreoffice")
def test_every_sheet_becomes_a_page(calculator: Calculator) -> None:
    assert calculator
    soffice = find_soffice()
    assert soffice is not None
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        for text in ("甲", "乙"):
            book.add_worksheet(text).write_string(0, 0, f"{text}的自评表")
    made = as_pdf(file.getvalue(), soffice, 120)
    assert (made[:5], len(re.findall(rb"/Type\s*/Page\b", made))) == (b"%PDF-", 2)
    assert b"/Author" not in made
