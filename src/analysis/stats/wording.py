"""The words and numbers in which results are told: one form for figures, tables and findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import InputError
from analysis.stats.selection import ATTRIBUTION_COLUMNS, SOURCE_COLUMNS
from analysis.stats.tone import UNIT_COLUMNS

CATEGORIES = (*UNIT_COLUMNS, *ATTRIBUTION_COLUMNS, *SOURCE_COLUMNS)
MINUS = "−"
NOT_STATED = "not stated"
# statistic: what it is called, what a missing unit lacks, whether it is a share
STATISTICS = {
    "share_of_attributions": ("share of attributions", "not classified", True),
    "share_of_words": ("share of attributed words", "not classified", True),
    "anonymity_rate": ("attributions to unnamed sources", "without a source", True),
    "decline_rate": ("attributions in which the source declines", "without a source", True),
    "mean_compound": ("mean tone", "not scored", False),
}
DIFFERENCE = "difference_in_"


class Html(str):
    """HTML as text that a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def statistic_of(result: pd.DataFrame) -> str:
    """Return the one statistic in a result; "" for a result without rows.

    Raises
    ------
    InputError : no column ``statistic``, or several statistics at once.
    """
    if "statistic" not in result.columns:
        raise InputError("a table without a column 'statistic'", "a result of analysis.stats")
    present = result["statistic"].unique()
    if len(present) > 1:
        raise InputError(f"{len(present)} statistics", "one; select its rows first")
    return str(present[0]) if len(present) else ""


def wording_of(statistic: str) -> tuple[str, str, bool]:
    """Return what a statistic is called, what a missing unit lacks, and whether it is a share.

    >>> wording_of("difference_in_anonymity_rate")
    ('difference in attributions to unnamed sources', 'without a source', True)
    """
    if statistic.startswith(DIFFERENCE):
        name, lack, share = wording_of(statistic.removeprefix(DIFFERENCE))
        return f"difference in {name}", lack, share
    return STATISTICS.get(statistic, (statistic.replace("_", " "), "missing", False))


def roles(result: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return the group columns and the category columns of a result.

    An id that stands beside a name is left out: it is for following up, not for reading.

    >>> from analysis.stats import invented_tables, share_of_voice
    >>> roles(share_of_voice(invented_tables(), "source", group="agency"))
    (['agency'], ['name'])
    """
    columns = list(result.columns)
    before = columns[: columns.index("statistic")] if "statistic" in columns else []
    hidden = {"source_id"} if "name" in before else set()
    category = [c for c in before if c in CATEGORIES and c not in hidden]
    return [c for c in before if c not in CATEGORIES], category


def printable(text: str) -> str:
    r"""Return `text` with control characters, which no page or font can show, made spaces.

    >>> printable("bell\x07 and line\nend")
    'bell  and line end'
    """
    return "".join(c if c.isprintable() else " " for c in text)


def value_as_text(value: Any, column: str = "") -> str:
    """Return a group or a category as a reader would say it.

    >>> value_as_text(True, "named"), value_as_text(False, "named"), value_as_text(pd.NA)
    ('named', 'unnamed', 'not stated')
    """
    if pd.isna(value):
        return NOT_STATED
    if column == "named":
        return "named" if value else "unnamed"
    return printable(str(value))


def number_as_text(value: Any, statistic: str, *, unit: bool = True) -> str:
    """Return an estimate or a bound: a share in per cent, a tone with two decimals.

    Shares below half a per cent, but not 0, are "<1 %"; those just short of the whole ">99 %".
    Differences of shares are in percentage points.

    >>> number_as_text(0.412, "anonymity_rate"), number_as_text(-0.2, "mean_compound")
    ('41 %', '−0.20')
    >>> number_as_text(0.001, "anonymity_rate"), number_as_text(pd.NA, "anonymity_rate")
    ('<1 %', 'no value')
    """
    if pd.isna(value):
        return "no value"
    if not wording_of(statistic)[2]:
        text = f"{abs(value):.2f}"
        return MINUS + text if value < 0 and text != "0.00" else text
    sign = MINUS if value < 0 else ""
    word = " points" if statistic.startswith(DIFFERENCE) else " %"
    return sign + _percent(abs(value)) + (word if unit else "")


def _percent(share: float) -> str:
    if 0 < share < 0.005:
        return "<1"
    if 0.995 <= share < 1:
        return ">99"
    return f"{100 * share:.0f}"


def estimate_as_text(row: Mapping[str, Any] | pd.Series) -> str:
    """Return an estimate with its interval.

    >>> row = {"statistic": "anonymity_rate", "estimate": 0.41, "ci_low": 0.352, "ci_high": 0.48}
    >>> estimate_as_text(row)
    '41 % (35 to 48)'
    >>> estimate_as_text(row | {"ci_low": pd.NA, "ci_high": pd.NA})
    '41 % (no interval)'
    """
    statistic = str(row["statistic"])
    estimate = number_as_text(row["estimate"], statistic)
    if pd.isna(row["estimate"]):
        return estimate
    if pd.isna(row["ci_low"]) or pd.isna(row["ci_high"]):
        return f"{estimate} (no interval)"
    low = number_as_text(row["ci_low"], statistic, unit=False)
    high = number_as_text(row["ci_high"], statistic, unit=False)
    return f"{estimate} ({low} to {high})"


def count_as_text(n: Any) -> str:
    """Return a count with commas between groups of three digits.

    >>> count_as_text(12345), count_as_text(pd.NA)
    ('12,345', 'no value')
    """
    return "no value" if pd.isna(n) else f"{int(n):,}"


def missing_as_text(row: Mapping[str, Any] | pd.Series) -> str:
    """Return how many units a result's row leaves out, and what they lack; "" if none.

    >>> missing_as_text({"statistic": "mean_compound", "n_missing": 12})
    '12 not scored'
    """
    lack = wording_of(str(row["statistic"]))[1]
    return f"{count_as_text(row['n_missing'])} {lack}" if row["n_missing"] else ""
