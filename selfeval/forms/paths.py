"""Where a project's form lives below ``inputs/<year>/forms``."""

from __future__ import annotations

from pathlib import PurePosixPath

from selfeval.domain.filenames import safe_name

SUFFIX = ".xlsx"


def form_path(unit_code: str, unit_name: str, project: str, name: str) -> PurePosixPath:
    """``<单位编码>_<单位名称>/<项目编码>_<项目名称>.xlsx``, relative to the folder of forms.

    Every part is made safe for Windows. The codes come first, so that two long names never collide after cutting.
    """
    return PurePosixPath(safe_name(f"{unit_code}_{unit_name}"), safe_name(f"{project}_{name}") + SUFFIX)
