"""What a scorer is, and which there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from analysis.errors import InputError


@dataclass(frozen=True)
class Score:
    """The tone of one text.

    Attributes
    ----------
    negative, neutral, positive : shares of the evidence, 0 to 1; None without evidence.
    compound : tone from -1 to 1; None without evidence, which is not the same as 0: at 0 the
        words known to the scorer balance.
    n_matched : words the scorer knew.
    """

    negative: float | None
    neutral: float | None
    positive: float | None
    compound: float | None
    n_matched: int


NO_EVIDENCE = Score(None, None, None, None, 0)


class Scorer(Protocol):
    """Anything that scores a text.

    To add one: write a class with this method, and name its loader in `SCORERS`.
    """

    def score(self, text: str) -> Score:
        """Return the tone of `text`; `NO_EVIDENCE` when no word of it is known."""
        ...


def _vader() -> Scorer:
    """VADER: a lexicon of 7,500 words with rules for negation and emphasis (Hutto 2014)."""
    from analysis.sentiment.vader import Vader

    return Vader()


# Loaders rather than scorers: reading a lexicon takes time that `import` should not.
SCORERS: dict[str, Callable[[], Scorer]] = {"vader": _vader}


def load_scorer(name: str) -> Scorer:
    """Return the scorer of that name, ready to use.

    Raises
    ------
    InputError : no scorer has that name.

    >>> load_scorer("vader").score("A splendid result.").compound
    0.5859
    >>> load_scorer("magic")
    Traceback (most recent call last):
    analysis.errors.InputError: found scorer 'magic', expected one of: vader
    """
    if name not in SCORERS:
        raise InputError(f"scorer {name!r}", "one of: " + ", ".join(SCORERS))
    return SCORERS[name]()
