"""Where a rule stands and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from selfeval.domain.options import Option

CITED = Option("依据", "sources 中的编号，至少一个")
CHOSEN = Option("说明", "文件留有选择余地时，写明选了什么")


@dataclass(frozen=True)
class Origin:
    """The line of a rule file: ``rules/2024.yaml:31``."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class RuleFile:
    """A file the rulebook was read from, and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """A regulation or document a rule rests on. ``verified`` is False when the primary text was not seen.

    ``convention``: not a document but an agreement of the unit that wrote the rulebook, and printed as such.
    """

    id: Annotated[str, Option("依据编号", "在 sources 中引用的短名")]
    title: Annotated[str, Option("名称", "文件全名，不加书名号")]
    number: Annotated[str, Option("文号", "如 财预〔2020〕10号；没有文号的不写")] = ""
    verified: Annotated[bool, Option("是否核对过原文", "没有见到原文的写 false，打印时会注明〔原文未核对〕")]
    convention: Annotated[bool, Option("是否为约定", "不是上级文件而是本单位约定的写 true，打印时不加书名号")] = False
    note: Annotated[str, Option("说明", "这份依据说了什么、没说什么")] = ""

    def __str__(self) -> str:
        printed = f"约定：{self.title}" if self.convention else f"《{self.title}》"
        name = printed + (f"（{self.number}）" if self.number else "")
        return name if self.verified else f"{name}〔原文未核对〕"
