"""A sheet on which two pages were printed side by side, as the pages that they were."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

_GUTTER = 60  # tenths of a point on both sides of the middle in which nothing stands


def halves(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The two pages of a sheet that PDFium told of, see ``pages``; any other as it is."""
    wide, high = told["size"]
    middle = wide // 2
    rules, boxes = _fours(told["rules"]), _fours(told["boxes"])
    rules = [rule for rule in rules if not _is_fold(rule, middle, high)]
    left = [x1 <= middle - _GUTTER for _, _, x1, _ in (*rules, *boxes)]
    right = [x0 >= middle + _GUTTER for x0, _, _, _ in (*rules, *boxes)]
    apart = all(one or other for one, other in zip(left, right, strict=True))
    ruled = any(left[: len(rules)]) and any(right[: len(rules)])
    if wide <= high or not apart or not ruled:
        yield told
        return
    cut = told["cut"]
    runs = list(zip(told["runs"][::2], told["runs"][1::2], strict=True))
    for at, side in ((0, left), (middle, right)):
        own = [number for number, here in enumerate(side[len(rules) :]) if here]
        places = {number: place for place, number in enumerate(own)}
        yield {
            **told,
            "size": [middle, high],
            "rules": [value for rule, here in zip(rules, side, strict=False) if here for value in _moved(rule, at)],
            "text": "".join(told["text"][number] for number in own),
            "boxes": [value for number in own for value in _moved(boxes[number], at)],
            "runs": [value for start, look in runs for value in (bisect_left(own, start), look)],
            "unseen": [(x - at, y, sign) for x, y, sign in told["unseen"] if (x >= middle) == (at > 0)],
            "lying": [
                value
                for number, lies in zip(told["lying"][::2], told["lying"][1::2], strict=True)
                if number in places
                for value in (places[number], lies)
            ],
            "cut": [
                value
                for each in range(0, len(cut), 3)
                if cut[each] in places
                for value in (places[cut[each]], cut[each + 1] - at, cut[each + 2])
            ],
        }


_Four = tuple[int, int, int, int]


def _fours(values: list[int]) -> list[_Four]:
    return list(zip(values[::4], values[1::4], values[2::4], values[3::4], strict=True))


def _moved(box: _Four, by: int) -> _Four:
    x0, y0, x1, y1 = box
    return x0 - by, y0, x1 - by, y1


def _is_fold(rule: _Four, middle: int, high: int) -> bool:
    """Whether a rule parts the two pages: a line down the middle of the sheet."""
    x0, y0, x1, y1 = rule
    return abs(x0 - middle) <= _GUTTER >= abs(x1 - middle) and y1 - y0 >= high // 2
