"""Rows with a 评分标准 of their own: the rule proposed for each, and those approved written into the rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.promise import promises
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.allocation import allocate
from selfeval.domain.targets import Targets
from selfeval.rulebook.loading import load
from selfeval.rulebook.trying.cases import RuleCase
from selfeval.rulebook.trying.explaining import Trial, try_out
from selfeval.rulebook.writing.items import with_item
from selfeval.rulebook.writing.standards import SOURCE, Approval, propose
from selfeval.runs.placing import only_writer, write_file
from selfeval.runs.workspace import Workspace

_MOST = 3


@dataclass(frozen=True)
class RowStandard:
    """A row with a 评分标准: the rule proposed, what some actuals would earn by it, and where it is adopted already."""

    approval: Approval
    trials: tuple[Trial, ...]
    adopted: str = ""

    @property
    def open(self) -> bool:
        """Whether it can be approved."""
        return not self.adopted and not self.approval.why


def row_standards(targets: Targets, rulebook: Rulebook) -> Iterator[RowStandard]:
    """Every row of a year's targets that has a 评分标准, in document order."""
    for case in cases(targets):
        if not any(indicator.standard for indicator in case.indicators):
            continue
        promised, _ = promises(case, rulebook)
        shares, _ = allocate(case, [promise.need is not NOTHING_ASKED for promise in promised], rulebook)
        for promise, share in zip(promised, shares, strict=True):
            if not promise.standard:
                continue
            if promise.rule is not None and promise.measure is not None and not promise.unapproved:
                yield RowStandard(Approval(promise, share.points, rule=promise.rule), (), str(promise.rule.origin))
                continue
            approval = propose(promise, share.points, rulebook)
            yield RowStandard(approval, _trials(approval, targets.year))


def _trials(approval: Approval, year: int) -> tuple[Trial, ...]:
    """The best, the worst and one between, of what actuals around the target would earn."""
    indicator = approval.promise.indicator
    if approval.rulebook is None or approval.rule is None:
        return ()
    asked = RuleCase(
        name=indicator.level3,
        level3=indicator.level3,
        target=indicator.target,
        indicator=indicator.indicator,
        type=indicator.kind,
        points=approval.points,
        level1=indicator.level1,
        level2=indicator.level2,
        evidence="试算",
    )
    found = try_out(asked, approval.rulebook, year)
    by_score = {trial.score: trial for trial in found if trial.score is not None}
    ordered = [by_score[score] for score in sorted(by_score, reverse=True)]
    if len(ordered) <= _MOST:
        return tuple(ordered)
    return ordered[0], ordered[1], ordered[-1]


def write_standards(
    workspace: Workspace, year: int, rows: Sequence[RowStandard], rulebook: Rulebook
) -> tuple[int, str]:
    """Write what can be approved into the year's rule file: how many, and why not.

    The file is put back as it was when it would not load any more. Raises CannotWriteError and BusyError.
    """
    path = workspace.rules / f"{year}.yaml"
    with only_writer(path, workspace.root):
        return _write(workspace, path, rows, rulebook)


def _write(workspace: Workspace, path: Path, rows: Sequence[RowStandard], rulebook: Rulebook) -> tuple[int, str]:
    year = int(path.stem)
    before = data = path.read_bytes()
    known = {variant.id for kind in rulebook.kinds.values() for variant in kind.variants}
    written = 0
    for row in rows:
        approval = row.approval
        if not row.open or approval.rule is None:
            continue
        name = approval.name
        if name in known:
            return 0, f"规则文件里已有{name}，而评分标准的文字改过了；请先删去旧的一条再写入"
        changed = with_item(data, ("kinds", approval.rule.kind, "variants"), approval.item, name=name)
        if changed is None:
            return 0, "规则文件的 kinds 不是“键: 值”，无法插入，请自行写入上面列出的几行"
        data, written = changed, written + 1
    if written and SOURCE not in rulebook.sources:
        source = (
            f"id: {SOURCE}",
            f"title: {year}年度绩效目标表的评分标准",
            "verified: true",
            "convention: true",
            "note: 绩效目标表“评分标准”一列，逐条引用在各规则的说明里",
        )
        with_source = with_item(data, ("sources",), source)
        if with_source is None:
            return 0, "规则文件的 sources 不是列表，无法插入，请自行写入上面列出的几行"
        data = with_source
    if not written:
        return 0, ""
    write_file(path, data, workspace.root)
    loaded, problems = load(path, workspace.root, year)
    if loaded is None:
        write_file(path, before, workspace.root)
        return 0, f"写入后规则文件无法读取，已恢复原样：{problems[0].message}"
    return written, ""
