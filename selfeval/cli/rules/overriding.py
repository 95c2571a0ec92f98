"""``selfeval rules override``: how one indicator that no rule can read is to be read, written into the rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, usable, writing
from selfeval.cli.options import argument, flag, option
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.runs.overriding import Overridden

HELP = "单独指定：指标值无法按规则识别的，写明怎样识别、依据什么，写入当年的规则文件，其余内容不变。"


def override_indicator(
    indicator: Annotated[str, argument("指标编号", "如 13080024P00010310005F-01")],
    because: Annotated[str, option("--because", "原因", "这样识别的依据；凡用到的地方都会印出")],
    target: Annotated[
        str, option("--as", "指标值", "能识别的格式，如≤30万元、12月31日；人工、定性、不涉及可不写")
    ] = "",
    kind: Annotated[
        str,
        option(
            "--kind", "类型", "judged（人工）、qualitative（定性）、not_applicable（不涉及）等；不写的，按 --as 识别"
        ),
    ] = "",
    root: options.Workspace = options.HERE,
    year: Annotated[
        int | None, option("--year", "年度", "默认为既有规则文件又有绩效目标表的最近一年", min=2000, max=2100)
    ] = None,
    *,
    replace: Annotated[bool, flag("--replace", "这个指标已经单独指定的，以这一次的代替")] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Override one reading."""
    from selfeval.runs.overriding import Wanted, override

    workspace = opened(root)
    wanted = Wanted(indicator, target.strip(), kind.strip(), because, replace)
    with writing(workspace.whole_name):
        made = usable(override(workspace, year, wanted), format_)
    facts = {"indicator": indicator, "override": made.override, "origin": str(made.override.origin)}
    finish(format_, "rules.override", facts, _lines(made), Exit.DONE)


def _lines(made: Overridden) -> Iterator[str]:
    from selfeval.domain.kinds import KINDS
    from selfeval.rulebook.trying.explaining import as_read

    promise, written = made.promise, made.override
    yield f"已写入 {written.origin}：{written.indicator}"
    if made.replaced:
        yield f"  原来：{made.replaced}"
    yield f"  指标值：{promise.indicator.target}"
    numbers = as_read(promise.reading.numbers)
    yield f"  识别为：{KINDS[written.kind].label}{f'　{numbers}' if numbers else ''}"
    if promise.reading.said:
        yield f"  识别说明：{'；'.join(promise.reading.said)}"
    yield f"  原因：{written.because}"
    if promise.indicator.kind:
        yield "  绩效目标表的“类型”列写明了类型，优先于这里的指定；要按这里的，请把“类型”单元格清空。"
