"""Labelled and found documents side by side, their attributions paired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.errors import InputError
from analysis.validation.alignment import Document, Marked, Pair, align

Attributions = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Paired:
    """One labelled document, what was found in it, and which belongs to which.

    `labelled` and `found` are the attributions as they were given; `marked_gold` and `marked_found`
    those of them that have content; `absent` says that nothing was predicted for the document.
    """

    id: str
    text: str
    labelled: Attributions
    found: Attributions
    marked_gold: list[Marked]
    marked_found: list[Marked]
    pairs: list[Pair]
    absent: bool


def paired(
    gold: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]]
) -> Iterator[Paired]:
    """Yield every labelled document with its prediction, paired as `score_attributions` does.

    A labelled document that was not predicted counts as one without finds; a predicted document
    that was not labelled is left out.

    Raises
    ------
    InputError : a text that differs between the two.

    >>> gold = [{"id": "a", "text": "Ada said it rained.", "attributions": [
    ...     {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]]}]}]
    >>> [len(one.pairs) for one in paired(gold, gold)], [one.absent for one in paired(gold, [])]
    ([1], [True])
    """
    by_id = {str(document["id"]): document for document in found}
    for one in gold:
        predicted = by_id.get(str(one["id"]))
        if predicted and predicted.get("text", one["text"]) != one["text"]:
            raise InputError(f"another text for {one['id']!r}", "the labelled text, unchanged")
        document = Document(one["text"])
        finds = predicted["attributions"] if predicted else []
        labelled, marked = document.mark(one["attributions"]), document.mark(finds)
        yield Paired(
            str(one["id"]),
            one["text"],
            one["attributions"],
            finds,
            labelled,
            marked,
            align(document, labelled, marked),
            predicted is None,
        )
