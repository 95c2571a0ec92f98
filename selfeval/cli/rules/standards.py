"""``selfeval rules standards``: the rows' own 评分标准 as rules, to be approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, stop, writing
from selfeval.cli.options import flag
from selfeval.cli.printing import json_points
from selfeval.cli.rules.files import load_or_exit
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.rulebook import Rounding
    from selfeval.runs.standards import RowStandard

HELP = "评分标准：把绩效目标表中各行的评分标准转成规则，列出供审批；加 --write 写入规则文件。"


def approve_standards(
    year: options.Year,
    root: options.Workspace = options.HERE,
    *,
    write: Annotated[bool, flag("--write", "把能识别的写入这一年的规则文件（即批准）；不写的，只列出")] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """List, or adopt, the standards of rows."""
    from selfeval.runs.inputs import load_targets
    from selfeval.runs.standards import row_standards, write_standards

    workspace = opened(root)
    _, rulebook = load_or_exit(workspace, str(year))
    targets, problems = load_targets(workspace, year)
    if targets is None:
        stop(list(problems), Exit.UNUSABLE)
    rows = list(row_standards(targets, rulebook))
    written, why = 0, ""
    if write:
        with writing(workspace.whole_name):
            written, why = write_standards(workspace, year, rows, rulebook)
    facts = {"year": year, "rows": list(map(_facts, rows)), "written": written, "why": why}
    unread = any(row.approval.why for row in rows)
    lines = _lines(year, rows, (written, why), rulebook.rounding, write=write)
    finish(format_, "rules.standards", facts, lines, Exit.PROBLEMS if unread or why else Exit.DONE)


def _lines(
    year: int, rows: Sequence[RowStandard], done: tuple[int, str], rounding: Rounding, *, write: bool
) -> Iterator[str]:
    written, why = done
    for row in rows:
        indicator = row.approval.promise.indicator
        points = rounding.show(row.approval.points)
        yield f"{indicator.indicator}　{indicator.level3}　指标值{indicator.target}　分值{points}"
        yield f"  评分标准：{indicator.standard}"
        yield from (f"  {line}" for line in _said(row, rounding))
        yield ""
    waiting = sum(row.open for row in rows)
    unread = sum(bool(row.approval.why) for row in rows)
    yield f"有评分标准的指标{len(rows)}个：待批准{waiting}个，无法识别{unread}个，其余已采用。"
    if why:
        yield why
    elif write:
        yield f"已写入{written}条。请运行 selfeval rules check {year}，并补上用例。"
    elif waiting:
        yield f"逐条核对后，运行 selfeval rules standards {year} --write 写入规则文件；在此之前按一般规则计分。"


def _said(row: RowStandard, rounding: Rounding) -> Iterator[str]:
    from selfeval.domain.reading.period import day_words
    from selfeval.domain.wording import curve_words, levels_words
    from selfeval.rulebook.writing.document import measure_words
    from selfeval.rulebook.writing.standards import counted

    approval = row.approval
    if row.adopted:
        yield f"已采用：{row.adopted}"
        return
    if approval.why or approval.rule is None:
        yield f"无法识别：{approval.why}。请改写评分标准，或在规则文件里写单独计分办法（variants）"
        return
    rule = approval.rule
    if rule.deduct is not None:
        unit = approval.promise.asked.unit
        yield f"识别为：{'' if rule.deduct.mark else '达到指标值得满分；'}{rule.deduct.to_the_end(counted(unit))}"
    else:
        yield f"识别为：完成程度＝{measure_words(rule)}；{curve_words(rule.curve, rule.measure)}"
    if rule.own_levels:
        yield f"档次：{levels_words(rule.own_levels)}"
    tried = "；".join(
        f"{day_words(trial.actual)}得{rounding.show(trial.score)}分" for trial in row.trials if trial.score is not None
    )
    yield f"试算：{tried}"
    yield f"规则（kinds.{rule.kind}.variants）："
    yield from (f"  {line}" for line in approval.lines)


def _facts(row: RowStandard) -> dict[str, object]:
    approval = row.approval
    indicator = approval.promise.indicator
    return {
        "indicator": indicator.indicator,
        "target": indicator.target,
        "standard": indicator.standard,
        "points": json_points(approval.points),
        "adopted": row.adopted,
        "why": approval.why,
        "kind": "" if approval.rule is None else approval.rule.kind,
        "variant": list(approval.lines),
        "trials": [{**vars(trial), "score": json_points(trial.score)} for trial in row.trials],
    }
