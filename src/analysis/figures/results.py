"""One figure a statistic: what it is called, and what it says when there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.figures.intervals import draw_intervals
from analysis.stats.wording import roles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NO_ATTRIBUTIONS = "no attributions in this selection"
NO_SCORES = "no scored words in this selection"
CATEGORY_NAMES = {
    "name": "source",
    "source_type": "source type",
    "named": "named and unnamed sources",
    "cue_lemma": "cue",
    "kind": "kind of quotation",
}


def draw_share_of_voice(result: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw `analysis.stats.share_of_voice`: each category's share, in per cent, with its interval.

    Parameters
    ----------
    result, ax : as in `analysis.figures.draw_intervals`.
    title : of the axes; "" names the measure and the categories.

    Returns
    -------
    The axes; without rows they say that there are no attributions.

    >>> from analysis.stats import invented_tables, share_of_voice
    >>> draw_share_of_voice(share_of_voice(invented_tables())).get_title(loc="left")
    'Share of voice by source type'
    """
    title = title or "Share of voice" + _by(result)
    return draw_intervals(result, ax, title=title, nothing=NO_ATTRIBUTIONS)


def draw_anonymity(result: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw `analysis.stats.anonymity_rate`: the share of attributions to unnamed sources.

    Parameters and result are those of `draw_share_of_voice`.

    >>> from analysis.stats import anonymity_rate, invented_tables
    >>> ax = draw_anonymity(anonymity_rate(invented_tables(), group="agency"))
    >>> ax.get_title(loc="left")
    'Attributions to unnamed sources by agency'
    """
    title = title or "Attributions to unnamed sources" + _by(result)
    return draw_intervals(result, ax, title=title, nothing=NO_ATTRIBUTIONS)


def draw_tone(result: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw `analysis.stats.tone`: the mean compound score, negative to the left of 0.

    The rows say how many units were scored and how many held no word that the scorer knows.
    Parameters and result are those of `draw_share_of_voice`.

    >>> from analysis.stats import invented_tables, tone
    >>> ax = draw_tone(tone(invented_tables()))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['reporter\\nn = 4, 2 not scored', 'source\\nn = 3, 1 not scored']
    """
    title = title or "Mean tone" + _by(result)
    return draw_intervals(result, ax, title=title, nothing=NO_SCORES)


def draw_difference(result: pd.DataFrame, ax: Axes | None = None, *, title: str = "") -> Axes:
    """Draw `analysis.stats.difference`: right of 0, the first of the two has more.

    Parameters and result are those of `draw_share_of_voice`. Where all rows compare the same two,
    the title names them and the rows need not.

    >>> from analysis.stats import difference, invented_tables
    >>> change = difference(invented_tables(), "tone", "voice", "source", "reporter")
    >>> draw_difference(change).get_title(loc="left")
    'source less reporter'
    """
    pairs = result[["first", "second"]].drop_duplicates()
    if len(pairs) == 1:
        title = title or " less ".join(map(str, pairs.iloc[0]))
        result = result.drop(columns=["first", "second"])
    return draw_intervals(result, ax, title=title or "Differences", nothing=NO_ATTRIBUTIONS)


def _by(result: pd.DataFrame) -> str:
    groups, categories = roles(result)
    names = [CATEGORY_NAMES.get(name, name.replace("_", " ")) for name in categories]
    parts = [", ".join(names)] if names else []
    parts += [", ".join(groups)] if groups else []
    return " by " + " and ".join(parts) if parts else ""
