"""A published run, read back from its folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from selfeval.domain.differing.past import PastRun
from selfeval.domain.problems import Place, Problem, problem
from selfeval.runs.publish import RECORD
from selfeval.runs.record import FORMAT
from selfeval.runs.results import PROBLEMS, PROJECTS, RESULTS

FILES = {"results.csv": RESULTS, "projects.csv": PROJECTS, "problems.csv": PROBLEMS}
_MARKS = ("=", "+", "-", "@", "\t", "\r")
_MAX_FILE = 512 * 1024 * 1024


class _UnreadableError(Exception):
    """A file of the folder is not what ``score`` writes; the text says why."""


def read_run(folder: Path, name: str) -> tuple[PastRun | None, tuple[Problem, ...]]:
    """The run in a folder; None, with the reasons, when it is none. ``name`` is what messages call the folder."""
    missing = [one for one in (RECORD, *FILES) if not (folder / one).is_file()]
    if missing:
        return None, (problem("E620", Place(file=name), path=name, missing="、".join(missing)),)
    problems: list[Problem] = []
    tables: dict[str, list[dict[str, str]]] = {}
    record: dict[str, object] = {}
    for file in (RECORD, *FILES):
        try:
            if file == RECORD:
                record = _record(folder / file)
            else:
                tables[file] = _table(folder / file, FILES[file])
        except (_UnreadableError, OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
            why = str(error) if isinstance(error, _UnreadableError) else "不是 selfeval score 写出的样子"
            problems.append(problem("E621", Place(file=f"{name}/{file}"), file=f"{name}/{file}", why=why))
    if problems:
        return None, tuple(problems)
    return _run(name, record, tables), ()


def _record(path: Path) -> dict[str, object]:
    if path.stat().st_size > _MAX_FILE:
        raise _UnreadableError("太大")
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict) or record.get("format") != FORMAT or not isinstance(record.get("year"), int):
        raise _UnreadableError(f"的格式不是 {FORMAT}")
    return record


def _table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    if path.stat().st_size > _MAX_FILE:
        raise _UnreadableError("太大")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        absent = [one for one in columns if one not in header]
        if absent:
            raise _UnreadableError(f"没有「{'、'.join(absent)}」列")
        return [dict(zip(header, map(_plain, row), strict=False)) for row in reader]


def _plain(text: str) -> str:
    """The text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_MARKS) else text


def _run(name: str, record: dict[str, object], tables: dict[str, list[dict[str, str]]]) -> PastRun:
    rulebook = record.get("rulebook")
    versions = record.get("versions")
    return PastRun(
        name=name,
        year=int(str(record["year"])),
        rulebook=str(rulebook.get("id", "")) if isinstance(rulebook, dict) else "",
        rules=_hashes(record.get("rules")),
        inputs=_hashes(record.get("inputs")),
        versions={str(one): str(two) for one, two in versions.items()} if isinstance(versions, dict) else {},
        results={(row["项目编码"], row["指标编号"]): row for row in tables["results.csv"]},
        projects={row["项目编码"]: row for row in tables["projects.csv"]},
        problems=tuple(tables["problems.csv"]),
    )


def _hashes(listed: object) -> dict[str, str]:
    if not isinstance(listed, list):
        return {}
    return {
        str(one["path"]): str(one["sha256"]) for one in listed if isinstance(one, dict) and {"path", "sha256"} <= {*one}
    }
