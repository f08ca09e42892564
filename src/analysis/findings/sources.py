"""Who is heard, and how often nobody says who it is."""

from __future__ import annotations

import pandas as pd

from analysis.findings.words import attributions, beyond_chance, capital, listed, times
from analysis.stats.wording import estimate_as_text

SOURCE_TYPES = {
    "government": "government sources",
    "military": "military sources",
    "justice": "police, courts and lawyers",
    "politician": "politicians and parties",
    "international": "international bodies",
    "civil": "civil society groups",
    "expert": "experts",
    "business": "business sources",
    "media": "other media",
    "citizen": "citizens",
    "document": "documents",
    "unknown": "sources of unknown kind",
}
# A group of fewer attributions is not compared: its rate moves with every single one.
LEAST = 20


def who_is_heard(shares: pd.DataFrame, difference: pd.DataFrame | None = None) -> str:
    """Say which kind of source is heard most, which comes next, and how sure that order is.

    Parameters
    ----------
    shares : result of `analysis.stats.share_of_voice` by ``source_type``.
    difference : result of `analysis.stats.difference` between the first two; without it nothing is
        said of how sure their order is.

    >>> from analysis.stats import invented_tables, share_of_voice
    >>> who_is_heard(share_of_voice(invented_tables()))
    'Government sources and politicians and parties are heard most, each in 43 % (20 to 50) of ...'
    """
    heard, n = _heard(shares)
    if heard.empty:
        return "No attribution with an expressed source was found: nobody's share can be given."
    first = heard.iloc[0]
    name = kind(first["source_type"])
    if n == 1:
        return f"There is one attribution with an expressed source, to {name}: no share yet."
    if len(heard) == 1:
        return f"Only {name} are heard, in {attributions(n)}."
    second = heard.iloc[1]
    following = kind(second["source_type"])
    if first["estimate"] == second["estimate"]:
        both = capital(f"{name} and {following}")
        return f"{both} are heard most, each in {estimate_as_text(first)} of {attributions(n)}."
    return (
        f"{capital(name)} are heard most, in {estimate_as_text(first)} of {attributions(n)}; "
        f"{following} come next, with {estimate_as_text(second)}."
        + beyond_chance(difference, "the lead")
    )


def top_source(shares: pd.DataFrame) -> str:
    """Say which single source is heard most; nothing when there are not two attributions.

    Parameters
    ----------
    shares : result of `analysis.stats.share_of_voice` by ``source``.

    >>> from analysis.stats import invented_tables, share_of_voice
    >>> top_source(share_of_voice(invented_tables(), "source"))
    'The single source heard most is Mara Lund: 43 % (12 to 80) of 7 attributions.'
    """
    heard, n = _heard(shares)
    if heard.empty or n < 2:
        return ""
    first = heard.iloc[0]
    most = [str(name) for name in heard.loc[heard["estimate"].eq(first["estimate"]), "name"]]
    often = round(float(first["estimate"]) * n)
    if often < 2 or len(most) > 3:
        return f"No single source stands out in {attributions(n)}."
    if len(most) > 1:
        return f"The single sources heard most are {listed(most)}, {times(often)} each."
    return (
        f"The single source heard most is {most[0]}: {estimate_as_text(first)} of "
        f"{attributions(n)}."
    )


def anonymity(rate: pd.DataFrame) -> str:
    """Say how often the source is not named.

    Parameters
    ----------
    rate : the one row of `analysis.stats.anonymity_rate` without groups.

    >>> from analysis.stats import anonymity_rate, invented_tables
    >>> anonymity(anonymity_rate(invented_tables()))
    'The source is not named in 29 % (0 to 50) of 7 attributions.'
    """
    row = rate.iloc[0]
    n = int(row["n"])
    if not n:
        return "Nothing can be said about unnamed sources: no source is expressed."
    if n == 1:
        return f"The one source expressed is {'not ' if row['estimate'] else ''}named."
    unnamed = round(float(row["estimate"]) * n)
    if unnamed in (0, n):
        return f"The source is named in {'none' if unnamed else 'all'} of {attributions(n)}."
    return f"The source is not named in {estimate_as_text(row)} of {attributions(n)}."


def anonymity_by(
    rates: pd.DataFrame,
    column: str = "agency",
    difference: pd.DataFrame | None = None,
    least: int = LEAST,
) -> str:
    """Say where sources go unnamed most and least often, and whether that may be chance.

    Parameters
    ----------
    rates : result of `analysis.stats.anonymity_rate` with one group column.
    column : that column.
    difference : result of `analysis.stats.difference` between the two that `extremes` gives, at
        the level that `level_for_extremes` gives: the two were chosen because they differ most.
    least : attributions that a group needs to be compared; with fewer than two such groups there is
        nothing to say.
    """
    pair = extremes(rates, column, least)
    if len(pair) < 2:
        return ""
    high, low = pair.iloc[0], pair.iloc[1]
    if high["estimate"] == low["estimate"]:
        return ""
    return (
        f"Unnamed sources are most frequent at {high[column]}, {estimate_as_text(high)}, and "
        f"rarest at {low[column]}, {estimate_as_text(low)}."
        + beyond_chance(difference, "the difference", _pairs(rates, column, least))
    )


def extremes(rates: pd.DataFrame, column: str, least: int = LEAST) -> pd.DataFrame:
    """Return the groups with the highest and the lowest rate, of those with enough attributions."""
    enough = rates[rates["n"].ge(least) & rates["estimate"].notna() & rates[column].notna()]
    ordered = enough.sort_values("estimate", ascending=False, kind="stable")
    return ordered.iloc[[0, -1]] if len(ordered) > 1 else ordered.iloc[:0]


def level_for_extremes(
    rates: pd.DataFrame, column: str, least: int = LEAST, level: float = 0.95
) -> float:
    """Return the confidence level at which the two extremes of several groups may be compared.

    Of k groups, the pair that differs most is one of ``k (k - 1) / 2``; the error of 1 - `level` is
    shared among them (Bonferroni), so that chance alone calls no more than 1 - `level` of such
    reports different.
    """
    return 1 - (1 - level) / max(_pairs(rates, column, least), 1)


def _pairs(rates: pd.DataFrame, column: str, least: int) -> int:
    enough = rates["n"].ge(least) & rates["estimate"].notna() & rates[column].notna()
    k = int(enough.sum())
    return k * (k - 1) // 2


def kind(source_type: object) -> str:
    """Return a kind of source as it is called in a sentence.

    >>> kind("civil")
    'civil society groups'
    """
    return SOURCE_TYPES.get(str(source_type), str(source_type))


def _heard(shares: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Categories with at least one attribution, largest first, and the denominator."""
    heard = shares[shares["estimate"].astype("Float64").gt(0).fillna(False)]
    heard = heard.sort_values("estimate", ascending=False, kind="stable")
    return heard, int(heard["n"].iloc[0]) if len(heard) else 0
