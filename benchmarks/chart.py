"""The figures of a run as an SVG of bars, drawn here: matplotlib is not among the dependencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from xml.sax.saxutils import escape

from benchmarks.contest import FLOOR, IMPORTS, OURS, Times
from benchmarks.goals import further_of, said

_WIDTH, _LEFT, _RIGHT, _BAR, _GAP = 760, 170, 90, 20, 6
_INK, _OURS, _OTHER, _FLOOR = "#1f1f1f", "#1f4e79", "#9db7d1", "#c55a11"
Bars = Sequence[tuple[str, float]]


def drawn(times: dict[int, Times], stages: Mapping[str, float]) -> str:
    """Bars of seconds: each contender cold, a further project of each, and the stages of a run."""
    small, *larger = sorted(size for size in times if size)
    cold = {name: median(seconds) for name, seconds in times[small].items()}
    parts = [(f"Cold, {small} projects", _sorted({**cold, IMPORTS: median(times[0][IMPORTS])}))]
    if larger:
        more = further_of(times, small, larger[0])
        further = {name: max(0.0, median(seconds)) for name, seconds in more.items()}
        parts.append(("Each further project", _sorted(further)))
    parts.append((f"Where a cold run of selfeval goes ({small} projects, watched)", list(stages.items())))
    body, top = [], 10
    for title, bars in parts:
        lines, top = _group(title, bars, top)
        body += lines
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" font-family="sans-serif" font-size="13">'
    )
    return "\n".join((head, f'<rect width="{_WIDTH}" height="{top}" fill="white"/>', *body, "</svg>\n"))


def _sorted(seconds: Mapping[str, float]) -> Bars:
    return sorted(seconds.items(), key=lambda bar: bar[1])


def _group(title: str, bars: Bars, top: int) -> tuple[list[str], int]:
    """A title and its bars from ``top``; the place below them."""
    most = max(seconds for _, seconds in bars) or 1.0
    lines = [f'<text x="10" y="{top + 18}" font-weight="bold" fill="{_INK}">{escape(title)}</text>']
    at = top + 30
    for name, seconds in bars:
        wide = max(1.0, (_WIDTH - _LEFT - _RIGHT) * seconds / most)
        colour = _OURS if name == OURS else _FLOOR if name == FLOOR else _OTHER
        middle = at + _BAR - 5
        lines += [
            f'<text x="{_LEFT - 8}" y="{middle}" text-anchor="end" fill="{_INK}">{escape(name)}</text>',
            f'<rect x="{_LEFT}" y="{at}" width="{wide:.1f}" height="{_BAR}" fill="{colour}"/>',
            f'<text x="{_LEFT + wide + 6:.1f}" y="{middle}" fill="{_INK}">{said(seconds)}</text>',
        ]
        at += _BAR + _GAP
    return lines, at + 10
