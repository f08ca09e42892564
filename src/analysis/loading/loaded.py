"""What `load` returns: tables, and a summary a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False, eq=False)
class Loaded:
    """Dispatches read from files, with everything that was refused or left out.

    Parameters
    ----------
    dispatches : one row a dispatch (table `dispatches` of `analysis.schema`).
    rejects : one row an input, or part of one, that could not be loaded.
    cuts : one row a stretch of an input left out of a body, with the rule that cut it.
    repairs : one row a stretch of a body that differs from the text as received.
    passed_over : how many records of web archives and parts of mails hold no dispatch by their
        nature (requests, images), by what they are.

    >>> from analysis import schema
    >>> Loaded(*(schema.empty(name) for name in ("dispatches", "rejects", "cuts", "repairs")))
    Loaded: 0 dispatches
    """

    dispatches: pd.DataFrame
    rejects: pd.DataFrame
    cuts: pd.DataFrame
    repairs: pd.DataFrame
    passed_over: Mapping[str, int] = field(default_factory=dict)

    def summary(self) -> dict[str, str]:
        """Counts, period, agencies, formats and problems, in words; what is absent is left out.

        >>> from analysis import schema
        >>> tables = (schema.empty(n) for n in ("dispatches", "rejects", "cuts", "repairs"))
        >>> Loaded(*tables).summary()
        {'dispatches': '0'}
        """
        frame = self.dispatches
        facts = {
            "dispatches": f"{len(frame):,}",
            "words": f"{int(frame['n_words'].sum()):,}" if len(frame) else "",
            "period": _period(frame["published_at"]),
            "agencies": _counts(frame["agency"]) if frame["agency"].notna().any() else "",
            "outlets": _counts(frame["outlet"].dropna()),
            "formats": _counts(frame["format"]),
            "repeats": str(int(frame["duplicate_of"].notna().sum())),
            "cuts": _counts(self.cuts["kind"]),
            "repairs": _counts(self.repairs["reason"]),
            "rejects": _counts(self.rejects["reason"]),
            "passed over": ", ".join(f"{what} ({n})" for what, n in self.passed_over.items()),
        }
        return {
            name: fact
            for name, fact in facts.items()
            if fact not in ("", "0") or name == "dispatches"
        }

    def __repr__(self) -> str:
        facts = self.summary()
        lines = [f"Loaded: {facts.pop('dispatches')} dispatches"]
        return "\n".join([*lines, *(f"  {name}: {fact}" for name, fact in facts.items())])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(name)}</th>'
            f'<td style="text-align:left">{escape(fact)}</td></tr>'
            for name, fact in self.summary().items()
        )
        return f"<table><caption>Loaded</caption><tbody>{rows}</tbody></table>"


def _period(times: pd.Series) -> str:
    known = times.dropna()
    if not len(known):
        return ""
    first, last = (f"{time:%Y-%m-%d}" for time in (known.min(), known.max()))
    undated = len(times) - len(known)
    return (first if first == last else f"{first} to {last}") + (
        f" ({undated} without a date)" if undated else ""
    )


def _counts(values: pd.Series, most: int = 6) -> str:
    counts = values.fillna("not stated").value_counts()
    named = [f"{value} ({count})" for value, count in counts.head(most).items()]
    more = len(counts) - most
    return ", ".join(named + ([f"{more} more"] if more > 0 else []))
