"""What came back: every file of a folder or an archive that may be a form, by its content."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path, PurePosixPath

from selfeval.domain.problems import Place, Problem, problem
from selfeval.forms.collecting.place import ORIGINALS, RECEIVED
from selfeval.forms.reading.folder import HISTORY, PACKED, SHEETS, ending, files_below, may_hold_forms
from selfeval.packages.any_workbook import seems_workbook
from selfeval.packages.archive import is_archive, unpack
from selfeval.packages.clutter import is_clutter
from selfeval.packages.links import real
from selfeval.packages.printable import readable

_OURS = frozenset({HISTORY, ORIGINALS, RECEIVED})
"""Folders beside forms in place, where a whole folder of them comes back: what they hold was replaced long ago."""


@dataclass(frozen=True)
class Received:
    """One file: its name as the analyst knows it, from the folder given, and where its bytes are."""

    shown: str
    path: Path


@dataclass
class _Haul:
    """All that was found; ``sources`` are the folder given and the archives, an outer one before the inner."""

    files: list[Received] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    folder: str = ""
    sources: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)

    def unpack(self, path: Path, shown: str, aside: Path) -> None:
        """Take in what an archive holds; that of each has a folder of its own in ``aside``."""
        into = aside / f"{len(self.sources)}"
        into.mkdir()
        unpacked = unpack(path, shown, into)
        self.problems += [problem("E324", Place(file=readable(name)), reason=why) for name, why in unpacked.refused]
        self.sources += map(readable, unpacked.archives)
        self.folders += map(readable, unpacked.folders)
        self.passed += map(readable, unpacked.passed)
        for name, file in unpacked.files:
            if not _OURS.isdisjoint(PurePosixPath(name.removeprefix(shown)).parent.parts):
                self.replaced.append(readable(name))
            elif may_hold_forms(PurePosixPath(name).name):
                self.files.append(Received(readable(name), file))
            else:
                self.passed.append(readable(name))

    def sort(self) -> list[Received]:
        """The files that may be forms, sorted by name; what others there are is told."""
        kept = []
        for received in self.files:
            suffix = ending(Path(received.shown).name)
            place = Place(file=received.shown)
            if suffix in PACKED:
                self.problems.append(problem("E324", place, reason="不是 .zip 压缩包，或者已损坏"))
            elif suffix in SHEETS or seems_workbook(received.path):
                kept.append(received)
            else:
                self.unread.append(received.shown)
                self.problems.append(problem("W301", place, name=Path(received.shown).name))
        return sorted(kept, key=lambda received: received.shown)

    def tell_fruitless(self, kept: list[Received]) -> None:
        """Tell of each source from which nothing came and in which nothing else explains that, an inner one first."""
        told = sorted(one.place.file for one in self.problems if one.code != "W301")
        came = sorted(received.shown for received in kept)
        for names in (self.unread, self.passed, self.folders, self.replaced):
            names.sort()
        for source in reversed(self.sources):
            inside = f"{source}/"
            if not (_at(came, inside) or _at(told, inside) or source in _at(told, source)[:1]):
                name, held = PurePosixPath(source).name, self._held(inside)
                self.problems.append(problem("W317", Place(file=source), name=name, held=held))
                insort(told, source)

    def _held(self, inside: str) -> str:
        """What a source holds instead of forms, in Chinese."""
        kinds = Counter(ending(PurePosixPath(name).name) for name in _at(self.unread, inside))
        held = [f"{count}个{f' {kind} ' if kind else '没有扩展名的'}文件" for kind, count in sorted(kinds.items())]
        if _at(self.replaced, inside):
            held.append(f"先前收集过的填报表（在 {HISTORY}、{ORIGINALS} 一类文件夹里）")
        if passed := _at(self.passed, inside):
            held.append(f"{len(passed)}个系统或办公软件自己的文件（如 {PurePosixPath(passed[0]).name}）")
        if not held and _at(self.folders, inside):
            held.append("只有空的文件夹")
        return "、".join(held) or ("什么也没有" if inside == f"{self.folder}/" else "没有任何内容，可能打包有误")


def _at(names: list[str], beginning: str) -> list[str]:
    """Those of sorted names that begin so."""
    first = bisect_left(names, beginning)
    return list(takewhile(lambda name: name.startswith(beginning), names[first:]))


def gather(source: Path, aside: Path) -> tuple[list[Received], list[Problem]]:
    """Every file that may be a form below ``source``, a folder, an archive or a single workbook, sorted by name.

    Archives are opened into ``aside``. What systems and office programs leave is passed over; links are not followed.
    A hidden folder is told if it may hold forms, and so is the folder or an archive from which nothing came.
    """
    haul, passed, base = _Haul(), list[Path](), source.name or real(source).name
    if not source.is_file():
        haul.folder = readable(base)
        haul.sources.append(haul.folder)
    for path in [source] if source.is_file() else sorted(files_below(source, passed)):
        shown = readable(base if path == source else f"{base}/{path.relative_to(source).as_posix()}")
        if path != source and path.is_symlink():
            if not path.is_dir():
                haul.problems.append(problem("E313", Place(file=shown), name=readable(path.name)))
        elif is_archive(path):
            haul.unpack(path, shown, aside)
        else:
            haul.files.append(Received(shown, path))
    for path in sorted(passed):
        shown = readable(f"{base}/{path.relative_to(source).as_posix()}")
        if path.name in _OURS:
            haul.replaced.append(shown)
        elif is_clutter(path.name) or not path.is_dir() or not _holds_forms(path):
            haul.passed.append(shown)
        else:
            haul.problems.append(problem("W318", Place(file=shown), name=readable(path.name)))
    kept = haul.sort()
    haul.tell_fruitless(kept)
    return kept, haul.problems


def _holds_forms(folder: Path) -> bool:
    return any(ending(path.name) in (*SHEETS, *PACKED) for path in files_below(folder))
