"""What went wrong, one attribution at a time: errors to read, not to count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.text.sentences import split_sentences
from analysis.validation.pairing import Paired, paired

MISSED, SPURIOUS, EXTENT, SOURCE = "missed", "spurious", "wrong extent", "wrong source"
COLUMNS = {
    "dispatch_id": "string",
    "error": "string",
    "kind": "string",
    "source": "string",
    "labelled_source": "string",
    "cue": "string",
    "content": "string",
    "labelled_content": "string",
    "start": "Int64",
    "end": "Int64",
    "sentence": "string",
}
GAP = " … "


def attribution_errors(
    gold: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]]
) -> pd.DataFrame:
    """Return every attribution that was missed, invented, or found with another source or extent.

    Parameters
    ----------
    gold, found : documents, as in `analysis.validation.score_attributions`.

    Returns
    -------
    DataFrame (strings, and Int64 for ``start`` and ``end``), by document in the order of `gold`,
    then in reading order: ``dispatch_id``; ``error``; ``kind`` as labelled, or as found where
    nothing was labelled; ``source``, ``cue`` and ``content`` as found, or as labelled for a missed
    one, pieces joined by " … "; ``labelled_source`` and ``labelled_content``, NA where nothing was
    labelled; and the ``sentence`` of the cue (of the content where there is no cue), which is
    ``text[start:end]``. A part that is not expressed is NA.

    Notes
    -----
    ``error`` is ``missed`` (labelled, nothing found for it), ``spurious`` (found, nothing labelled
    there), ``wrong extent`` (the contents overlap, yet share too few words to count as detected) or
    ``wrong source`` (detected, but not joint). So labelled attributions that were not detected are
    the missed ones and those of wrong extent; finds that detect nothing are the spurious ones and
    again those of wrong extent. An error of the method looks just like one of the labels: read the
    sentence.

    Raises
    ------
    InputError : a text that differs.

    >>> gold = [{"id": "a", "text": "Ada said it rained.", "attributions": [
    ...     {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]], "kind": "indirect"}]}]
    >>> attribution_errors(gold, [])[["dispatch_id", "error", "source", "cue", "content"]]
      dispatch_id   error source   cue    content
    0           a  missed    Ada  said  it rained
    """
    rows = [row for document in paired(gold, found) for row in _errors(document)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _errors(document: Paired) -> list[dict[str, Any]]:
    sentences = [(start, end) for _, start, end in split_sentences(document.text)]
    rows = [
        _row(document, sentences, error, labelled, predicted)
        for error, labelled, predicted in _wrong(document)
    ]
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _wrong(
    document: Paired,
) -> Iterator[tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Yield what went wrong, with the attribution as labelled and as found."""
    for pair in document.pairs:
        if not pair.joint:
            error = SOURCE if pair.detected else EXTENT
            yield error, document.labelled[pair.gold.row], document.found[pair.found.row]
    met_gold = {pair.gold.row for pair in document.pairs}
    met_found = {pair.found.row for pair in document.pairs}
    for one in document.marked_gold:
        if one.row not in met_gold:
            yield MISSED, document.labelled[one.row], None
    for one in document.marked_found:
        if one.row not in met_found:
            yield SPURIOUS, None, document.found[one.row]


def _row(
    document: Paired,
    sentences: Sequence[tuple[int, int]],
    error: str,
    labelled: Mapping[str, Any] | None,
    predicted: Mapping[str, Any] | None,
) -> dict[str, Any]:
    shown = predicted or labelled or {}
    known = labelled or {}
    start, end = _sentence(shown, sentences)
    text = document.text
    return {
        "dispatch_id": document.id,
        "error": error,
        "kind": (labelled or shown).get("kind"),
        "source": _slice(text, shown.get("source")),
        "labelled_source": _slice(text, known.get("source")),
        "cue": _slice(text, shown.get("cue")),
        "content": _slice(text, shown.get("content")),
        "labelled_content": _slice(text, known.get("content")),
        "start": start,
        "end": end,
        "sentence": text[start:end],
    }


def _slice(text: str, spans: Sequence[Sequence[int]] | None) -> str | None:
    return GAP.join(text[start:end] for start, end in spans) if spans else None


def _sentence(
    attribution: Mapping[str, Any], sentences: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """The sentence in which the cue starts; without a cue, the one in which the content does."""
    spans = attribution.get("cue") or attribution["content"]
    start, last = min(span[0] for span in spans), max(span[1] for span in spans)
    around = [(s, e) for s, e in sentences if s <= start < e]
    return around[0] if around else (start, last)
