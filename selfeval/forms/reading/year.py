"""What was read for a year: the reports of each project, what is wrong with them, and the very bytes they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from selfeval.domain.case import Reports
from selfeval.domain.problems import Problem


@dataclass(frozen=True)
class YearReports:
    """Reports by 项目编码, the problems of all files, and the files as (shown path, SHA-256 of the bytes read)."""

    reports: Mapping[str, Reports] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
