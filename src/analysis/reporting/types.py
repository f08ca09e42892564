"""The types a notebook parameter may have, and how a value is checked against one."""

from __future__ import annotations

import ast
import datetime
import json
import math
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from analysis.errors import InputError

SIMPLE = ("str", "int", "float", "bool", "date", "Path")
TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


@dataclass(frozen=True)
class Type:
    """A type: its name, the type inside it (list, Optional), the values of a Literal.

    >>> str(Type("Optional", Type("str")))
    'Optional[str]'
    """

    name: str
    inner: Type | None = None
    values: tuple[Any, ...] = ()

    def __str__(self) -> str:
        if self.inner:
            return f"{self.name}[{self.inner}]"
        return f"{self.name}[{', '.join(map(repr, self.values))}]" if self.values else self.name

    def check(self, value: Any) -> Any:
        """Return `value` as JSON data of this type.

        Raises
        ------
        ValueError : a value of another type.

        >>> Type("float").check(1)
        1.0
        """
        if self.name == "Optional":
            return None if value is None else self._inside().check(value)
        if self.name == "list":
            if not isinstance(value, (list, tuple)):
                raise ValueError(value)
            return [self._inside().check(item) for item in value]
        if self.name == "Literal":
            # `1 == True`: the type counts too.
            if not any(value == v and type(value) is type(v) for v in self.values):
                raise ValueError(value)
            return value
        return _CHECKS[self.name](value)

    def coerce(self, text: str) -> Any:
        """Return the value of this type that `text` writes.

        Raises
        ------
        ValueError : a text that writes no such value.

        >>> Type("list", Type("int")).coerce("1,2")
        [1, 2]
        """
        if self.name == "Optional":
            return None if text.lower() in ("", "none") else self._inside().coerce(text)
        if self.name == "list":
            return self._coerce_list(text)
        if self.name == "Literal":
            matching = [value for value in self.values if str(value) == text]
            return self.check(matching[0] if matching else text)
        if self.name in ("int", "float"):
            return self.check(int(text) if self.name == "int" else float(text))
        if self.name == "bool":
            return _bool(text)
        return self.check(text)

    def _coerce_list(self, text: str) -> list[Any]:
        if text.lstrip().startswith("["):
            value: list[Any] = self.check(json.loads(text))
            return value
        parts = [part.strip() for part in text.split(",")] if text.strip() else []
        return [self._inside().coerce(part) for part in parts]

    def _inside(self) -> Type:
        if self.inner is None:
            raise ValueError(f"{self.name} without a type inside")
        return self.inner


def parse(node: ast.expr) -> Type:
    """Return the type that an annotation writes.

    Raises
    ------
    InputError : a type that parameters cannot have.

    >>> str(parse(ast.parse("int | None", mode="eval").body))
    'Optional[int]'
    """
    if isinstance(node, ast.Name) and node.id in SIMPLE:
        return Type(node.id)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        if node.value.id in ("list", "Optional"):
            return Type(node.value.id, parse(node.slice))
        if node.value.id == "Literal":
            items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            return Type("Literal", values=tuple(ast.literal_eval(item) for item in items))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = [s for s in (node.left, node.right) if not _is_none(s)]
        if len(sides) == 1:
            return Type("Optional", parse(sides[0]))
    expected = ", ".join(SIMPLE) + ", Optional[...], list[...] or Literal[...]"
    raise InputError(f"parameter type {ast.unparse(node)}", expected)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _bool(text: str) -> bool:
    if text.lower() not in TRUE + FALSE:
        raise ValueError(text)
    return text.lower() in TRUE


def _check_str(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return str(value)


def _check_int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(value)
    return int(value)


def _check_float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def _check_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _check_date(value: Any) -> str:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return datetime.date.fromisoformat(_check_str(value)).isoformat()


def _check_path(value: Any) -> str:
    return str(value) if isinstance(value, PurePath) else _check_str(value)


_CHECKS = {
    "str": _check_str,
    "int": _check_int,
    "float": _check_float,
    "bool": _check_bool,
    "date": _check_date,
    "Path": _check_path,
}
