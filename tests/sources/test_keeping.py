"""Codes that people gave stay over imports, and a project is the same in two files whichever of them has its code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfeval.domain.problems import Place, problem
from selfeval.domain.targets import PROJECTS, SPENDING_PLAN, Targets
from selfeval.sources.blocks import Spot
from selfeval.sources.codes import MARK, project_code, unit_code
from selfeval.sources.differences import differences
from selfeval.sources.imported import Imported, Reading
from selfeval.sources.keeping import Unit, lacking, with_kept_codes
from selfeval.sources.merging import merged
from selfeval.sources.targets_reader import targets_in
from selfeval.sources.targets_workbook import targets_workbook
from tests.sources.invented import PUMPS, RIVER, Table, document, read_text


def coded(code: str, unit_code: str = "", table: Table = RIVER) -> Imported:
    """A document of one project under a code of our making, or that of a bureau; its unit without a code, or with."""
    found = read_text(document((replace(table, code=code),)), "甲.txt")
    projects = found.targets.projects.frame.assign(unit_code=unit_code)
    return replace(found, targets=replace(found.targets, projects=PROJECTS.of_frame(projects)))


OWN = project_code("某某市水务局本级", "河道清淤经费")


def test_a_unit_without_a_code_gets_the_same_one_each_time() -> None:
    found = with_kept_codes(coded("P1"), None, Unit())
    assert lacking(coded("P1").targets) == ("某某市水务局本级",)
    assert found.targets.projects.frame["unit_code"].tolist() == [unit_code("某某市水务局本级")]


@pytest.mark.parametrize(("before", "given", "code"), [("412001", "", "412001"), ("412001", "412009", "412009")])
def test_a_unit_keeps_the_code_that_a_person_gave(before: str, given: str, code: str) -> None:
    found = with_kept_codes(coded("P1"), coded("P1", before).targets, Unit(given))
    assert found.targets.projects.frame["unit_code"].tolist() == [code]


def test_what_is_said_of_a_unit_is_the_code_that_it_has() -> None:
    told = Reading("P2", "单位编码", "某某市水务局本级", "编为自编1", Spot())
    found = with_kept_codes(replace(named_alone("P2"), readings=(told,)), None, Unit("412001", "某某市水务局本级"))
    assert found.targets.projects.column("unit_code") == ["412001"]
    assert [one.reading.endswith("的412001") for one in found.readings] == [True]


def test_a_code_that_the_document_prints_is_never_replaced() -> None:
    found = with_kept_codes(coded("P1", "324001"), coded("P1", "412001").targets, Unit("412009"))
    assert found.targets.projects.frame["unit_code"].tolist() == ["324001"]


def test_a_project_keeps_the_code_that_a_person_gave_wherever_it_stands() -> None:
    fresh = coded(OWN, "412001")
    place = Place(OWN, f"{OWN}-01")
    told = replace(
        fresh,
        targets=replace(fresh.targets, faulty=frozenset({(OWN, f"{OWN}-01")})),
        readings=(Reading(OWN, "资金支出计划", "", "", Spot()),),
        problems=(problem("E107", place, what="指标值", level3="清淤长度"),),
    )
    found = with_kept_codes(told, coded("P1", "412001").targets, Unit())
    targets = found.targets
    assert targets.projects.frame["project"].tolist() == ["P1"]
    assert targets.indicators.frame["indicator"].tolist() == ["P1-01", "P1-02", "P1-03", "P1-04"]
    assert set(targets.indicators.frame["project"]) | set(targets.plan.frame["project"]) == {"P1"}
    assert targets.faulty == {("P1", "P1-01")}
    assert (found.readings[0].project, found.problems[0].place) == ("P1", Place("P1", "P1-01"))
    assert differences(coded("P1", "412001").targets, targets) == ()


ELSEWHERE, OTHERWISE = replace(RIVER, unit="400009 某某所"), replace(RIVER, name="河道护坡经费")


def test_a_project_of_another_unit_or_name_is_another() -> None:
    for earlier in (coded("P1", "412001", ELSEWHERE), coded("P1", "412001", OTHERWISE)):
        assert (
            with_kept_codes(coded(OWN, "412001"), earlier.targets, Unit()).targets.projects.frame["project"][0] == OWN
        )


def test_a_code_that_changed_is_told_once() -> None:
    (found,) = differences(coded("P1", "1").targets, coded("P2", "1").targets)
    assert (found.column, found.old, found.new) == ("项目编码", "P1", "P2")


@pytest.mark.parametrize("turned", [False, True])
def test_a_project_is_the_same_in_two_files_whichever_has_its_code(*, turned: bool) -> None:
    parts = [coded("P1", "412001"), replace(coded(OWN, "412001"), source="乙.txt")]
    found = merged(parts[::-1] if turned else parts, 2024)
    assert found.problems == ()
    assert found.targets.projects.frame["project"].tolist() == ["P1"]
    assert set(found.targets.indicators.frame["project"]) == {"P1"}
    assert len(found.targets.indicators) == 4


def named_alone(code: str, table: Table = RIVER) -> Imported:
    """A document that names its unit without a code."""
    return with_kept_codes(replace(coded(code, "", table), source="乙.txt"), None, Unit())


@pytest.mark.parametrize("turned", [False, True])
def test_a_unit_has_the_code_that_another_file_names(*, turned: bool) -> None:
    lone = replace(named_alone("P2"), readings=(Reading("P2", "单位编码", "某某市水务局本级", "编为自编1", Spot()),))
    parts = [coded("P1", "412001"), lone]
    found = merged(parts[::-1] if turned else parts, 2024)
    assert found.targets.projects.column("unit_code") == ["412001"] * 2
    assert "取别处所写的412001" in next(one.reading for one in found.readings if one.what == "单位编码")


def test_a_code_of_our_making_is_no_difference_between_two_files() -> None:
    found = merged([coded("P1", "412001"), named_alone("P1")], 2024)
    assert (found.problems, found.targets.projects.column("unit_code")) == ((), ["412001"])


def test_of_two_codes_for_one_name_none_is_taken() -> None:
    parts = [coded("P1", "412001"), coded("P2", "412002"), named_alone("P3")]
    assert merged(parts, 2024).targets.projects.column("unit_code")[2].startswith(MARK)


def test_two_projects_of_one_name_with_codes_of_their_own_are_two() -> None:
    assert len(merged([coded("P1", "412001"), coded("P2", "412001")], 2024).targets.projects) == 2


def again(imported: Imported) -> Targets:
    return targets_in(targets_workbook(imported), 2024, "targets.xlsx")[0]


TWICE = (RIVER, replace(PUMPS, seq=2, code=RIVER.code), replace(PUMPS, seq=3))
BAD_PLAN = (replace(RIVER, plan="资金支出计划（%）\t3月底\t\t6月底\n\t\t\t20%\t30%\t40%"), PUMPS)


def test_a_document_without_a_plan_holds_back_only_what_is_measured_against_it() -> None:
    found = read_text(document((replace(RIVER, plan="支出计划\t\t"), PUMPS)), "甲.txt")
    assert [one.code for one in found.problems if one.code[0] == "E"] == ["E106"]
    assert again(found).faulty == {(RIVER.code, SPENDING_PLAN)}


@pytest.mark.parametrize("tables", [TWICE, BAD_PLAN])
def test_what_a_document_leaves_open_holds_its_project_back_until_it_is_settled(tables: tuple[Table, ...]) -> None:
    found = read_text(document(tables), "甲.txt")
    assert {one.place.project for one in found.problems if one.code[0] == "E"} == {RIVER.code}
    assert again(found).faulty == {(RIVER.code, "" if tables is TWICE else SPENDING_PLAN)}
    assert not RIVER.code.startswith(MARK)
