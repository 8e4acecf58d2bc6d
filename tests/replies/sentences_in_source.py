"""Every sentence that the readers and the rules can say of a file, found in their source and not by saying it.

A sentence is a text with an end that is handed to a call inside of a function: to ``finding``, to a ``Verdict``, to an
exception whose text becomes a finding. What stands in braces becomes a gap, unless it is a text itself: that of a local
name, of a parameter by the calls in the same module, of a function there, of an exception. Then there is a sentence
for each.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

GAP = "\N{CIRCLED DIGIT ONE}"
"""Stands for a value."""
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_SENTENCE = re.compile(rf"(?s)[A-Z{GAP}].*[a-z].* .*[.?!]")
_DEEPEST = 12
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its gaps, where it stands in the source, and the codes that it stands beside, if any."""

    text: str
    place: str
    codes: frozenset[str]


def sentences(root: Path, paths: Iterable[Path]) -> Iterator[Sentence]:
    """The sentences in these modules below ``root``."""
    source = _Source(root, paths)
    for module in source.modules.values():
        for scope in module.scopes.values():
            yield from scope.sentences()


class _Source:
    def __init__(self, root: Path, paths: Iterable[Path]) -> None:
        self.modules: dict[str, _Module] = {}
        for path in paths:
            name = ".".join(path.relative_to(root).with_suffix("").parts)
            self.modules[name] = _Module(self, path, ast.parse(path.read_text("utf-8")))

    def raised(self, exception: str, module: "_Module") -> Iterator[tuple[ast.Call, "_Scope"]]:
        """Where an exception that can reach the module is made."""
        for one in module.reaches():
            for scope in one.scopes.values():
                yield from ((call, scope) for call in scope.raised if _name(call.func) == exception)


class _Module:
    def __init__(self, source: _Source, path: Path, tree: ast.Module) -> None:
        self.source = source
        self.path = path
        self.imports = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
        self.scopes = {node.name: _Scope(self, node) for node in ast.walk(tree) if isinstance(node, Function)}

    def reaches(self) -> Sequence["_Module"]:
        """The module and all that it imports, and those import."""
        found, open_ones = [self], [self]
        while open_ones:
            for name in open_ones.pop().imports:
                one = self.source.modules.get(name)
                if one is not None and one not in found:
                    found.append(one)
                    open_ones.append(one)
        return found


@dataclass(eq=False)
class _Scope:
    """One function: what its names stand for, and what it calls and raises."""

    module: _Module
    function: Function
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)
    caught: dict[str, str] = field(default_factory=dict)
    calls: list[ast.Call] = field(default_factory=list)
    raised: list[ast.Call] = field(default_factory=list)

    def __post_init__(self) -> None:
        for node in ast.walk(self.function):
            self.parents.update(dict.fromkeys(ast.iter_child_nodes(node), node))
            if isinstance(node, ast.ExceptHandler) and node.name and node.type is not None:
                self.caught[node.name] = _name(node.type)
            elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                self.raised.append(node.exc)
            elif isinstance(node, ast.Call) and not isinstance(self.parents.get(node), ast.Raise):
                self.calls.append(node)

    def sentences(self) -> Iterator[Sentence]:
        for call in self.calls:
            given = [*call.args, *(one.value for one in call.keywords)]
            said = {one: self.said(one) for one in given}
            codes = frozenset(text for texts in said.values() for text in texts if _CODE.fullmatch(text))
            yield from (one for node, texts in said.items() for one in self._sentences(node, texts, codes))
        for node in (part for one in self.returned() for part in ast.walk(one)):
            listed = isinstance(self.parents[node], ast.List | ast.ListComp)
            if listed and isinstance(node, ast.JoinedStr | ast.Constant):
                yield from self._sentences(node, self.said(node), frozenset())

    def _sentences(self, node: ast.expr, texts: Iterable[str], codes: frozenset[str]) -> Iterator[Sentence]:
        place = f"{self.module.path.name}:{node.lineno}"
        yield from (Sentence(text, place, codes) for text in texts if _SENTENCE.fullmatch(text))

    def said(self, node: ast.expr, depth: int = 0) -> set[str]:
        """The texts that an expression can be."""
        found = {GAP}
        match node:
            case ast.Constant(value=str(text)):
                found = {text.replace("{}", GAP)}
            case _ if depth > _DEEPEST:
                pass
            case ast.JoinedStr(values=values):
                found = self._joined(values, depth)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                found = self._joined((left, right), depth)
            case ast.FormattedValue(value=value, conversion=-1):
                found = self.said(value, depth + 1)
            case ast.IfExp(body=one, orelse=other) | ast.BoolOp(op=ast.Or(), values=[one, other]):
                found = self.said(one, depth + 1) | self.said(other, depth + 1)
            case ast.Name(id=name) | ast.Call(func=ast.Name(id="str"), args=[ast.Name(id=name)]):
                found = self._named(name, node, depth)
            case ast.Call(func=ast.Name(id=name)):
                found = self._returned_by(name, depth)
        return found

    def _returned_by(self, name: str, depth: int) -> set[str]:
        """The texts that a function of the module gives back."""
        scope = self.module.scopes.get(name)
        given = scope.returned() if scope is not None else []
        return {text for one in given if scope for text in scope.said(one, depth + 1)} or {GAP}

    def returned(self) -> list[ast.expr]:
        """What the function gives back."""
        returns = (node.value for node in ast.walk(self.function) if isinstance(node, ast.Return))
        return [one for one in returns if one is not None]

    def _joined(self, parts: Sequence[ast.expr], depth: int) -> set[str]:
        return {"".join(texts) for texts in product(*(self.said(one, depth + 1) for one in parts))}

    def _of_exception(self, exception: str, depth: int) -> set[str]:
        calls = self.module.source.raised(exception, self.module)
        texts = (text for call, scope in calls for one in call.args for text in scope.said(one, depth + 1))
        return {text for text in texts if _SENTENCE.fullmatch(text)} or {GAP}

    def _named(self, name: str, node: ast.AST, depth: int) -> set[str]:
        """What a local name stands for here, a caught exception, or a parameter by the calls in the same module."""
        if name in self.caught:
            return self._of_exception(self.caught[name], depth)
        known = {text for one in self._reaching(name, node) for text in self._given(one, depth)}
        parameters = [one.arg for one in self.function.args.args if one.arg != "self"]
        if name in parameters:
            for scope in self.module.scopes.values():
                for call in scope.calls:
                    if _name(call.func) == self.function.name:
                        named = {one.arg: one.value for one in call.keywords if one.arg}
                        given = {**dict(zip(parameters, call.args, strict=False)), **named}
                        known |= scope.said(given[name], depth + 1) if name in given else set()
        return known or {GAP}

    def _given(self, assigned: tuple[ast.expr, int | None], depth: int) -> set[str]:
        """The texts of an assigned value; with a position, of that part of the tuples that a function gives back."""
        value, position = assigned
        if position is None:
            return self.said(value, depth + 1)
        if not isinstance(value, ast.Call) or _name(value.func) not in self.module.scopes:
            return {GAP}
        scope = self.module.scopes[_name(value.func)]
        parts = (one.elts[position] for one in scope.returned() if isinstance(one, ast.Tuple))
        return set().union(*(scope.said(one, depth + 1) for one in parts))

    def _reaching(self, name: str, node: ast.AST) -> list[tuple[ast.expr, int | None]]:
        """The values that the name may have at this place: those assigned before it, as far as they get there."""
        found: list[tuple[ast.expr, int | None]] = []
        while node is not self.function:
            parent = self.parents[node]
            for block in (getattr(parent, part, None) for part in ("body", "orelse", "finalbody")):
                if isinstance(block, list) and node in block and self._collect(block[: block.index(node)], name, found):
                    return found
            node = parent
        return found

    def _collect(self, block: Sequence[ast.stmt], name: str, found: list[tuple[ast.expr, int | None]]) -> bool:
        """Gather what these statements assign to the name, the last first; whether one of them surely does."""
        for statement in reversed(block):
            if isinstance(statement, ast.Assign):
                values = [one for target in statement.targets for one in _assigned(target, statement.value, name)]
                found += values
                if values:
                    return True
            elif isinstance(statement, ast.AugAssign) and _name(statement.target) == name:
                before = ast.Name(name)
                self.parents[before] = statement
                found.append((ast.BinOp(before, statement.op, statement.value), None))
                return True
            elif isinstance(statement, ast.If):
                ways = (statement.body, statement.orelse)
                surely = [self._collect(one, name, found) for one in ways if not one or not isinstance(one[-1], _ENDS)]
                if surely and all(surely):
                    return True
            elif isinstance(statement, ast.Try):
                for one in (statement.body, *(handler.body for handler in statement.handlers)):
                    self._collect(one, name, found)
            elif isinstance(statement, ast.For | ast.While | ast.With):
                self._collect(statement.body, name, found)
        return False


def _assigned(target: ast.expr, value: ast.expr, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value, None
    elif isinstance(target, ast.Tuple):
        for position, one in enumerate(target.elts):
            if isinstance(value, ast.Tuple):
                yield from _assigned(one, value.elts[position], name)
            elif isinstance(one, ast.Name) and one.id == name:
                yield value, position


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
