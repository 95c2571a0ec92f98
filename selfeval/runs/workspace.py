"""The workspace: the folder that holds rules/, inputs/ and outputs/, and where things lie in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.rulebook.shelf import rule_name
from selfeval.runs.folders import FOLDERS, PARTS, as_typed, has_tables, root_of


@dataclass(frozen=True)
class Workspace:
    """A workspace by its root folder (absolute, links resolved)."""

    root: Path

    @property
    def rules(self) -> Path:
        """The folder of rulebooks."""
        return self.root / "rules"

    @property
    def settings(self) -> Path:
        """The file of settings, which holds for all years."""
        return self.root / "inputs" / "settings.yaml"

    def inputs(self, year: int) -> Path:
        """The folder of a year's inputs."""
        return self.root / "inputs" / str(year)

    def targets(self, year: int) -> Path:
        """The year's target table, where it has one; see ``target_folder``."""
        return self.inputs(year) / "targets.xlsx"

    def target_folder(self, year: int) -> Path:
        """The folder of the year's target tables, where it has several."""
        return self.inputs(year) / "targets"

    def has_targets(self, year: int) -> bool:
        """Whether the year has a target table, or several."""
        return self.targets(year).is_file() or self.has_folder_of_targets(year)

    def has_folder_of_targets(self, year: int) -> bool:
        """Whether the year has a folder with target tables in it."""
        return has_tables(self.target_folder(year))

    def forms(self, year: int) -> Path:
        """The folder of the year's forms."""
        return self.inputs(year) / "forms"

    def outputs(self, year: int) -> Path:
        """The folder of the year's results."""
        return self.root / "outputs" / str(year)

    def name(self, path: Path) -> str:
        """A path as shown to people: from the root, with forward slashes; outside it, the file name alone."""
        return rule_name(path, self.root)

    def whole_name(self, path: Path) -> str:
        """The same, but the path as given when it lies outside: for what was written where the user asked."""
        inside = Path(os.path.abspath(path)).is_relative_to(self.root)  # noqa: PTH100 - a link is called by its own name
        name = self.name(path) if inside else as_typed(path)
        return f"{name}/" if inside and name in FOLDERS else name  # a path, as one sees


def open_workspace(folder: Path, needs: tuple[str, ...] = PARTS) -> tuple[Workspace, tuple[Problem, ...]]:
    """The workspace at a folder (or above the current one), and a problem when it lacks a part that is needed."""
    root = root_of(folder)
    missing = [name for name in needs if not (root / name).is_dir()]
    if not missing:
        return Workspace(root), ()
    lacks = f"缺少{'、'.join(missing)}文件夹" if root.is_dir() else "不存在"
    where = "当前文件夹" if folder == Path() else f"文件夹 {as_typed(folder)} "
    cure = "还没有工作文件夹的，请运行 selfeval init 新建"
    if missing == ["inputs"]:
        cure = "这里有规则文件，还没有绩效目标的，请运行 selfeval import 导入绩效文本"
    return Workspace(root), (problem("E601", Place(), folder=where, missing=lacks, cure=cure),)
