"""What was read, in what tone it speaks, and who would not speak."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.findings.words import listed, number, period, times
from analysis.stats.selection import counted_dispatches
from analysis.stats.wording import estimate_as_text, number_as_text

if TYPE_CHECKING:
    from pandas._libs.missing import NAType

    from analysis.store import Tables

VOICES = {"reporter": "the reporters' own words", "source": "the sources' quoted words"}
STANCES = {
    "declines": "gave no answer",
    "denies": "denied something",
    "confirms": "confirmed something",
}


def coverage(counts: pd.DataFrame, agencies: Iterable[str | NAType] = ()) -> str:
    """Say how much was read, from when to when, and what was left out.

    Parameters
    ----------
    counts : the one row that `analysis.stats.counts` returns without groups.
    agencies : the agencies of the dispatches; NA is not counted.

    >>> from analysis.stats import counts, invented_tables
    >>> coverage(counts(invented_tables()), ["Norvik Press", "Halden Bureau"])
    'Read: 4 dispatches (2 agencies, 4 March to 12 March 2031), 12 words, with 9 attributions ...'
    """
    row = counts.iloc[0]
    left = _left_out(row)
    if not row["dispatches"]:
        return "No dispatch of this selection can be counted" + (f"; {left}." if left else ".")
    names = {str(agency) for agency in agencies if not pd.isna(agency)}
    facts = [
        number(len(names), "agency", "agencies") if names else "",
        period(row["first_published"], row["last_published"]),
    ]
    known = ", ".join(filter(None, facts))
    return (
        f"Read: {number(row['dispatches'], 'dispatch', 'dispatches')}"
        f"{f' ({known})' if known else ''}, {number(row['words'], 'word', 'words')}, with "
        f"{number(row['attributions'], 'attribution', 'attributions')} to "
        f"{number(row['sources'], 'source', 'sources')}" + (f"; {left}." if left else ".")
    )


def tone(means: pd.DataFrame, difference: pd.DataFrame | None = None) -> str:
    """Say how the reporters' words and the sources' quoted words compare in tone.

    Parameters
    ----------
    means : result of `analysis.stats.tone` by ``voice``.
    difference : result of `analysis.stats.difference` of ``"tone"`` between the voices ``"source"``
        and ``"reporter"``; without it the two are stated and not compared.
    """
    scored = means[means["n"].gt(0)]
    if scored.empty:
        return "No tone can be given: the scorer knows none of the words."
    said = [
        f"{VOICES.get(str(row['voice']), str(row['voice']))} {estimate_as_text(row)}"
        for _, row in scored.sort_values("voice").iterrows()
    ]
    return f"Tone from −1 to 1: {'; '.join(said)}.{_compared(difference)}"


def refusals(tables: Tables) -> str:
    """Say how often sources gave no answer, denied and confirmed.

    Parameters
    ----------
    tables : the canonical tables; copies and dispatches taken back are not counted.
    """
    counted = counted_dispatches(tables.dispatches)["dispatch_id"]
    table = tables.attributions
    stances = table.loc[table["dispatch_id"].isin(counted), "stance"]
    often = {stance: int(stances.eq(stance).sum()) for stance in STANCES}
    if not any(often.values()):
        return "No source denied or confirmed anything, or is said to have given no answer."
    parts = [f"{STANCES[stance]} {times(n)}" for stance, n in often.items() if n]
    return f"Sources {listed(parts)}."


def reliability(tables: Tables) -> str:
    """Say how many attributions may be expected to be right, as far as that was measured.

    Parameters
    ----------
    tables : the canonical tables; ``attributions.confidence`` is the share right among finds of the
        same rule on hand-labelled dispatches, NA where it was not measured.

    Notes
    -----
    The expected share is the mean confidence. It holds for dispatches like those labelled, and says
    nothing of attributions that were missed.

    >>> from analysis.stats import invented_tables
    >>> reliability(invented_tables())
    'How often such finds are right was not measured for any of the 11 attributions here.'
    """
    confidence = tables.attributions["confidence"]
    measured = confidence.dropna()
    n = number(len(confidence), "attribution", "attributions")
    if confidence.empty:
        return "There is no attribution whose correctness could be in doubt."
    if measured.empty:
        return f"How often such finds are right was not measured for any of the {n} here."
    right = number_as_text(float(measured.mean()), "share_of_attributions")
    rest = len(confidence) - len(measured)
    tail = f"; for {rest:,} it was not measured" if rest else ""
    return f"Of {n} here, {right} may be expected to be right, going by labelled dispatches{tail}."


def _left_out(row: pd.Series) -> str:
    copies, taken = int(row["copies_left_out"]), int(row["taken_back_left_out"])
    parts = [
        number(copies, "copy or earlier version", "copies or earlier versions") if copies else "",
        number(taken, "withdrawn dispatch", "withdrawn dispatches") if taken else "",
    ]
    parts = [part for part in parts if part]
    return f"{listed(parts)} left out" if parts else ""


def _compared(difference: pd.DataFrame | None) -> str:
    if difference is None or not len(difference) or pd.isna(difference["ci_low"].iloc[0]):
        return ""
    row = difference.iloc[0]
    gap = number_as_text(row["estimate"], str(row["statistic"]))
    if row["ci_low"] <= 0 <= row["ci_high"]:
        return f" The difference of the two, {gap}, may be chance."
    more = "positively" if row["estimate"] > 0 else "negatively"
    return f" Sources speak more {more} than reporters write: difference {gap}."
