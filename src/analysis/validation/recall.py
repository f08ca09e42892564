"""Recall by a label: of each kind of labelled attribution, what share was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.schema import ACTS, KINDS, SOURCE_TYPES, STANCES
from analysis.validation.pairing import Paired, paired
from analysis.validation.resampling import ratios

VALUES: dict[str, tuple[Any, ...]] = {
    "kind": KINDS,
    "act": ACTS,
    "stance": STANCES,
    "source_type": SOURCE_TYPES,
    "named": (True, False),
}
MEASURES = ("detection", "joint")


def recall_by(
    gold: Iterable[Mapping[str, Any]],
    found: Iterable[Mapping[str, Any]],
    by: str = "kind",
    *,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Say what share of each kind of labelled attribution was found.

    Parameters
    ----------
    gold, found : documents, as in `analysis.validation.score_attributions`.
    by : the label by which the labelled attributions are told apart: ``"kind"`` (direct, indirect,
        mixed), ``"act"``, ``"stance"``, ``"source_type"`` or ``"named"``.
    level, draws, seed : percentile bootstrap over documents: coverage, resamples, seed.

    Returns
    -------
    DataFrame, detection first, each value in the order of `analysis.schema`: the column `by`,
    ``measure`` (``detection``: the content was found; ``joint``: its source too), ``statistic``
    (``recall``), ``estimate``, ``ci_low``, ``ci_high``, ``n`` (labelled attributions with content;
    those without the label count nowhere) and ``n_missing`` (documents without a prediction).
    Values that were never labelled have no row.

    Notes
    -----
    Precision has no such table: a find that is wrong has no labelled kind, only the kind that the
    method gave it.

    Raises
    ------
    InputError : another label; a text that differs.

    >>> gold = [{"id": "a", "text": "Ada said it rained.", "attributions": [
    ...     {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]], "kind": "indirect"}]}]
    >>> recall_by(gold, gold, draws=10)[["kind", "measure", "estimate", "n"]]
           kind    measure  estimate  n
    0  indirect  detection       1.0  1
    1  indirect      joint       1.0  1
    """
    if by not in VALUES:
        raise InputError(f"label {by!r}", "one of: " + ", ".join(VALUES))
    documents = list(paired(gold, found))
    values, absent = VALUES[by], sum(one.absent for one in documents)
    counts = np.array([_counts(one, by, values) for one in documents], dtype=float)
    counts = counts.reshape(len(documents), 1 + len(MEASURES), len(values))
    labelled = counts[:, 0]
    parts = [
        ratios(
            counts[:, 1 + at],
            labelled,
            "recall",
            level=level,
            draws=draws,
            seed=seed,
            n_missing=absent,
        ).assign(**{by: values, "measure": measure})
        for at, measure in enumerate(MEASURES)
    ]
    out = pd.concat(parts, ignore_index=True)
    out = out[out["n"].gt(0)].reset_index(drop=True)
    dtypes = {by: "boolean" if by == "named" else "string", "measure": "string"}
    rest = [name for name in out.columns if name not in dtypes]
    return out[[*dtypes, *rest]].astype(dtypes)


def _counts(document: Paired, by: str, values: tuple[Any, ...]) -> list[list[int]]:
    """Attributions labelled, detected and joint, each a number for every value of the label."""
    labels = [document.labelled[one.row].get(by) for one in document.marked_gold]
    detected = [document.labelled[p.gold.row].get(by) for p in document.pairs if p.detected]
    joint = [document.labelled[p.gold.row].get(by) for p in document.pairs if p.joint]
    return [[some.count(value) for value in values] for some in (labels, detected, joint)]
