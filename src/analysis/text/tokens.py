"""Words and punctuation marks with their places."""

from __future__ import annotations

import re

# Hyphenated words and initialisms stay whole; clitics ('s, n't, 've) are parted, because the
# possessive ends a noun phrase's modifier and "n't" carries the negation.
TOKEN = re.compile(
    r"""
      (?:[A-Za-z]\.){2,}                               # U.S., a.m.
    | (?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Brig|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr
        |Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|No|vs|Pres|Supt|Det|Insp|Atty|Fr|Pvt|Cpl|Messrs)\.
    | \d+(?:[-‑][A-Za-z]+)+                             # 63-page
    | [$€£¥]?\d+(?:[.,:]\d+)*(?:%|[a-z]{1,2}\b)?        # 5,200  $2.5  4th
    | Ph\.\s?D\.?|[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]+)+      # Ph.D., example.org
    | \w+?(?=n['’]t\b)                                 # did|n't
    | n['’]t\b
    | ['’](?:s|S|ve|re|ll|d|m)\b
    | (?:O|D|d|Al|al|L|l|M|N|T)['’][A-Za-z]\w+(?:-\w+)* # O'Rourke
    | \w+(?:[-‑&/]\w+|['’](?!(?:s|S|ve|re|ll|d|m|t)\b)\w+)*
    | \.\.\.|--+|[^\w\s]
    """,
    re.VERBOSE,
)
WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def token_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the tokens of `text[start:end]` as spans of `text`.

    Initialisms ("U.S."), titles ("Lt."), hyphenated words and numbers are one token; clitics
    ("'s", "n't") are tokens of their own.

    >>> text = "The U.S. didn't ask O'Malley's aide."
    >>> [text[s:e] for s, e in token_spans(text)]
    ['The', 'U.S.', 'did', "n't", 'ask', "O'Malley", "'s", 'aide', '.']
    """
    stop = len(text) if end is None else end
    return [match.span() for match in TOKEN.finditer(text, start, stop)]


def count_words(text: str) -> int:
    """Return the number of words: runs of letters and digits, hyphens and apostrophes inside.

    >>> count_words("Five-day talks didn't end.")
    4
    """
    return sum(1 for _ in WORD.finditer(text))
