"""Attributions in the line format gold data uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from analysis.errors import InputError
from analysis.schema import ROLES

if TYPE_CHECKING:
    import pandas as pd


class TablesLike(Protocol):
    """Anything with the four tables as attributes."""

    @property
    def dispatches(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def attributions(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def attribution_spans(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def sources(self) -> pd.DataFrame: ...  # noqa: D102


def attributions_as_json(tables: TablesLike, dispatch_id: str) -> dict[str, Any]:
    """Return one dispatch with its attributions as a JSON-ready dictionary.

    The format is one line of a gold file: ``{"id", "text", "attributions": [...]}``, each
    attribution with ``source``, ``cue``, ``content`` as lists of ``[start, end]`` (characters of
    ``text``, end exclusive), ``kind``, ``act``, ``stance``, ``named``, ``source_type``, ``speaker``
    and ``nested_in``, the index of the attribution that reports it in the same list, or None.

    Parameters
    ----------
    tables : anything with the attributes ``dispatches``, ``attributions``, ``attribution_spans``
        and ``sources`` (see `analysis.schema`).
    dispatch_id : the dispatch wanted.

    Raises
    ------
    InputError
        When no dispatch of that name is in the table.

    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> from analysis.attribution import extract
    >>> from analysis.text.sentences import sentence_table
    >>> dispatches = pd.DataFrame({"dispatch_id": ["d1"], "body": ["It rained, Ona Brill said."]})
    >>> found = extract(dispatches, sentence_table(dispatches))
    >>> tables = SimpleNamespace(dispatches=dispatches, **vars(found))
    >>> attributions_as_json(tables, "d1")["attributions"][0]["source"]
    [[11, 20]]
    """
    dispatches = tables.dispatches
    row = dispatches[dispatches["dispatch_id"] == dispatch_id]
    if row.empty:
        raise InputError(f"dispatch_id {dispatch_id!r}", "one of tables.dispatches.dispatch_id")
    rows = tables.attributions[tables.attributions["dispatch_id"] == dispatch_id]
    rows = rows.sort_values("attribution_id", key=lambda ids: ids.str.len() * 1.0, kind="stable")
    ids = rows["attribution_id"].tolist()
    spans = _spans(tables.attribution_spans, set(ids))
    sources = tables.sources.set_index("source_id")[["named", "source_type"]].to_dict("index")
    index = {attribution_id: n for n, attribution_id in enumerate(ids)}
    attributions = [_line(r, spans, sources, index) for r in rows.to_dict("records")]
    body = row["body"].iloc[0]
    return {"id": dispatch_id, "text": _plain(body) or "", "attributions": attributions}


def _spans(spans: pd.DataFrame, ids: set[str]) -> dict[tuple[str, str], list[list[int]]]:
    found: dict[tuple[str, str], list[list[int]]] = {}
    own = spans[spans["attribution_id"].isin(list(ids))].sort_values("span_no", kind="stable")
    columns = (own[name] for name in ("attribution_id", "role", "start", "end"))
    for attribution_id, role, start, end in zip(*columns, strict=True):
        found.setdefault((attribution_id, role), []).append([int(start), int(end)])
    return found


def _line(
    row: dict[Any, Any],
    spans: dict[tuple[str, str], list[list[int]]],
    sources: dict[Any, Any],
    index: dict[str, int],
) -> dict[str, Any]:
    source = sources.get(_plain(row["source_id"]), {})
    line: dict[str, Any] = {role: spans.get((row["attribution_id"], role), []) for role in ROLES}
    line.update({name: _plain(row[name]) for name in ("kind", "act", "stance")})
    line["named"] = bool(source.get("named", False))
    line["source_type"] = str(source.get("source_type", "unknown"))
    line["speaker"] = _plain(row["speaker"])
    line["nested_in"] = index.get(_plain(row["nested_in"]) or "")
    return line


def _plain(value: Any) -> Any:
    """A value, or None for NA."""
    import pandas as pd

    return None if value is None or value is pd.NA or value != value else value
