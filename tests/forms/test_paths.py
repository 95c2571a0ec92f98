from __future__ import annotations

from pathlib import PurePosixPath

from selfeval.forms.reading.folder import form_path


def test_a_form_lies_in_its_units_folder_under_code_and_name() -> None:
    path = form_path("324001", "承德市司法局本级", "13080024P00010310005F", "12348法律服务热线")
    assert path == PurePosixPath("324001_承德市司法局本级/13080024P00010310005F_12348法律服务热线.xlsx")


def test_a_name_cannot_climb_out_of_the_folder() -> None:
    path = form_path("..", "../..", "../x", "/etc")
    assert len(path.parts) == 2
    assert ".." not in path.parts


def test_two_long_names_with_different_codes_stay_apart() -> None:
    assert form_path("1", "甲", "A1", "长" * 200) != form_path("1", "甲", "A2", "长" * 200)
