"""Cue verbs with the noun phrase that is their source."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.attribution.content_end import has_clause
from analysis.attribution.noun_phrase import Phrase, phrase_after, subject_before
from analysis.attribution.verb_group import VerbGroup
from analysis.attribution.zones import Zone

ISSUING = frozenset(
    "issued released filed sent posted published wrote signed made gave issues posts sends".split()
)
DOCUMENTS = frozenset(
    "statement statements motion letter report lawsuit complaint petition memo tweet message post"
    " email note brief suit order article video notice appeal".split()
)


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
    """ "Brand, the mayor, announced a ban.": the verb takes an object, its subject is before."""
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
