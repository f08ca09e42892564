"""Score dispatches: one row a sentence of the reporter's, one row a quotation of a source's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from typing import NamedTuple

import pandas as pd

from analysis import schema
from analysis.sentiment.quotations import Content, contents_by_dispatch
from analysis.sentiment.scorers import Scorer, load_scorer
from analysis.sentiment.units import has_words, join, without
from analysis.text.quotation import quoted_spans


class Unit(NamedTuple):
    """A text to score, and what it is."""

    unit: str
    unit_id: str
    dispatch_id: str
    voice: str
    text: str


def score(
    dispatches: pd.DataFrame,
    sentences: pd.DataFrame,
    attributions: pd.DataFrame,
    attribution_spans: pd.DataFrame,
    *,
    scorer: str = "vader",
) -> pd.DataFrame:
    """Score the tone of dispatches, the reporter's voice and the sources' voices apart.

    Two kinds of unit are scored:

    - ``sentence``, voice ``reporter``: the words of a sentence that stand outside quotation marks,
      what sources are reported to have said without marks included. ``unit_id`` is
      ``dispatch_id:sentence_no``. A sentence that is quoted whole has no row.
    - ``quotation``, voice ``source``: the quoted words of one direct or mixed attribution, all its
      pieces together. ``unit_id`` is the ``attribution_id``. Words that a source quotes from
      another belong to the innermost direct or mixed attribution that holds them and are scored
      there alone; an attribution with no other words has no row.

    Parameters
    ----------
    dispatches : ``dispatch_id`` and ``body`` are read.
    sentences : ``dispatch_id``, ``sentence_no``, ``start``, ``end`` (offsets into the body).
    attributions : ``attribution_id``, ``dispatch_id``, ``kind``, ``nested_in``.
    attribution_spans : ``attribution_id``, ``role``, ``start``, ``end``; role ``content`` is used.
    scorer : a name in `analysis.sentiment.SCORERS`.

    Returns
    -------
    The `sentiment` table (`analysis.schema`), ``target`` NA, in the order of the dispatches: each
    dispatch's sentences, then its quotations. A unit in which the scorer knows no word has
    ``negative``, ``neutral``, ``positive`` and ``compound`` NA and ``n_matched`` 0: it holds no
    evidence, which is not the same as a neutral tone.

    Raises
    ------
    InputError : no scorer has that name.

    >>> dispatches = pd.DataFrame({"dispatch_id": ["d1"], "body": ['A calm day. "We hate it."']})
    >>> sentences = pd.DataFrame(
    ...     {"dispatch_id": "d1", "sentence_no": [0, 1], "start": [0, 12], "end": [11, 25]}
    ... )
    >>> attributions = pd.DataFrame(
    ...     {"attribution_id": ["d1:a000"], "dispatch_id": "d1", "kind": "direct"}
    ... ).assign(nested_in=None)
    >>> spans = pd.DataFrame(
    ...     {"attribution_id": ["d1:a000"], "role": "content", "start": [12], "end": [25]}
    ... )
    >>> score(dispatches, sentences, attributions, spans)[["unit_id", "voice", "compound"]]
       unit_id     voice  compound
    0     d1:0  reporter    0.3182
    1  d1:a000    source   -0.5719
    """
    reader = load_scorer(scorer)
    sentences_of = _by_dispatch(sentences)
    contents_of = contents_by_dispatch(attributions, attribution_spans)
    rows = [
        _row(unit, reader, scorer)
        for name, body in zip(dispatches["dispatch_id"], dispatches["body"], strict=True)
        for unit in _units(name, body, sentences_of.get(name, []), contents_of.get(name, []))
    ]
    frame = pd.DataFrame(rows) if rows else schema.empty("sentiment")
    return schema.conform(frame, "sentiment")


def _units(
    name: str, body: str, sentences: list[tuple[int, int, int]], contents: list[Content]
) -> Iterator[Unit]:
    marks = quoted_spans(body)
    for number, start, end in sentences:
        text = join(body, without([(start, end)], marks))
        if has_words(text):
            yield Unit("sentence", f"{name}:{number}", name, "reporter", text)
    for content in contents:
        text = join(body, content.own(marks))
        if has_words(text):
            yield Unit("quotation", content.attribution_id, name, "source", text)


def _by_dispatch(sentences: pd.DataFrame) -> dict[str, list[tuple[int, int, int]]]:
    columns = sentences[["dispatch_id", "sentence_no", "start", "end"]]
    out: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for name, *numbers in columns.itertuples(index=False, name=None):
        number, start, end = map(int, numbers)
        out[name].append((number, start, end))
    return dict(out)


def _row(unit: Unit, scorer: Scorer, name: str) -> dict[str, object]:
    row: dict[str, object] = unit._asdict() | {"scorer": name} | asdict(scorer.score(unit.text))
    return row
