"""Citing: whether every rule cites a source that is listed, and whether what a source quotes was seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.text.nodes import Block, Node, Scalar, at, at_value, spelled, written
from selfeval.rulebook.text.shape import Trail
from selfeval.rulebook.text.suggesting import nearest_of


def cited(node: Node, key: str = "") -> Iterator[Scalar]:
    """Every mention of a source in the ``sources`` of a rule. ``key`` is what the node stands under."""
    if isinstance(node, Scalar):
        yield from [node] if key == "sources" else ()
        return
    for inner, value in node.entries.items() if isinstance(node, Block) else ((key, item) for item in node.items):
        yield from cited(value, inner)


def unknown(place: Place, what: str, found: str, known: Mapping[str, str]) -> Problem:
    """That a name is not known. ``known``: the names that there are, each with what it is called in Chinese."""
    return problem("E220", place, what=what, found=found, known="、".join(known), near=nearest_of(found, known))


def check_cited(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Every rule cites a source that is listed."""
    rules: list[tuple[Trail, tuple[str, ...]]] = [
        *((("sections", i), part.sources) for i, part in enumerate(rulebook.sections)),
        (("execution",), rulebook.execution.sources),
        *((("department", "sections", i), part.sources) for i, part in enumerate(rulebook.whole_sections)),
        *((path, rule.sources) for path, rule in rulebook.rules),
        *((("levels", i), level.sources) for i, level in enumerate(rulebook.levels)),
        (("grades",), rulebook.grading.sources),
        *((("checks", name), rule.sources) for name, rule in rulebook.checks.items()),
    ]
    for path, sources in rules:
        if not sources:
            yield problem("E228", at(root, *path), what=spelled(root, *path))
    mentions = [*cited(root)]
    own = at_value(root, "id").file
    idle = rulebook.sources.keys() - {name.text for name in mentions}
    idle = {name for name in idle if at(root, "sources", [*rulebook.sources].index(name)).file == own}
    titles = {source.id: source.title for source in rulebook.sources.values()}
    dangling = [name for name in mentions if name.text not in rulebook.sources]
    inherited = dict.fromkeys(name.text for name in dangling if name.mark.file != own)
    if inherited and written(root, "remove"):
        near = "，是 remove 删去的，而基础规则还引用着"
        facts = {"found": "、".join(inherited), "known": "、".join(titles), "near": near}
        yield problem("E220", at_value(root, "remove"), what="依据", **facts)
        dangling = [name for name in dangling if name.text not in inherited]
    for text in dict.fromkeys(name.text for name in dangling):
        places = [name.mark.place for name in mentions if name.text == text]
        found = unknown(places[0], "依据", text, titles)
        if len(places) > 1 and len(idle) == 1:  # named otherwise where it is listed
            (name,) = idle
            place = at_value(root, "sources", [*titles].index(name), "id")
            near = f"（{len(places)}处引用它），而“{name}”没有一处引用，是否应为“{text}”？"
            found = problem("E220", place, what="依据", found=text, known="、".join(titles), near=near)
        yield found


def check_quoted(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Whoever quotes a text, or names its article, has seen it somewhere."""
    for i, source in enumerate(rulebook.sources.values()):
        written = "quote" if source.quote else "article" if source.article else ""
        if written and not (source.verified and source.seen):
            lacking = "写的是 verified: false" if not source.verified else "没有写 seen（见于何处）"
            yield problem("E244", at(root, "sources", i, written), source=source.id, key=written, lacking=lacking)
