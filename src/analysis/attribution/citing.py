"""Sources cited by another source: "the paper, citing two officials, reported p"."""

from __future__ import annotations

from analysis.attribution.finding import Finding
from analysis.attribution.mentions import describe
from analysis.attribution.noun_phrase import phrase_after
from analysis.attribution.zones import Zone

CITING = frozenset("citing quoting".split())


def cited(zone: Zone, findings: list[Finding]) -> list[Finding]:
    """Return the findings of a zone with each cited speaker made an attribution of its own.

    Where what is cited can speak (a person, a body, a document), it is the inner source of the same
    content; where it is a reason ("citing costs"), the finding stays as it is (guideline rule 3).

    >>> from analysis.attribution.rules import read_dispatch
    >>> text = "The Ede Post, citing two officials, reported that talks had failed."
    >>> [(f.speaker, f.lemma, f.outer is not None) for f in read_dispatch(text).findings]
    [('The Ede Post', 'report', False), ('two officials', 'cite', True)]
    """
    kept = [f for f in findings if f.lemma not in ("cite", "quote") or f.pattern == "passive"]
    reasons = [f for f in findings if f not in kept]
    for i, word in enumerate(zone.words):
        if word not in CITING or zone.tags[i] != "G":
            continue
        source = phrase_after(zone, i + 1)
        outer = _reporter(zone, i, kept)
        if source is None or outer is None or not _speaks(zone, source.first, source.last):
            continue
        place = zone.span(i, i)
        reasons = [f for f in reasons if f.cue[0] != place]
        inner = Finding(
            [zone.span(source.first, source.last)], [place], list(outer.content), "cite",
            "statement", "asserts", "citing", outer.zone, zone.quoted,
        )  # fmt: skip
        inner.outer = outer
        kept.append(inner)
    return kept + reasons


def _speaks(zone: Zone, first: int, last: int) -> bool:
    start, end = zone.span(first, last)
    mention = describe(" ".join(zone.forms[first : last + 1])) if start < end else None
    if mention is None:
        return False
    return bool(mention.person) or mention.role is not None or "M" in zone.tags[first : last + 1]


def _reporter(zone: Zone, i: int, findings: list[Finding]) -> Finding | None:
    """The finding whose source cites: its cue nearest to the participle, before it or after."""
    place = zone.starts[i]
    near = [f for f in findings if f.cue and f.content and f.source and f.outer is None]
    return min(near, key=lambda f: abs(f.cue[0][0] - place), default=None)
