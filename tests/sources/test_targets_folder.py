"""A year's targets in several tables: what is read is what one table would give, and each fault is that of its file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from selfeval.domain.problems import Problem
from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import SPENDING_PLAN, Targets
from selfeval.packages import shelf
from selfeval.packages.files import digest
from selfeval.sources import targets_parquet, targets_sheets, targets_told
from selfeval.sources.targets_reader import read_targets
from tests.cli.conftest import FEW
from tests.cli.test_target_faults import DAMAGES
from tests.sources.target_layouts import LAYOUTS, as_csv, as_parquet, by_unit, of_unit, read_any, workbook_to

TABLE = Path(__file__).resolve().parents[2] / "inputs/2024/targets.xlsx"


@pytest.fixture(scope="module")
def sample() -> Targets:
    return read_targets(TABLE, 2024, "inputs/2024/targets.xlsx")[0].only(FEW)


def parts(targets: Targets) -> list[object]:
    """All that scores hang on, without where it stands."""
    tables = (targets.projects, targets.indicators, targets.plan, targets.department)
    plain = [rows.with_columns(cell=[""] * len(rows)) if "cell" in rows.table.names else rows for rows in tables]
    return [*plain, targets.faulty]


def read(inputs: Path) -> tuple[Targets, list[tuple[str, str, str, str]]]:
    """What is read, and each problem as code, file below targets/, sheet and cell."""
    targets, problems = read_any(inputs)
    assert targets is not None, problems
    return targets, [placed(one) for one in problems]


def placed(one: Problem) -> tuple[str, str, str, str]:
    return one.code, one.place.file.removeprefix("inputs/2024/targets").strip("/"), one.place.sheet, one.place.cell


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_targets(sample: Targets, tmp_path: Path, layout: str) -> None:
    LAYOUTS[layout](sample, tmp_path)
    targets, problems = read(tmp_path)
    assert (parts(targets), problems) == (parts(sample), [])
    there = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    files = {f"inputs/2024/{path.relative_to(tmp_path).as_posix()}": digest(path.read_bytes()) for path in there}
    assert dict(targets.read_from) == files


@pytest.mark.parametrize("layout", LAYOUTS)
def test_many_rows_are_set_aside_and_come_back(
    sample: Targets, tmp_path: Path, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    LAYOUTS[layout](sample, tmp_path)
    wanted = [[*rows] for rows in (sample.projects, sample.indicators.with_columns(cell=[""] * len(sample.indicators)))]
    monkeypatch.setattr(shelf, "_BLOCK", 7)
    monkeypatch.setattr(shelf, "_IN_MEMORY", 1)
    monkeypatch.setattr(targets_parquet, "_AT_ONCE", 5)
    found = read(tmp_path)[0]
    assert [[*found.projects], [*found.indicators.with_columns(cell=[""] * len(found.indicators))]] == wanted


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_wrong_row_is_told_as_in_one_table(sample: Targets, tmp_path: Path, damage: str) -> None:
    told = []
    for home, file in ((tmp_path / "one", "targets.xlsx"), (tmp_path / "several", "targets/0_324001.xlsx")):
        LAYOUTS["one workbook" if home.name == "one" else "a workbook a unit"](sample, home)
        book = openpyxl.load_workbook(home / file)
        DAMAGES[damage][0](book, FEW[3])
        book.save(home / file)
        targets, problems = read_any(home)
        assert targets is not None
        assert {one.place.file for one in problems} <= {f"inputs/2024/{file}"}
        told.append((parts(targets), [(one.code, one.place.project, one.place.indicator) for one in problems]))
    assert told[0] == told[1]


def of_cells(home: Path, file: str, sheet: str, **cells: str) -> None:
    """Set cells of a workbook in the folder."""
    book = openpyxl.load_workbook(home / "targets" / file)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(home / "targets" / file)


def test_what_is_there_twice_in_two_tables_is_told_of_the_second(sample: Targets, tmp_path: Path) -> None:
    by_unit(sample, tmp_path)
    first = of_unit(sample, "324001")[0]
    second = of_unit(sample, "324004")[0]
    workbook_to(tmp_path / "targets/9.xlsx", sample.only([first]))
    of_cells(tmp_path, "1_324004.xlsx", "指标", A2=f"{first}-01")
    targets, problems = read_any(tmp_path)
    assert targets is not None
    assert [placed(one)[:3] for one in problems[:3]] == [
        ("E123", "1_324004.xlsx", "指标"),
        ("E123", "9.xlsx", "项目"),
        ("E123", "9.xlsx", "指标"),
    ]
    assert "0_324001.xlsx/指标!A2" in problems[0].message
    assert {(first, ""), (second, ""), (first, SPENDING_PLAN)} == targets.faulty
    assert targets.projects == sample.projects
    assert targets.indicators.of(second)[0]["indicator"] == f"{second}-02"


def test_a_unit_may_stand_in_two_tables_and_has_one_name(sample: Targets, tmp_path: Path) -> None:
    one, other = of_unit(sample, "324001")[:2]
    workbook_to(tmp_path / "targets/甲.xlsx", sample.only([one]))
    workbook_to(tmp_path / "targets/乙/乙.xlsx", sample.only([other]))
    assert read(tmp_path)[1] == []
    of_cells(tmp_path, "甲.xlsx", "项目", C2="另一个名称")
    assert read(tmp_path)[1] == [("W149", "甲.xlsx", "项目", "C2")]


def test_a_row_of_a_project_in_another_table_takes_that_project_with_it(sample: Targets, tmp_path: Path) -> None:
    by_unit(sample, tmp_path)
    far = of_unit(sample, "324004")[0]
    of_cells(tmp_path, "0_324001.xlsx", "指标", A2=f"{far}-77", B2=far)
    targets, problems = read(tmp_path)
    assert problems[0] == ("E124", "0_324001.xlsx", "指标", "B2")
    assert (far, "") in targets.faulty


def broken(path: Path, content: bytes = b"no workbook") -> None:
    path.write_bytes(content)


def old(path: Path) -> None:
    path.unlink()
    broken(path.with_suffix(".xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more")


def linked(path: Path) -> None:
    path.replace(path.parents[1] / "x.xlsx")
    path.symlink_to(path.parents[1] / "x.xlsx")


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "no workbook": (broken, "E120"),
    "an old workbook": (old, "E120"),
    "a link": (linked, "E169"),
}


@pytest.mark.parametrize("damage", UNUSABLE)
def test_the_others_are_read_beside_a_file_that_cannot_be(sample: Targets, tmp_path: Path, damage: str) -> None:
    by_unit(sample, tmp_path)
    does, code = UNUSABLE[damage]
    does(tmp_path / "targets/0_324001.xlsx")
    targets, problems = read(tmp_path)
    assert [one[0] for one in problems] == [code]
    assert targets.projects == sample.only(of_unit(sample, "324004")).projects


def test_a_table_without_a_column_takes_its_own_projects_with_it(sample: Targets, tmp_path: Path) -> None:
    by_unit(sample, tmp_path)
    of_cells(tmp_path, "0_324001.xlsx", "指标", C1="别的")
    targets, problems = read_any(tmp_path)
    assert targets is not None
    own = of_unit(sample, "324001")
    assert targets.faulty >= {(project, "") for project in own}
    assert not {project for project, _ in targets.faulty} - {*own}
    told = [one for one in problems if one.code == "E122"]
    assert [one.place.project for one in told] == own
    assert {one.place.file for one in told} == {"inputs/2024/targets/0_324001.xlsx"}


def test_no_table_that_can_be_used_is_no_targets(sample: Targets, tmp_path: Path) -> None:
    by_unit(sample, tmp_path)
    for file in (tmp_path / "targets").iterdir():
        broken(file)
    targets, problems = read_any(tmp_path)
    assert (targets, [one.code for one in problems]) == (None, ["E120", "E120"])


def test_what_is_no_table_is_told_and_clutter_is_not(sample: Targets, tmp_path: Path) -> None:
    by_unit(sample, tmp_path)
    for name in ("说明.docx", "项目表.csv", "~$0_324001.xlsx", ".DS_Store"):
        broken(tmp_path / "targets" / name)
    pipe = tmp_path / "targets/管道.txt"
    os.mkfifo(pipe) if hasattr(os, "mkfifo") else broken(pipe)
    assert read(tmp_path)[1] == [("W161", name, "", "") for name in ("管道.txt", "说明.docx", "项目表.csv")]


def test_csv_and_parquet_in_one_folder_are_not_chosen_between(sample: Targets, tmp_path: Path) -> None:
    by_unit(sample, tmp_path)
    as_parquet(sample, tmp_path / "x")
    as_csv(sample, tmp_path / "y")
    home = tmp_path / "targets/全县"
    (tmp_path / "y/targets/全县").rename(home)
    (tmp_path / "x/targets/项目.parquet").rename(home / "项目.parquet")
    targets, problems = read(tmp_path)
    assert (problems, targets.projects) == ([("E169", "全县", "", "")], sample.projects)


def csv_of(sample: Targets, home: Path) -> Path:
    as_csv(sample, home)
    return home / "targets/全县"


def rewrite(path: Path, change: Callable[[str], str], encoding: str = "utf-8-sig") -> None:
    path.write_bytes(change(path.read_bytes().decode("utf-8-sig")).encode(encoding))


UNREAD: dict[str, tuple[Callable[[str], str], str]] = {
    "a quote too many": (lambda text: text.replace("\r\n", '\r\n"', 2), "双引号"),
    "a quote that takes lines in": (
        lambda text: text.replace("\r\n1", '\r\n"1', 1).replace("\r\n3", '\r\n3"', 1),
        "双引号",
    ),
    "a file cut off": (lambda text: text[: text.rindex("\r\n13") + 9], "传完"),
    "a zero": (lambda text: text.replace("产出", "\0"), "编码"),
    "a line of very many fields": (lambda text: text + "," * 5000 + "\r\n", "列"),
    "a line without an end": (lambda text: text + "x" * 1_100_000, "太长"),
    "nothing": (lambda _text: "", "空的"),
}


@pytest.mark.parametrize("damage", UNREAD)
def test_a_csv_file_that_cannot_be_read_to_its_end(sample: Targets, tmp_path: Path, damage: str) -> None:
    home = csv_of(sample, tmp_path)
    workbook_to(tmp_path / "targets/甲.xlsx", sample.only(FEW[:1]))
    for name in ("项目", "指标", "资金计划"):
        rewrite(home / f"{name}.csv", lambda text: text.replace(FEW[0], "Q1"))
    does, said = UNREAD[damage]
    rewrite(home / "指标.csv", does)
    targets, problems = read_any(tmp_path)
    assert targets is not None
    own = ["Q1" if project == FEW[0] else project for project in sample.projects.column("project")]
    grave = [one for one in problems if one.code == "E169"]
    assert [one.place.project for one in grave] == own
    assert {one.place.file for one in grave} == {"inputs/2024/targets/全县/指标.csv"}
    assert said in grave[0].message
    assert {project for project, indicator in targets.faulty if not indicator} == {*own}
    assert dict(targets.read_from)["inputs/2024/targets/全县/指标.csv"] == digest((home / "指标.csv").read_bytes())


def test_a_line_with_a_comma_too_many_is_told(sample: Targets, tmp_path: Path) -> None:
    home = csv_of(sample, tmp_path)
    rewrite(home / "项目.csv", lambda text: text.replace("\r\n1,", "\r\n1,324001,", 1))
    targets, problems = read(tmp_path)
    assert ("E330", "全县/项目.csv", "", "A2") in problems
    assert sample.projects.column("project")[0] not in targets.names


@pytest.mark.parametrize("sign", [";", "\t"])
def test_fields_may_be_parted_otherwise(sample: Targets, tmp_path: Path, sign: str) -> None:
    home = csv_of(sample, tmp_path)
    rows = sample.plan
    lines = [[column.header for column in rows.table.published], *(map(str, row) for row in rows)]
    text = "\r\n".join(sign.join("" if field == "nan" else field for field in line) for line in lines)
    (home / "资金计划.csv").write_bytes(f"{text}\r\n".encode("utf-16" if sign == "\t" else "utf-8"))
    assert (read(tmp_path)[0].plan, read(tmp_path)[1]) == (rows, [])


def test_a_code_that_became_a_number_is_told(sample: Targets, tmp_path: Path) -> None:
    home = csv_of(sample, tmp_path)
    rewrite(home / "项目.csv", lambda text: text.replace(FEW[0], "1.30001E+17"))
    assert ("E129", "全县/项目.csv", "", "D2") in read(tmp_path)[1]


def test_codes_that_are_kept_as_text(sample: Targets, tmp_path: Path) -> None:
    home = csv_of(sample, tmp_path)
    rewrite(
        home / "项目.csv", lambda text: text.replace(f",{FEW[0]},", f',"=""{FEW[0]}""",').replace(FEW[1], f"'{FEW[1]}")
    )
    assert parts(read(tmp_path)[0]) == parts(sample)


def test_a_part_that_is_not_there(sample: Targets, tmp_path: Path) -> None:
    home = csv_of(sample, tmp_path)
    (home / "资金计划.csv").unlink()
    (home / "部门目标.csv").unlink()
    assert read(tmp_path)[1] == []
    (home / "指标.csv").unlink()
    targets, problems = read_any(tmp_path)
    assert (targets, [placed(one) for one in problems]) == (None, [("E121", "全县/指标.csv", "", "")])


def test_parquet_without_its_library_is_said(sample: Targets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_parquet(sample, tmp_path)
    monkeypatch.setattr(targets_parquet, "find_spec", lambda _name: None)
    targets, problems = read_any(tmp_path)
    assert (targets, {one.code for one in problems}) == (None, {"E169"})
    assert "selfeval[parquet]" in problems[0].remedy


def _bomb(path: Path) -> None:
    table = pa.table({"项目编码": pa.array(["x" * 900_000] * 1000)})
    parquet.write_table(table, path, use_dictionary=False, compression="zstd")


def _long(path: Path) -> None:
    parquet.write_table(pa.table({"指标编号": ["P-01"], "指标值": ["x" * 2_000_000]}), path)


def _wide(path: Path) -> None:
    parquet.write_table(pa.table({f"列{at}": [1] for at in range(1000)}), path)


def _nested(path: Path) -> None:
    parquet.write_table(pa.table({"指标编号": [["P-01"]]}), path)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _torn(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4000] = os.urandom(3900)
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [_bomb, _long, _wide, _nested, _cut, _torn])
def test_a_parquet_file_that_cannot_be_read(sample: Targets, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    as_parquet(sample, tmp_path)
    damage(tmp_path / "targets/指标.parquet")
    targets, problems = read_any(tmp_path)
    assert targets is None
    assert "E169" in {one.code for one in problems}
    assert {one.place.file for one in problems if one.code == "E169"} == {"inputs/2024/targets/指标.parquet"}


def test_values_of_parquet_are_read_as_those_of_cells(sample: Targets, tmp_path: Path) -> None:
    as_parquet(sample, tmp_path)
    path = tmp_path / "targets/项目.parquet"
    table = parquet.read_table(path)
    budget = table.column("预算数").cast(pa.decimal128(18, 4))
    units = pa.array([int(code) for code in table.column("单位编码").to_pylist()])
    table = table.set_column(table.schema.get_field_index("预算数"), "预算数", budget)
    table = table.set_column(table.schema.get_field_index("单位编码"), "单位编码", units)
    table = table.append_column("__index_level_0__", pa.array(range(len(units))))
    parquet.write_table(table, path)
    assert (read(tmp_path)[0].projects, read(tmp_path)[1]) == (sample.projects, [])


def test_very_many_faults_are_told_together(sample: Targets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets_told, "MOST", 3)
    home = csv_of(sample, tmp_path)
    rewrite(home / "项目.csv", lambda text: text.replace("\r\n", "\r\n", 1))
    lines = (home / "项目.csv").read_bytes().decode("utf-8-sig").splitlines()
    at = lines[0].split(",").index("预算数")
    spoilt = [lines[0], *(",".join([*line.split(",")[:at], "", *line.split(",")[at + 1 :]]) for line in lines[1:])]
    (home / "项目.csv").write_text("\r\n".join([*spoilt, ""]), encoding="utf-8", newline="")
    targets, problems = read(tmp_path)
    assert [one[0] for one in problems if one[0] in {"E127", "W145"}] == ["E127"] * 3 + ["W145"]
    assert targets.faulty >= {(project, EXECUTION) for project in targets.names}


def test_strays_among_very_many_are_told_without_a_guess(
    sample: Targets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = csv_of(sample, tmp_path)
    rewrite(home / "资金计划.csv", lambda text: text.replace(FEW[0], f"{FEW[0]}X"))
    targets, _ = read(tmp_path)
    assert (FEW[0], SPENDING_PLAN) in targets.faulty
    monkeypatch.setattr(targets_sheets, "_COMPARISONS", 0)
    targets, problems = read(tmp_path)
    assert targets.faulty == frozenset()
    assert problems == [("E124", "全县/资金计划.csv", "", "A2")]


def test_a_column_that_is_there_twice_in_parquet_is_not_chosen_between(sample: Targets, tmp_path: Path) -> None:
    as_parquet(sample, tmp_path)
    path = tmp_path / "targets/指标.parquet"
    table = parquet.read_table(path)
    parquet.write_table(table.append_column("指标值", table.column("指标值")), path)
    targets, problems = read_any(tmp_path)
    assert (targets, [placed(one) for one in problems]) == (None, [("E136", "指标.parquet", "", "A1")])
