"""Who is meant: pronouns, short names and "the official" resolved to the fullest name.

Sources are grouped into entities in reading order. A surname, a pronoun or a definite description
joins the most recent entity that agrees in number, gender and role; a spokesman first unnamed and
then named is one entity.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from analysis.attribution.finding import Finding
from analysis.attribution.mentions import Mention, Role, describe
from analysis.attribution.names import gender_of, is_office, person_in_zone
from analysis.attribution.short_forms import coordinated, expansions, owner_of, plain
from analysis.attribution.zones import Zone

# How far back (in zones) a pronoun looks, and how far on a spokesman may be named later.
PRONOUN_REACH = 6
NAMED_LATER_REACH = 4
# How many of the latest entities a mention is compared with: time stays bounded on any text.
RECALL = 300
UNNAMED_SPEAKERS = frozenset("spokesman spokeswoman spokesperson representative official".split())


@dataclass
class Entity:
    """One source, or person, with all that the text says of it."""

    name: str
    person: bool
    named: bool
    gender: str = ""
    plural: bool = False
    roles: list[Role] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    last_zone: int = -1
    last_place: int = -1
    spoke: bool = False
    number: int = -1
    texts: set[str] = field(default_factory=set)

    def meet(self, mention: Mention) -> None:
        """Note a phrase for this source, once however often it stands in the text."""
        if mention.text not in self.texts:
            self.texts.add(mention.text)
            self.mentions.append(mention)

    def heads(self) -> set[str]:
        """Role nouns that stand as the head of a mention."""
        return {m.head for m in self.mentions} | {r.noun for r in self.roles[:3]}


# How sure it is that two findings have one speaker, in log-odds; 0 where nothing is known.
Alike = Callable[[Finding, Finding], float]
# What that counts for a pronoun, in sentences of distance, and the most it counts.
ALIKE_WEIGHT, ALIKE_LIMIT = 1.0, 6.0


class Resolver:
    """Groups the sources of one dispatch into entities.

    Parameters
    ----------
    alike : evidence beside the text's own, from a model, for what a pronoun means.
    """

    def __init__(self, body: str, zones: list[Zone], alike: Alike | None = None) -> None:
        self.body, self.zones = body, zones
        self.alike = alike or (lambda one, other: 0.0)
        self.heard: dict[int, list[Finding]] = {}
        self.entities: list[Entity] = []
        self.names = _names_in_text(zones)
        self.long_forms = expansions(body)
        self.name_of: dict[str, str] = {}
        for named in self.names:
            for part in named.name.split():
                self.name_of.setdefault(part, named.name)

    def resolve(self, findings: list[Finding]) -> list[Entity]:
        """Set `entity` of each finding with a source; return the entities."""
        seen = 0
        for finding in sorted(findings, key=self._turn):
            if not finding.source:
                continue
            place = finding.source[0][0]
            seen = self._meet_names(seen, place, finding.zone)
            mention = describe(self.body[finding.source[0][0] : finding.source[-1][1]])
            entity = self._entity(mention, finding, place)
            finding.entity = entity.number
            self.heard.setdefault(entity.number, []).append(finding)
            if not finding.quoted or finding.outer is None:
                entity.last_zone, entity.last_place, entity.spoke = finding.zone, place, True
        return self.entities

    def _turn(self, finding: Finding) -> tuple[int, int]:
        """In reading order, but "I" after whoever says so: "I agree," said Ona Brill."""
        depth, outer = 0, finding.outer
        if finding.source and outer is not None:
            (start, _), (_, end) = finding.source[0], finding.source[-1]
            if describe(self.body[start:end]).pronoun == "i":
                while outer is not None:
                    depth, outer = depth + 1, outer.outer
        return depth, finding.source[0][0] if finding.source else finding.start()

    def _meet_names(self, seen: int, place: int, zone: int) -> int:
        """Note the persons named in the text before `place`, so that pronouns can mean them."""
        while seen < len(self.names) and self.names[seen].place < place:
            named = self.names[seen]
            entity = self._person(named.name, describe(named.phrase))
            entity.last_zone, entity.last_place = named.zone, named.place
            seen += 1
        return seen

    def _entity(self, mention: Mention, finding: Finding, place: int) -> Entity:
        if mention.pronoun:
            return self._pronoun(mention, finding, place) or self._new(mention)
        owner = owner_of(mention)
        if owner:
            return self._entity(describe(owner), finding, place)
        if coordinated(mention.text):
            return self._same_words(mention) or self._new(mention)
        if mention.person:
            return self._person(mention.person, mention, finding.zone)
        surname = self._surname(mention) or self._body_by_initials(mention)
        if surname is not None:
            surname.meet(mention)
            return surname
        return self._description(mention, finding.zone) or self._new(mention)

    def _same_words(self, mention: Mention) -> Entity | None:
        wanted = plain(mention.text).lower()
        known = (e for e in reversed(self._recent()) if plain(e.name).lower() == wanted)
        return next(known, None)

    def _body_by_initials(self, mention: Mention) -> Entity | None:
        """The body whose initials these are, where the text says so."""
        name = self.long_forms.get(plain(mention.text))
        if name is None:
            return None
        known = (e for e in reversed(self._recent()) if name in e.name)
        return next(known, None) or self._new(describe(name))

    def _person(self, name: str, mention: Mention, zone: int = -1) -> Entity:
        known = self._known_person(name)
        if known is None and zone >= 0 and not _own_role(mention):
            known = self._unnamed_before(zone, mention.gender)
        if known is None:
            known = self._add(Entity(name, True, True))
        if len(name) > len(known.name) or not known.named:
            known.name, known.named, known.person = name, True, True
        known.gender = known.gender or mention.gender or gender_of(name.split())
        known.roles.extend(r for r in mention.roles if r not in known.roles)
        known.meet(mention)
        known.words |= mention.modifiers
        return known

    def _known_person(self, name: str) -> Entity | None:
        parts = name.split()
        for entity in reversed(self._recent()):
            if entity.named and entity.person:
                own = entity.name.split()
                if own == parts or (own[-1] == parts[-1] and _compatible(own, parts)):
                    return entity
        return None

    def _unnamed_before(self, zone: int, gender: str) -> Entity | None:
        """The spokesman who spoke unnamed just before a bare name speaks."""
        for entity in sorted(self._recent(), key=lambda e: -e.last_place):
            if entity.spoke and zone - entity.last_zone <= NAMED_LATER_REACH:
                fits = not entity.plural and not entity.named and entity.heads() & UNNAMED_SPEAKERS
                agrees = not (gender and entity.gender and gender != entity.gender)
                return entity if fits and agrees else None
        return None

    def _surname(self, mention: Mention) -> Entity | None:
        """The person a lone capitalised word or two name again."""
        words = [w for w in re.findall(r"[\w'’-]+", mention.text) if w[0].isupper()]
        if not words or mention.text.lower().startswith(("the ", "a ", "an ")):
            return None
        alone = all(is_office(word) for word in words[:-1])
        for entity in reversed(self._recent()):
            if entity.person and entity.named:
                own = entity.name.split()
                if words[-1] == own[-1] or (alone and words[-1] in own):
                    return entity
        later = self.name_of.get(words[-1]) if alone else None
        return self._person(later, mention) if later else None

    def _pronoun(self, mention: Mention, finding: Finding, place: int) -> Entity | None:
        if mention.pronoun == "i" and finding.outer is not None and finding.outer.entity >= 0:
            return self.entities[finding.outer.entity]
        if mention.pronoun == "who":
            return self._antecedent(finding, place)
        candidates = [
            e for e in self._recent() if _agrees(e, mention.pronoun) and e.last_place < place
        ]
        candidates = [e for e in candidates if finding.zone - e.last_zone <= PRONOUN_REACH]
        if finding.outer is not None and finding.outer.entity >= 0 and finding.quoted:
            speaker = self.entities[finding.outer.entity]
            candidates = [e for e in candidates if e is not speaker] or candidates
        if not candidates:
            return None
        best = max(
            candidates, key=lambda e: self._salience(e, finding.zone) + self._evidence(e, finding)
        )
        if mention.pronoun in ("he", "she") and not best.gender:
            best.gender = "m" if mention.pronoun == "he" else "f"
        return best

    def _salience(self, entity: Entity, zone: int) -> float:
        """Recency in sentences; a speaker outweighs a person only named, a subject an object."""
        speaker = 1.6 if entity.spoke else 0.0
        return speaker - (zone - entity.last_zone) + entity.last_place / (len(self.body) + 1)

    def _evidence(self, entity: Entity, finding: Finding) -> float:
        """What speaks for one speaker of this finding and of the entity's latest ones."""
        scores = [self.alike(finding, other) for other in self.heard.get(entity.number, [])[-3:]]
        best = max(scores, key=abs, default=0.0)
        return ALIKE_WEIGHT * max(-ALIKE_LIMIT, min(ALIKE_LIMIT, best))

    def _antecedent(self, finding: Finding, place: int) -> Entity | None:
        """The nearest person or body before a relative pronoun."""
        near = [
            e for e in self._recent() if 0 <= e.last_place < place and place - e.last_place < 120
        ]
        return max(near, key=lambda e: e.last_place) if near else None

    def _description(self, mention: Mention, zone: int) -> Entity | None:
        """An entity that a description without a name takes up again."""
        for entity in sorted(self._recent(), key=lambda e: -e.last_place):
            if entity.plural == mention.plural and _takes_up(mention, entity):
                entity.meet(mention)
                return entity
        return None

    def _new(self, mention: Mention) -> Entity:
        entity = Entity(
            _full_description(mention),
            mention.pronoun in ("he", "she"),
            False,
            mention.gender,
            mention.plural,
            list(mention.roles),
            words=set(mention.modifiers),
        )
        entity.meet(mention)
        return self._add(entity)

    def _add(self, entity: Entity) -> Entity:
        entity.number = len(self.entities)
        self.entities.append(entity)
        return entity

    def _recent(self) -> list[Entity]:
        return self.entities[-RECALL:]


@dataclass(frozen=True)
class NameInText:
    """A person named anywhere in the reporter's text."""

    place: int
    zone: int
    name: str
    phrase: str


def _names_in_text(zones: list[Zone]) -> list[NameInText]:
    found = []
    for number, zone in enumerate(zones):
        i = 0
        while i < len(zone):
            if zone.tags[i] != "M":
                i += 1
                continue
            j = i
            while j + 1 < len(zone) and zone.tags[j + 1] in "M":
                j += 1
            first = i
            while first > 0 and zone.tags[first - 1] in "N'" and i - first < 4:
                first -= 1
            bounds = person_in_zone(zone, first, j)
            if bounds:
                phrase = _span_text(zone, first, _apposition(zone, bounds[1]))
                name = " ".join(zone.forms[bounds[0] : bounds[1] + 1])
                found.append(NameInText(zone.starts[bounds[0]], number, name, phrase))
            i = j + 1
    return sorted(found, key=lambda n: n.place)


def _apposition(zone: Zone, last: int) -> int:
    """Last item of the apposition after a name, or the name's own."""
    if last + 2 >= len(zone) or zone.tags[last + 1] != "," or zone.tags[last + 2] not in "DN#":
        return last
    for k in range(last + 2, min(len(zone), last + 14)):
        if zone.tags[k] in ",.;:-" and k > last + 2:
            return k - 1
        if zone.tags[k] in "VXR":
            return last
    return last


def _span_text(zone: Zone, first: int, last: int) -> str:
    return " ".join(zone.forms[first : last + 1])


def _own_role(mention: Mention) -> bool:
    """Whether the phrase itself says who the person is (a rank alone does not)."""
    return any(role.source_type != "military" for role in mention.roles) or bool(
        {"of", "for", "from"} & mention.modifiers
    )


def _compatible(own: list[str], parts: list[str]) -> bool:
    if len(own) == 1 or len(parts) == 1:
        return True
    return own[0] == parts[0] or (
        own[0][0] == parts[0][0] and (own[0].endswith(".") or parts[0].endswith("."))
    )


def _agrees(entity: Entity, pronoun: str) -> bool:
    if pronoun in ("he", "she"):
        wanted = "m" if pronoun == "he" else "f"
        human = entity.person or any(r.kind == "person" for r in entity.roles[:1])
        return human and not entity.plural and entity.gender in ("", wanted)
    if pronoun == "it":
        human = entity.person or any(r.kind == "person" for r in entity.roles[:1])
        return not human and not entity.plural
    if pronoun == "they":
        return entity.plural or not entity.person
    return False


def _takes_up(mention: Mention, entity: Entity) -> bool:
    """Whether a description ("the official", "the Iraqi spokesman") can mean the entity."""
    if not mention.head:
        return False
    if not mention.definite:
        return any(m.text.lower() == mention.text.lower() for m in entity.mentions)
    same_head = mention.head in {m.head for m in entity.mentions}
    borne = {r.noun for r in entity.roles if r.kind == "person"}
    role = mention.head in borne and entity.person
    if not same_head and not role:
        return False
    new = {c.lower() for c in mention.capitals} - entity.words - {mention.head}
    other = {c.lower() for m in entity.mentions for c in m.capitals} - mention.modifiers
    return not new or (
        not entity.named
        and len(new) <= 1
        and not other
        and bool(mention.modifiers & entity.words - STOP)
    )


ARTICLE = re.compile(r"^(?:the\s+(?=[A-Z])|an?\s+(?=(?:[A-Z][\w'’-]*\s?)+$))")
STOP = frozenset("the a an of for in on at 's and to".split())


def _full_description(mention: Mention) -> str:
    # In "a Tolmar Ledger report" the article is the report's, not the paper's.
    return ARTICLE.sub("", mention.text)
