"""The kinds of indicator, one file a kind: each file here defines ``KIND``, and is found by being here."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from selfeval.domain.kind import Kind


def _found() -> list[Kind]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    kinds: list[Kind] = [module.KIND for module in modules]
    return sorted(kinds, key=lambda kind: kind.rank)


KINDS: dict[str, Kind] = {kind.id: kind for kind in _found()}
"""Every kind by its id in YAML, in the order in which people are shown them."""
