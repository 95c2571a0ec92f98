"""Codes of units and projects that have none in print."""

from __future__ import annotations

from selfeval.sources.codes import MARK, project_code, unit_code


def test_same_name_gets_the_same_code_however_it_is_printed() -> None:
    """White space and width of signs are the page's, not the name's."""
    assert unit_code("清源县文化和旅游局") == unit_code("清源县 文化和\n旅游局")
    assert project_code("清源县文化馆", "免费开放（2025）") == project_code("清源县文化馆", "免费开放（２０２５）")


def test_codes_differ_by_unit_and_by_name() -> None:
    """Projects of one name in two units are two projects, and no unit's name runs into its project's."""
    codes = {
        project_code("甲馆", "维修"),
        project_code("乙馆", "维修"),
        project_code("甲", "馆维修"),
        unit_code("甲馆维修"),
    }
    assert len(codes) == 4


def test_codes_keep_from_run_to_run() -> None:
    """They stand in forms that were sent out, so these may never change."""
    assert unit_code("甲馆") == f"{MARK}9217087289"
    assert project_code("甲馆", "维修") == f"{MARK}2310494659021730"
