"""Hostile texts in every column, from the table of targets to the review, are text in all that comes out."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from selfeval.domain.targets import INDICATORS, PROJECTS
from selfeval.packages.printable import in_spreadsheet, printable
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook
from tests.cli.conftest import Ran, Run
from tests.cli.desk import DONE, forms_of, small_desk
from tests.forms.conftest import HOTLINE
from tests.workbooks.review.reviewer import review

TOKEN = "zz9"
"""In every hostile text, so that it is found in whatever comes out."""
BEGINNINGS = ("=", "+", "-", "@", "\ufeff=", "\u200b=", "＝", "\t=", " =", "'=", "# ", "| ")
REST = f"{TOKEN}+1\x1b[31m\x07\u202e\u2066\x85<script>alert(1)</script>[甲](http://a.example)`乙`|丙|\"'&#x41;"
TEXTS = ("unit_name", "name", "purpose", "goal", "level3", "description", "basis", "standard")


def _hostile(frame: pd.DataFrame) -> pd.DataFrame:
    made = frame.copy()
    for column in TEXTS:
        if column in made:
            made[column] = [
                f"{BEGINNINGS[(len(column) + at) % len(BEGINNINGS)]}{REST}{text}"
                for at, text in enumerate(made[column])
            ]
    if "unit_name" in made:
        made["unit_name"] = made["unit_name"].iloc[0]  # one code, one name
    return made


def _table(root: Path) -> Path:
    targets, _ = read_targets(root / "inputs/2024/targets.xlsx", 2024, "targets.xlsx")
    projects, indicators = PROJECTS.of_frame(_hostile(targets.projects.frame)), _hostile(targets.indicators.frame)
    targets = replace(targets, projects=projects, indicators=INDICATORS.of_frame(indicators))
    for stale in ("inputs", "收到"):
        shutil.rmtree(root / stale)
    (root / "目标.xlsx").write_bytes(targets_workbook(Imported(targets)))
    return root / "目标.xlsx"


def _reported(folder: Path) -> Path:
    """Hostile texts in every column of text of the tables; files with a mark of order, as spreadsheets write them."""
    for file in folder.glob("*.csv"):
        head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))
        texts = ("偏差原因", "改进措施", "佐证材料", "年度目标完成情况", "填报人", "联系电话", "负责人")
        for at, row in enumerate(rows):
            for column, name in enumerate(head):
                if name in texts:
                    row[column] = f"{BEGINNINGS[(at + column) % len(BEGINNINGS)]}{REST}{row[column]}"
        written = io.StringIO()
        csv.writer(written).writerows([head, *rows])
        file.write_text(written.getvalue(), encoding="utf-8-sig")
    return folder


def _rulebook(root: Path) -> None:
    rules = root / "rules/2024.yaml"
    said = json.dumps(f"={REST}", ensure_ascii=True)  # escapes of JSON are those of YAML
    text = rules.read_text(encoding="utf-8")
    rules.write_text(
        re.sub(r"^(title|    note|    title): .*$", lambda found: f"{found[1]}: {said}", text, flags=re.MULTILINE),
        encoding="utf-8",
    )


def _shown(ran: Ran) -> Ran:
    assert ran.code in DONE, ran.said
    assert ran.said == printable(ran.said)
    return ran


@pytest.fixture
def desk(tmp_path: Path, run: Run) -> Path:
    """A year of hostile texts, run through every command that writes."""
    root = small_desk(tmp_path / "工作")
    here = ("--workspace", root)
    _rulebook(root)
    assert _shown(run("import", _table(root), "--year", 2024, *here)).code == 0
    _shown(run("forms", 2024, "--prefill", _reported(root / "表"), *here))
    assert forms_of(root)
    _shown(run("score", 2024, *here))
    shutil.copytree(root / "outputs/2024", tmp_path / "工作/先前")
    book = next(path for path in forms_of(root, "outputs/2024") if HOTLINE in path.name or "热线" in path.name)
    said = f"+{REST}".replace("\x1b", "_x001B_").replace("\x07", "_x0007_").replace("\x85", "")
    review(book, {f"{HOTLINE}-02": {"verdict": "调整", "adjusted": 1.0, "reason": said, "reviewer": said}})
    for arguments in (
        ("review", 2024),
        ("diff", "先前", "outputs/2024", "--write", root / "比.xlsx"),
        ("check", 2024, "--write"),
        ("rules", "doc", 2024),
        ("explain", 2024, f"{HOTLINE}-01"),
        ("rules", "show", 2024, "--resolved"),
    ):
        _shown(run(*arguments, *here))
        told = _shown(run(*arguments, *here, "--format", "json"))
        assert told.out, (arguments, told.said)
        assert json.loads(told.out) is not None
    return root


def _files(root: Path, *endings: str) -> Iterator[Path]:
    found = [path for path in root.rglob("*") if path.suffix in endings and "表" not in path.relative_to(root).parts]
    assert found, endings
    yield from found


def test_hostile_texts_stay_texts_in_whatever_comes_out(desk: Path) -> None:
    for path in _files(desk / "outputs", ".csv"):
        content = path.read_text(encoding="utf-8-sig")
        assert content == printable(content), path
        for row in csv.reader(io.StringIO(content)):
            for field in row:
                assert in_spreadsheet(field) == field or field.startswith("'"), (path, field)
    for path in _files(desk / "outputs", ".json"):
        content = path.read_text(encoding="utf-8")
        assert content == printable(content), path
    for path in _files(desk, ".md"):
        content = path.read_text(encoding="utf-8")
        assert content == printable(content), path
        assert "<script" not in content, path
        assert not re.search(r"(?<!\\)(\[甲\]|`乙)", content), path
        assert TOKEN in content
    for path in _files(desk, ".xlsx", ".docx"):
        _judge_package(path)


def _judge_package(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    for name, text in parts.items():
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text), (path, name)
        assert not re.search(r'\bTarget="(\w+:|//|\\)', text), (path, name)  # links lead to our own files beside it
        assert "<script" not in text, (path, name)
    if path.suffix == ".xlsx":
        assert any(TOKEN in text for text in parts.values()) or path.name == "比.xlsx"
        for name, text in parts.items():
            assert not [one for one in re.findall(r"<f\b[^>]*>[^<]*</f>", text) if TOKEN in one], (path, name)
