"""Several methods measured on the same documents, one result beside another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.errors import InputError


def as_dispatches(gold: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return labelled documents as a table that `analysis.annotate` takes.

    Returns
    -------
    DataFrame: ``dispatch_id`` and ``body`` (string), in the order of the documents.

    >>> as_dispatches([{"id": "a", "text": "Rain.", "attributions": []}])["body"].tolist()
    ['Rain.']
    """
    rows = [(str(document["id"]), document["text"]) for document in gold]
    return pd.DataFrame(rows, columns=["dispatch_id", "body"], dtype="string")


def by_method(
    measure: Callable[..., pd.DataFrame],
    gold: Iterable[Mapping[str, Any]],
    found: Mapping[str, Any],
    **options: Any,
) -> pd.DataFrame:
    """Return what `measure` says of each method, one result below the other.

    Parameters
    ----------
    measure : a function of this package that takes labelled documents and what was found in them,
        e.g. `analysis.validation.score_attributions`.
    gold : the labelled documents, the same for all.
    found : what each method found, by its name, in the form `measure` takes.
    options : handed on to `measure`.

    Returns
    -------
    DataFrame: ``method`` (string), then the columns of `measure`; methods in the order of `found`.
    Every method is scored on the same resamples when `options` give one seed, so that their
    intervals may be read beside each other; whether two differ is not said by them.

    Raises
    ------
    InputError : no method.

    >>> from analysis.validation import score_attributions
    >>> gold = [{"id": "a", "text": "Rain.", "attributions": []}]
    >>> both = by_method(score_attributions, gold, {"one": gold, "two": []}, draws=5)
    >>> both["method"].unique().tolist()
    ['one', 'two']
    """
    if not found:
        raise InputError("no method", "at least one to measure")
    gold = list(gold)
    parts = []
    for method, finds in found.items():
        part = measure(gold, finds, **options)
        part.insert(0, "method", method)
        parts.append(part)
    return pd.concat(parts, ignore_index=True).astype({"method": "string"})
