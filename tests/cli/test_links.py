"""Links planted in a workspace: nothing outside it is made, changed or taken away, and what stops is named."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.desk import COMMANDS, DONE, prepared
from tests.cli.trouble import run, snapshot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked, and watched through /proc")

UNIT = "inputs/2024/forms/{unit}"
PLANTED = [
    ("score first", "outputs", "folder"),
    ("score first", "outputs", "loop"),
    ("score first", "outputs/2024", "folder"),
    ("score first", "outputs/2024", "dangling"),
    ("score first", "outputs/.2024.lock", "file"),
    ("score first", "outputs/.2024.old", "folder"),
    ("score first", "outputs/.2024.new-x", "folder"),
    ("score", "outputs/2024/run.json", "file"),
    ("compare", "比较", "folder"),
    ("forms", "inputs/2024/forms", "folder"),
    ("forms", "inputs/2024/.forms.lock", "file"),
    ("forms --overwrite", UNIT, "folder"),
    ("forms --overwrite", f"{UNIT}/.旧版", "folder"),
    ("forms --overwrite", f"{UNIT}/{{form}}", "file"),
    ("forms --overwrite", f"{UNIT}/.~selfeval-abc", "file"),
    ("forms --overwrite", f"{UNIT}/.~selfeval-abc", "fifo"),
    ("collect", "inputs/2024/.forms.unpacked", "folder"),
    ("collect", f"{UNIT}/.已收", "folder"),
    ("collect", f"{UNIT}/.旧版", "folder"),
    ("collect", f"{UNIT}/{{form}}", "file"),
    ("import", "inputs/2024/targets.xlsx", "file"),
    ("import", "inputs/2024/targets.xlsx", "endless"),
    ("import", "inputs/2024/.targets.xlsx.lock", "file"),
    ("import", "inputs/2024", "relative"),
    ("review", "outputs/2024/reviews.csv", "file"),
    ("check --write", "outputs/2024-退回修改清单", "folder"),
    ("rules new", "rules/2025.yaml", "dangling"),
    ("rules new", "rules/.~selfeval-abc.ready", "folder"),
    ("rules cases", "rules/2024.cases.待确认.yaml", "dangling"),
    ("rules doc", "评分细则", "folder"),
]


def _plant(place: Path, kind: str, outside: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    if kind == "fifo":
        os.mkfifo(place)
        return
    leads = {
        "folder": outside,
        "file": outside / "别人的.txt",
        "dangling": outside / "没有",
        "loop": place,
        "endless": Path("/dev/zero"),
        "relative": Path(os.path.relpath(outside, place.parent)),
    }
    place.symlink_to(leads[kind])


@pytest.mark.parametrize(("name", "where", "kind"), PLANTED)
def test_no_command_follows_a_link_out(name: str, where: str, kind: str, tmp_path: Path) -> None:
    root, outside = tmp_path / "工作", tmp_path / "别处"
    root.mkdir()
    outside.mkdir()
    arguments = prepared(name, root)
    (outside / "别人的.txt").write_text("theirs")
    (outside / "甲_退回修改清单.xlsx").write_text("theirs")
    (outside / "new").mkdir()
    (outside / "new" / "2024.yaml").write_text("theirs")
    forms = list(root.glob("inputs/2024/forms/*/*.xlsx")) or [Path("无/无")]
    place = root / where.format(unit=forms[0].parent.name, form=forms[0].name)
    if where == "inputs/2024":
        shutil.copytree(place, outside, dirs_exist_ok=True)
    _plant(place, kind, outside)
    before = snapshot(outside)
    ended = run(root, arguments)
    assert snapshot(outside) == before
    assert "Traceback" not in ended.said
    assert ended.code in {*DONE, 3, 4}, ended.said
    assert ended.code in DONE or place.name in ended.said, ended.said
    if COMMANDS[name].arguments[0] == "score" and ended.code in DONE:
        assert (root / "outputs/2024/run.json").is_file()
