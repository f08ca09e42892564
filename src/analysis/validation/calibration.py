"""Calibration: of the finds given a confidence, what share is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.attribution.lines import TablesLike, attributions_as_json
from analysis.errors import InputError
from analysis.validation.pairing import paired
from analysis.validation.resampling import ratios

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
NOT_GIVEN = "not given"


def calibration(
    gold: Iterable[Mapping[str, Any]],
    tables: TablesLike,
    *,
    edges: Sequence[float] | None = EDGES,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Say how often finds are right, by the confidence they were given.

    A find is *right* when its content and its source are: a joint pair of
    `analysis.validation.score_attributions`. A method is well calibrated when, of the finds it
    gives a confidence of .8, eight in ten are right; what it missed plays no part.

    Parameters
    ----------
    gold : labelled documents, as `analysis.validation.read_annotations` gives them.
    tables : what was found in them; ``dispatch_id`` is the document's ``id``.
    edges : bounds of the classes of confidence, ascending; a class holds its lower bound, the last
        one its upper bound too. None gives every confidence a row of its own, which suits rules,
        each of which has one.
    level, draws, seed : percentile bootstrap over documents: coverage, resamples, seed.

    Returns
    -------
    DataFrame, ascending, without empty classes: ``given`` (string: the class; "not given" for finds
    without a confidence, last), ``confidence`` (Float64: mean of those given, to three decimals),
    then ``statistic`` (``share_right``), ``estimate``, ``ci_low``, ``ci_high``, ``n`` (finds) and
    ``n_missing`` (Int64: labelled documents that are not in the tables).

    Notes
    -----
    This is the table behind a reliability diagram (DeGroot and Fienberg 1983, The comparison and
    evaluation of forecasters, The Statistician 32). Confidence that was set from the same
    documents fits them by construction: measure it on others.

    Raises
    ------
    InputError : fewer than two edges, or a confidence outside them; a text that differs.

    >>> import analysis
    >>> text = "It rained, Ona Brill said."
    >>> frame = pd.DataFrame({"dispatch_id": ["d1"], "body": [text]})
    >>> tables = analysis.annotate(frame, "rules")
    >>> gold = [analysis.attributions_as_json(tables, "d1")]
    >>> calibration(gold, tables, draws=10)[["given", "statistic", "estimate", "n"]]
              given    statistic  estimate  n
    0  0.50 to 0.60  share_right       1.0  1
    """
    gold = list(gold)
    here = set(tables.dispatches["dispatch_id"])
    found = [attributions_as_json(tables, one["id"]) for one in gold if one["id"] in here]
    finds = _finds(gold, found, tables.attributions)
    finds["class"] = _classes(finds["confidence"], edges)
    # By value, not by name; NA, the finds without a confidence, last.
    groups = finds.groupby("class", sort=True, dropna=False)
    classes = groups["confidence"].mean().round(3)
    number = groups.ngroup().to_numpy()
    shape = (len(gold), len(classes))
    right, n = np.zeros(shape), np.zeros(shape)
    place = (finds["document"].to_numpy(), number)
    np.add.at(n, place, 1.0)
    np.add.at(right, place, finds["right"].to_numpy(dtype="float64"))
    out = ratios(
        *(right, n),
        "share_right",
        level=level,
        draws=draws,
        seed=seed,
        n_missing=len(gold) - len(found),
    )
    names = [_name(one, edges) for one in classes.index]
    out.insert(0, "confidence", classes.astype("Float64").to_numpy())
    out.insert(0, "given", names)
    return out.astype({"given": "string", "confidence": "Float64"})


def _finds(
    gold: Sequence[Mapping[str, Any]],
    found: Sequence[Mapping[str, Any]],
    attributions: pd.DataFrame,
) -> pd.DataFrame:
    """One row a find with content: its document's number, its confidence, whether it is right."""
    given = {
        str(name): part["confidence"].astype("Float64").tolist()
        for name, part in attributions.groupby("dispatch_id")
    }
    rows = []
    for number, document in enumerate(paired(gold, found)):
        right = {pair.found.row for pair in document.pairs if pair.joint}
        for one in document.marked_found:
            rows.append((number, given[document.id][one.row], one.row in right))
    frame = pd.DataFrame(rows, columns=["document", "confidence", "right"])
    return frame.astype({"document": "int64", "confidence": "Float64", "right": "bool"})


def _classes(confidence: pd.Series, edges: Sequence[float] | None) -> pd.Series:
    """The class of each find by its lower bound, or its confidence itself; NA without one."""
    if edges is None:
        return confidence
    if len(edges) < 2 or list(edges) != sorted(set(edges)):
        raise InputError(f"edges {list(edges)}", "two or more numbers, ascending")
    known = confidence.dropna()
    if len(known) and not edges[0] <= known.min() <= known.max() <= edges[-1]:
        found = f"confidence {known.min():.2f} to {known.max():.2f}"
        raise InputError(found, f"within the edges, {edges[0]:.2f} to {edges[-1]:.2f}")
    number = np.searchsorted(edges[1:-1], known.to_numpy(dtype="float64"), side="right")
    lower = pd.Series(np.asarray(edges)[number], index=known.index, dtype="Float64")
    return lower.reindex(confidence.index)


def _name(value: Any, edges: Sequence[float] | None) -> str:
    if pd.isna(value):
        return NOT_GIVEN
    if edges is None:
        return f"{value:.2f}"
    upper = min(edge for edge in edges if edge > value)
    return f"{value:.2f} to {upper:.2f}"
