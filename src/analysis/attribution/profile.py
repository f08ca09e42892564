"""Role and affiliation of a source, as the text writes them."""

from __future__ import annotations

from analysis.attribution.coreference import Entity
from analysis.attribution.mentions import Mention
from analysis.attribution.names import person_in
from analysis.attribution.tagging import tag_items
from analysis.text.tokens import token_spans

AFFILIATING = frozenset("of for at from with".split())


def role_of(entity: Entity) -> str | None:
    """Return the office or function of a source as first written ("army spokesman"), or None.

    >>> from analysis.attribution.mentions import describe
    >>> role_of(Entity("Ona Brill", True, True, mentions=[describe("army spokeswoman Ona Brill")]))
    'army spokeswoman'
    """
    for mention in entity.mentions:
        role = _role_words(mention)
        if role:
            return role
    return None


# "Secretary of State", "chief of staff": what follows "of" is no body.
PARTS_OF_TITLES = ("State", "Staff", "Defence", "Defense")


def affiliation_of(entity: Entity) -> str | None:
    """Return the body a person speaks for as written after "of", "for" or "at", or None.

    >>> from analysis.attribution.mentions import describe
    >>> mention = describe("Ona Brill of Ede University")
    >>> affiliation_of(Entity("Brill", True, True, mentions=[mention]))
    'Ede University'
    """
    for mention in entity.mentions:
        if not mention.person and not (mention.role and mention.role.kind == "person"):
            continue
        # A title stands before the name: in "minister of mines Ona Brill" the name is no body.
        title = mention.text.partition(mention.person)[0] if mention.person else ""
        after_title = _after_preposition(title) or _after_preposition(mention.text)
        body = after_title if after_title not in PARTS_OF_TITLES else ""
        body = body.removesuffix(mention.person).strip() or _possessor(mention)
        if body and entity.name not in body:
            return body
    return None


def _role_words(mention: Mention) -> str:
    if mention.role is None or mention.role.kind != "person":
        return ""
    text = mention.text
    spans = token_spans(text)
    forms = [text[s:e] for s, e in spans]
    tags = tag_items(forms, {})
    bounds = person_in(forms, tags) if mention.person else None
    first = 0
    last = len(forms) - 1
    if bounds and bounds[0] > 0:
        last = bounds[0] - 1
    elif bounds:
        first = bounds[1] + 2
    while first <= last and tags[first] in "D#,":
        first += 1
    for k in range(first, last + 1):
        if tags[k] == "'" and k < last:
            first = k + 1
        if tags[k] in ",R" and k > first:
            last = k - 1
            break
    return text[spans[first][0] : spans[last][1]] if first <= last else ""


def _after_preposition(text: str) -> str:
    spans = token_spans(text)
    forms = [text[s:e] for s, e in spans]
    for i, form in enumerate(forms[:-1]):
        if form.lower() in AFFILIATING:
            first = i + 1
            while first < len(forms) and forms[first].lower() in ("the", "a", "an"):
                first += 1
            last = first
            while last + 1 < len(forms) and forms[last + 1] not in (",", "in", "on", "and"):
                last += 1
            if first < len(forms) and any(f[0].isupper() for f in forms[first : last + 1]):
                return text[spans[first][0] : spans[last][1]]
    return ""


def _possessor(mention: Mention) -> str:
    for mark in ("'s ", "’s "):
        before, found, _ = mention.text.partition(mark)
        if found and before[:1].isupper() and "," not in before:
            return before.removeprefix("The ")
    return ""
