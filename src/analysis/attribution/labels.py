"""Labels of the guideline: kind, stance, named, source type."""

from __future__ import annotations

import re
from functools import cache

from analysis.attribution.coreference import Entity
from analysis.attribution.finding import Finding, Span
from analysis.attribution.mentions import Mention, Role, organisation_words
from analysis.resources import rows

NO_ANSWER = re.compile(
    # No "^": the match starts inside the body, which is not where "^" looks.
    r"(?:that\s+)?(?:he|she|it|they|we|i|the \w+)\s+(?:(?:had|has|have)\s+(?:no|nothing)\b.{0,24}?"
    r"(?:information|comment|details|to (?:say|add|provide))"
    r"|(?:would|could|can|will)(?:\s+not|n['’]t)\s+"
    r"(?:discuss|say|comment|confirm|be drawn|answer|talk)"
    r"|(?:was|were|is|are)\s+unable to (?:confirm|comment|say)|declined to)",
    re.IGNORECASE,
)
# Speaking verbs whose negation is a refusal to speak; of these others it is a denial.
SILENT = frozenset(
    "say specify announce respond reply answer explain elaborate disclose reveal confirm comment"
    " give identify name mention provide discuss indicate clarify state tell address".split()
)
DENYING = frozenset("find agree accept accede to|accede support endorse show".split()) | {
    "accede to"
}
# Roles that take their type from the body the bearer speaks for.
NEUTRAL_HEADS = frozenset("official officer source member leader chief spokesman".split())
# A quoted word or two is a term, not quoted speech.
SHORTEST_QUOTATION = 10
DEFAULT_PERSON, DEFAULT_BODY = "citizen", "business"


def kind_of(quoted: bytearray, content: list[Span]) -> str:
    """Return "direct" (all inside quotation marks), "indirect" (none) or "mixed".

    A single quoted term leaves an attribution indirect only when it is one word.

    >>> kind_of(bytearray([1] * 20 + [0] * 20), [(0, 40)])
    'mixed'
    """
    total = sum(e - s for s, e in content)
    inside = sum(sum(quoted[s:e]) for s, e in content)
    if inside < SHORTEST_QUOTATION:
        return "direct" if total and inside >= total - 1 else "indirect"
    return "direct" if total - inside <= len(content) else "mixed"


def stance_of(finding: Finding, body: str, negated: bool) -> str:
    """Return the stance: the cue's own, turned by negation, or a non-answer by its content."""
    if finding.stance == "declines":
        return "declines"
    if negated and finding.act == "statement":
        if finding.lemma in SILENT:
            return "declines"
        if finding.lemma in DENYING:
            return "denies"
        if finding.stance == "denies":
            return "confirms"
    return "declines" if is_no_answer(finding, body) else finding.stance


def is_no_answer(finding: Finding, body: str) -> bool:
    """Whether the content is that there is nothing to say ("it had no information")."""
    place = (finding.content[0][0], finding.content[-1][1]) if finding.content else (0, 0)
    return NO_ANSWER.match(body, *place) is not None


def is_named(entity: Entity) -> bool:
    """Whether the source is a named person or one identifiable body (guideline rule 14)."""
    if entity.person and entity.named:
        return True
    first = entity.mentions[0] if entity.mentions else None
    if first is None:
        return False
    return _names_body(first)


def _names_body(mention: Mention) -> bool:
    role = mention.role
    if mention.plural and not (role and role.kind == "body"):
        return False
    if role is None:
        return bool(mention.capitals) and mention.text[:2] not in ("a ", "A ")
    if role.kind == "person" or role.kind == "group":
        return False
    if role.kind == "document":
        return bool(mention.capitals) or bool({"its", "'s", "’s"} & mention.modifiers)
    return (
        mention.definite or bool(mention.capitals) or bool({"'s", "’s", "its"} & mention.modifiers)
    )


def source_type_of(entity: Entity) -> str:
    """Return the source type from roles, the bodies they speak for, and names of organisations."""
    roles = _ordered_roles(entity)
    head = next((m.role for m in entity.mentions if m.role is not None), None)
    texts = " ".join(m.text for m in entity.mentions)
    if head is not None and head.kind == "document":
        return _of_body(texts) or _other(roles, head) or "document"
    if head is not None and head.source_type and head.noun not in NEUTRAL_HEADS:
        return head.source_type
    if head is not None and head.noun in NEUTRAL_HEADS:
        return _other(roles, head) or _of_body(texts) or head.source_type or "government"
    for role in roles:
        if role.source_type and role.kind != "document":
            return role.source_type
    by_name = _of_body(texts)
    if by_name:
        return by_name
    if not entity.person and _is_country(entity.name):
        return "government"
    if head is not None and not head.source_type:
        return "government" if _is_country(texts) else DEFAULT_BODY
    return DEFAULT_PERSON if entity.person or entity.plural else "unknown"


def _ordered_roles(entity: Entity) -> list[Role]:
    seen: list[Role] = []
    for mention in entity.mentions:
        seen.extend(role for role in mention.roles if role not in seen)
    return seen + [role for role in entity.roles if role not in seen]


def _other(roles: list[Role], head: Role) -> str:
    return next(
        (
            r.source_type
            for r in roles
            if r is not head
            and r.source_type
            and r.noun not in NEUTRAL_HEADS
            and r.kind != "document"
        ),
        "",
    )


@cache
def _body_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Organisation words grouped by type, longest first."""
    ordered = sorted(organisation_words().items(), key=lambda item: -len(item[0]))
    by_type: dict[str, list[str]] = {}
    for word, source_type in ordered:
        by_type.setdefault(source_type, []).append(re.escape(word))
    return tuple(
        (re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])"), source_type)
        for source_type, words in by_type.items()
    )


def _of_body(text: str) -> str:
    """Type of the organisation named in the text: the longest match, then the last."""
    best = (0, 0, "")
    for pattern, source_type in _body_patterns():
        for match in pattern.finditer(text):
            best = max(best, (len(match.group().split()), match.end(), source_type))
    return best[2]


@cache
def country_codes() -> dict[str, str]:
    """Return ISO 3166 codes by country name and demonym."""
    return {
        word: row["code"]
        for row in rows("countries")
        for cell in (row["name"], row["demonym"] or "")
        for word in cell.split("|")
        if word
    }


def country_of(entity: Entity) -> str | None:
    """Return the code of the one country the source phrases state, or None."""
    found = set()
    for mention in entity.mentions:
        for code in _codes_in(mention.text):
            found.add(code)
    return found.pop() if len(found) == 1 else None


@cache
def _country_pattern() -> re.Pattern[str]:
    words = sorted(country_codes(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")


def _codes_in(text: str) -> set[str]:
    return {country_codes()[m.group()] for m in _country_pattern().finditer(text)}


def _is_country(text: str) -> bool:
    return _country_pattern().search(text) is not None
