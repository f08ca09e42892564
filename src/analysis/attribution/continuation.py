"""Quotations without a cue of their own: the speaker before goes on.

By the press convention a quotation that follows another without a new source belongs to the same
speaker. It becomes a further span of that speaker's attribution.
"""

from __future__ import annotations

from bisect import bisect_right

from analysis.attribution.finding import Finding
from analysis.attribution.zones import Zone

# Paragraphs a speaker may go on over without being named again.
REACH = 2
# Spans of other attributions that may begin between a quotation's beginning and one that holds it.
LOOK_BACK = 20


def attach_continuations(zones: list[Zone], findings: list[Finding]) -> list[Finding]:
    """Return `findings` with each free quotation added to the attribution it continues.

    A free quotation is a sentence (or several) all in quotation marks, in no content so far. It
    goes to the attribution before it in the same paragraph, or to one of the paragraph before when
    that ended in a quotation; a quotation that opens its paragraph and is followed there by a cued
    quotation goes to that one.

    >>> from analysis.attribution.rules import read_dispatch
    >>> [len(f.content) for f in read_dispatch('"We go," she said. "We must."').findings]
    [2]
    """
    outer = sorted((f for f in findings if not f.quoted and f.content), key=lambda f: f.start())
    taken = sorted(span for f in outer for span in f.content)
    by_zone: dict[int, list[Finding]] = {}
    for finding in outer:
        by_zone.setdefault(finding.zone, []).append(finding)
    latest: Finding | None = None
    at = 0
    for number, zone in enumerate(zones):
        if zone.quoted:
            continue
        while at < len(outer) and outer[at].zone <= number:
            if outer[at].zone == number or latest is None:
                latest = outer[at] if _can_continue(outer[at]) else latest
            at += 1
        free = _free_quotations(zone, taken)
        if not free:
            continue
        target = _target(zones, number, zone, latest, by_zone)
        target = _quoting(target, by_zone, zones) if target is not None else None
        if target is not None:
            target.content = sorted(target.content + free)
            latest = target
    return findings


def _can_continue(finding: Finding) -> bool:
    return finding.stance != "declines" and bool(finding.source) and finding.pattern != "noun"


def _free_quotations(zone: Zone, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The quotations of a zone that is nothing but quotations, none of them in a content."""
    if any(tag not in 'QC.,-()"' for tag in zone.tags):
        return []
    quotations = [zone.span(i, i) for i, tag in enumerate(zone.tags) if tag == "Q"]
    return [q for q in quotations if not _covered(q[0], taken)]


def _covered(place: int, taken: list[tuple[int, int]]) -> bool:
    """Whether one of the last spans that begin up to `place` reaches beyond it."""
    at = bisect_right(taken, (place, place + 1_000_000))
    return any(end > place for _, end in taken[max(0, at - LOOK_BACK) : at])


def _target(
    zones: list[Zone],
    number: int,
    zone: Zone,
    latest: Finding | None,
    by_zone: dict[int, list[Finding]],
) -> Finding | None:
    follower = _follower(zones, number, by_zone)
    same_paragraph = latest is not None and zones[latest.zone].paragraph_no == zone.paragraph_no
    if follower is not None and not same_paragraph:
        return follower
    if latest is None:
        return None
    distance = zone.paragraph_no - _last_paragraph(zones, latest)
    return latest if distance <= REACH - 1 else None


def _quoting(target: Finding, by_zone: dict[int, list[Finding]], zones: list[Zone]) -> Finding:
    """Of the findings of one source in one sentence, the one that quotes it."""
    for finding in by_zone.get(target.zone, []):
        if finding.source == target.source:
            quotations = {
                zones[finding.zone].span(i, i)
                for i, t in enumerate(zones[finding.zone].tags)
                if t == "Q"
            }
            if any(span in quotations for span in finding.content):
                return finding
    return target


def _last_paragraph(zones: list[Zone], finding: Finding) -> int:
    """Paragraph where the finding's content ends."""
    end = max(e for _, e in finding.content + finding.cue)
    number = finding.zone
    while number + 1 < len(zones) and zones[number + 1].starts[0] < end:
        number += 1
    return zones[number].paragraph_no


def _follower(zones: list[Zone], number: int, by_zone: dict[int, list[Finding]]) -> Finding | None:
    """The attribution of the next sentence of the paragraph when it begins with a quotation."""
    following = number + 1
    while following < len(zones) and zones[following].quoted:
        following += 1
    if following >= len(zones) or zones[following].paragraph_no != zones[number].paragraph_no:
        return None
    if zones[following].tags[0] != "Q":
        return None
    start = zones[following].starts[0]
    found = by_zone.get(following, [])
    return next((f for f in found if f.content and f.content[0][0] == start), None)
