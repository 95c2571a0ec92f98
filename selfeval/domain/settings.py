"""The settings of a workspace: what is the same for every command, and is said once, in one file.

A setting more is a field here, with its title and hint; the reading of the file, its checks and what is said of a
mistake follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from selfeval.domain.options import Day, Option


@dataclass(frozen=True)
class Department:
    """A department of a unit: the 项目编码 of the projects that it reports on."""

    projects: Annotated[tuple[str, ...], Option("项目", "项目编码的列表", key="projects")] = ()


@dataclass(frozen=True)
class YearSettings:
    """What holds for one year: until when forms are to be back, and which department reports on which project."""

    due: Annotated[Day, Option("报送期限", "如 2025-01-20")] = None
    departments: Annotated[Mapping[str, Department], Option("填报科室", "科室名称，下面写 projects")] = field(
        default_factory=dict
    )

    def department(self, project: str) -> str:
        """The department that reports on a project; blank where that is not said."""
        return next((name for name, own in self.departments.items() if project in own.projects), "")


@dataclass(frozen=True)
class Settings:
    """All settings: the name of the unit, whom to ask, and those of each year, by the year as text."""

    unit: Annotated[str, Option("单位名称", "如 清源县文化和旅游局")] = ""
    contact: Annotated[str, Option("联系人", "姓名和电话，印在填报表和通知里")] = ""
    years: Annotated[Mapping[str, YearSettings], Option("各年度", "年度，下面写 due、departments")] = field(
        default_factory=dict
    )

    def of(self, year: int) -> YearSettings:
        """Those of a year; nothing where it has none."""
        return self.years.get(str(year), YearSettings())
