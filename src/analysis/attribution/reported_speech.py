"""Cue verbs with their source and content: said that, said X, "…," X said, p, X said."""

from __future__ import annotations

from analysis.attribution.clauses import Clause
from analysis.attribution.content_end import clause_end
from analysis.attribution.contents import (
    Content,
    content_after,
    content_before,
)
from analysis.attribution.finding import Finding, Span
from analysis.attribution.lexicon import cue_verbs
from analysis.attribution.noun_phrase import Phrase
from analysis.attribution.verb_group import VerbGroup
from analysis.attribution.zones import Zone

# After "p, X said" these begin what the writer adds, not what the source goes on to say.
NOT_RESUMED = frozenset("GRASW")


def cut_items(zone: Zone, clauses: list[Clause]) -> list[int]:
    """Return the items where the clause of another speaker begins, in order.

    No content of an earlier cue goes beyond them. A clause opened by "that", "if" or "who" belongs
    to the clause around it and cuts nothing.
    """
    cuts = []
    for clause in clauses:
        if clause.shared or clause.source is None or clause.inverted:
            continue
        edge = min(clause.source.edge, clause.source.first)
        k = edge - 1
        while k > 0 and zone.tags[k] in "A":
            k -= 1
        if k <= 0:
            continue
        joined = zone.tags[k] in "C;-" or zone.words[k] in (
            "while",
            "whereas",
            "as",
            "although",
            "though",
        )
        if joined or zone.tags[k] == ",":
            cuts.append(k - 1 if k > 1 and zone.tags[k - 1] == "," else k)
    return sorted(cuts)


def report(zone: Zone, index: int, clause: Clause, cuts: list[int]) -> Finding | None:
    """Return the attribution a clause makes, or None when it has no content.

    >>> from analysis.attribution.clauses import find_clauses
    >>> from analysis.attribution.verb_group import find_verb_groups
    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("The rain, she said, would stop.")[0]
    >>> clause = find_clauses(zone, find_verb_groups(zone))[0]
    >>> report(zone, 0, clause, []).content
    [(0, 8), (20, 30)]
    """
    group, source = clause.group, clause.source
    own_cuts = [c for c in cuts if source is None or c > max(group.last, source.last)]
    if clause.inverted:
        contents, pattern = _around(zone, group.first, _after(clause), own_cuts), "inverted"
    elif clause.shared or source is None:
        contents, pattern = _right(zone, group, own_cuts)
    else:
        contents, pattern = _either_side(zone, clause, own_cuts)
    if not contents:
        return None
    spans = [zone.span(c.first, c.last) for c in contents]
    sources = [zone.span(source.first, source.last)] if source else []
    return _finding(zone, index, group, sources, spans, pattern)


def _finding(
    zone: Zone, index: int, group: VerbGroup, sources: list[Span], spans: list[Span], pattern: str
) -> Finding:
    cue = group.cue
    return Finding(
        sources,
        [zone.span(group.first, group.last)],
        spans,
        cue.lemma,
        cue.act,
        cue.stance,
        pattern,
        index,
        zone.quoted,
    )


def _after(clause: Clause) -> int:
    last = clause.source.last if clause.source else clause.group.last
    return max(last, clause.group.last) + 1


def _right(zone: Zone, group: VerbGroup, cuts: list[int]) -> tuple[list[Content], str]:
    content = content_after(zone, group, cuts)
    return ([content], content.frame) if content else ([], "")


def _either_side(zone: Zone, clause: Clause, cuts: list[int]) -> tuple[list[Content], str]:
    """Content before ("p, X said") or after ("X said p") a source that precedes its cue."""
    group, source = clause.group, clause.source
    if source is None:
        return [], ""
    edge = source.first
    before = zone.tags[edge - 1] if edge else ""
    quoted = before == "Q" or (before == "," and edge > 1 and zone.tags[edge - 2] == "Q")
    if quoted and group.cue.frames & {"q", "zero", "that"}:
        contents = _around(zone, edge, group.last + 1, cuts)
        if contents:
            return contents, "after-quotation"
    contents, pattern = _right(zone, group, cuts)
    follows = zone.tags[group.last + 1] if group.last + 1 < len(zone) else "."
    postposed = before in (",", "-") and edge > 2 and bool(group.cue.frames & {"q", "zero"})
    if contents and not (postposed and follows == "," and contents[0].frame == "q"):
        return contents, pattern
    if postposed and (follows in ",.;-" or not contents):
        around = _around(zone, edge, group.last + 1, cuts)
        if around:
            return around, "postposed"
    if edge > 2 and zone.words[edge - 1] == "as" and not contents:
        around = _around(zone, edge - 1, group.last + 1, cuts)
        return around, "as-said"
    if contents:
        return contents, pattern
    return _relative_content(zone, group, source, cuts)


def _relative_content(
    zone: Zone, group: VerbGroup, source: Phrase, cuts: list[int]
) -> tuple[list[Content], str]:
    """ "…, which she said was late": the pronoun and what follows the cue."""
    edge = source.first
    start = group.last + 1
    if edge and zone.tags[edge - 1] in "RH" and start < len(zone) and zone.tags[start] in "VX":
        end = clause_end(zone, start, next((c for c in cuts if c > start), len(zone)))
        return [
            Content(edge - 1, edge - 1, "relative"),
            Content(start, end, "relative"),
        ], "relative"
    return [], ""


def _around(zone: Zone, edge: int, after: int, cuts: list[int]) -> list[Content]:
    """Content before item `edge` and, where the cue interrupts it, after item `after`."""
    contents = []
    before = content_before(zone, edge)
    if before is not None and _is_fronted(zone, before):
        before = None
    if before is not None:
        contents.append(before)
    resumed = _resumed(zone, after, cuts)
    if resumed is not None and before is not None and zone.tags[before.last] == "Q":
        # After quoted speech only more quoted speech is the source's.
        quoted = "Q" in zone.tags[resumed.first : resumed.first + 3]
        resumed = resumed if quoted else None
    if resumed is not None:
        if before is not None and _is_lead(zone, before) and zone.tags[resumed.first] == "Q":
            contents = []
        contents.append(resumed)
    return contents


def _is_lead(zone: Zone, content: Content) -> bool:
    """A short opening phrase ("In response") before an interrupted quotation is the writer's."""
    tags = zone.tags[content.first : content.last + 1]
    return len(tags) <= 4 and tags[0] in "IAWG" and not any(t in "VXQ" for t in tags)


def _is_fronted(zone: Zone, content: Content) -> bool:
    """A subordinate clause or phrase before the subject ("After the vote, she said …")."""
    tags = zone.tags[content.first : content.last + 1]
    return tags[0] in "ISG" and not any(t in ",Q" for t in tags)


def _resumed(zone: Zone, after: int, cuts: list[int]) -> Content | None:
    """What follows an interrupting cue: ``"We go," she said, "today."``."""
    tags = zone.tags
    k = after
    while k < len(tags) and tags[k] not in ",:Q.;-":
        k += 1
        if k - after > 14:
            return None
    if k >= len(tags) or (k > after and tags[k] not in ",:Q"):
        return None
    start = k + 1 if tags[k] in ",:-" else k
    if start >= len(tags) - 1 and not (start < len(tags) and tags[start] in "Qq"):
        return None
    if tags[start] in "Qq" or (tags[start] == "H" and tags[start + 1] == "Q"):
        return Content(start, clause_end(zone, start, _cut(cuts, start, len(tags))), "resumed")
    if k != after or tags[k] == "Q" or tags[start] in NOT_RESUMED or _new_cue(zone, start):
        return None
    return _rest(zone, start, cuts)


def _rest(zone: Zone, start: int, cuts: list[int]) -> Content | None:
    end = clause_end(zone, start, _cut(cuts, start, len(zone)))
    return Content(start, end, "resumed") if end > start else None


def _cut(cuts: list[int], start: int, default: int) -> int:
    return next((c for c in cuts if c > start), default)


def _new_cue(zone: Zone, start: int) -> bool:
    return any(
        zone.words[k] in cue_verbs() and zone.tags[k] in "VG"
        for k in range(start, min(start + 2, len(zone)))
    )
