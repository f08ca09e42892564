"""Source attribution: who is quoted, with what words, saying what.

>>> import pandas as pd
>>> from analysis.text.sentences import sentence_table
>>> dispatches = pd.DataFrame({"dispatch_id": ["d1"], "body": ['"We agree," said Ona Brill.']})
>>> found = extract(dispatches, sentence_table(dispatches))
>>> found.attributions[["source", "cue", "content"]].values.tolist()
[['Ona Brill', 'said', '"We agree,"']]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from analysis.attribution.lines import attributions_as_json
from analysis.attribution.tables import Collector, Extracted
from analysis.errors import InputError, SchemaError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.attribution.rules import Read

__all__ = [
    "DEFAULT_METHOD",
    "METHODS",
    "Extracted",
    "as_json",
    "attributions_as_json",
    "extract",
    "version_of",
]


Sentences = Sequence[tuple[int, int, int]]


def _model(body: str, sentences: Sentences) -> Read:
    """A trained network that comes with the package, on a CPU."""
    from analysis.attribution.model.dispatch import read_dispatch

    return read_dispatch(body, sentences)


def _rules(body: str, sentences: Sentences) -> Read:
    """A reviewed list of cues, quotation marks and a light grammar of reporting."""
    from analysis.attribution.rules import read_dispatch

    return read_dispatch(body, sentences)


METHODS: dict[str, Callable[[str, Sentences], Read]] = {
    "model": _model,
    "rules": _rules,
}
DEFAULT_METHOD = "model"
as_json = attributions_as_json


def version_of(method: str) -> str:
    """Return what a method's finds depend on beside the package's version; "" for the rules.

    >>> len(version_of("model")), version_of("rules")
    (12, '')
    """
    if method != "model":
        return ""
    from analysis.attribution.model.runtime import read_card, shipped_folder

    return str(read_card(shipped_folder())["version"])


def extract(
    dispatches: pd.DataFrame, sentences: pd.DataFrame, *, method: str = DEFAULT_METHOD
) -> Extracted:
    """Find every attribution in a table of dispatches.

    An attribution is a content that the writer assigns to somebody else: a source, a cue and a
    content (Pareti 2012, "A Database of Attribution Relations", LREC). ``method="model"`` finds
    them with a small trained network that comes with the package; ``method="rules"`` with a
    reviewed list of cues, quotation marks and a light grammar of reporting. What each finds and how
    often it is right is in ``docs/attribution.md``.

    Parameters
    ----------
    dispatches : columns ``dispatch_id`` and ``body`` (string); a missing body gives no rows.
    sentences : the table ``sentences`` of these dispatches; ``sentence_no`` comes from it.
    method : a key of `METHODS`.

    Returns
    -------
    Extracted
        ``attributions`` (one row each, in reading order within the dispatch), their
        ``attribution_spans`` (every contiguous piece, half-open character offsets of ``body``), and
        ``sources``. A named source has one row over all dispatches; an unnamed one is never merged
        across dispatches. ``confidence`` is the share right among finds like this one, measured
        on labelled documents; NA where a rule was not measured.

    Raises
    ------
    InputError
        For an unknown method.
    ModelError
        When the model's files are absent or not the ones its card names.
    SchemaError
        When a needed column is absent.
    """
    if method not in METHODS:
        raise InputError(f"method {method!r}", "one of: " + ", ".join(METHODS))
    for name, frame, columns in (
        ("dispatches", dispatches, ("dispatch_id", "body")),
        ("sentences", sentences, ("dispatch_id", "sentence_no", "paragraph_no", "start", "end")),
    ):
        absent = [column for column in columns if column not in frame.columns]
        if absent:
            raise SchemaError(name, f"no column {absent[0]!r}", ", ".join(columns))
    by_dispatch = _sentences(sentences)
    read, collector = METHODS[method], Collector(method)
    for dispatch_id, body in zip(dispatches["dispatch_id"], dispatches["body"], strict=True):
        if isinstance(body, str):
            own = by_dispatch.get(dispatch_id, [])
            collector.add(dispatch_id, body, read(body, own), [start for _, start, _ in own])
    return collector.tables()


def _sentences(table: pd.DataFrame) -> dict[str, list[tuple[int, int, int]]]:
    """(paragraph, start, end) of the sentences of each dispatch, in order."""
    ordered = table.sort_values(["dispatch_id", "sentence_no"], kind="stable")
    columns = (ordered[name].tolist() for name in ("dispatch_id", "paragraph_no", "start", "end"))
    found: dict[str, list[tuple[int, int, int]]] = {}
    for dispatch_id, paragraph, start, end in zip(*columns, strict=True):
        found.setdefault(dispatch_id, []).append((int(paragraph), int(start), int(end)))
    return found
