"""Attributions without an active cue verb: according to, hedges, passives, non-answers, nouns."""

from __future__ import annotations

from analysis.attribution.content_end import clause_end, noun_end
from analysis.attribution.content_start import skip_adverbials
from analysis.attribution.contents import (
    Content,
    content_before,
)
from analysis.attribution.finding import Finding, Span
from analysis.attribution.lexicon import Cue, cues_of, noun_cues
from analysis.attribution.noun_phrase import Phrase, phrase_after, subject_before
from analysis.attribution.verb_group import VerbGroup
from analysis.attribution.zones import Zone

# Others' view: "is expected to", "was believed to".
HEDGED = frozenset(
    "expect believe say think report allege suspect fear estimate understand claim"
    " presume assume rumor rumour predict project reveal".split()
)
JUDGED = frozenset(
    "criticize criticise condemn denounce praise describe call reject dismiss welcome hail reveal"
    " announce report confirm deny mock ridicule decry question quote cite laud applaud".split()
)


def according_to(zone: Zone, index: int, cuts: list[int]) -> list[Finding]:
    """Return the attributions of "according to" and its like in a zone.

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("Two died, according to the coast guard.")[0]
    >>> finding = according_to(zone, 0, [])[0]
    >>> finding.source, finding.content
    ([(23, 38)], [(0, 8)])
    """
    found = []
    for i, word in enumerate(zone.words):
        for lemma, cue in cues_of("preposition").items():
            parts = lemma.split()
            if word != parts[0] or zone.words[i : i + len(parts)] != parts:
                continue
            if lemma == "per" and (zone.tags[i - 1] in "NM#" or i == 0):
                continue
            finding = _prepositional(zone, index, i, i + len(parts), cue, cuts)
            if finding is not None:
                found.append(finding)
    return found


def _prepositional(
    zone: Zone, index: int, first: int, after: int, cue: Cue, cuts: list[int]
) -> Finding | None:
    opens = (
        first == 0 or zone.tags[first - 1] in "CQ;:" or zone.words[first - 1] in ("that", "while")
    )
    source = phrase_after(zone, after, appositions=not opens)
    if source is None or (cue.lemma == "per" and "M" not in zone.tags[after : source.last + 1]):
        return None
    if opens and (longer := _introductory_apposition(zone, after, source.last)):
        source = longer
    contents = _prepositional_content(zone, first, source.last + 1, opens, cuts)
    if not contents:
        return None
    spans = [zone.span(c.first, c.last) for c in contents]
    return Finding(
        [zone.span(source.first, source.last)], [zone.span(first, after - 1)], spans,
        cue.lemma, cue.act, cue.stance, "according-to", index, zone.quoted,
    )  # fmt: skip


def _introductory_apposition(zone: Zone, after: int, last: int) -> Phrase | None:
    """ "According to its coach, Ona Brill, they won": two commas before the clause."""
    longer = phrase_after(zone, after)
    if longer is None or longer.last == last:
        return None
    follows = longer.last + 1
    return longer if follows < len(zone) and zone.tags[follows] == "," else None


def _prepositional_content(
    zone: Zone, first: int, after: int, opens: bool, cuts: list[int]
) -> list[Content]:
    tags = zone.tags
    if opens:
        start = after
        while start < len(tags) and tags[start] not in ",HQ:":
            start += 1
            if start - after > 25:
                return []
        while start < len(tags) and tags[start] in ",:":
            start += 1
        if start >= len(tags):
            return []
        end = clause_end(zone, start, next((c for c in cuts if c > start), len(zone)))
        return [Content(start, end, "according-to")] if end >= start else []
    before = content_before(zone, first, _clause_floor(zone, first))
    contents = [before] if before else []
    if (
        after + 1 < len(tags)
        and tags[after] == ","
        and tags[after + 1] not in "CGRS"
        and tags[first - 1] == ","
    ):
        end = clause_end(zone, after + 1, next((c for c in cuts if c > after + 1), len(zone)))
        if end > after + 1:
            contents.append(Content(after + 1, end, "resumed"))
    return contents


def _clause_floor(zone: Zone, first: int) -> int:
    """Where the clause before "according to" begins: after "but", "while" or a semicolon."""
    for k in range(first - 2, 0, -1):
        joined = zone.tags[k] == "C" and zone.tags[k - 1] == ","
        if zone.tags[k] == ";" or (joined and zone.words[k] == "but"):
            return k + 1
    return 0


def hedges(zone: Zone, index: int) -> list[Finding]:
    """Return the attributions of "reportedly" and "allegedly": others' words, no source.

    >>> from analysis.attribution.zones import read_zones
    >>> hedges(read_zones("She reportedly left.")[0], 0)[0].content
    [(0, 3), (15, 19)]
    """
    found = []
    for i, word in enumerate(zone.words):
        cue = cues_of("adverb").get(word)
        if cue is None:
            continue
        contents = _hedged_content(zone, i)
        if contents:
            spans = [zone.span(c.first, c.last) for c in contents]
            found.append(
                Finding(
                    [],
                    [zone.span(i, i)],
                    spans,
                    cue.lemma,
                    cue.act,
                    cue.stance,
                    "hedge",
                    index,
                    zone.quoted,
                )
            )
    return found


def _hedged_content(zone: Zone, i: int) -> list[Content]:
    tags = zone.tags
    contents = []
    verb = i - 1 if i and tags[i - 1] == "X" else i
    subject = subject_before(zone, verb) if i else None
    floor = i
    if subject is not None:
        floor = subject.first
    elif i and tags[i - 1] == "R":
        floor = i - 1
    if floor < i:
        contents.append(Content(floor, i - 1, "hedge"))
    start = i + 1
    while start < len(tags) and tags[start] in ",A":
        start += 1
    if start < len(tags):
        end = clause_end(zone, start, len(zone))
        for k in range(start + 1, end + 1):
            if tags[k] == "," and k > start:
                end = k - 1
                break
        if end >= start:
            contents.append(Content(start, end, "hedge"))
    return contents


def passives(zone: Zone, index: int, groups: list[VerbGroup], cuts: list[int]) -> list[Finding]:
    """Return the attributions of passive cues: "is expected to", "it was reported that", "by X".

    >>> from analysis.attribution.verb_group import find_verb_groups
    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("The bridge is believed to have failed.")[0]
    >>> passives(zone, 0, find_verb_groups(zone), [])[0].content
    [(0, 10), (23, 37)]
    """
    found = []
    for group in groups:
        if group.passive:
            finding = _passive(zone, index, group, cuts)
            if finding is not None:
                found.append(finding)
    return found


def _passive(zone: Zone, index: int, group: VerbGroup, cuts: list[int]) -> Finding | None:
    tags, words = zone.tags, zone.words
    subject = subject_before(zone, group.first)
    start = group.last + 1
    sources: list[Span] = []
    agent_end = start - 1
    if start < len(zone) and words[start] == "by" and (agent := phrase_after(zone, start + 1)):
        sources, agent_end = [zone.span(agent.first, agent.last)], agent.last
    start = agent_end + 1
    lemma = group.cue.lemma
    cut = next((c for c in cuts if c > start), len(zone))
    if subject is None:
        return None
    impersonal = words[subject.first] == "it" and subject.first == subject.last
    cue_first = subject.first if impersonal and tags[start : start + 1] != ["T"] else group.first
    tag = tags[start] if start < len(zone) else "."
    cue_last = group.last
    if lemma == "quote" and words[start : start + 2] == ["as", "saying"]:
        outer_sources = [zone.span(subject.first, subject.last)]
        cue_last, start = start + 1, start + 2
        contents = (
            [Content(start, clause_end(zone, start, cut), "quoted-as")] if start < len(zone) else []
        )
        sources = outer_sources
    elif (impersonal and tag in "HDPMN") or (tag == "H" and "that" in group.cue.frames):
        contents = [Content(start, clause_end(zone, start, cut), "passive")]
    elif (lemma in HEDGED and tag == "T" and start + 1 < len(zone)) or (
        lemma in ("accuse", "suspect", "blame") and tag == "I"
    ):
        contents = _split(zone, subject, start, cut)
    elif sources and lemma in JUDGED:
        contents = [Content(subject.first, subject.last, "passive")]
        if tag == "S" and words[start] == "as":
            contents.append(Content(start, noun_end(zone, start, cut), "passive"))
    elif group.cue.act == "directive" and tag == "T" and lemma != "ask" and sources:
        contents = [Content(start, clause_end(zone, start, cut), "passive")]
    else:
        return None
    spans = [zone.span(c.first, c.last) for c in contents if c.last >= c.first]
    if not spans:
        return None
    cue = group.cue
    return Finding(
        sources, [zone.span(cue_first, cue_last)], spans, cue.lemma,
        cue.act, cue.stance, "passive", index, zone.quoted,
    )  # fmt: skip


def _split(zone: Zone, subject: Phrase, start: int, cut: int) -> list[Content]:
    end = clause_end(zone, start, cut)
    return [Content(subject.first, subject.last, "passive"), Content(start, end, "passive")]


def nouns(zone: Zone, index: int, cuts: list[int]) -> list[Finding]:
    """Return the attributions of nouns with a holder: "the army's claim that p".

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("He mocked the army's claim that it rained.")[0]
    >>> zone.span(2, 3), nouns(zone, 0, [])[0].source, nouns(zone, 0, [])[0].content
    ((10, 18), [(10, 18)], [(27, 41)])
    """
    found = []
    for i, word in enumerate(zone.words):
        cue = noun_cues().get(word)
        if cue is None or zone.tags[i] != "N" or i + 2 >= len(zone):
            continue
        finding = _noun(zone, index, i, cue, cuts)
        if finding is not None:
            found.append(finding)
    return found


def _noun(zone: Zone, index: int, i: int, cue: Cue, cuts: list[int]) -> Finding | None:
    tags, words = zone.tags, zone.words
    follows = words[i + 1]
    if follows == "that" and tags[i + 1] == "H":
        start, last = i + 1, i
    elif follows in cue.frames and follows in ("for", "on"):
        start, last = i + 2, i + 1
    elif follows in cue.frames and (
        tags[i + 1] == "I" or (tags[i + 1] == "T" and tags[i + 2] in "BX")
    ):
        start, last = i + 1, i
    else:
        return None
    holder = _holder(zone, i)
    if holder is None:
        return None
    cut = next((c for c in cuts if c > start), len(zone))
    end = clause_end(zone, start, cut) if follows == "that" else noun_end(zone, start, cut)
    if end < start:
        return None
    return Finding(
        [zone.span(*holder)], [zone.span(i, last)], [zone.span(start, end)],
        cue.lemma, cue.act, cue.stance, "noun", index, zone.quoted,
    )  # fmt: skip


def _holder(zone: Zone, i: int) -> tuple[int, int] | None:
    """Items of the possessor before a noun cue ("the army's", "his"), or None."""
    k = i - 1
    if zone.words[i] in ("report", "reports") and zone.tags[k] in "NM":
        while k > 0 and zone.tags[k - 1] in "NM":
            k -= 1
        return (k - 1 if k and zone.tags[k - 1] == "D" and zone.tags[k] == "N" else k), i - 1
    while k > 0 and zone.tags[k] in "NE":
        k -= 1
    if zone.tags[k] == "'" and k > 0:
        subject = subject_before(zone, k)
        return (subject.first, subject.last) if subject else None
    if zone.words[k] in ("his", "her", "their", "its"):
        return k, k
    return None


def skipped(zone: Zone, start: int, frames: frozenset[str]) -> int:
    """First item after adverbials from `start`."""
    return skip_adverbials(zone, start, frames)
