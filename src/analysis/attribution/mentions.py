"""What a source phrase says of its source: name, role, number, gender, kind of body."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis.attribution.names import gender_of, person_in
from analysis.attribution.tagging import tag_items
from analysis.resources import rows, words
from analysis.text.tokens import token_spans

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their themselves".split())
FIRST = frozenset("i we me us my our".split())
YOU = frozenset("you your yours yourself".split())
HEAD_ENDS = frozenset("IRTH,GE")
PLURAL_WORDS = frozenset(
    "people police men women children others many some several both few two three officials".split()
)


DEFINITE = ("the", "this", "that", "these", "those")


@dataclass(frozen=True)
class Role:
    """A noun of the role list: what it says of who bears it."""

    noun: str
    source_type: str
    kind: str
    gender: str


@dataclass(frozen=True)
class Mention:
    """A source phrase taken apart.

    Attributes
    ----------
    text : as written.
    pronoun : "he", "she", "it", "they", "i", "you", "who" or "".
    person : name of the person in it, without titles; "" when none.
    head : head noun in lower case, singular where the role list knows it.
    role : entry of the role list for the head, or None.
    roles : entries for every role noun in the phrase, in its order.
    definite : begins with "the", "this", a possessive or a name.
    plural : more than one is meant.
    capitals : capitalised words outside the person's name.
    """

    text: str
    pronoun: str
    person: str
    head: str
    role: Role | None
    roles: tuple[Role, ...]
    definite: bool
    plural: bool
    gender: str
    capitals: tuple[str, ...]
    modifiers: frozenset[str]


@cache
def role_list() -> dict[str, Role]:
    """Return the role nouns by word, singular and regular plural."""
    found = {}
    for row in rows("roles"):
        for noun in row["noun"].split("|"):
            role = Role(noun, row["source_type"], row["kind"], row["gender"])
            found[noun] = role
            found.setdefault(plural_of(noun), role)
    return found


def plural_of(noun: str) -> str:
    """Return the plural of a role noun.

    >>> plural_of("agency"), plural_of("spokesman"), plural_of("church")
    ('agencies', 'spokesmen', 'churches')
    """
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "sh", "x")) else "s")


def describe(text: str) -> Mention:
    """Take a source phrase apart.

    >>> mention = describe("army spokesman Jorun Abreth")
    >>> mention.person, mention.head, mention.roles[0].source_type
    ('Jorun Abreth', 'spokesman', 'military')
    """
    forms = [text[s:e] for s, e in token_spans(text)]
    tags = tag_items(forms, {})
    lowered = [form.lower() for form in forms]
    pronoun = _pronoun(lowered)
    bounds = person_in(forms, tags) if not pronoun else None
    person = " ".join(forms[bounds[0] : bounds[1] + 1]) if bounds else ""
    roles = _roles(forms, lowered, tags, bounds)
    head_at = _head(tags, bounds)
    head = lowered[head_at] if 0 <= head_at < len(lowered) else ""
    role = _head_role(lowered, tags, head_at, roles, bounds)
    names = set(range(bounds[0], bounds[1] + 1)) if bounds else set()
    capitals = tuple(f for i, f in enumerate(forms) if tags[i] == "M" and i not in names)
    return Mention(
        text, pronoun, person, role.noun if role else head, role, roles,
        bool(lowered) and (lowered[0] in DEFINITE or tags[0] == "M"),
        not person and _plural(lowered, tags, head_at, role, head),
        _gender(forms, roles, role, person), capitals, frozenset(lowered),
    )  # fmt: skip


def _pronoun(lowered: list[str]) -> str:
    if len(lowered) != 1:
        return ""
    word = lowered[0]
    for name, group in (
        ("he", HE),
        ("she", SHE),
        ("it", IT),
        ("they", THEY),
        ("i", FIRST),
        ("you", YOU),
    ):
        if word in group:
            return name
    return "who" if word in ("who", "which", "that", "whom") else ""


def _roles(
    forms: list[str], lowered: list[str], tags: list[str], bounds: tuple[int, int] | None
) -> tuple[Role, ...]:
    """Every role noun of the phrase, longest match first, in order of the phrase."""
    known = role_list()
    found = []
    i = 0
    while i < len(lowered):
        for length in (3, 2, 1):
            word = " ".join(lowered[i : i + length])
            inside = bounds is not None and bounds[0] <= i <= bounds[1]
            if word in known and not inside and tags[i] not in "IDCXS":
                found.append(known[word])
                i += length - 1
                break
        i += 1
    return tuple(found)


def _head(tags: list[str], bounds: tuple[int, int] | None) -> int:
    """Index of the head: the last nominal before a preposition, a comma or a name."""
    last = -1
    for i, tag in enumerate(tags):
        if tag in HEAD_ENDS and last >= 0:
            break
        if bounds and i == bounds[0] and last >= 0:
            break
        if tag in "NM#P" or (tag == "D" and last < 0 and i + 1 == len(tags)):
            last = i
    return last


def _head_role(
    lowered: list[str], tags: list[str], head: int, roles: tuple[Role, ...],
    bounds: tuple[int, int] | None,
) -> Role | None:  # fmt: skip
    known = role_list()
    if head < 0:
        return None
    for length in (3, 2, 1):
        word = " ".join(lowered[max(0, head - length + 1) : head + 1])
        if word in known and head - length + 1 >= 0:
            return known[word]
    if bounds and bounds[0] <= head <= bounds[1]:
        return next((r for r in roles if r.kind == "person"), None)
    return None


def _plural(lowered: list[str], tags: list[str], head: int, role: Role | None, word: str) -> bool:
    if "C" in tags and head >= 0 and "C" in tags[: head + 3]:
        return True
    if head < 0:
        return False
    if lowered[0] == "one":
        return False
    if role is not None and word == role.noun and not word.endswith("s"):
        return word in PLURAL_WORDS
    return word in PLURAL_WORDS or (
        word.endswith(("s", "men")) and not word.endswith("ss") and tags[head] == "N"
    )


def _gender(forms: list[str], roles: tuple[Role, ...], role: Role | None, person: str) -> str:
    own = gender_of([form for form in forms if form in person.split() or form.endswith(".")])
    if own:
        return own
    titled = gender_of(forms[:2]) if person else ""
    return (
        titled
        or (role.gender if role else "")
        or next((r.gender for r in roles[:1] if r.gender), "")
    )


@cache
def organisation_words() -> dict[str, str]:
    """Return words and phrases of organisation names with their source type."""
    return words("organisations", "word", "source_type")
