"""What did not become text: rejected inputs and cut stretches, counted by reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from analysis.store import Tables


def intake(tables: Tables) -> pd.DataFrame:
    """Count rejected inputs and cut stretches by reason.

    Parameters
    ----------
    tables : the canonical tables; ``rejects`` and ``cuts`` are read.

    Returns
    -------
    DataFrame: ``what`` (``input rejected``, or ``text cut:`` and its kind), ``reason``, ``number``
    (Int64) and ``example`` (a source file), all strings otherwise; most frequent first within
    rejects, then within cuts. No rows when nothing was left out.

    >>> from analysis.store import Tables
    >>> len(intake(Tables()))
    0
    """
    rejects = tables.rejects.assign(what="input rejected")
    cuts = tables.cuts.assign(what="text cut: " + tables.cuts["kind"])
    return pd.concat([_counted(rejects), _counted(cuts)], ignore_index=True)


def _counted(frame: pd.DataFrame) -> pd.DataFrame:
    kinds = {"what": "string", "reason": "string", "number": "Int64", "example": "string"}
    counted = frame.groupby(["what", "reason"], as_index=False).agg(
        number=("source_file", "size"), example=("source_file", "first")
    )
    counted = counted.sort_values(["number", "what", "reason"], ascending=[False, True, True])
    return counted.astype(kinds)[list(kinds)]
