"""The parts of a rulebook beside its kinds: sources, sections, execution, levels, grades, checks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, NamedTuple

from selfeval.domain.options import Key, Limit, Option, Points, Share, Year
from selfeval.domain.rulebook.points import EXTRA_WORDS, ExtraKind

CITED = Option("依据", "sources 中的编号，至少一个")
CHOSEN = Option("说明", "文件留有选择余地时，写明选了什么")


@dataclass(frozen=True)
class Origin:
    """The line of a rule file: ``rules/2024.yaml:31``."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class RuleFile:
    """A file the rulebook was read from, and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document that a rule rests on, or a choice of the unit that wrote the rulebook (``convention``)."""

    id: Annotated[str, Option("依据编号", "在 sources 中引用的短名")]
    title: Annotated[str, Option("名称", "文件全名，不加书名号")]
    number: Annotated[str, Option("文号", "如 财预〔2020〕10号；没有文号的不写")] = ""
    verified: Annotated[
        bool,
        Option(
            "是否核对过原文",
            "没有见到原文的写 false，打印时注明〔原文未核对〕；自定而未经审定的也写 false，注明〔未经审定〕",
        ),
    ]
    convention: Annotated[
        bool, Option("是否为本单位自定", "不是上级文件而是本单位自定的写 true，打印为“本单位自定（…）”")
    ] = False
    article: Annotated[str, Option("条款", "原文的第几条、第几款或表的注几；没有见到原文的不写")] = ""
    quote: Annotated[str, Option("原话", "照抄的原文，几处之间用“……”隔开；没有见到原文的不写；打印在评分细则中")] = ""
    seen: Annotated[str, Option("见于何处", "在哪里、什么时候见到的原文，如 某市政府网站，2026年11月")] = ""
    note: Annotated[str, Option("说明", "这份依据说了什么、没说什么")] = ""

    @property
    def words(self) -> str:
        """What it says, for whoever approves rules: its own words and where they were seen, then the note."""
        quoted = f"{self.article}原文：“{self.quote}”" if self.quote else self.article
        seen = f"（见于{self.seen}）" if self.seen else ""
        return "\n".join(filter(None, (f"{quoted}{seen}", self.note)))

    def __str__(self) -> str:
        if self.convention:
            number = f"，{self.number}" if self.number else ""
            return f"本单位自定（{self.title}{number}）" + ("" if self.verified else "〔未经审定〕")
        name = f"《{self.title}》" + (f"（{self.number}）" if self.number else "")
        return name if self.verified else f"{name}〔原文未核对〕"


@dataclass(frozen=True, kw_only=True)
class InForce:
    """The years a rulebook holds; None: open."""

    start: Annotated[Year, Option("起始年度", "从哪一年起适用，如2024", key="from")]
    end: Annotated[Year | None, Option("截止年度", "到哪一年为止（含）；不写表示一直适用", key="to")] = None

    def covers(self, year: int) -> bool:
        """Whether the rulebook holds for a year."""
        return self.start <= year and (self.end is None or year <= self.end)

    @property
    def span(self) -> str:
        """The years for people: 2024年起, 2024年, 2024至2025年."""
        if self.end is None:
            return f"{self.start}年起"
        return f"{self.start}年" if self.end == self.start else f"{self.start}至{self.end}年"


class Passed(NamedTuple):
    """Points, in hundredths, that another section takes."""

    to: Annotated[str, Option("归入哪一部分", "sections 中的编号")]
    points: Annotated[Points, Option("分值", "归入多少分")]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the 100 points; with ``extra``, a part outside them that gives or takes at most its points.

    Without ``if_empty``, or when a section named there is empty too, all others take the points in proportion.
    """

    id: Annotated[str, Option("部分编号", "短名，如 output")]
    label: Annotated[str, Option("名称", "打印用，如 产出指标")]
    points: Annotated[
        Points, Option("分值", "这一部分的总分；各部分（加分项、扣分项除外）相加必须是100；预算执行率不计分的写0")
    ]
    levels1: Annotated[tuple[str, ...], Option("一级指标", "属于这一部分的一级指标名称；预算执行率不写")] = ()
    if_empty: Annotated[
        tuple[Passed, ...],
        Option(
            "没有指标时",
            "这一部分没有要评分的指标时归入哪几部分，如 [{to: benefit, points: 10}]；不写则按比例分给其他部分",
        ),
    ] = ()
    extra: Annotated[
        ExtraKind,
        Option(
            "100分之外",
            "bonus 加分项、deduction 扣分项：不在100分之内，points 是最多加（扣）多少分；不写是100分的一部分",
            words=EXTRA_WORDS,
        ),
    ] = ""
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, Option("说明", "文件留有选择余地时，写明选了什么、为什么")] = ""
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class WholeRule:
    """How a department's own part is scored (部门整体): ``sections`` stand in place of those of projects.

    ``levels1`` of a section name partial goals; the section without any, beside that of the execution, takes the rest.
    """

    enabled: Annotated[bool, Option("是否评部门整体", "不评部门整体支出的写 false")] = True
    sections: Annotated[
        tuple[Section, ...],
        Option("分值构成", "100分由哪几部分构成；levels1 写分项绩效目标的名称，不写的一部分收其余各分项"),
    ] = ()
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Level:
    """A qualitative level and the share of points it allows, from ``low`` (always its own) to ``high``."""

    id: Annotated[str, Option("档次编号", "短名，如 met")]
    label: Annotated[str, Option("档次名称", "填报表下拉列表中的文字")]
    words: Annotated[tuple[str, ...], Option("同义写法", "填报时也识别为本档的文字")] = ()
    low: Annotated[Share, Option("下限", "本档比例的下限（含），如80%")]
    high: Annotated[Share, Option("上限", "本档比例的上限，如100%")]
    high_included: Annotated[bool, Option("上限是否包含", "最高一档写 true，其余写 false")]
    default: Annotated[Share, Option("默认比例", "只选了档次、没有填比例时按多少计；结果中会注明")]
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, CHOSEN] = ""
    origin: Origin

    def allows(self, share: Fraction) -> bool:
        """Whether the share lies inside the level's band."""
        return self.low <= share and (share < self.high or (self.high_included and share == self.high))

    @property
    def band(self) -> str:
        """The band as printed: 80%（含）—100%（含）."""
        if self.low == self.high:
            return show_percent(self.low)
        ends = "（含）" if self.high_included else "（不含）"
        return f"{show_percent(self.low)}（含）—{show_percent(self.high)}{ends}"


@dataclass(frozen=True)
class Grade:
    """A grade and the lowest total, in hundredths, that earns it."""

    label: Annotated[str, Option("等级", "如 优")]
    lowest: Annotated[Points, Option("最低总分", "总分达到多少为此等级（含）；最低一级写0")]


@dataclass(frozen=True, kw_only=True)
class Grades:
    """The grades from the highest, and what they rest on."""

    scale: Annotated[tuple[Grade, ...], Option("等级", "由高到低；最后一级从0起")]
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, CHOSEN] = ""
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class CheckRule:
    """One of the checks that a finance bureau makes (``selfeval.domain.checks``), and where it draws the line.

    ``limit`` is in the unit that the check names (a share, points, 万元, a count). A check never changes a score.
    """

    id: Key
    enabled: Annotated[bool, Option("是否启用", "不要这项核对的写 false")] = True
    limit: Annotated[Limit | None, Option("标准", "各项核对的含义见 docs/checks.md；比例可写90%")] = None
    words: Annotated[tuple[str, ...], Option("词", "核对时在文字中找的词")] = ()
    sources: Annotated[tuple[str, ...], CITED]
    note: Annotated[str, Option("说明", "这项核对看什么、为什么")] = ""
    origin: Origin


def show_percent(share: Fraction) -> str:
    """A share as a percentage without needless zeros: 4/5 is 80%; one that has no end in decimals, 2/3, stays so."""
    percent = share * 100
    if percent.denominator == 1:
        return f"{percent.numerator}%"
    endless = 10**12 % percent.denominator
    return f"{share.numerator}/{share.denominator}" if endless else f"{float(percent):.12g}%"
