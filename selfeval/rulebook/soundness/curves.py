"""Curves: whether each is one: items of one form, in rising order; and those for some 偏差类别."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from selfeval.domain.curves import NO_CURVE, Curve, LineCurve
from selfeval.domain.problems import Problem, problem
from selfeval.domain.shares import CategoryCurve
from selfeval.rulebook.text.nodes import Block, Items, at, find


def check_by_category(others: Sequence[CategoryCurve], root: Block, *path: str | int) -> Iterator[Problem]:
    """Each has categories, none named twice, and a sound curve."""
    named: set[str] = set()
    for i, other in enumerate(others):
        own = (*path, "when_category", i)
        yield from check_curve(other.curve, root, *own, "curve")
        place, first = at(root, *own, "categories"), find(root, *path, "when_category")[1].line
        for word in sorted(named.intersection(other.categories)):
            yield problem("E214", place, name=word, key="when_category", first=first)
        if not other.categories:
            yield problem("E209", place, what="“categories”（偏差类别）", near="", cure="请补上“categories: …”")
        named.update(other.categories)


def _turn(root: Block, *path: str | int) -> tuple[str, str]:
    """Where an item of a curve begins, as written: with its key, and the number alone."""
    item = find(root, *path)[0]
    texts = {key: item.text(key) for key in ("from", "above", "at") if isinstance(item, Block) and item.text(key)}
    return next(((f"{key}: {text}", text) for key, text in texts.items()), ("", ""))


def check_curve(curve: Curve, root: Block, *path: str | int) -> Iterator[Problem]:
    """A curve has items of one form, in rising order, with shares between 0 and 1."""
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    node, mark = find(root, *path)
    points = curve.points if isinstance(curve, LineCurve) else ()
    if curve == NO_CURVE:
        yield problem("E224", mark.place, where=where, what="没有写一档或一点")
    elif points and isinstance(node, Items) and len(node.items) > len(points):
        yield problem("E224", mark.place, where=where, what="分档（from）和按区间线性计分（at）混在一起")
    else:
        for i, (before, after) in enumerate(pairwise(curve.begins), start=1):
            if after <= before:
                (shown, text), (_, earlier) = _turn(root, *path, i), _turn(root, *path, i - 1)
                bare = earlier.isdecimal() and text.endswith("%") and before[0] > 1
                meant = f"；是否应为{earlier}%" if bare else ""
                what = f"第{i + 1}项 {shown}，不大于前一项的{earlier}{meant}"
                yield problem("E224", at(root, *path, i - 1 if bare else i), where=where, what=what)
                break
        for i, (_, share) in enumerate(points):
            if not 0 <= share <= 1:
                what = f"第{i + 1}项的得分率{float(share):g}不在0到1之间"
                yield problem("E224", at(root, *path, i), where=where, what=what)
