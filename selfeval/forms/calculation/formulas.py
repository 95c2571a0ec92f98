"""Worksheet formulas, read once into something that can be calculated.

Cells are named by ids, ``[row@column]``; two joined by a colon are a range. Only the functions that forms use are
known; whatever else stands in a formula is a bug, and raises ValueError.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

REFERENCE = re.compile(r"\[([^\]@]+)@([a-z0-9_]+)\]")

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)"
    r'|"(?P<text>(?:[^"]|"")*)"'
    r"|(?P<cell>\[[^\]]+\])"
    r"|(?P<name>[A-Z]+)"
    r"|(?P<sign><=|>=|<>|[-+*/&=<>(),:]))"
)


@dataclass(frozen=True)
class Literal:
    """A number or a text as written."""

    value: float | str


@dataclass(frozen=True)
class Reference:
    """One cell, by the ids of its row and column."""

    row: str
    column: str


@dataclass(frozen=True)
class Range:
    """The cells of one column from one row to another."""

    first: Reference
    last: Reference


@dataclass(frozen=True)
class Operation:
    """Two operands and what is done with them; ``-`` with a blank left side is a sign."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[Node, ...]


Node = Literal | Reference | Range | Operation | Call

_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"))
"""Operators from the loosest to the tightest."""


@lru_cache(maxsize=4096)
def parse(formula: str) -> Node:
    """The formula, with or without its leading =, as a tree. Raises ValueError for what forms do not use."""
    tokens: list[tuple[str, str]] = []
    text, at = formula.removeprefix("="), 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"{text[at : at + 20]} in {formula}")
        tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    parser = _Parser(tokens)
    node = parser.level(0)
    parser.finish()
    return node


class _Parser:
    """Recursive descent over tokens of (kind, text)."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def finish(self) -> None:
        if self._at < len(self._tokens):
            raise ValueError(f"left over: {self._tokens[self._at :]}")

    def level(self, depth: int) -> Node:
        if depth == len(_LEVELS):
            return self._atom()
        node = self.level(depth + 1)
        while self._sign() in _LEVELS[depth]:
            sign = self._next()[1]
            node = Operation(sign, node, self.level(depth + 1))
        return node

    def _sign(self) -> str:
        kind, text = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        return text if kind == "sign" else ""

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, sign: str) -> None:
        if self._next() != ("sign", sign):
            raise ValueError(f"{sign} missing near {self._tokens[self._at - 3 : self._at]}")

    def _atom(self) -> Node:
        kind, text = self._next()
        if kind == "number":
            return Literal(float(text))
        if kind == "text":
            return Literal(text.replace('""', '"'))
        if kind == "name":
            return self._call(text)
        if kind == "cell":
            first = _reference(text)
            if self._sign() != ":":
                return first
            self._take(":")
            return Range(first, _reference(self._next()[1]))
        if text == "-":
            return Operation("-", Literal(0.0), self._atom())
        if text != "(":
            raise ValueError(f"unexpected {text}")
        node = self.level(0)
        self._take(")")
        return node

    def _call(self, name: str) -> Call:
        self._take("(")
        arguments: list[Node] = []
        while self._sign() != ")":
            if arguments:
                self._take(",")
            arguments.append(self.level(0))
        self._take(")")
        return Call(name, tuple(arguments))


def _reference(text: str) -> Reference:
    match = REFERENCE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return Reference(match[1], match[2])
