"""The rulebook as a whole, and how it recognises a target: by the way it is written, or one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from selfeval.domain.fund_layouts import LAYOUT_WORDS, FundLayout
from selfeval.domain.options import CheckId, Folded, KindId, Option, Pattern
from selfeval.domain.reading.headings import is_heading
from selfeval.domain.reading.quantity import UnitClass
from selfeval.domain.reading.units import KNOWN
from selfeval.domain.reading.vocabulary import Use, Vocabulary
from selfeval.domain.rulebook.execution import Execution, ExecutionWhen
from selfeval.domain.rulebook.kind_rules import CLOSE, UNIT_WORDS, KindRule
from selfeval.domain.rulebook.parts import (
    CheckRule,
    Grade,
    Grades,
    InForce,
    Level,
    Origin,
    RuleFile,
    Section,
    Source,
    WholeRule,
)
from selfeval.domain.rulebook.plausible import Plausible, SameUnits
from selfeval.domain.rulebook.points import USUAL, Rounding, TotalCap
from selfeval.domain.rulebook.words import Words

NumberPresence = Literal["present", "absent", "any"]
Shape = Literal["", "bare_number", "time_limit", "low_rate", "number_range", "period", "zero", "text"]
NotApplicable = Literal["within_section", "whole_form"]

NOT_APPLICABLE_WORDS: dict[NotApplicable, str] = {
    "within_section": "不涉及的分值分给同一部分的其他指标",
    "whole_form": "不涉及的分值不计入，总分按其余分值折算为百分制",
}
NOT_APPLICABLE_SENTENCES: dict[NotApplicable, str] = {
    "within_section": "不涉及的指标不评分，分值分给同一部分的其他指标；整个部分都不涉及的，按比例分给其他部分。",
    "whole_form": "不涉及的指标不评分，分值不计入；总分 = 得分合计 ÷ 适用部分的分值合计 × 100，{rounding}。",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One way to recognise a target: what to look for, under which conditions, and the kind it means.

    ``strict`` marks a strict sign, for which equality is met but flagged.
    """

    id: Annotated[str, Option("规则编号", "结果和说明中引用的短名")]
    kind: Annotated[KindId, Option("类型", "识别为哪一类指标")]
    symbols: Annotated[tuple[Folded, ...], Option("符号", "出现在指标值开头，如 ≥", "以“{}”开头")] = ()
    words: Annotated[tuple[Folded, ...], Option("词", "出现在指标值任何位置，如 不低于", "含“{}”")] = ()
    suffixes: Annotated[tuple[Folded, ...], Option("词尾", "出现在指标值末尾，如 以上", "以“{}”结尾")] = ()
    exact: Annotated[tuple[Folded, ...], Option("全文", "指标值就是这几个字，如 不涉及", "全文为“{}”")] = ()
    patterns: Annotated[
        tuple[Pattern, ...],
        Option("匹配式", "与整个指标值相符的正则表达式；一般用不到，请用单引号；含义写在 means"),
    ] = ()
    means: Annotated[
        str,
        Option("匹配式的含义", "匹配式指什么样的指标值，用一句话写明，打印在评分细则中；写了 patterns 的应写", "{}"),
    ] = ""
    shape: Annotated[
        Shape,
        Option(
            "格式",
            "bare_number 只有数和单位；time_limit 同左，名称未表明越长越好；low_rate 只有一个不到50%的比率；"
            "number_range 区间；period 期限；zero 只有零和单位；text 没有数字的文字，不符合其他规则时才用",
            "{}",
            {
                "bare_number": "只有数和单位",
                "time_limit": "只有数和单位，名称未表明越长越好",
                "low_rate": "只有一个不到50%的比率（如5%）",
                "number_range": "区间（如90%-95%）",
                "period": "期限（如12月底前）",
                "zero": "只有零和单位（如0起、=0）",
                "text": "没有数字的文字，且不符合其他规则",
            },
        ),
    ] = ""
    number: Annotated[
        NumberPresence,
        Option(
            "有没有数字",
            "条件：present 必须有数字，absent 必须没有，any 不论",
            "{}",
            {"present": "有数字", "absent": "没有数字"},
        ),
    ] = "any"
    unit: Annotated[
        tuple[UnitClass, ...],
        Option("单位类别", "条件：rate 百分比、money 金额、time 时间、count 数量", "单位为{}", UNIT_WORDS),
    ] = ()
    level2: Annotated[tuple[Folded, ...], Option("二级指标", "条件：只用于这些二级指标", "二级指标为{}")] = ()
    names: Annotated[
        tuple[Folded, ...],
        Option("名称含", "条件：三级指标的名称含这些词之一；同样长的，写了本项的优先", "指标名称含“{}”"),
    ] = ()
    unless_names: Annotated[
        tuple[Folded, ...], Option("名称不含", "条件：三级指标的名称不含其中任何一个词", "指标名称不含“{}”")
    ] = ()
    unless_words: Annotated[
        tuple[Folded, ...], Option("不含的词", "条件：指标值不含其中任何一个词", "指标值不含“{}”")
    ] = ()
    target: Annotated[str, Option("识别为", "符合时按这个写法取数，如 零投诉 识别为0；一般不写", "识别为{}")] = ""
    said: Annotated[str, Option("识别说明", "不按字面识别的，写明识别结果；凡用到的地方都会印出")] = ""
    look: Annotated[bool, Option("请复核", "这样识别的指标标为“需关注”，请复核人员核对")] = False
    unclear: Annotated[
        bool, Option("方向不明", "由名称不能判断越多越好还是越少越好：实际完成值与指标值不等的先询问")
    ] = False
    strict: Annotated[bool, Option("严格符号", "＞、＜、超过、低于之类；相等视为达到，并标为需关注")] = False
    sources: Annotated[tuple[str, ...], Option("依据", "sources 中的编号")] = ()
    note: Annotated[str, Option("说明", "为什么这样识别")] = ""
    origin: Origin


ENTRY_CONDITIONS = ("number", "unit", "level2", "names", "unless_names", "unless_words")
"""The fields of an entry that say under which conditions it holds, in the order in which people read them."""


@dataclass(frozen=True, kw_only=True)
class Override:
    """The reading of one indicator whose target no rule can read, as a text that the ordinary reading understands."""

    indicator: Annotated[str, Option("指标编号", "项目编码-两位序号")]
    kind: Annotated[KindId, Option("类型", "识别为哪一类指标")]
    target: Annotated[str, Option("指标值", "改写成能识别的写法，如12月31日；人工、定性、不涉及可不写")] = ""
    printed: Annotated[
        str,
        Option("写给", "写的时候绩效目标表里的“三级指标：指标值”；与现在的不符的报错，不按这一条识别；不写的无法核对"),
    ] = ""
    because: Annotated[str, Option("原因", "为什么单独指定，依据什么；凡用到的地方都会印出")]
    origin: Origin


Cited = Section | Execution | KindRule | Level | Grades | Entry | SameUnits | Plausible | Words
"""Parts that rest on ``sources`` and say in a ``note`` what was chosen."""


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """Everything ``score`` needs to know, resolved: no parents, no defaults left to apply.

    ``extends`` and ``remove`` are written in files alone: they are blank once they have been obeyed.
    """

    id: Annotated[str, Option("规则文件编号", "与文件名相同，如2024")]
    title: Annotated[str, Option("名称", "打印用的全名")]
    extends: Annotated[
        str,
        Option(
            "基础规则",
            "继承哪一份规则文件：它的文件名（不带 .yaml），如 base、hunan/base、../national-2020；未写的内容都取自它",
        ),
    ] = ""
    in_force: Annotated[InForce, Option("适用年度", "只能用于这些年度")]
    sources: Annotated[Mapping[str, Source], Option("依据", "本规则引用的文件和自定事项")]
    sections: Annotated[tuple[Section, ...], Option("分值构成", "100分由哪几部分构成")]
    execution: Annotated[Execution, Option("预算执行率", "预算执行率怎样得分")]
    kinds: Annotated[Mapping[KindId, KindRule], Option("指标类型", "每一类指标怎样得分")]
    levels: Annotated[tuple[Level, ...], Option("定性档次", "定性指标的档次，由高到低")]
    grading: Annotated[Grades, Option("等级", "总分与等级", key="grades")]
    recognise: Annotated[tuple[Entry, ...], Option("识别", "怎样由指标值的写法识别类型；符合最长的一条为准")]
    overrides: Annotated[Mapping[str, Override], Option("单独指定的指标", "不能按规则识别的指标，逐条列明")] = field(
        default_factory=dict
    )
    units: Annotated[tuple[SameUnits, ...], Option("同一单位", "哪些计量单位视为同一单位，填报时可以混用")] = ()
    plausible: Annotated[
        tuple[Plausible, ...],
        Option("合理范围", "按名称，实际完成值最高多少、可否为负、是否出自预算；超出的先询问"),
    ] = ()
    words: Annotated[
        tuple[Words, ...],
        Option("词语", "识别指标值和实际完成值时用到的业务用词，按用途；没有写在这里的词，旁边的数无法识别，先询问"),
    ] = ()
    checks: Annotated[Mapping[CheckId, CheckRule], Option("核对", "财政复核常做的核对：只提示，不改变得分")] = field(
        default_factory=dict
    )
    not_applicable: Annotated[
        NotApplicable,
        Option("不涉及的分值", "within_section 分给同一部分的其他指标；whole_form 不计入，总分按其余分值折算为百分制"),
    ]
    rounding: Annotated[
        Rounding,
        Option("取整", "每个得分取到多少分，如{to: 0.1, mode: half_up}；总分为各得分之和；不写为四舍五入到0.01"),
    ] = USUAL
    total_cap: Annotated[
        TotalCap,
        Option(
            "总分封顶",
            "hundred 加分项不使总分超过100（默认）；none 加分后可以超过100；得分不封顶的指标不受此限",
            words={"hundred": "不超过100", "none": "不封顶"},
        ),
    ] = "hundred"
    fund_rows: Annotated[
        FundLayout,
        Option(
            "资金来源",
            f"按哪些来源分行：{'；'.join(f'{layout} {said}' for layout, said in LAYOUT_WORDS.items())}",
            words=LAYOUT_WORDS,
        ),
    ] = "national"
    whole: Annotated[
        WholeRule | None,
        Option("部门整体", "部门整体支出绩效自评的分值构成；不写则不评部门整体", key="department"),
    ] = None
    remove: Annotated[
        tuple[str, ...],
        Option("删去", "从基础规则中删去的内容，如 recognise.bare_rate、kinds.range、overrides.13080024P…-01"),
    ] = ()
    files: tuple[RuleFile, ...] = ()

    @property
    def whole_sections(self) -> tuple[Section, ...]:
        """The sections of a department's own part; none where it is not scored.

        Those of a parent count for nothing where a child gave the execution another section.
        """
        sections = self.whole.sections if self.whole is not None and self.whole.enabled else ()
        return sections if self.execution.section in {part.id for part in sections} else ()

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades, from the highest."""
        return self.grading.scale

    @property
    def rules(self) -> Iterator[tuple[tuple[str | int, ...], KindRule]]:
        """How each kind and each of its variants scores, with the way to it in a file: kinds, at_least, variants, 0."""
        for name, rule in self.kinds.items():
            yield ("kinds", name), rule
            yield from ((("kinds", name, "variants", i), varied) for i, varied in enumerate(rule.varied.values()))

    def rule_for(
        self, kind: str, *, indicator: str = "", level1: str = "", level2: str = "", level3: str = "", unit: str = ""
    ) -> KindRule | None:
        """How one indicator of a kind scores: by the variant it falls under, else by the kind; None: no such kind.

        A variant that names the indicator comes before one that names levels. ``unit`` is that of the target.
        """
        rule = self.kinds.get(kind)
        if rule is None:
            return None
        fitting = [variant for variant in rule.variants if variant.holds(indicator, level1, level2, level3, unit)]
        return rule.varied[max(fitting, key=lambda variant: bool(variant.indicators)).id] if fitting else rule

    @cached_property
    def same_units(self) -> tuple[tuple[str, ...], ...]:
        """The groups of counters that are one."""
        return tuple(group.same for group in self.units)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that readings know: those written, the units taken for one, and the words of limits."""
        words: dict[Use | Literal["sign"], tuple[str, ...]] = {
            "counter": (*sorted(KNOWN), *(unit for group in self.units for unit in group.same)),
            "sign": tuple(word for entry in self.recognise if entry.number != "absent" for word in entry.words),
        }
        for one in self.words:
            words[one.use] = (*words.get(one.use, ()), *one.words)
        return Vocabulary(words)

    def highest(self, names: str) -> Fraction | None:
        """The share that a rate with these names (normalised, joined) cannot exceed; None: none is known."""
        known = [one.highest for one in self.plausible if one.highest is not None and one.holds(names)]
        return min(known, default=None)

    def negative(self, names: str) -> bool:
        """Whether an indicator with these names may have a negative value."""
        return any(one.negative and one.holds(names) for one in self.plausible)

    def from_budget(self, names: str) -> bool:
        """Whether an amount of an indicator with these names is paid from the budget of its project."""
        return any(one.from_budget and one.holds(names) for one in self.plausible)

    def converts(self, points: int) -> bool:
        """Whether a total is converted to 100 from the points that apply; ``points`` are those of the indicators."""
        return self.not_applicable == "whole_form" and points > 0

    @property
    def inside(self) -> tuple[Section, ...]:
        """The sections that make up the 100 points."""
        return tuple(section for section in self.sections if not section.extra)

    @property
    def execution_points(self) -> int:
        """The points of the execution rate, in hundredths."""
        return sum(section.points for section in self.sections if section.id == self.execution.section)

    @property
    def without_rate(self) -> ExecutionWhen:
        """What to do where there is no execution rate: one that earns no points is not asked for."""
        return self.execution.when if self.execution_points else ExecutionWhen(CLOSE, CLOSE)

    def section_for(self, level1: str) -> Section | None:
        """The section that a 一级指标 belongs to."""
        return next((part for part in self.sections if is_heading(level1, part.levels1)), None)

    def cite(self, ids: tuple[str, ...]) -> str:
        """The named sources as printed, joined by ；."""
        return "；".join(str(self.sources[name]) for name in ids)
