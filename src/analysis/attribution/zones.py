"""Stretches of a dispatch that are read as one: sentences, with each quotation as one item.

A quotation is never cut: the sentences it touches are read together, and its words count as a
single item, so that the grammar of the reporter's sentence is seen. What is inside a quotation is
read again, as a zone of its own, for speech reported there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.attribution.tagging import tag_items
from analysis.text.quotation import find_quotations, quoted_spans
from analysis.text.sentences import split_sentences
from analysis.text.tokens import token_spans

# A zone of more words than this is not news prose; read in pieces, its time stays bounded.
LONGEST_ZONE = 400
LONGEST_FRAGMENT = 6
ENDS_SPEECH = frozenset(".,?!…")


@dataclass
class Zone:
    """Items (words, or whole quotations) with their places and word classes.

    Attributes
    ----------
    starts, ends : character spans of the items.
    forms, words : items as written and in lower case; a quotation's is its text.
    tags : word classes (see `tagging`).
    sentence_no, paragraph_no : of the first item.
    quoted : whether the whole zone lies inside a quotation.
    """

    starts: list[int]
    ends: list[int]
    forms: list[str]
    sentence_no: int
    paragraph_no: int
    quoted: bool = False
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character span of the items `first` to `last`, both included."""
        return self.starts[first], self.ends[last]


def read_zones(body: str, sentences: Sequence[tuple[int, int, int]] | None = None) -> list[Zone]:
    """Return the zones of `body` in reading order, those inside a quotation after its own zone.

    `sentences` are those of `split_sentences`, where they are known already.

    >>> [len(zone) for zone in read_zones('"We go. Now," he said. It rained.')]
    [4, 3, 3]
    """
    quotations = quoted_spans(body)
    inner = [(q.start, q.end) for q in find_quotations(body) if q.depth == 2 and q.closed]
    sentences = split_sentences(body) if sentences is None else sentences
    zones: list[Zone] = []
    for group, inside in _macro_sentences(sentences, quotations):
        paragraph, start, _ = sentences[group[0]]
        end = sentences[group[-1]][2]
        spans, opaque = _items(body, start, end, inside)
        for piece in range(0, len(spans), LONGEST_ZONE):
            part = spans[piece : piece + LONGEST_ZONE]
            zones.append(_zone(body, part, opaque, group[0], paragraph))
        zones.extend(_quoted_zones(body, sentences, group, inside, inner))
    return zones


def _macro_sentences(
    sentences: Sequence[tuple[int, int, int]], quotations: list[tuple[int, int]]
) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Sentences grouped so that no quotation crosses a boundary, each with its quotations."""
    groups: list[tuple[list[int], list[tuple[int, int]]]] = []
    at = 0
    reach = -1
    for number, (_, start, end) in enumerate(sentences):
        if start >= reach or not groups:
            groups.append(([], []))
        groups[-1][0].append(number)
        while at < len(quotations) and quotations[at][0] < end:
            groups[-1][1].append(quotations[at])
            reach = quotations[at][1]
            at += 1
    return groups


def _items(
    body: str, start: int, end: int, quotations: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], set[int]]:
    spans: list[tuple[int, int]] = []
    opaque = set()
    at = start
    for first, last in quotations:
        spans.extend(token_spans(body, at, first))
        spans.append((first, last))
        opaque.add(first)
        at = last
    spans.extend(token_spans(body, at, end))
    return spans, opaque


def _zone(
    body: str, spans: list[tuple[int, int]], opaque: set[int], sentence: int, paragraph: int
) -> Zone:
    forms = [body[s:e] for s, e in spans]
    zone = Zone([s for s, _ in spans], [e for _, e in spans], forms, sentence, paragraph)
    zone.words = [
        form.lower() if s not in opaque else form
        for form, s in zip(forms, zone.starts, strict=True)
    ]
    quotes = {i: _quotation_tag(forms, i) for i, s in enumerate(zone.starts) if s in opaque}
    zone.tags = tag_items(forms, quotes)
    return zone


def _quotation_tag(forms: list[str], at: int) -> str:
    """ "Q" for quoted speech, "q" for a quoted term inside the reporter's clause."""
    inner = forms[at].strip("\"“”'‘’«»`").rstrip()
    short = len(inner.split()) <= LONGEST_FRAGMENT
    speech = bool(inner) and inner[-1] in ENDS_SPEECH
    before = forms[at - 1] if at else ""
    after = forms[at + 1] if at + 1 < len(forms) else ""
    if not before or before in ":," or speech or (after == "," and not short):
        return "Q"
    return "q" if short else "Q"


def _quoted_zones(
    body: str,
    sentences: Sequence[tuple[int, int, int]],
    group: list[int],
    quotations: list[tuple[int, int]],
    inner: list[tuple[int, int]],
) -> list[Zone]:
    zones = []
    for first, last in quotations:
        for number in group:
            paragraph, start, end = sentences[number]
            begin, stop = max(first + 1, start), min(last - 1, end)
            if begin >= stop:
                continue
            within = inner[bisect_left(inner, (begin, 0)) : bisect_left(inner, (stop, 0))]
            spans, opaque = _items(body, begin, stop, within)
            if len(spans) < 3:
                continue
            zone = _zone(body, spans[:LONGEST_ZONE], opaque, number, paragraph)
            zone.quoted = True
            zones.append(zone)
    return zones


def zone_at(zones: list[Zone], offset: int) -> int:
    """Index of the first zone that starts at or after `offset`.

    >>> zone_at(read_zones("One. Two."), 5)
    1
    """
    return bisect_left([zone.starts[0] for zone in zones], offset)
