"""Bounds of the noun phrase that names a source, to the left or the right of a cue.

The source is the whole phrase: title, name, "of ..." and apposition belong to it, a relative clause
does not. There is no parser: the walk stops at what cannot belong to a noun phrase.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.attribution.noun_phrase_right import apposition_right, simple_right
from analysis.attribution.zones import Zone

# Adverbials that end a source phrase on its right: "said Brand in a statement".
QUANTIFIERS = ("others", "many", "some", "both", "all", "most")
LONGEST_PHRASE = 40


@dataclass(frozen=True)
class Phrase:
    """A source phrase as items `first` to `last`; `edge` is the first item of all it stands in."""

    first: int
    last: int
    edge: int


def subject_before(zone: Zone, at: int) -> Phrase | None:
    """Return the noun phrase that is the subject of the verb group starting at item `at`.

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("On Monday, Ona Brill, an aide to the mayor, said it rained.")[0]
    >>> phrase = subject_before(zone, zone.words.index("said"))
    >>> " ".join(zone.forms[phrase.first : phrase.last + 1])
    'Ona Brill , an aide to the mayor'
    """
    j = _skip_adverbials_left(zone, at - 1)
    if j < 0:
        return None
    if zone.tags[j] == ",":
        return _before_insert(zone, j)
    if zone.tags[j] == "-" and (opening := _opening_dash(zone, j)):
        j = opening - 1
    return _core_left(zone, j)


def phrase_after(zone: Zone, at: int, appositions: bool = True) -> Phrase | None:
    """Return the noun phrase that starts at item `at`, with its "of ..." and appositions.

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones('"Yes," said Ona Brill, an aide to the mayor, on Monday.')[0]
    >>> phrase = phrase_after(zone, 2)
    >>> " ".join(zone.forms[phrase.first : phrase.last + 1])
    'Ona Brill , an aide to the mayor'
    """
    last = simple_right(zone, at)
    if last is None:
        return None
    while appositions and (more := apposition_right(zone, last)):
        last = more
    return Phrase(at, last, at)


def _skip_adverbials_left(zone: Zone, j: int) -> int:
    """Step over adverbs and days between a subject and its verb ("Brand on Monday also said")."""
    while j > 0:
        if zone.tags[j] in "AZ" or (
            zone.words[j] in ("both", "all", "each") and zone.tags[j - 1] in ",NM"
        ):
            j -= 1
        elif zone.tags[j] in "W#" and (k := _time_start(zone, j)) > 0:
            j = k - 1
        else:
            break
    return j


def _time_start(zone: Zone, j: int) -> int:
    """First item of a time expression that ends at `j`, or 0."""
    k, day = j, False
    while k > 0 and zone.tags[k] in "W#":
        day = day or zone.tags[k] == "W"
        k -= 1
    if not day:
        return 0
    if zone.words[k] in ("this", "last", "next", "late", "early", "earlier"):
        k -= 1
    if zone.words[k] in ("on", "in", "since", "by", "late", "early"):
        return k
    return k + 1


def _opening_dash(zone: Zone, j: int) -> int:
    for k in range(j - 2, max(0, j - LONGEST_PHRASE), -1):
        if zone.tags[k] == "-":
            return k
    return 0


def _before_insert(zone: Zone, comma: int) -> Phrase | None:
    """The subject before an insert that ends at `comma`: apposition, relative clause, "citing"."""
    for c in range(comma - 2, max(0, comma - LONGEST_PHRASE), -1):
        if zone.tags[c] in "Q:;.":
            return None
        if zone.tags[c] != "," or zone.tags[c - 1] not in "NM#q)P":
            continue
        kind = _insert_kind(zone, c + 1, comma)
        core = _core_left(zone, c - 1) if kind else None
        if core is None:
            continue
        core = _with_earlier_apposition(zone, core)
        if kind == "apposition":
            return Phrase(core.first, _cut_relative(zone, c + 1, comma - 1), core.edge)
        return core
    return None


def _insert_kind(zone: Zone, first: int, comma: int) -> str:
    tag = zone.tags[first]
    if tag in "RGEISAWK" or zone.words[first] in ("whose",):
        return "clause"
    if zone.words[first] in ("and", "or", "but", "like"):
        return "clause" if any(t in "VX" for t in zone.tags[first:comma]) else ""
    if tag in "DNM#q":
        relative = False
        for k in range(first, comma):
            relative = relative or zone.tags[k] in "RH"
            if zone.tags[k] in "VX" and not relative:
                return ""
        return "apposition" if tag != "N" or _names_role(zone, first, comma) else "clause"
    return ""


def _names_role(zone: Zone, first: int, comma: int) -> bool:
    """Whether a bare insert is a role ("head of the union") rather than a state ("ill since")."""
    from analysis.attribution.mentions import role_list

    for k in range(first, comma):
        if zone.tags[k] in "IRE":
            break
        if zone.words[k] in role_list():
            return True
    return False


def _cut_relative(zone: Zone, first: int, last: int) -> int:
    """Last item of an apposition without its relative clause."""
    for k in range(first + 1, last + 1):
        if zone.tags[k] == "R":
            k -= 1
            return k - 1 if zone.tags[k] in "," else k
    return last


def _with_earlier_apposition(zone: Zone, core: Phrase) -> Phrase:
    """ "Ola Brand, mayor of Ede, Holt, said": the name before the apposition is the head."""
    while core.first > 1 and zone.tags[core.first - 1] == ",":
        before = zone.tags[core.first - 2]
        if before not in "NM)" or core.edge != core.first:
            break
        earlier = _core_left(zone, core.first - 2)
        if earlier is None or earlier.edge != earlier.first:
            break
        if not any(t == "M" for t in zone.tags[earlier.first : earlier.last + 1]):
            break
        core = Phrase(earlier.first, core.last, earlier.edge)
    return core


def _core_left(zone: Zone, last: int) -> Phrase | None:
    """Walk left from the last item of a noun phrase to its first."""
    tags, words = zone.tags, zone.words
    if last < 0:
        return None
    alone = tags[last] in "PR" or words[last] in QUANTIFIERS
    if alone and (tags[last] == "R" or last == 0 or tags[last - 1] not in "DI"):
        return Phrase(last, last, last)
    if tags[last] == ")":
        opening = _opening_bracket(zone, last)
        if last - opening > 5:
            last = opening - 1
    if last < 0 or tags[last] not in "NM#q')DWE":
        return None
    i, conjunction = last, -1
    floor = max(-1, last - LONGEST_PHRASE)
    while i > floor:
        step = _step_left(zone, i, last, conjunction)
        if step == i:
            break
        if step < 0 and step != -1:
            return _relative_head(zone, -step - 2)
        if tags[i] == "C":
            conjunction = i
        i = step
    first = i + 1
    boundary = tags[i] if i >= 0 else ""
    if conjunction > 0 and boundary in ("V", "X", "B", "G", "E", "T") and conjunction >= first:
        first = _after_last_conjunction(zone, first, last)
    return _without_lead(zone, first, last, boundary)


def _step_left(zone: Zone, i: int, last: int, conjunction: int) -> int:
    """Next item to the left, `i` itself at a boundary, or -(k + 2) to restart before item k."""
    tags = zone.tags
    tag, before = tags[i], tags[i - 1] if i else ""
    if tag in "NM#qD":
        return i - 1
    if tag == "'":
        return i - 1
    if tag == "A":
        return i - 1 if before in "DNM" and tags[i + 1] in "NME" else i
    if tag == "W":
        return i - 1 if i == last or tags[i + 1] in "'NM" else i
    if tag == ")":
        return _opening_bracket(zone, i) - 1
    if tag == "I":
        return i - 1 if before in "NM#q')" and before else _lead_preposition(zone, i)
    if tag == "C":
        return i - 1 if before in "NM#q')P" and tags[i + 1] in "NMD#qP" else i
    if tag == ",":
        listed = conjunction > 0 and before in "NM#q)" and tags[i + 1] in "NMD#q"
        return i - 1 if listed else i
    if tag in "EG":
        return i - 1 if before in "NM)" or (before in "DNM'" and tags[i + 1] in "NM") else i
    if tag == "T":
        return i - 1 if before in "NMEG" else i
    if tag == "B":
        return i - 1 if before == "T" else i
    if tag in "VX":
        relative = _relative_before(zone, i)
        return -(relative + 2) if relative > 0 else i
    return i


def _lead_preposition(zone: Zone, i: int) -> int:
    """A preposition that opens the clause is walked over, so that the lead can be cut from it."""
    return i - 1


def _relative_before(zone: Zone, i: int) -> int:
    """Item of the relative pronoun that makes the verb at `i` part of a relative clause, or 0."""
    for k in range(i - 1, max(0, i - 5), -1):
        if zone.tags[k] == "R" and k > 0:
            return k
        if zone.tags[k] in "VQ;:.SHK":
            return 0
    return 0


def _relative_head(zone: Zone, pronoun: int) -> Phrase | None:
    j = pronoun - 1
    while j > 0 and zone.tags[j] in ",I":
        j -= 1
    return _core_left(zone, j) if zone.tags[j] in "NM#q)P" else None


def _opening_bracket(zone: Zone, i: int) -> int:
    for k in range(i - 1, max(-1, i - LONGEST_PHRASE), -1):
        if zone.tags[k] == "(":
            return k
    return i


def _after_last_conjunction(zone: Zone, first: int, last: int) -> int:
    for k in range(last, first - 1, -1):
        if zone.tags[k] == "C":
            return k + 1
    return first


def _without_lead(zone: Zone, first: int, last: int, boundary: str) -> Phrase | None:
    """Cut what precedes the subject in the same stretch: "but", "on Monday", "in Ede"."""
    edge = first
    tags = zone.tags
    while first <= last and tags[first] in 'CA,WHSZ.)"':
        first += 1
    if first > last:
        return None
    if tags[first] in "IGE" and not (
        tags[first] == "E" and first < last and tags[first + 1] in "NM"
    ):
        split = _split_lead(zone, first, last)
        if split is None:
            return None
        return Phrase(split, last, edge)
    return Phrase(first, last, edge if first - edge > 1 else first)


def _split_lead(zone: Zone, first: int, last: int) -> int | None:
    """First item of the subject after an introductory phrase without a comma, or None."""
    tags = zone.tags
    for k in range(first + 2, last + 1):
        before = tags[k - 1]
        if tags[k] == "D" and before in "NMW#A" and before:
            return k
        if tags[k] == "M" and before in "NW#":
            return k
        if tags[k] == "N" and before in "W#" and tags[first] == "I":
            return k
        if tags[k] == "P":
            return k
    if zone.words[first] in ("in", "at", "on", "from") and first + 2 == last and tags[last] == "N":
        return last if tags[last - 1] == "M" else None
    return None
