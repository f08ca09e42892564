"""Sentences of a dispatch, quotation-aware.

Boundaries come from nupunkt, a Punkt tokenizer (Kiss and Strunk 2006, "Unsupervised Multilingual
Sentence Boundary Detection", Computational Linguistics 32:4) that ships its model. They are then
repaired where a quotation mark stands at the boundary: a sentence does not begin with a closing
mark, and ``"Why?" she asked`` is one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from analysis import schema
from analysis.text.paragraphs import paragraph_spans, trim
from analysis.text.quotation import find_quotations, quoted_spans

if TYPE_CHECKING:
    import pandas as pd

# A paragraph longer than this is cut at the last space before it: time stays bounded on a file
# that is one line of megabytes.
LONGEST_CHUNK = 200_000
STRAY_CLOSING = re.compile(r"[”’»)\]]+[\s.,;:]*")
ENDS_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Brig|Sen|Rep|Gov|Rev|Hon|Messrs|Supt"
    r"|Det|Insp|Cpl|Pvt|Atty|St|Sens|Reps|Gens|Cols)\.\s*$"
)
ENDS_IN_QUOTATION = re.compile(r"[.!?…]['’]?[\"”»]\s*$")
# "Why?" Ona Brill asked. — the name after the quotation does not begin a sentence.
NAMES_THE_SPEAKER = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:(?:also|then|later)\s+)?"
    r"(?:said|says|asked|asks|added|told|wrote|replied|tweeted|shouted|answered)\b(?!\s+(?:that|the|he|she|it|they)\b)[^.?!\"“”:]{0,60}[.,]?\s*$"
)
MISSED_BOUNDARY = re.compile(
    r"(?<=[a-z\d)%][.!?])(?:[\"”’»]{0,2})\s+(?=[\"“‘«(\[]{0,2}(?:[A-Z]))|(?<=[.!?][\"”»])\s+(?=[\"“«])"
)


def split_sentences(body: str) -> list[tuple[int, int, int]]:
    """Return the sentences of `body` as (paragraph number, start, end), in order.

    Spans are half-open, carry no whitespace at the edges and never cross a paragraph. A sentence
    ends after the closing quotation mark that belongs to it; a quotation and the "she asked" that
    follows it are one sentence.

    >>> text = 'Lt. Col. Ona Brill of the U.S. Army paused. "Why me?" she asked.'
    >>> [text[s:e] for _, s, e in split_sentences(text)]
    ['Lt. Col. Ona Brill of the U.S. Army paused.', '"Why me?" she asked.']
    """
    found: list[tuple[int, int, int]] = []
    openings = {q.start for q in find_quotations(body) if q.depth == 1}
    for number, (start, end) in enumerate(paragraph_spans(body)):
        for first, last in _chunks(body, start, end):
            found.extend((number, s, e) for s, e in _sentences_in(body, first, last, openings))
    return found


def sentence_table(dispatches: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``sentences`` for a table of dispatches.

    Parameters
    ----------
    dispatches : columns ``dispatch_id`` (string) and ``body`` (string). A missing body gives no
        sentences.

    Returns
    -------
    One row a sentence, numbered from 0 within its dispatch; ``quoted_share`` is the share of the
    sentence's characters that stand inside quotation marks, marks included, from 0 to 1.

    Raises
    ------
    SchemaError
        When a column is absent or a sentence number repeats (two dispatches of one name).

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"dispatch_id": ["d1"], "body": ['One. "Two," he said.']})
    >>> sentence_table(frame)[["sentence_no", "start", "end"]].values.tolist()
    [[0, 0, 4], [1, 5, 20]]
    """
    import pandas as pd

    from analysis.errors import SchemaError

    for name in ("dispatch_id", "body"):
        if name not in dispatches.columns:
            raise SchemaError("dispatches", f"no column {name!r}", "dispatch_id and body")
    rows: list[tuple[str, int, int, int, int, float]] = []
    pairs = zip(dispatches["dispatch_id"], dispatches["body"], strict=True)
    for dispatch_id, body in pairs:
        if isinstance(body, str):
            rows.extend(_rows(dispatch_id, body))
    frame = pd.DataFrame(rows, columns=pd.Index(schema.SENTENCES.names))
    return schema.conform(frame, "sentences")


def _rows(dispatch_id: str, body: str) -> list[tuple[str, int, int, int, int, float]]:
    quoted = quoted_spans(body)
    ends = [end for _, end in quoted]
    rows = []
    for number, (paragraph, start, end) in enumerate(split_sentences(body)):
        inside = 0
        for s, e in quoted[bisect_right(ends, start) :]:
            if s >= end:
                break
            inside += min(e, end) - max(s, start)
        rows.append((dispatch_id, number, paragraph, start, end, inside / (end - start)))
    return rows


def _chunks(body: str, start: int, end: int) -> list[tuple[int, int]]:
    chunks = []
    while end - start > LONGEST_CHUNK:
        cut = body.rfind(" ", start + 1, start + LONGEST_CHUNK)
        cut = cut if cut > start else start + LONGEST_CHUNK
        chunks.append((start, cut))
        start = cut
    chunks.append((start, end))
    return chunks


def _sentences_in(body: str, start: int, end: int, openings: set[int]) -> list[tuple[int, int]]:
    import nupunkt

    chunk = body[start:end]
    cuts = {start + e for _, e in nupunkt.sent_spans(chunk)}
    cuts |= {m.end() + start for m in MISSED_BOUNDARY.finditer(chunk)}
    spans: list[tuple[int, int]] = []
    begin = start
    for cut in sorted(cuts | {end}):
        first, last = trim(body, begin, cut)
        begin = cut
        if first >= last:
            continue
        if spans and _goes_on(body, spans[-1], first, last):
            first = spans.pop()[0]
        elif spans and (stray := _stray_closing(body, first, last, openings)):
            spans[-1] = (spans[-1][0], trim(body, spans[-1][1], stray)[1])
            first = trim(body, stray, last)[0]
        if first < last:
            spans.append((first, last))
    return spans


def _goes_on(body: str, before: tuple[int, int], first: int, last: int) -> bool:
    """Whether the sentence before does not end where the splitter cut it."""
    if body[first].islower():
        return True
    if ENDS_IN_QUOTATION.search(body, max(before[0], before[1] - 4), before[1]):
        return bool(NAMES_THE_SPEAKER.match(body, first, last))
    return bool(ENDS_ABBREVIATED.search(body, max(before[0], before[1] - 12), before[1]))


def _stray_closing(body: str, first: int, last: int, openings: set[int]) -> int:
    """The end of closing marks that belong to the sentence before, or 0."""
    if body[first] == '"' and first not in openings:
        end = first + 1
    elif match := STRAY_CLOSING.match(body, first, last):
        end = match.end()
    else:
        return 0
    return end
