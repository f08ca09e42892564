"""Cue verbs with their source and content: said that, said X, "…," X said, p, X said."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.attribution.contents import (
    Content,
    clause_end,
    content_after,
    content_before,
    has_clause,
)
from analysis.attribution.finding import Finding, Span
from analysis.attribution.lexicon import cue_verbs
from analysis.attribution.noun_phrase import Phrase, phrase_after, subject_before
from analysis.attribution.verb_group import VerbGroup
from analysis.attribution.zones import Zone

# After "p, X said" these begin what the writer adds, not what the source goes on to say.
NOT_RESUMED = frozenset("GRAISW")


@dataclass(frozen=True)
class Clause:
    """A cue verb with the phrase that is its source, and where the source stands."""

    group: VerbGroup
    source: Phrase | None
    inverted: bool = False
    shared: bool = False


def find_clauses(zone: Zone, groups: list[VerbGroup]) -> list[Clause]:
    """Return each active cue verb with its source: before it, after it, or shared with another.

    >>> from analysis.attribution.verb_group import find_verb_groups
    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones('"We go," said Ona Brill, adding that it rained.')[0]
    >>> [(c.inverted, c.shared) for c in find_clauses(zone, find_verb_groups(zone))]
    [(True, False), (False, True)]
    """
    clauses: list[Clause] = []
    for group in groups:
        clause = _clause(zone, group, clauses)
        if clause is not None:
            clauses.append(clause)
    return clauses


def _clause(zone: Zone, group: VerbGroup, earlier: list[Clause]) -> Clause | None:
    if group.passive or _reduced(zone, group):
        return None
    if group.gerund or group.infinitive:
        return _dependent(zone, group, earlier)
    if _inversion_possible(zone, group):
        source = phrase_after(zone, group.last + 1)
        if source is not None and _inverted(zone, group, source):
            return Clause(group, source, inverted=True)
    source = subject_before(zone, group.first)
    if source is not None:
        return Clause(group, source)
    return _coordinated(zone, group, earlier)


def _reduced(zone: Zone, group: VerbGroup) -> bool:
    """A participle without auxiliary: "remarks made", "announced by the ministry"."""
    if zone.tags[group.verb] != "E" or group.first != group.verb:
        return False
    follows = zone.words[group.last + 1] if group.last + 1 < len(zone) else ""
    return "past" not in group.kinds or follows == "by"


def _inversion_possible(zone: Zone, group: VerbGroup) -> bool:
    if (
        "q" not in group.cue.frames
        or "obj-to" in group.cue.frames
        or group.first != group.verb
        or zone.tags[group.verb] == "B"
    ):
        return False
    if group.first == 0:
        return True
    before = zone.tags[group.first - 1]
    if before in "Q-" or (before == "A" and group.first > 1 and zone.tags[group.first - 2] == "Q"):
        return True
    return before == "," and (group.first >= 3 or zone.tags[group.first - 2] == "Q")


def _inverted(zone: Zone, group: VerbGroup, source: Phrase) -> bool:
    """Whether the phrase after the verb is its subject rather than its object or its content."""
    after = source.last + 1
    tag = zone.tags[after] if after < len(zone) else "."
    if tag in "VX" or (tag == "E" and zone.tags[group.first - 1] == ","):
        return False
    if group.first and (zone.tags[group.first - 1] == "Q" or _after_quotation(zone, group.first)):
        return True
    if tag in "HT":
        return False
    if zone.tags[group.first - 1] == "," and subject_before(zone, group.first) is not None:
        return tag in ".,;" and not _np_verb_with_insert(zone, group)
    return group.first > 0


def _after_quotation(zone: Zone, at: int) -> bool:
    """``"…", said X``: the comma outside the quotation."""
    return at == 2 and zone.tags[1] == "," and zone.tags[0] == "Q"


def _np_verb_with_insert(zone: Zone, group: VerbGroup) -> bool:
    """ "Brand, the mayor, announced a ban." — the verb takes an object and its subject is before."""
    return "np" in group.cue.frames and not has_clause(zone, 0, group.first - 1)


def _dependent(zone: Zone, group: VerbGroup, earlier: list[Clause]) -> Clause | None:
    """A participle or infinitive takes the source of the clause it depends on."""
    before = zone.tags[group.first - 1] if group.first else ""
    if group.infinitive and not _infinitive_reports(zone, group):
        return None
    if group.gerund and before in ("D", "'"):
        return None
    if group.gerund and before in ("N", "M") and (issued := _issued_statement(zone, group)):
        return issued
    if earlier and not (group.gerund and before in ("N", "M")):
        return Clause(group, _matrix(zone, earlier).source, shared=True)
    source = _main_subject(zone, group.first)
    if source is None and group.first <= 1:
        source = _subject_after_participle(zone, group)
    return Clause(group, source, shared=True) if source is not None else None


def _matrix(zone: Zone, earlier: list[Clause]) -> Clause:
    """The last clause that is not itself the content of another."""
    for clause in reversed(earlier):
        edge = clause.source.edge if clause.source else 0
        if clause.inverted or clause.shared or edge == 0 or zone.tags[edge - 1] in ",;C-Q:.(W":
            return clause
    return earlier[0]


def _infinitive_reports(zone: Zone, group: VerbGroup) -> bool:
    if not group.cue.frames & {"q", "that", "zero"}:
        return False
    follows = zone.tags[group.last + 1] if group.last + 1 < len(zone) else "."
    return follows in "HQ" and not _hypothetical(zone, group)


def _hypothetical(zone: Zone, group: VerbGroup) -> bool:
    words = zone.words[max(0, group.first - 5) : group.first]
    return any(
        w in ("expected", "asked", "forced", "refused", "declined", "able", "not") for w in words
    )


def _issued_statement(zone: Zone, group: VerbGroup) -> Clause | None:
    """ "filed a motion claiming p": the cue is the whole phrase, the source its subject."""
    verb = group.first - 1
    while verb > max(0, group.first - 7) and zone.tags[verb] in "NMD#'":
        verb -= 1
    if zone.tags[verb] not in "VE":
        source = subject_before(zone, group.first)
        return Clause(group, source) if source is not None else None
    source = subject_before(zone, verb)
    if source is None:
        return None
    if zone.words[verb] not in ISSUING or zone.words[group.first - 1] not in DOCUMENTS:
        return Clause(group, source, shared=True)
    whole = VerbGroup(
        verb, group.last, group.verb, group.cue, group.kinds, False, False, False, False
    )
    return Clause(whole, source)


ISSUING = frozenset(
    "issued released filed sent posted published wrote signed made gave issues posts sends".split()
)
DOCUMENTS = frozenset(
    "statement statements motion letter report lawsuit complaint petition memo tweet message post"
    " email note brief suit order article video notice appeal".split()
)


def _main_subject(zone: Zone, before: int) -> Phrase | None:
    """Subject of the first finite verb of the sentence."""
    for finite in ("VX", "E"):  # a past tense before a preposition may be tagged as participle
        for k in range(1, before):
            if zone.tags[k] in finite and not (k > 1 and zone.tags[k - 1] == "R"):
                return subject_before(zone, k)
    return None


def _subject_after_participle(zone: Zone, group: VerbGroup) -> Phrase | None:
    """ "Citing the vote, Brand left": the subject follows the participle's phrase."""
    for k in range(group.last + 1, min(len(zone), group.last + 30)):
        if zone.tags[k] in "VX":
            source = subject_before(zone, k)
            if (
                source is not None
                and source.first > group.last
                and zone.tags[source.first - 1] == ","
            ):
                return source
            return None
    return None


def _coordinated(zone: Zone, group: VerbGroup, earlier: list[Clause]) -> Clause | None:
    """ "… and said": the subject of the verb it is joined to."""
    j = group.first - 1
    while j > 0 and zone.tags[j] in "AW":
        j -= 1
    if j <= 0 or zone.tags[j] not in "C,":
        return None
    follows = zone.tags[group.last + 1] if group.last + 1 < len(zone) else "."
    if "q" not in group.cue.frames and follows not in "HQK":
        return None  # "had visited and found its records": joined to the verb of the content
    if earlier:
        return Clause(group, _matrix(zone, earlier).source, shared=True)
    source = _main_subject(zone, j)
    return Clause(group, source, shared=True) if source is not None else None


def shared_subject(zone: Zone, at: int) -> Phrase | None:
    """Return the subject a verb at item `at` shares with the verb it is joined to ("… and said").

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("Ona Brill left but did not say why.")[0]
    >>> shared_subject(zone, 4).last
    1
    """
    j = at - 1
    while j > 0 and zone.tags[j] in "AW":
        j -= 1
    return _main_subject(zone, j) if j > 0 and zone.tags[j] in "C," else None


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

    >>> from analysis.attribution.verb_group import find_verb_groups
    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("It would rain, she said, by noon.")[0]
    >>> clause = find_clauses(zone, find_verb_groups(zone))[0]
    >>> report(zone, 0, clause, []).content
    [(0, 13), (25, 32)]
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
    finding = _finding(zone, index, group, sources, spans, pattern)
    return finding


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
    if before == "Q" or (before == "," and edge > 1 and zone.tags[edge - 2] == "Q"):
        if group.cue.frames & {"q", "zero", "that"}:
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
    if tags[start] in "I" and zone.words[start] not in ("of", "about", "against", "for", "because"):
        return (
            None
            if _no_clause_right(zone, start) and zone.tags[0] == "Q"
            else _rest(zone, start, cuts)
        )
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
