"""The shape of a rulebook in YAML, with the Chinese titles and hints that an editor shows.

Checked against the resolved file (parents merged in), so every model names what a complete rulebook needs. The JSON
Schema for editors is generated from here (``selfeval.rulebook.schema``).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from selfeval.domain.checks import CHECKS
from selfeval.domain.kinds import KINDS
from selfeval.rulebook.text.values import (
    Flag,
    Measured,
    Number,
    Pattern,
    Points,
    Share,
    ShareOfPoints,
    Text,
    Year,
    choice,
)

MEASURES = tuple(dict.fromkeys(measure for kind in KINDS.values() for measure in kind.measures))


class Part(BaseModel):
    """A mapping that a child may give in part: the rest comes from its parent."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Whole(Part):
    """A mapping that is always given in full, because the list it stands in is replaced whole."""


class InForce(Part):
    """The years a rulebook holds."""

    start: Year = Field(alias="from", title="起始年度", description="从哪一年起适用，如 2024")
    end: Year | None = Field(None, alias="to", title="截止年度", description="到哪一年为止（含）；不写表示一直适用")


class SourceModel(Part):
    """A regulation, document or convention."""

    id: Text = Field(title="依据编号", description="在 sources 中引用的短名")
    title: Text = Field(title="名称", description="文件全名，不加书名号")
    number: Text = Field("", title="文号", description="如 财预〔2020〕10号；没有文号的不写")
    verified: Flag = Field(title="是否核对过原文", description="没有见到原文的写 false，打印时会注明〔原文未核对〕")
    convention: Flag = Field(
        default=False, title="是否为约定", description="不是上级文件而是本单位约定的写 true，打印时不加书名号"
    )
    note: Text = Field("", title="说明", description="这份依据说了什么、没说什么")


class ShareModel(Whole):
    """Points that another section takes."""

    to: Text = Field(title="归入哪一部分", description="sections 中的编号")
    points: Points = Field(title="分值", description="归入多少分")


class SectionModel(Part):
    """A part of the 100 points."""

    id: Text = Field(title="部分编号", description="短名，如 output")
    label: Text = Field(title="名称", description="打印用，如 产出指标")
    points: Points = Field(title="分值", description="这一部分的总分；各部分相加必须是 100")
    levels1: list[Text] = Field(
        default_factory=list, title="一级指标", description="属于这一部分的一级指标名称；预算执行率不写"
    )
    if_empty: list[ShareModel] = Field(
        default_factory=list,
        title="没有指标时",
        description="这一部分没有要评分的指标时归入哪几部分，如 [{to: benefit, points: 10}]；不写则按比例分给其他部分",
    )
    sources: list[Text] = Field(title="依据", description="sources 中的编号，至少一个")
    note: Text = Field("", title="说明", description="文件留有选择余地时，写明选了什么、为什么")


class StepModel(Whole):
    """One step of a curve."""

    start: Measured = Field(alias="from", title="从多少起", description="计量值达到这个数起适用本档")
    share: ShareOfPoints = Field(
        title="得分比例", description="0 到 1 之间的比例（0.8 或 80%），或 measure（按计量值得分）"
    )


class PointModel(Whole):
    """One point of a curve of straight lines."""

    at: Measured = Field(title="计量值", description="折线上的点：计量值")
    share: Share = Field(title="得分比例", description="折线上的点：得分比例，0 到 1；点与点之间按直线计算")


def _form(value: Any) -> str:  # noqa: ANN401 - whatever the YAML holds
    return "at" if isinstance(value, dict) and "at" in value and "from" not in value else "from"


CurveItem = Annotated[
    Annotated[StepModel, Tag("from")] | Annotated[PointModel, Tag("at")],
    Discriminator(_form),
]


class AttentionModel(Part):
    """What a reviewer should look at; never changes a score."""

    flag_from: Share | None = Field(None, title="标注线", description="完成率达到多少起标为“需关注”，如 1.2")
    reason_from: Share | None = Field(None, title="说明线", description="完成率达到多少起必须写原因，如 1.3")
    unequal: Flag = Field(default=False, title="不等即标注", description="实际值与指标值不相等就标为“需关注”")


Action = Annotated[Literal["ask", "full", "zero", "not_applicable"], choice("ask", "full", "zero", "not_applicable")]


class WhenModel(Part):
    """What to do when an indicator cannot be scored in the usual way."""

    target_zero: Action | None = Field(
        None, title="指标值为 0", description="不写则照常计算；写 ask、full、zero、not_applicable 则不计算，按所写的办"
    )
    actual_missing: Action = Field(
        "ask", title="没有填实际值", description="ask 待补充（默认）、full 满分、zero 零分、not_applicable 不涉及"
    )
    actual_unreadable: Action = Field("ask", title="实际值看不懂", description="同上；默认 ask")
    unit_differs: Action = Field("ask", title="单位不同且无法换算", description="同上；默认 ask")
    no_level: Action = Field("ask", title="定性指标没有选档次", description="同上；默认 ask")


class DeductModel(Part):
    """Points off for every unit missed."""

    points: Number = Field(title="扣几分", description="差一个单位扣几分，如 1 或 0.1")
    every: Number = Field(Fraction(1), title="每多少", description="多少算一个单位，按指标值的计量单位；不写为 1")
    part: Annotated[Literal["proportional", "whole", "ignored"], choice("proportional", "whole", "ignored")] = Field(
        "proportional",
        title="不足一个单位的",
        description="proportional 按比例扣（默认）、whole 按一个单位扣、ignored 不扣",
    )


UnitClass = Annotated[Literal["rate", "money", "time", "count"], choice("rate", "money", "time", "count")]


class VariantModel(Part):
    """Another way for a kind to score, for some indicators. What is left out is as for the kind."""

    id: Text = Field(title="编号", description="短名，如 satisfaction；下级规则书用它来改动或删去（remove）")
    level1: list[Text] = Field(default_factory=list, title="一级指标", description="条件：只用于这些一级指标")
    level2: list[Text] = Field(default_factory=list, title="二级指标", description="条件：只用于这些二级指标")
    level3: list[Text] = Field(default_factory=list, title="三级指标", description="条件：只用于这些名称的三级指标")
    indicators: list[Text] = Field(
        default_factory=list, title="指标编号", description="条件：只用于这几个指标；优先于按级别写的"
    )
    unit: list[UnitClass] = Field(
        default_factory=list,
        title="单位类别",
        description="条件：指标值的单位，rate 百分比、money 金额、time 时间、count 数量",
    )
    measure: Annotated[Literal[MEASURES], choice(*MEASURES)] | None = Field(  # type: ignore[valid-type]
        None, title="计量方法", description="不写则同本类；换了计量方法的，曲线（curve）也要写"
    )
    deduct: DeductModel | None = Field(None, title="扣分", description="计量方法为 per_unit 时写：差一个单位扣几分")
    curve: list[CurveItem] = Field(default_factory=list, title="得分曲线", description="不写则同本类")
    attention: AttentionModel | None = Field(None, title="关注", description="不写则同本类")
    when: WhenModel | None = Field(None, title="特殊情形", description="不写则同本类")
    sources: list[Text] = Field(title="依据", description="sources 中的编号，至少一个")
    note: Text = Field("", title="说明", description="为什么另行计分；打印在评分依据中")


class KindModel(Part):
    """How one kind of indicator scores."""

    label: Text = Field(title="名称", description="打印用的类型名称，如 ≥")
    measure: Annotated[Literal[MEASURES], choice(*MEASURES)] | None = Field(  # type: ignore[valid-type]
        None, title="计量方法", description="怎样由实际值和指标值算出计量值；不涉及没有计量方法"
    )
    deduct: DeductModel | None = Field(None, title="扣分", description="计量方法为 per_unit 时写：差一个单位扣几分")
    curve: list[CurveItem] = Field(
        default_factory=list,
        title="得分曲线",
        description="由计量值得出得分比例：一组 {from, share} 为分档，一组 {at, share} 为折线；不能混用",
    )
    attention: AttentionModel = Field(
        default_factory=AttentionModel, title="关注", description="只标注、不改变得分的界线"
    )
    when: WhenModel = Field(default_factory=WhenModel, title="特殊情形", description="不能照常计分时怎么办")
    sources: list[Text] = Field(title="依据", description="sources 中的编号，至少一个")
    note: Text = Field("", title="说明", description="文件留有选择余地时，写明选了什么；打印在评分依据中")
    variants: list[VariantModel] = Field(
        default_factory=list, title="另行计分", description="这一类中的某些指标另用一种计分办法，如满意度指标分档"
    )


class ExecutionModel(Part):
    """How the budget execution rate scores."""

    section: Text = Field(title="所在部分", description="sections 中的编号")
    curve: list[CurveItem] = Field(title="得分曲线", description="由执行率得出得分比例，写法同 kinds")
    rate_first: Flag = Field(
        default=False, title="先取整", description="true：执行率先四舍五入到 0.01%，再计分；默认 false，从原数计算"
    )
    sources: list[Text] = Field(title="依据", description="sources 中的编号，至少一个")
    note: Text = Field("", title="说明", description="文件留有选择余地时，写明选了什么")


class LevelModel(Part):
    """A level of a qualitative indicator."""

    id: Text = Field(title="档次编号", description="短名，如 met")
    label: Text = Field(title="档次名称", description="填报表下拉列表中的文字")
    words: list[Text] = Field(default_factory=list, title="同义写法", description="填报时也认作本档的文字")
    low: Share = Field(title="下限", description="本档比例的下限（含），如 80%")
    high: Share = Field(title="上限", description="本档比例的上限，如 100%")
    high_included: Flag = Field(title="上限是否包含", description="最高一档写 true，其余写 false")
    default: Share = Field(title="默认比例", description="只选了档次、没有填比例时按多少计；结果中会注明")
    sources: list[Text] = Field(title="依据", description="sources 中的编号，至少一个")
    note: Text = Field("", title="说明", description="文件留有选择余地时，写明选了什么")


class GradeModel(Whole):
    """A grade."""

    label: Text = Field(title="等级", description="如 优")
    lowest: Points = Field(title="最低总分", description="总分达到多少为此等级（含）；最低一级写 0")


class GradesModel(Part):
    """The grade scale."""

    scale: list[GradeModel] = Field(title="等级", description="由高到低；最后一级从 0 起")
    sources: list[Text] = Field(title="依据", description="sources 中的编号，至少一个")
    note: Text = Field("", title="说明", description="文件留有选择余地时，写明选了什么")


class EntryModel(Part):
    """One way to recognise a target."""

    id: Text = Field(title="规则编号", description="结果和说明中引用的短名")
    kind: Annotated[Literal[tuple(KINDS)], choice(*KINDS)] = Field(  # type: ignore[valid-type]
        title="类型", description="认作哪一类指标"
    )
    symbols: list[Text] = Field(default_factory=list, title="符号", description="出现在指标值开头，如 ≥")
    words: list[Text] = Field(default_factory=list, title="词", description="出现在指标值任何位置，如 不低于")
    suffixes: list[Text] = Field(default_factory=list, title="词尾", description="出现在指标值末尾，如 以上")
    exact: list[Text] = Field(default_factory=list, title="全文", description="指标值就是这几个字，如 不涉及")
    patterns: list[Pattern] = Field(
        default_factory=list, title="匹配式", description="与整个指标值相符的正则表达式；一般用不到，请用单引号"
    )
    shape: (
        Annotated[Literal["bare_number", "number_range", "period"], choice("bare_number", "number_range", "period")]
        | None
    ) = Field(None, title="样子", description="bare_number 只有数和单位；number_range 区间；period 期限（如 12月底前）")
    number: Annotated[Literal["present", "absent", "any"], choice("present", "absent", "any")] = Field(
        "any", title="有没有数字", description="条件：present 必须有数字，absent 必须没有，any 不论"
    )
    unit: list[UnitClass] = Field(
        default_factory=list, title="单位类别", description="条件：rate 百分比、money 金额、time 时间、count 数量"
    )
    level2: list[Text] = Field(default_factory=list, title="二级指标", description="条件：只用于这些二级指标")
    strict: Flag = Field(default=False, title="严格符号", description="＞、＜、超过、低于之类；相等视为达到并标注")
    sources: list[Text] = Field(default_factory=list, title="依据", description="sources 中的编号")
    note: Text = Field("", title="说明", description="为什么这样认")


class OverrideModel(Part):
    """The reading of one indicator that no entry can read."""

    indicator: Text = Field(title="指标编号", description="项目编码-两位序号")
    kind: Annotated[Literal[tuple(KINDS)], choice(*KINDS)] = Field(  # type: ignore[valid-type]
        title="类型", description="认作哪一类指标"
    )
    target: Text = Field("", title="指标值", description="改写成能看懂的写法，如 12月31日；人工、定性、不涉及可不写")
    because: Text = Field(title="原因", description="为什么要改写，凭什么；凡用到的地方都会打印")


class CheckModel(Part):
    """One of the checks that a finance bureau makes."""

    enabled: Flag = Field(default=True, title="是否启用", description="不要这项核对的写 false")
    limit: Share | None = Field(None, title="界线", description="各项核对的含义见 docs/checks.md；比例可写 90%")
    words: list[Text] = Field(default_factory=list, title="词", description="核对时在文字中找的词")
    sources: list[Text] = Field(title="依据", description="sources 中的编号，至少一个")
    note: Text = Field("", title="说明", description="这项核对看什么、为什么")


class RulebookModel(Part):
    """A rulebook. What is left out comes from the parent that ``extends`` names."""

    id: Text = Field(title="规则书编号", description="与文件名相同，如 2024")
    title: Text = Field(title="名称", description="打印用的全名")
    extends: Text = Field(
        "",
        title="上级规则书",
        description="同一文件夹中另一份规则书的文件名（不带 .yaml），上一层文件夹的前面加 ../；没写的内容都取自它",
    )
    in_force: InForce = Field(title="适用年度", description="只能用于这些年度")
    sources: list[SourceModel] = Field(title="依据", description="本规则书引用的文件和约定")
    sections: list[SectionModel] = Field(title="分值构成", description="100 分由哪几部分构成")
    execution: ExecutionModel = Field(title="预算执行率", description="预算执行率怎样得分")
    kinds: dict[str, KindModel] = Field(title="指标类型", description="每一类指标怎样得分")
    levels: list[LevelModel] = Field(title="定性档次", description="定性指标的档次，由高到低")
    grades: GradesModel = Field(title="等级", description="总分与等级")
    recognise: list[EntryModel] = Field(title="识别", description="怎样由指标值的写法认出类型；符合最长的一条为准")
    overrides: list[OverrideModel] = Field(
        default_factory=list, title="个别指标", description="不能按规则认出的个别指标，逐条列明"
    )
    checks: dict[str, CheckModel] = Field(
        default_factory=dict,
        title="核对",
        description="财政复核常做的核对：只提示，不改变得分",
        json_schema_extra={"propertyNames": {"enum": list(CHECKS)}},
    )
    not_applicable: Annotated[Literal["within_section", "whole_form"], choice("within_section", "whole_form")] = Field(
        title="不涉及的分值",
        description="within_section 分给同一部分的其他指标；whole_form 不计入，总分按其余分值折算为百分制",
    )
    remove: list[Text] = Field(
        default_factory=list,
        title="删去",
        description="从上级规则书中删去的内容，如 recognise.bare_rate、kinds.range、overrides.13080024P…-01",
    )
