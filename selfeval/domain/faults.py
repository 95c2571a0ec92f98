"""Faults of our own: one project's must not take the year's other results away, and is told as what it is."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

from selfeval.domain.catalogue.outputs import OWN_FAULT
from selfeval.domain.problems import Place, Problem, problem

T = TypeVar("T")
P = ParamSpec("P")

NO_NAME = frozenset({errno.ENAMETOOLONG, errno.ELOOP})
"""What the system says of a name that no file can have."""


def own_fault(error: Exception, place: Place, what: str) -> Problem:
    """The problem that tells of an error that nobody foresaw; ``what`` could not be done."""
    return problem(OWN_FAULT, place, what=what, error=described(error))


def unless_faulty(place: Place, read: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | Problem:
    """What is read of the file at ``place``, or the problem that tells of an error in it that nobody foresaw."""
    try:
        return read(*given, **named)
    except OSError as error:
        if error.errno in NO_NAME:  # the command's, which has asked for it
            raise
        return own_fault(error, place, f"文件“{place.file}”未读取")
    except Exception as error:  # noqa: BLE001 - ours to mend; the other files are read
        return own_fault(error, place, f"文件“{place.file}”未读取")


def described(error: Exception) -> str:
    """The error and where it was raised, for those who mend it: ValueError: … (domain/curves.py:12)."""
    trace = traceback.extract_tb(error.__traceback__)
    at = f"（{trace[-1].filename.rpartition('selfeval')[2].strip('/')}:{trace[-1].lineno}）" if trace else ""
    return f"{type(error).__name__}: {error}{at}"


def faulty_projects(problems: Iterable[Problem]) -> set[str]:
    """The projects that a fault of ours kept from being scored or written; blank for the year as a whole."""
    return {found.place.project for found in problems if found.code == OWN_FAULT}
