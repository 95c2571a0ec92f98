"""The 28 real projects as Word documents and PDF files, printed in several ways: each gives the same targets."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from tests.recalculation.engine import Calculator
from tests.sources.printed_form import Print, as_docx, front_of

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
PRINTS = {
    "the usual print": Print(SERIF, header="承德市司法局2024年部门预算绩效文本"),
    "landscape, the head of the indicators on each page": Print(SANS, landscape=True, apart=True, footer="第 "),
    "narrow columns, rows over page breaks": Print(SERIF, 12, (1.6, 1.8, 1.8, 2.6, 3.0, 3.2, 2.0), footer="- "),
    "large print, other columns": Print(SANS, 14, (1.2, 1.6, 4.0, 4.0, 1.2, 1.2, 2.4), apart=True),
}


@pytest.fixture(scope="module")
def seed(seed_document: Path) -> Imported:
    return read_file(seed_document, 2024)


@pytest.fixture(scope="module")
def printed(seed: Imported, seed_document: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The documents, by how they are printed."""
    front = front_of(seed_document.read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp("printed")
    paths = {}
    for number, (name, layout) in enumerate(PRINTS.items()):
        paths[name] = folder / f"{number}.docx"
        paths[name].write_bytes(as_docx(seed.targets, front, layout))
    return paths


@pytest.fixture(scope="module")
def pdfs(printed: dict[str, Path], calculator: Calculator) -> dict[str, Path]:
    """The same as PDF files."""
    as_pdfs(calculator.soffice, printed.values())
    return {name: path.with_suffix(".pdf") for name, path in printed.items()}


def as_pdfs(soffice: Path, paths: Iterable[Path]) -> None:
    paths = [*paths]
    folder = paths[0].parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, *paths]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, timeout=300)


def assert_same(found: Targets, expected: Targets) -> None:
    for name in ("projects", "indicators", "plan", "department"):
        pd.testing.assert_frame_equal(getattr(found, name).frame, getattr(expected, name).frame, obj=name)


@pytest.mark.parametrize("name", PRINTS)
def test_word_documents(seed: Imported, printed: dict[str, Path], name: str) -> None:
    found = read_file(printed[name], 2024)
    assert_same(found.targets, seed.targets)
    assert (found.title, found.overall_goal) == (seed.title, seed.overall_goal)
    assert [one.code for one in found.problems] == ["W104"]
    assert {reading.what for reading in found.readings} == {"部门目标的对应指标编号"}


@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("name", PRINTS)
def test_pdf_files(seed: Imported, pdfs: dict[str, Path], name: str) -> None:
    found = read_file(pdfs[name], 2024)
    assert_same(found.targets, seed.targets)
    assert (found.title, found.overall_goal) == (seed.title, seed.overall_goal)
    assert [one.code for one in found.problems] == ["W104"]
    assert found.problems[0].place.cell.startswith("第")
    cut = [reading for reading in found.readings if "分页" in reading.reading]
    assert bool(cut) == (name != "the usual print")


@pytest.fixture(scope="module")
def others(shared: Path) -> Targets:
    """The indicators of other units' published tables, as targets of this form."""
    projects: list[dict[str, object]] = []
    indicators: list[dict[str, object]] = []
    plans: list[dict[str, object]] = []
    lines = (shared / "published" / "tables.jsonl").read_text(encoding="utf-8").splitlines()
    for number, table in enumerate(map(json.loads, lines), start=1):
        code = f"ZZ0024P{number:011d}A"
        rows = [row for row in table["indicators"] if row["l1"] and row["l2"] and row["l3"] and row["target"]]
        if not rows or table["project"] == "部门整体":  # is no project
            continue
        name = str(table["project"] or "履职专项").replace("\n", "")
        goal = str(table["overall_goal"] or "按计划完成。").replace("\n", "")
        about = {"unit_code": f"{400000 + number}", "unit_name": str(table["unit"]), "project": code, "name": name}
        projects.append({"seq": len(projects) + 1, **about, "budget": 10.5 * number, "fiscal": 10.5 * number})
        projects[-1] |= {"other": None, "purpose": f"用于{name}", "goal": goal}
        plans.append({"project": code, "month_3": 0.25, "month_6": 0.5, "month_10": None, "month_12": 1.0})
        for at, row in enumerate(rows, start=1):
            named = re.sub(r"^指标\d[:：]?", "", row["l3"])  # a number is no part of a name
            words = {"level1": row["l1"], "level2": row["l2"], "level3": named, "description": named}
            target = {"target": str(row["target"]), "basis": "年度工作计划"}
            indicators.append({"indicator": f"{code}-{at:02d}", "project": code, **words, **target})
    return replace(
        Targets(2024),
        projects=PROJECTS.rows(projects),
        indicators=INDICATORS.rows(indicators),
        plan=PLAN.rows(plans),
    )


@pytest.mark.xdist_group("libreoffice")
def test_the_contents_of_other_units(others: Targets, tmp_path: Path, calculator: Calculator) -> None:
    (tmp_path / "其他单位.docx").write_bytes(as_docx(others, (), Print(SANS, 11, apart=True)))
    as_pdfs(calculator.soffice, [tmp_path / "其他单位.docx"])
    for name in ("其他单位.docx", "其他单位.pdf"):
        found = read_file(tmp_path / name, 2024).targets
        assert found.projects.frame["budget"].tolist() == others.projects.column("budget")
        assert_same_texts(found.projects.frame[NAMED], others.projects.frame[NAMED])
        assert_same_texts(found.indicators.frame[SAID], others.indicators.frame[SAID])


NAMED = ["seq", "unit_code", "unit_name", "project", "name", "purpose", "goal"]
SAID = ["indicator", "level1", "level2", "level3", "description", "target", "basis"]


def assert_same_texts(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """The same but for spaces, which those who published the tables put between any signs."""
    for column in expected:
        texts, wanted = ([str(text).replace(" ", "") for text in frame[column]] for frame in (found, expected))
        assert texts == wanted, column
