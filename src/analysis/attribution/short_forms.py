"""Short forms of a source: initials of a body, a document that speaks for its owner."""

from __future__ import annotations

import re

from analysis.attribution.mentions import Mention, describe

IN_BRACKETS = re.compile(
    r"((?:[A-Z][\w'’&.-]*|of|the|for|and|de|la|des|du)(?:\s+(?:[A-Z][\w'’&.-]*|of|the|for|and|de|la|des|du))*)"
    r"\s+\(([A-Z][A-Za-z.&-]{1,9})\)"
)
# Initials that need no explanation, where the text has the long form anywhere.
WELL_KNOWN = {
    "US": "United States",
    "USA": "United States",
    "UK": "United Kingdom",
    "UN": "United Nations",
    "EU": "European Union",
}
POSSESSIVES = frozenset("his her its their".split())
POSSESSOR = re.compile(r"^(.*\w)['’]s?\s+[^'’]+$", re.DOTALL)
LINKED = re.compile(r"\b(?:in|by|on|from|at|with|published)\b")
OTHER_SIDE = re.compile(r"\band\s+(?:his|her|its|their|the|several|other|two|three|some|many)\b")


def expansions(body: str) -> dict[str, str]:
    """Return the long form of each set of initials that the text explains.

    >>> expansions("The Ede Harbour Union (EHU) agreed with the US. The United States did not.")
    {'EHU': 'Ede Harbour Union', 'US': 'United States'}
    """
    found: dict[str, str] = {}
    for match in IN_BRACKETS.finditer(body):
        long = _ending_with(match.group(1), match.group(2))
        if long:
            found.setdefault(match.group(2), long)
    for short, long in WELL_KNOWN.items():
        if long in body and re.search(rf"\b{short}\b|\b{short[0]}\.{short[1]}\.", body):
            found.setdefault(short, long)
    return found


def _ending_with(words: str, initials: str) -> str:
    """The last words whose capitals give the initials, or nothing."""
    parts = words.split()
    letters = [c for c in initials.upper() if c.isalpha()]
    for start in range(len(parts) - 1, -1, -1):
        part = parts[start:]
        capitals = [c for word in part for c in word if c.isupper()]
        if part[0][0].isupper() and capitals == letters:
            return " ".join(part)
        if len(capitals) > len(letters):
            break
    return ""


def plain(text: str) -> str:
    """Return a source phrase without its article and the stops of its initials.

    >>> plain("The U.S.")
    'US'
    """
    bare = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", text)
    return bare.replace(".", "") if re.fullmatch(r"(?:[A-Z]\.){2,}", bare) else bare


def owner_of(mention: Mention) -> str:
    """Return who speaks through a document ("the club's statement", "their letter"), or "".

    >>> owner_of(describe("the club's official statement")), owner_of(describe("their statement"))
    ('the club', 'their')
    >>> owner_of(describe("the statement"))
    ''
    """
    if mention.role is None or mention.role.kind != "document":
        return ""
    first = mention.text.split(maxsplit=1)[0].lower()
    if first in POSSESSIVES:
        return first
    owner = POSSESSOR.match(mention.text)
    return owner.group(1) if owner and not LINKED.search(owner.group(1)) else ""


def coordinated(text: str) -> bool:
    """Whether a phrase names a person and somebody else ("Brill and her deputies").

    >>> coordinated("Ona Brill and her deputies"), coordinated("Ona Brill, mayor of Ede and Orla")
    (True, False)
    """
    before, found, after = text.partition(" and ")
    if not found or "," in before:
        return False
    if OTHER_SIDE.search(text):
        return True
    return bool(describe(before).person and describe(after).person)
