"""Attributions as a reader checks them: the sentence, who, the cue, and where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import InputError
from analysis.stats.selection import category_columns, counted_attributions, counted_dispatches

if TYPE_CHECKING:
    from analysis.store import Tables

COLUMNS = {
    "attribution_id": "string",
    "dispatch_id": "string",
    "agency": "string",
    "day": "string",
    "speaker": "string",
    "named": "boolean",
    "source_type": "string",
    "cue": "string",
    "stance": "string",
    "start": "Int64",
    "end": "Int64",
    "place": "string",
    "sentence": "string",
}
_EDGES = ("source_start", "cue_start", "content_start"), ("source_end", "cue_end", "content_end")


def statements(
    tables: Tables, *, stance: str | Sequence[str] = (), copies: str = "drop"
) -> pd.DataFrame:
    """Return attributions with the sentence each stands in, in order of time.

    Parameters
    ----------
    tables : the canonical tables.
    stance : keep only these stances, e.g. ``("declines", "denies")``; none keeps all.
    copies : ``"drop"`` shows a text once; the dispatches are those that statistics count
        (`analysis.stats.selection.counted_dispatches`).

    Returns
    -------
    DataFrame: ``attribution_id``, ``dispatch_id``, ``agency``, ``day`` of publication (ISO 8601,
    UTC), ``speaker``, ``named``, ``source_type``, ``cue``, ``stance``, then ``start``, ``end``,
    ``place`` (``dispatch_id[start:end]``) and ``sentence``, which is ``body[start:end]``: the
    sentence of the cue, or, without a sentence table, the stretch from source to content. NA where
    the dispatch does not say.

    Raises
    ------
    InputError : an unknown option.

    >>> from analysis.stats import invented_tables
    >>> statements(invented_tables(), stance="denies")[["dispatch_id", "agency", "stance"]]
      dispatch_id        agency  stance
    0          d1  Norvik Press  denies
    """
    wanted = (stance,) if isinstance(stance, str) else tuple(stance)
    dispatches = counted_dispatches(tables.dispatches, copies)
    found = counted_attributions(tables)
    if wanted:
        found = found[found["stance"].isin(wanted)]
    found = found.merge(
        dispatches[["dispatch_id", "agency", "published_at", "body"]], on="dispatch_id"
    )
    found = found.merge(_sentences(tables), on=["dispatch_id", "sentence_no"], how="left")
    found = _with_edges(found)
    found["speaker"] = found["speaker"].fillna(found["name"])
    found["day"] = found["published_at"].dt.strftime("%Y-%m-%d")
    found["sentence"] = [
        pd.NA if pd.isna(start) or pd.isna(end) else body[int(start) : int(end)]
        for body, start, end in zip(found["body"], found["start"], found["end"], strict=True)
    ]
    found["place"] = [
        pd.NA if pd.isna(start) or pd.isna(end) else f"{name}[{start}:{end}]"
        for name, start, end in zip(found["dispatch_id"], found["start"], found["end"], strict=True)
    ]
    found = found.sort_values(["published_at", "dispatch_id", "attribution_id"], kind="stable")
    return found[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)


def examples(
    tables: Tables, by: str = "source_type", *, per: int = 2, seed: int = 0, copies: str = "drop"
) -> pd.DataFrame:
    """Return example sentences for each category of a statistic: from a number back to the text.

    Parameters
    ----------
    tables : the canonical tables.
    by : a category of `analysis.stats.share_of_voice`, e.g. ``"source_type"`` or ``"named"``.
    per : examples a category.
    seed : of the draw.
    copies : as in `statements`.

    Returns
    -------
    The column `by`, ``attributions`` (Int64: how many there are in the category, declines left
    out, as `share_of_voice` counts them) and the columns of `statements`; largest category first.
    Examples are drawn at random, from different dispatches as far as there are: they show what a
    number is made of, its errors too. The same seed draws the same ones, whatever the row order.

    Raises
    ------
    InputError : an unknown category, or `per` below 1.

    >>> from analysis.stats import invented_tables
    >>> examples(invented_tables(), per=1)[["source_type", "attributions", "dispatch_id"]]
      source_type  attributions dispatch_id
    0  government             3          d4
    1  politician             3          d1
    2       media             1          d4
    """
    if per < 1:
        raise InputError(f"per={per}", "a number from 1")
    column = category_columns(by)[0]
    facts = counted_attributions(tables)[["attribution_id", column]]
    facts = facts.rename(columns={column: "category"})
    found = statements(tables, copies=copies).merge(facts, on="attribution_id")
    found = found[found["stance"].ne("declines")].dropna(subset=["category"])
    found["attributions"] = found.groupby("category")["category"].transform("size").astype("Int64")
    found["lot"] = [_lot(name, seed) for name in found["attribution_id"]]
    found = found.sort_values("lot")
    found["turn"] = found.groupby(["category", "dispatch_id"]).cumcount()
    found = found.sort_values("turn", kind="stable").groupby("category").head(per)
    found = found.sort_values(["attributions", "category"], ascending=[False, True], kind="stable")
    rest = [name for name in COLUMNS if name != column]
    out = found[["category", "attributions", *rest]].rename(columns={"category": column})
    return out.reset_index(drop=True)


def _lot(attribution_id: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}:{attribution_id}".encode()).hexdigest()


def _sentences(tables: Tables) -> pd.DataFrame:
    return tables.sentences[["dispatch_id", "sentence_no", "start", "end"]]


def _with_edges(found: pd.DataFrame) -> pd.DataFrame:
    """Fill spans that no sentence gives with the attribution's own first and last character."""
    starts, ends = (list(names) for names in _EDGES)
    return found.assign(
        start=found["start"].fillna(found[starts].min(axis=1)),
        end=found["end"].fillna(found[ends].max(axis=1)),
    )
