"""VADER: a lexicon of rated words with rules for negation, degree, capitals and contrast.

Hutto and Gilbert (2014), VADER: a parsimonious rule-based model for sentiment analysis of social
media text, ICWSM. The rules are NLTK's; the lexicon is the one that the vaderSentiment
distribution ships (MIT licence), read from that package's own folder: nothing is downloaded, and
NLTK's search path is left alone.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from importlib import resources

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

from analysis.sentiment.scorers import NO_EVIDENCE, Score

_APOSTROPHES = str.maketrans("’‘‛ʼ", "''''")
# Quotation marks, brackets, dashes and ellipses stick to words, and a word with "(" or a curly mark
# on it is found in no lexicon; "8)" would even be found, as a smiling face. Apostrophes inside a
# word stay.
_STUCK = re.compile(r"""["“”„‟«»()\[\]{}<>*–—…]|``|-{2,}|\.{2,}|(?<!\w)'|'(?!\w)""")
_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")


def plain(text: str) -> str:
    """Return `text` with typographic apostrophes made plain and marks that stick to words removed.

    >>> plain("“It wasn’t—(really)—bad…”").split()
    ['It', "wasn't", 'really', 'bad']
    """
    return _STUCK.sub(" ", text.translate(_APOSTROPHES))


class Vader:
    """VADER as a scorer of news text.

    The values are those of ``nltk.sentiment.vader`` for the text that `plain` returns, rounded as
    there: compound to 4 places, shares to 3.

    ``n_matched`` counts words of the text that stand in the lexicon. Negations ("not"), degree
    words ("very") and the word "but" change the weight of such words and are not counted themselves
    ("no" stands in the lexicon, and is). An idiom ("kiss of death") counts as the lexicon word in
    it. Without a lexicon word there is no evidence, and every value is None.

    >>> Vader().score("The talks were not helpful.")
    Score(negative=0.368, neutral=0.632, positive=0.0, compound=-0.3252, n_matched=1)
    >>> Vader().score("The talks were held on Tuesday.")
    Score(negative=None, neutral=None, positive=None, compound=None, n_matched=0)
    """

    def __init__(self) -> None:
        self._analyzer = _Analyzer()

    def score(self, text: str) -> Score:
        """Return the tone of `text`."""
        return self._analyzer.score(plain(text))


class _Analyzer(SentimentIntensityAnalyzer):
    """NLTK's analyzer with a lexicon from a package, counting the words it looks up."""

    def __init__(self) -> None:
        # NLTK's own initialiser reads from its data folders, which need a download.
        lexicon = resources.files("vaderSentiment") / "vader_lexicon.txt"
        self.lexicon_file = lexicon.read_text(encoding="utf-8").rstrip("\n")
        self.lexicon = self.make_lex_dict()  # type: ignore[no-untyped-call]
        self.constants = VaderConstants()  # type: ignore[no-untyped-call]
        # NLTK guards this pattern with a clock that costs more than the match; one character class
        # cannot run away.
        self.constants.REGEX_REMOVE_PUNCTUATION = _PUNCTUATION
        self._n_matched = 0

    def score(self, text: str) -> Score:
        # Most sentences of news hold no rated word; NLTK would take them apart all the same.
        if not any(self._rated(word) for word in text.lower().split()):
            return NO_EVIDENCE
        self._n_matched = 0
        shares = self.polarity_scores(text)  # type: ignore[no-untyped-call]
        if not self._n_matched:
            return NO_EVIDENCE
        return Score(
            shares["neg"], shares["neu"], shares["pos"], shares["compound"], self._n_matched
        )

    def _rated(self, word: str) -> bool:
        return word in self.lexicon or word.strip(string.punctuation) in self.lexicon

    def sentiment_valence(
        self, valence: float, sentitext: object, item: str, i: int, sentiments: list[float]
    ) -> list[float]:
        """Look up one word. NLTK calls this for each word that is no degree word."""
        self._n_matched += item.lower() in self.lexicon
        look_up: Callable[..., list[float]] = super().sentiment_valence
        return look_up(valence, sentitext, item, i, sentiments)
