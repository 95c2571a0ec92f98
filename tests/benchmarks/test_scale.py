"""docs/scale.md: what a province needs is computed from the figures that were kept last."""

from __future__ import annotations

from benchmarks import scale


def test_the_page_holds_what_the_figures_come_to() -> None:
    """If not: ``python -m benchmarks.scale``."""
    page = scale.PAGE.read_text(encoding="utf-8")
    assert scale.written(page) == page
