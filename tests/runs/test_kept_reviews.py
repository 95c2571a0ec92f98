"""A workbook that somebody reviewed outlives the next run, which is still the same to the byte."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from selfeval.packages.exchange import exchanged
from selfeval.runs import carrying
from selfeval.runs.placing import CannotWriteError
from selfeval.runs.publish import publish
from selfeval.runs.review import is_reviewed
from tests.workbooks.review.reviewer import review
from tests.workbooks.sample import FULL, score_year

NAME = "单位/项目_自评表.xlsx"


def workbook() -> bytes:
    return score_year().workbook(FULL)


def files(content: bytes, name: str = NAME) -> Iterator[tuple[str, bytes]]:
    yield name, content
    listed = [{"path": name, "sha256": hashlib.sha256(content).hexdigest()}]
    yield "run.json", json.dumps({"format": "selfeval.run.v1", "outputs": listed}).encode()


def made(target: Path) -> list[str]:
    return sorted(one.relative_to(target).as_posix() for one in target.rglob("*.xlsx"))


def reviewed(target: Path) -> bytes:
    return review(target / NAME, {f"{FULL}-02": {"verdict": "认可"}}).read_bytes()


def test_a_reviewed_workbook_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    target, content = tmp_path / "2024", workbook()
    publish(target, target.parent, files(content), is_reviewed)
    mine = reviewed(target)
    kept = publish(target, target.parent, files(content), is_reviewed)
    assert kept == {NAME: "单位/项目_自评表（已复核）.xlsx"}
    assert (target / NAME).read_bytes() == content
    assert (target / kept[NAME]).read_bytes() == mine


def test_a_run_after_that_changes_nothing_and_keeps_the_review(tmp_path: Path) -> None:
    target, content = tmp_path / "2024", workbook()
    publish(target, target.parent, files(content), is_reviewed)
    reviewed(target)
    publish(target, target.parent, files(content), is_reviewed)
    before = {one: (target / one).read_bytes() for one in made(target)}
    assert publish(target, target.parent, files(content), is_reviewed) == {}
    assert {one: (target / one).read_bytes() for one in made(target)} == before


def test_a_second_review_takes_the_next_name(tmp_path: Path) -> None:
    target, content = tmp_path / "2024", workbook()
    for _ in range(2):
        publish(target, target.parent, files(content), is_reviewed)
        reviewed(target)
    publish(target, target.parent, files(content), is_reviewed)
    assert set(made(target)) == {
        "单位/项目_自评表.xlsx",
        "单位/项目_自评表（已复核）.xlsx",
        "单位/项目_自评表（已复核2）.xlsx",
    }


def test_a_workbook_that_was_only_opened_and_saved_is_replaced(tmp_path: Path) -> None:
    target, content = tmp_path / "2024", workbook()
    publish(target, target.parent, files(content), is_reviewed)
    load_workbook(target / NAME).save(target / NAME)
    assert publish(target, target.parent, files(content), is_reviewed) == {}
    assert (target / NAME).read_bytes() == content


def test_a_review_of_a_project_that_is_gone_is_kept(tmp_path: Path) -> None:
    target, content = tmp_path / "2024", workbook()
    publish(target, target.parent, files(content), is_reviewed)
    reviewed(target)
    publish(target, target.parent, files(content, "单位/另一个_自评表.xlsx"), is_reviewed)
    assert made(target) == ["单位/另一个_自评表.xlsx", "单位/项目_自评表（已复核）.xlsx"]


def test_a_review_stays_untouched_when_the_record_of_the_run_is_lost(tmp_path: Path) -> None:
    target, content = tmp_path / "2024", workbook()
    publish(target, target.parent, files(content), is_reviewed)
    mine = reviewed(target)
    (target / "run.json").unlink()
    with pytest.raises(CannotWriteError):
        publish(target, target.parent, files(content), is_reviewed)
    assert (target / NAME).read_bytes() == mine


def test_a_workbook_that_cannot_be_read_is_kept(tmp_path: Path) -> None:
    target, content = tmp_path / "2024", workbook()
    publish(target, target.parent, files(content), is_reviewed)
    (target / NAME).write_bytes(b"half a file")
    assert list(publish(target, target.parent, files(content), is_reviewed)) == [NAME]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_review_saved_while_the_outputs_are_replaced_is_kept_too(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_once: bool,  # noqa: FBT001
) -> None:
    target, content = tmp_path / "2024", workbook()
    publish(target, target.parent, files(content), is_reviewed)
    (target / "记录.txt").write_text("一", encoding="utf-8")

    def saved_before(one: Path, other: Path) -> bool:
        mine = reviewed(target)
        (target / "单位/~tmp").write_bytes(mine)
        (target / "单位/~tmp").replace(target / NAME)  # as spreadsheet programs save
        for name in ("记录.txt", "新记录.txt"):
            (target / name).write_text("二二", encoding="utf-8")
        return at_once and exchanged(one, other)

    monkeypatch.setattr("selfeval.runs.publish.exchanged", saved_before)
    kept = publish(target, target.parent, files(content), is_reviewed)
    assert kept == {NAME: "单位/项目_自评表（已复核）.xlsx"}
    assert (target / NAME).read_bytes() == content
    assert is_reviewed(target / kept[NAME])
    assert [(target / name).read_text(encoding="utf-8") for name in ("记录.txt", "新记录.txt")] == ["二二", "二二"]
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_dir()) == ["2024"]


def test_what_cannot_be_carried_over_then_stays_with_the_old_outputs_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, content = tmp_path / "2024", workbook()
    publish(target, target.parent, files(content), is_reviewed)

    def saved_before(one: Path, other: Path) -> bool:
        (target / "记录.txt").write_text("一", encoding="utf-8")
        monkeypatch.setattr(carrying, "write_through", refused)
        return exchanged(one, other)

    monkeypatch.setattr("selfeval.runs.publish.exchanged", saved_before)
    with pytest.raises(CannotWriteError, match="整套保留在这里") as told:
        publish(target, target.parent, files(content), is_reviewed)
    assert told.value.path == tmp_path / "2024.旧1"
    assert (told.value.path / "记录.txt").read_text(encoding="utf-8") == "一"
    assert (target / NAME).read_bytes() == content
    assert [one.name for one in sorted(tmp_path.iterdir()) if one.is_dir()] == ["2024", "2024.旧1"]


def refused(_file: object, _content: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
