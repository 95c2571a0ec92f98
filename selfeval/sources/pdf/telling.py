"""What is said of the text that stands over tables: the same text once, with where it stands first, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from selfeval.domain.problems import Place, Problem, problem
from selfeval.sources.pdf.page import Note, Page
from selfeval.sources.pdf.repeated import NUMBER
from selfeval.sources.pdf.tables import Chain

_MOST_TOLD = 10
_QUOTED = 40


def told(pages: Sequence[Page], place: Place) -> Iterator[Problem]:
    """A problem for each text that was left out, that nobody sees, or that is doubtful."""
    alike: dict[tuple[str, str], list[Note]] = {}
    for page in pages:
        for note in page.notes:
            code = ("W155" if note.is_sure else "W156") if note.is_seen else "W157"
            alike.setdefault((code, note.text if note.is_seen and note.why != NUMBER else ""), []).append(note)
    counts: dict[str, int] = {}
    for (code, _), notes in alike.items():
        counts[code] = counts.get(code, 0) + 1
        if counts[code] <= _MOST_TOLD:
            note = notes[0]
            spot = note.spot
            facts = {"cell": spot, "found": note.text[:_QUOTED], "why": note.why, "count": len(notes)}
            yield problem(code, place.at(cell=str(spot)), **facts)
    for code, count in counts.items():
        if count > _MOST_TOLD:
            yield problem("W145", place, same=code, count=count - _MOST_TOLD)


def stamps(found: Sequence[tuple[int, str]], place: Place) -> Iterator[Problem]:
    """A problem for the stamps that lie on pages as notes, each as its page and what it says."""
    if found:
        page, text = found[0]
        why = "是盖在页面上的图章"
        yield problem("W155", place, cell=f"第{page}页", found=text[:_QUOTED] or "图章", why=why, count=len(found))


def torn(chains: Iterable[Chain], place: Place) -> Iterator[Problem]:
    """A problem for each row that may be the rest of the row on the page before."""
    found = [each for chain in chains for each in chain.torn]
    for spot, text in found[:_MOST_TOLD]:
        yield problem("W158", place.at(cell=str(spot)), cell=spot, found=text[:_QUOTED])
    if len(found) > _MOST_TOLD:
        yield problem("W145", place, same="W158", count=len(found) - _MOST_TOLD)
