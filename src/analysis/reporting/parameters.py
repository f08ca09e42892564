"""The parameters of a notebook: read as a typed list, checked before a kernel starts.

The cell tagged ``parameters`` holds one ``name: type = default  # help`` a line. Values travel to
the notebook as data; the names they may have are the ones in that cell.
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError
from analysis.reporting import types

if TYPE_CHECKING:
    from nbformat import NotebookNode

TAG = "parameters"


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, its type, the value it has when none is given, and its help.

    >>> top = Parameter("top", types.Type("int"), 10, "sources to list")
    >>> str(top)
    'top: int = 10'
    """

    name: str
    type: types.Type
    default: Any
    help: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.type} = {self.default!r}"


def parse_parameters(source: str) -> tuple[Parameter, ...]:
    """Read the parameters that the source of a ``parameters`` cell declares.

    Parameters
    ----------
    source
        Python text: imports, comments, and one ``name: type = default  # help`` a line. Types are
        ``str``, ``int``, ``float``, ``bool``, ``date`` and ``Path`` (both travel as text),
        ``Optional[...]``, ``list[...]`` and ``Literal[...]``. The default is a literal.

    Returns
    -------
    The parameters in the order of the cell.

    Raises
    ------
    InputError
        A line of another form, an unknown type, a default that is no literal or not of its type,
        or a name declared twice.

    >>> [str(p) for p in parse_parameters('top: int = 10  # sources to list')]
    ['top: int = 10']
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise InputError(f"a parameters cell with {error.msg}", "valid Python") from error
    comments = _comments(source)
    found: dict[str, Parameter] = {}
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        parameter = _declared(node, comments.get(node.end_lineno or node.lineno, ""))
        if parameter.name in found:
            raise InputError(f"parameter {parameter.name!r} twice", "each name once")
        found[parameter.name] = parameter
    return tuple(found.values())


def read_parameters(notebook: NotebookNode) -> tuple[Parameter, ...]:
    """Read the parameters of a notebook; a notebook without such a cell has none.

    Raises
    ------
    InputError : as `parse_parameters`; or more than one cell tagged ``parameters``.
    """
    cells = [c for c in notebook.cells if TAG in c.get("metadata", {}).get("tags", [])]
    if len(cells) > 1:
        raise InputError(f"{len(cells)} cells tagged {TAG!r}", "one")
    return parse_parameters(cells[0].source) if cells else ()


def check_parameters(
    declared: Iterable[Parameter], given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return a value for every declared parameter: the given one, checked, or the default.

    Parameters
    ----------
    declared : what the notebook takes.
    given : name to value; values of the declared types. A whole number is a valid ``float``; a
        ``date`` or ``Path`` may be one or its text.

    Returns
    -------
    Name to value in the order of the notebook; values are JSON data.

    Raises
    ------
    InputError
        A name that is not declared (the message names the nearest one), or a value of another
        type.

    >>> check_parameters(parse_parameters("top: int = 10"), {"tops": 5})
    Traceback (most recent call last):
    analysis.errors.InputError: found parameter 'tops', expected one of: top; did you mean 'top'?
    """
    known = {parameter.name: parameter for parameter in declared}
    given = given or {}
    for name in given:
        _known(name, known)
    return {
        name: _checked(parameter, given[name]) if name in given else parameter.default
        for name, parameter in known.items()
    }


def coerce_parameters(declared: Iterable[Parameter], texts: Iterable[str]) -> dict[str, Any]:
    """Turn ``name=value`` texts, as a command line has them, into values of the declared types.

    ``true`` and ``false`` (also yes, no, 1, 0) are ``bool``; an empty text or ``none`` is the None
    of an ``Optional``; a list is JSON or comma-separated, and a name given again adds to its list.

    Raises
    ------
    InputError : a text without ``=``, an unknown name, or a value that is not of the type.

    >>> declared = parse_parameters("agencies: list[str] = []; top: int = 10")
    >>> coerce_parameters(declared, ["agencies=MPA,CWS", "top=5"])
    {'agencies': ['MPA', 'CWS'], 'top': 5}
    """
    known = {parameter.name: parameter for parameter in declared}
    values: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals:
            raise InputError(f"parameter {text!r}", "name=value")
        parameter = _known(name, known)
        try:
            coerced = parameter.type.coerce(value)
        except ValueError as error:
            raise _ill_typed(parameter, value) from error
        repeated = name in values and parameter.type.name == "list"
        values[name] = values[name] + coerced if repeated else coerced
    return values


def describe_parameters(declared: Iterable[Parameter]) -> str:
    """Return a help text: a line a parameter with its type, default and help.

    >>> print(describe_parameters(parse_parameters("top: int = 10  # sources to list")))
    top: int = 10  sources to list
    """
    rows = [(str(parameter), parameter.help) for parameter in declared]
    width = max((len(left) for left, _ in rows), default=0)
    return "\n".join(f"{left:<{width}}  {right}".rstrip() for left, right in rows)


def _comments(source: str) -> dict[int, str]:
    """Map line number to the comment that ends the line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("#").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _declared(node: ast.stmt, comment: str) -> Parameter:
    if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value):
        found = f"line {node.lineno} of the parameters cell: {ast.unparse(node)}"
        raise InputError(found, "name: type = default  # help")
    name = node.target.id
    kind = types.parse(node.annotation)
    try:
        default = ast.literal_eval(node.value)
    except ValueError as error:
        found = f"default {ast.unparse(node.value)} of parameter {name!r}"
        raise InputError(found, "a literal such as 10, 'text', None or []") from error
    parameter = Parameter(name, kind, default, comment)
    return Parameter(name, kind, _checked(parameter, default), comment)


def _known(name: str, known: Mapping[str, Parameter]) -> Parameter:
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    advice = f"did you mean {near[0]!r}?" if near else ""
    raise InputError(f"parameter {name!r}", "one of: " + (", ".join(known) or "(none)"), advice)


def _checked(parameter: Parameter, value: Any) -> Any:
    try:
        return parameter.type.check(value)
    except ValueError as error:
        raise _ill_typed(parameter, value) from error


def _ill_typed(parameter: Parameter, value: Any) -> InputError:
    shown = value if isinstance(value, str) else json.dumps(value, default=str)
    return InputError(f"{parameter.name}={shown!r}", f"a value of type {parameter.type}")
