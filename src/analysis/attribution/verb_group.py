"""Cue verbs with the auxiliaries, negations and particles that belong to them."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.attribution.lexicon import Cue, Form, cue_verbs
from analysis.attribution.tagging import BE, HAVE, MODALS
from analysis.attribution.zones import Zone

VERBAL = frozenset("VEBG")
# "went on to say", "continued to deny": the governing verb belongs to the cue.
GOVERNING = frozenset(
    "went go goes going continue continues continued continuing appeared appears seemed seems came"
    " began begins rushed hastened sought moved took used hurried failed fails".split()
)
NEGATIONS = frozenset("not n't n’t never".split())


@dataclass(frozen=True)
class VerbGroup:
    """A cue verb in its group.

    Attributes
    ----------
    first, last : items of the cue: auxiliaries, verb, particles.
    verb : item of the verb itself.
    cue, kinds : its entry in the cue list; the forms the verb may be.
    passive, negated, infinitive, gerund : how it stands.
    """

    first: int
    last: int
    verb: int
    cue: Cue
    kinds: frozenset[str]
    passive: bool
    negated: bool
    infinitive: bool
    gerund: bool


def find_verb_groups(zone: Zone) -> list[VerbGroup]:
    """Return the cue verbs of a zone in reading order.

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("She would not say why, but they have been told.")[0]
    >>> [(" ".join(zone.forms[g.first : g.last + 1]), g.passive) for g in find_verb_groups(zone)]
    [('would not say', False), ('have been told', True)]
    """
    groups = []
    verbs = cue_verbs()
    for i, word in enumerate(zone.words):
        if zone.tags[i] in VERBAL and word in verbs:
            form = _matching(zone, i, verbs[word])
            if form is not None:
                groups.append(_group(zone, i, form))
    return groups


def _matching(zone: Zone, i: int, forms: tuple[Form, ...]) -> Form | None:
    for form in forms:
        particles = form.cue.particles
        if tuple(zone.words[i + 1 : i + 1 + len(particles)]) == particles:
            return form
    return None


def _group(zone: Zone, verb: int, form: Form) -> VerbGroup:
    first, infinitive = _first(zone, verb)
    words = zone.words[first:verb]
    auxiliaries = [w for w, t in zip(words, zone.tags[first:verb], strict=True) if t in "XE"]
    participle = "participle" in form.kinds and zone.tags[verb] != "G"
    passive = participle and bool(auxiliaries) and auxiliaries[-1] in BE | {"been"}
    if passive and auxiliaries[-1] in HAVE and auxiliaries[-1] in BE:
        passive = "past" not in form.kinds or len(auxiliaries) > 1  # 's: "he's said" is "has"
    return VerbGroup(
        first,
        verb + len(form.cue.particles),
        verb,
        form.cue,
        form.kinds,
        passive,
        any(w in NEGATIONS for w in words),
        infinitive,
        zone.tags[verb] == "G" and not any(w in BE for w in auxiliaries),
    )


def _first(zone: Zone, verb: int) -> tuple[int, bool]:
    """First item of the group (adverbs at its edge left out) and whether it is an infinitive."""
    first = j = verb
    infinitive = False
    while j > 0:
        tag = zone.tags[j - 1]
        if tag in "XZ" or zone.words[j - 1] == "been":
            first = j - 1
        elif tag == "T" and first == verb:
            governor = _governor(zone, j - 2)
            if governor < 0:
                return verb, True
            first = governor
            j = governor + 1
        elif tag != "A":
            break
        j -= 1
    return first, infinitive


def _governor(zone: Zone, j: int) -> int:
    """Item of the verb that governs an infinitive ("went on to"), or -1."""
    if j > 0 and zone.tags[j] == "A":
        j -= 1
    return j if j >= 0 and zone.words[j] in GOVERNING else -1


def is_modal(zone: Zone, group: VerbGroup) -> bool:
    """Whether a modal stands in the group.

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("She would say that it rained.")[0]
    >>> is_modal(zone, find_verb_groups(zone)[0])
    True
    """
    return any(
        word in MODALS - {"do", "does", "did"} for word in zone.words[group.first : group.verb]
    )
