"""The rulebook as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from selfeval.domain.options import CheckId, Option
from selfeval.domain.rulebook.kind_rules import KindRule, Variant
from selfeval.domain.rulebook.parts import Check, Execution, Grade, Grades, InForce, Level, RuleFile, Section, Source
from selfeval.domain.rulebook.recognising import Entry, Override

NotApplicable = Literal["within_section", "whole_form"]

NOT_APPLICABLE_WORDS: dict[NotApplicable, str] = {
    "within_section": "不涉及的分值分给同一部分的其他指标",
    "whole_form": "不涉及的分值不计入，总分按其余分值折算为百分制",
}
NOT_APPLICABLE_SENTENCES: dict[NotApplicable, str] = {
    "within_section": "不涉及的指标不评分，分值分给同一部分的其他指标；整个部分都不涉及的，按比例分给其他部分。",
    "whole_form": "不涉及的指标不评分，分值不计入；总分 = 得分合计 ÷ 适用部分的分值合计 × 100，四舍五入到 0.01。",
}


@dataclass(frozen=True, kw_only=True)
class Rulebook:
    """Everything ``score`` needs to know, resolved: no parents, no defaults left to apply.

    ``not_applicable`` says what becomes of the points of 不涉及: the rest of the section takes them
    (``within_section``), or they are left out and the total is converted to 100 (``whole_form``). ``extends`` and
    ``remove`` are written in files alone: they are blank once they have been obeyed.
    """

    id: Annotated[str, Option("规则书编号", "与文件名相同，如 2024")]
    title: Annotated[str, Option("名称", "打印用的全名")]
    extends: Annotated[
        str,
        Option(
            "上级规则书", "同一文件夹中另一份规则书的文件名（不带 .yaml），上一层文件夹的前面加 ../；没写的内容都取自它"
        ),
    ] = ""
    in_force: Annotated[InForce, Option("适用年度", "只能用于这些年度")]
    sources: Annotated[Mapping[str, Source], Option("依据", "本规则书引用的文件和约定")]
    sections: Annotated[tuple[Section, ...], Option("分值构成", "100 分由哪几部分构成")]
    execution: Annotated[Execution, Option("预算执行率", "预算执行率怎样得分")]
    kinds: Annotated[Mapping[str, KindRule], Option("指标类型", "每一类指标怎样得分")]
    levels: Annotated[tuple[Level, ...], Option("定性档次", "定性指标的档次，由高到低")]
    grading: Annotated[Grades, Option("等级", "总分与等级", key="grades")]
    recognise: Annotated[tuple[Entry, ...], Option("识别", "怎样由指标值的写法认出类型；符合最长的一条为准")]
    overrides: Annotated[Mapping[str, Override], Option("个别指标", "不能按规则认出的个别指标，逐条列明")] = field(
        default_factory=dict
    )
    checks: Annotated[Mapping[CheckId, Check], Option("核对", "财政复核常做的核对：只提示，不改变得分")] = field(
        default_factory=dict
    )
    not_applicable: Annotated[
        NotApplicable,
        Option("不涉及的分值", "within_section 分给同一部分的其他指标；whole_form 不计入，总分按其余分值折算为百分制"),
    ]
    remove: Annotated[
        tuple[str, ...],
        Option("删去", "从上级规则书中删去的内容，如 recognise.bare_rate、kinds.range、overrides.13080024P…-01"),
    ] = ()
    files: tuple[RuleFile, ...] = ()

    @property
    def first_year(self) -> int:
        """The first year it is in force."""
        return self.in_force.start

    @property
    def last_year(self) -> int | None:
        """The last year it is in force; None: open."""
        return self.in_force.end

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades, from the highest."""
        return self.grading.scale

    @cached_property
    def variants(self) -> Mapping[str, tuple[Variant, ...]]:
        """The variants of the kinds that have any."""
        return {name: rule.variants for name, rule in self.kinds.items() if rule.variants}

    def rule_for(
        self, kind: str, *, indicator: str = "", level1: str = "", level2: str = "", level3: str = "", unit: str = ""
    ) -> KindRule | None:
        """How one indicator of a kind scores: by the variant it falls under, else by the kind; None: no such kind.

        A variant that names the indicator comes before one that names levels. ``unit`` is that of the target.
        """
        rule = self.kinds.get(kind)
        if rule is None:
            return None
        fitting = [one for one in rule.variants if one.holds(indicator, level1, level2, level3, unit)]
        return rule.varied[max(fitting, key=lambda one: bool(one.indicators)).id] if fitting else rule

    @property
    def execution_points(self) -> int:
        """The points of the execution rate, in hundredths."""
        return sum(section.points for section in self.sections if section.id == self.execution.section)

    def cite(self, ids: tuple[str, ...]) -> str:
        """The named sources as printed, joined by ；."""
        return "；".join(str(self.sources[one]) for one in ids)

    def grade(self, total: int) -> str:
        """The grade of a printed total in hundredths."""
        return next(grade.label for grade in self.grades if total >= grade.lowest)
