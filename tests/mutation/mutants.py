"""What is tried: one small change of one place of a source file, as a slip of the hand would make it.

A mutant is named by its number in the order of the syntax tree, so that a name finds it again in an unchanged file.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OTHER_SIGN: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
}
_OTHER_FUNCTION = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "ceil": "floor"}
_IN_ANY_ORDER = {"all_of", "any_of", "isinstance", "min", "max"}
"""Functions that care for no order of what they get, or of which every test would tell the other order."""
_CODE = re.compile(r"[A-Z]\d{3}|[a-z][a-z_]+")
"""Words that the program compares; sentences for people are none of a mutant's business."""


@dataclass(frozen=True)
class Mutant:
    """One change: its file, number there and line, what was and what is, and whether it stands inside a function."""

    file: Path
    number: int
    line: int
    change: str
    within: bool
    names: tuple[str, ...] = ()
    """What the statement around it gives a name, and what is made of that while the module loads."""

    def __str__(self) -> str:
        """Its name, with which ``--mutant`` finds it again, and the change."""
        return f"{self.file.as_posix()}:{self.line} #{self.number} {self.change}"


@dataclass(frozen=True)
class _Slot:
    """A place in the tree: a field of a node, one of a list."""

    parent: ast.AST
    field: str
    index: int | None
    within: bool

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants(file: Path, source: str) -> list[Mutant]:
    """Every mutant of a file, in the order of its tree."""
    tree = ast.parse(source)
    return [
        Mutant(
            file, number, line, f"{_told(old)} → {_told(new)}", slot.within, () if slot.within else _named(tree, line)
        )
        for number, (slot, old, new) in enumerate(_changes(tree))
        for line in [_line(old)]
    ]


def _line(node: ast.AST) -> int:
    """The line of a node; of one that has none, as a comprehension has not, that of its first part."""
    return next((each.lineno for each in ast.walk(node) if hasattr(each, "lineno")), 0)


def _named(tree: ast.Module, line: int) -> tuple[str, ...]:
    names = list[str]()
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            continue
        around = statement.lineno <= line <= (statement.end_lineno or 0)
        used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        if around or not used.isdisjoint(names):
            own = {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
            }
            names += sorted(own) if not isinstance(statement, ast.ClassDef | ast.FunctionDef) else [statement.name]
    return tuple(names)


def mutated(source: str, number: int) -> ast.Module:
    """The tree of a file with one change; every line keeps its number."""
    tree = ast.parse(source)
    for each, (slot, old, new) in enumerate(_changes(tree)):
        if each == number:
            slot.put(ast.fix_missing_locations(ast.copy_location(new, old)))
            return tree
    raise IndexError(f"no mutant {number}")


def _changes(tree: ast.Module) -> Iterator[tuple[_Slot, ast.AST, ast.AST]]:
    for slot, node in _places(tree, within=False):
        if isinstance(node, ast.Return) and node.value is not None:
            for other in _returned_elsewhere(slot.parent, node.value):
                yield slot, node, ast.Return(other)
        for new in _variants(node):
            yield slot, node, new


def _places(parent: ast.AST, *, within: bool) -> Iterator[tuple[_Slot, ast.AST]]:
    """Every place that may change: no annotation, docstring or import, no part of a text with values in it."""
    function = isinstance(parent, ast.FunctionDef | ast.Lambda)
    for field, value in ast.iter_fields(parent):
        if field in {"annotation", "returns", "decorator_list"} or isinstance(parent, ast.JoinedStr | ast.ImportFrom):
            continue
        inside = within or (function and field == "body")
        children = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if not isinstance(child, ast.AST) or _only_told(child):
                continue
            yield _Slot(parent, field, index, inside), child
            yield from _places(child, within=inside)


def _only_told(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _returned_elsewhere(parent: ast.AST, value: ast.expr) -> Iterator[ast.expr]:
    """What the branch beside this one returns: the first other return below the same node."""
    for node in ast.walk(parent):
        if isinstance(node, ast.Return) and node.value is not None and ast.dump(node.value) != ast.dump(value):
            yield copy.deepcopy(node.value)
            return


def _variants(node: ast.AST) -> Iterator[ast.AST]:  # noqa: C901, PLR0912 - one case a kind of node
    match node:
        case ast.Compare():
            for index, sign in enumerate(node.ops):
                if type(sign) in _OPPOSITE:
                    new = copy.deepcopy(node)
                    new.ops[index] = _OPPOSITE[type(sign)]()
                    yield new
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), copy.deepcopy(node.values))
            for index in range(len(node.values)):
                left = [copy.deepcopy(value) for at, value in enumerate(node.values) if at != index]
                yield left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        case ast.UnaryOp(op=ast.Not()):
            yield copy.deepcopy(node.operand)
        case ast.UnaryOp(op=ast.USub()):
            yield copy.deepcopy(node.operand)
        case ast.BinOp() if type(node.op) in _OTHER_SIGN and not isinstance(node.left, ast.Constant | ast.JoinedStr):
            yield ast.BinOp(copy.deepcopy(node.left), _OTHER_SIGN[type(node.op)](), copy.deepcopy(node.right))
        case ast.Constant():
            yield from _other_constants(node.value)
        case ast.IfExp():
            yield copy.deepcopy(node.body)
            yield copy.deepcopy(node.orelse)
        case ast.If():
            for truth in (True, False):
                yield ast.If(ast.Constant(truth), copy.deepcopy(node.body), copy.deepcopy(node.orelse))
        case ast.comprehension(ifs=[_, *_]):
            yield ast.comprehension(node.target, node.iter, [], node.is_async)
        case ast.Tuple(ctx=ast.Load(), elts=[_, _, *_]) | ast.List(elts=[_, _, *_]) | ast.Set(elts=[_, _, *_]):
            for index in range(len(node.elts)):
                new_sequence = copy.deepcopy(node)
                del new_sequence.elts[index]
                yield new_sequence
        case ast.Call():
            yield from _other_calls(node)
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def _other_constants(value: object) -> Iterator[ast.expr]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        if value > 0:
            yield ast.Constant(value - 1)
    elif isinstance(value, str) and _CODE.fullmatch(value):
        yield ast.Constant(value + "_")


def _other_calls(node: ast.Call) -> Iterator[ast.expr]:
    if isinstance(node.func, ast.Name) and node.func.id in _OTHER_FUNCTION:
        other = ast.Name(_OTHER_FUNCTION[node.func.id], ast.Load())
        yield ast.Call(other, copy.deepcopy(node.args), copy.deepcopy(node.keywords))
    if (
        len(node.args) > 1
        and ast.unparse(node.func) not in _IN_ANY_ORDER
        and not any(isinstance(arg, ast.Starred) for arg in node.args[:2])
    ):
        new = copy.deepcopy(node)
        new.args[:2] = new.args[1::-1]
        yield new
    for index, keyword in enumerate(node.keywords):
        if keyword.arg == "strict":
            continue
        new = copy.deepcopy(node)
        del new.keywords[index]
        yield new


def _told(node: ast.AST) -> str:
    text = f"if {ast.unparse(node.test)}:" if isinstance(node, ast.If) else ast.unparse(node)
    text = " ".join(text.split())
    return text if len(text) <= 90 else f"{text[:87]}…"
