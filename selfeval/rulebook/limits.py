"""Soundness of ``checks:``: each is a known one, with a limit and words exactly where it takes them."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.domain.checks import CHECKS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.rulebook import Check
from selfeval.rulebook.models import CheckModel, RulebookModel
from selfeval.rulebook.text.nodes import Block, find
from selfeval.rulebook.text.shape import nearest


def check_limits(model: RulebookModel, root: Block) -> Iterator[Problem]:
    """The faults of the checks, each at its line."""
    sources = [one.id for one in model.sources]
    for name, one in model.checks.items():
        place = find(root, "checks", name)[1].place
        known = CHECKS.get(name)
        if known is None:
            facts = {"what": "核对", "found": name, "known": "、".join(CHECKS), "near": nearest(name, CHECKS)}
            yield problem("E220", place, **facts)
            continue
        if not one.sources:
            yield problem("E228", place, what=f"checks.{name}")
        for i, source in enumerate(one.sources):
            if source not in sources:
                at = find(root, "checks", name, "sources", i)[0].mark.place
                facts = {"what": "依据", "found": source, "known": "、".join(sources)}
                yield problem("E220", at, near=nearest(source, sources), **facts)
        for fault in _faults(one, known.limit, known.words):
            yield problem("E245", place, name=name, fault=fault)


def _faults(one: CheckModel, limit: str, words: str) -> Iterator[str]:
    if limit and one.limit is None:
        yield f"没有写 limit（{limit}）"
    if not limit and one.limit is not None:
        yield "不用 limit"
    if one.limit is not None and one.limit < 0:
        yield "limit 不能小于 0"
    if words and not one.words:
        yield f"没有写 words（{words}）"
    if not words and one.words:
        yield "不用 words"


def build_checks(model: RulebookModel, root: Block) -> dict[str, Check]:
    """The checks of a sound rulebook, by name."""
    return {
        name: Check(
            name,
            one.enabled,
            one.limit,
            tuple(one.words),
            tuple(one.sources),
            one.note,
            find(root, "checks", name)[1].origin,
        )
        for name, one in model.checks.items()
    }
