"""What labelled documents hold: how often each label has each value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

LABELS = ("kind", "act", "stance", "named", "source_type")
COLUMNS = {"label": "string", "value": "string", "attributions": "Int64", "documents": "Int64"}


def labels_held(gold: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Count the labelled attributions by each label, to see what a measure on them can speak of.

    Parameters
    ----------
    gold : labelled documents, as `analysis.validation.read_annotations` gives them.

    Returns
    -------
    DataFrame: ``label`` (``all`` for the first row, then kind, act, stance, named, source_type),
    ``value`` (string; "true" or "false" for ``named``), ``attributions`` and in how many
    ``documents`` (Int64); the most frequent value of each label first. Attributions without a label
    are not counted for it.

    >>> gold = [{"id": "a", "text": "Ada said it rained.", "attributions": [
    ...     {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]], "kind": "indirect"}]}]
    >>> labels_held(gold)
      label     value  attributions  documents
    0   all       all             1          1
    1  kind  indirect             1          1
    """
    rows = [
        (label, _text(value), number)
        for number, document in enumerate(gold)
        for one in document["attributions"]
        for label, value in [("all", "all"), *((label, one.get(label)) for label in LABELS)]
        if value is not None
    ]
    frame = pd.DataFrame(rows, columns=["label", "value", "document"])
    counted = frame.groupby(["label", "value"])["document"].agg(["size", "nunique"]).reset_index()
    counted.columns = pd.Index(list(COLUMNS))
    order = {label: place for place, label in enumerate(("all", *LABELS))}
    counted = counted.assign(place=counted["label"].map(order)).sort_values(
        ["place", "attributions", "value"], ascending=[True, False, True]
    )
    return counted[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)


def _text(value: Any) -> str | None:
    return None if value is None else str(value).lower()
