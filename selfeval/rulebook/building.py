"""Building: a resolved, well-shaped rulebook to the domain's Rulebook, every rule with its line."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.curves import Curve, LineCurve, Step, StepCurve
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rulebook import (
    Attention,
    Basis,
    Deduction,
    Entry,
    Execution,
    Grade,
    KindRule,
    Level,
    Origin,
    Override,
    Rulebook,
    RuleFile,
    Scope,
    Section,
    Source,
    Variant,
    WhenAction,
)
from selfeval.rulebook.limits import build_checks
from selfeval.rulebook.models import DeductModel, KindModel, PointModel, RulebookModel, StepModel, WhenModel
from selfeval.rulebook.soundness.measured import PER_UNIT
from selfeval.rulebook.text.nodes import Block, find


def build(model: RulebookModel, root: Block, files: tuple[RuleFile, ...]) -> Rulebook:
    """The rulebook of a checked model. ``root`` is the tree the model was made from: it knows the lines."""

    def at(*path: str | int) -> Origin:
        return find(root, *path)[1].origin

    execution = model.execution
    return Rulebook(
        id=model.id,
        title=model.title,
        first_year=model.in_force.start,
        last_year=model.in_force.end,
        sources={
            one.id: Source(one.id, one.title, one.number, one.verified, one.note, one.convention)
            for one in model.sources
        },
        sections=tuple(
            Section(
                one.id,
                one.label,
                one.points,
                tuple(one.levels1),
                at("sections", i),
                tuple(one.sources),
                one.note,
                tuple((part.to, part.points) for part in one.if_empty),
            )
            for i, one in enumerate(model.sections)
        ),
        execution=Execution(
            execution.section,
            build_curve(execution.curve),
            tuple(execution.sources),
            execution.note,
            at("execution"),
            execution.rate_first,
        ),
        kinds={name: _kind(name, one, at("kinds", name)) for name, one in model.kinds.items()},
        recognise=tuple(_entry(model, i, at("recognise", i)) for i in range(len(model.recognise))),
        overrides={
            one.indicator: Override(one.indicator, one.kind, one.target, one.because, at("overrides", i))
            for i, one in enumerate(model.overrides)
        },
        levels=tuple(_level(model, i, at("levels", i)) for i in range(len(model.levels))),
        grades=tuple(Grade(one.label, one.lowest) for one in model.grades.scale),
        not_applicable=model.not_applicable,
        files=files,
        variants={
            name: tuple(_variant(name, one, i, at("kinds", name, "variants", i)) for i in range(len(one.variants)))
            for name, one in model.kinds.items()
            if one.variants
        },
        grading=Basis(tuple(model.grades.sources), model.grades.note, at("grades")),
        checks=build_checks(model, root),
    )


def build_curve(items: Sequence[StepModel | PointModel]) -> Curve:
    """The curve of a list of steps or points; an empty one (不涉及) never earns anything."""
    points = tuple((one.at, one.share) for one in items if isinstance(one, PointModel))
    if points:
        return LineCurve(points)
    return StepCurve(tuple(Step(one.start, one.share) for one in items if isinstance(one, StepModel)))


def _kind(name: str, model: KindModel, origin: Origin) -> KindRule:
    attention = model.attention
    return KindRule(
        kind=name,
        label=model.label,
        measure=model.measure or "",
        curve=build_curve(model.curve),
        attention=Attention(attention.flag_from, attention.reason_from, attention.unequal),
        when=_when(model.when),
        sources=tuple(model.sources),
        note=model.note,
        origin=origin,
        deduct=_deduct(model.deduct),
    )


def _deduct(model: DeductModel | None) -> Deduction | None:
    return None if model is None else Deduction(model.points, model.every, model.part)


def _variant(name: str, kind: KindModel, i: int, origin: Origin) -> Variant:
    """A variant of a kind, filled up with what it takes over."""
    one = kind.variants[i]
    measure = one.measure or kind.measure
    attention, when = one.attention or kind.attention, one.when or kind.when
    rule = KindRule(
        kind=name,
        label=kind.label,
        measure=measure or "",
        curve=build_curve(one.curve or kind.curve),
        attention=Attention(attention.flag_from, attention.reason_from, attention.unequal),
        when=_when(when),
        sources=tuple(one.sources),
        note=one.note,
        origin=origin,
        variant=one.id,
        deduct=_deduct(one.deduct or kind.deduct) if measure == PER_UNIT else None,
    )
    scope = Scope(
        level1=_folded(one.level1),
        level2=_folded(one.level2),
        level3=_folded(one.level3),
        indicators=tuple(one.indicators),
        unit=tuple(one.unit),
    )
    return Variant(scope, rule)


def _when(model: WhenModel) -> dict[str, WhenAction]:
    """Every case that can stop the scoring, with its action; a target of 0 stops it only where a rule says so."""
    zero: dict[str, WhenAction] = {} if model.target_zero is None else {"target_zero": model.target_zero}
    return {
        **zero,
        "actual_missing": model.actual_missing,
        "actual_unreadable": model.actual_unreadable,
        "unit_differs": model.unit_differs,
        "no_level": model.no_level,
    }


def _entry(model: RulebookModel, i: int, origin: Origin) -> Entry:
    one = model.recognise[i]
    return Entry(
        id=one.id,
        kind=one.kind,
        symbols=_folded(one.symbols),
        words=_folded(one.words),
        suffixes=_folded(one.suffixes),
        exact=_folded(one.exact),
        patterns=tuple(one.patterns),
        shape=one.shape or "",
        number=one.number,
        unit=tuple(one.unit),
        level2=_folded(one.level2),
        strict=one.strict,
        sources=tuple(one.sources),
        note=one.note,
        origin=origin,
    )


def _folded(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts in the form that targets are compared in, without repeats."""
    return tuple(dict.fromkeys(normalise(one) for one in texts))


def _level(model: RulebookModel, i: int, origin: Origin) -> Level:
    one = model.levels[i]
    words = tuple(dict.fromkeys([one.label, *one.words]))
    band = (one.low, one.high, one.high_included, one.default)
    return Level(one.id, one.label, words, *band, origin, tuple(one.sources), one.note)
