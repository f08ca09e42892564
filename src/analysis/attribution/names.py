"""Names of persons in running text."""

from __future__ import annotations

import re
from functools import cache

from analysis.attribution.tagging import TITLES
from analysis.attribution.zones import Zone
from analysis.resources import rows, words

PARTICLES = frozenset(
    "de la von van der den bin al el da dos del di ibn ben le du ter ten st.".split()
)
SUFFIXES = frozenset("jr. jr sr. sr ii iii iv qc sc mp mep kc obe cbe phd md".split())
HONORIFICS = frozenset(
    "mr mrs ms miss dr prof sir dame lord lady sen rep gov gen lt col maj capt sgt adm cmdr brig"
    " rev hon pres supt det insp madam saint father sister".split()
)
# A run of capitals that ends in one of these is a place or a body.
NOT_SURNAMES = frozenset(
    "lane street road avenue square bridge river bay island islands strait straits sea lake valley"
    " coast mountains province county district region city town village airport port harbour harbor"
    " station prison hospital infirmary clinic school college academy museum theatre list polling"
    " cooperative union council hall palace house fund foundation trust holdings motors airlines"
    " airways systems industries energy bank news times post herald tribune gazette courier ledger"
    " journal compass mirror telegraph guardian chronicle observer radio television tv party front"
    " league club cup games festival awards act bill treaty accord agreement stadium arena".split()
)
FEMININE_TITLES = frozenset("mrs ms miss dame lady madam sister mrs. ms.".split())
MASCULINE_TITLES = frozenset("mr sir lord father mr.".split())


@cache
def _given_names() -> dict[str, str]:
    return words("given_names", "name", "gender")


@cache
def _office_words() -> frozenset[str]:
    """Words of offices and bodies, lower case: they stand before a name and are no part of it."""
    nouns = {
        part for row in rows("roles") for word in row["noun"].split("|") for part in word.split()
    }
    bodies = {part.lower() for row in rows("organisations") for part in row["word"].split()}
    nations = {
        part.lower()
        for row in rows("countries")
        for cell in (row["name"], row["demonym"])
        for word in cell.split("|")
        for part in word.split()
    }
    extra = {"vice", "deputy", "former", "acting", "chief", "attorney", "state", "secretary",
             "general", "prime", "foreign", "first", "special", "senior", "assistant", "interim",
             "president-elect", "co-author", "co-chair", "exec", "transport", "finance", "defence",
             "defense", "interior", "health", "justice", "opposition", "regional"}  # fmt: skip
    first_names = {name.lower() for name in _given_names()}
    return frozenset((nouns | bodies | nations | extra) - first_names - PARTICLES)


def person_in(forms: list[str], tags: list[str], offset: int = 0) -> tuple[int, int] | None:
    """Return the first and last index of the person's name in a phrase, or None.

    Titles and offices before the name are left out: "Defence Secretary Brenna Holt" gives the two
    words of the name. A body ("Brill University"), a country and a lone capitalised word after a
    determiner are no persons.

    >>> person_in("Mayor Ona Brill of Ede".split(), list("MMMIM"))
    (1, 2)
    >>> person_in("the Brill Institute".split(), list("DMM")) is None
    True
    """
    i = 0
    while i < len(forms):
        if tags[i] != "M":
            i += 1
            continue
        j = i
        while j + 1 < len(forms) and (tags[j + 1] == "M" or _inner_particle(forms, tags, j + 1)):
            j += 1
        found = _name_in_run(forms, tags, i, j)
        if found is not None:
            return found[0] + offset, found[1] + offset
        i = j + 1
    return None


def _inner_particle(forms: list[str], tags: list[str], k: int) -> bool:
    joins = forms[k].lower() in PARTICLES or re.fullmatch(r"(?:al|el)-\w+", forms[k]) is not None
    return joins and ((k + 1 < len(forms) and tags[k + 1] == "M") or "-" in forms[k])


def _name_in_run(
    forms: list[str], tags: list[str], first: int, last: int
) -> tuple[int, int] | None:
    lowered = [_bare(form) for form in forms[first : last + 1]]
    start = first
    for k, word in enumerate(lowered):
        if word in _office_words() or word in HONORIFICS:
            start = first + k + 1
    while last >= start and _bare(forms[last]) in SUFFIXES:
        last -= 1
    if start > last:
        return None
    led = _led_by_office(forms, tags, start)
    if start > first and _bare(forms[start - 1]) in _bodies() and not led:
        return None
    if first and forms[first - 1].lower() == "of" and start == first and last - first >= 2:
        start += 1
    given = forms[start] in _given_names() or re.fullmatch(r"[A-Z]\.", forms[start]) is not None
    if last > start and _bare(forms[last]) in NOT_SURNAMES:
        return None
    count = last - start + 1
    determined = start > 0 and tags[start - 1] == "D" and start == first
    if count == 1:
        return (start, last) if led == "title" else None
    if count > 5 or (determined and not given):
        return None
    return (start, last)


@cache
def _bodies() -> frozenset[str]:
    return frozenset(
        "university institute ministry party company bank group committee agency council court army"
        " association union federation times post department board authority club".split()
    )


def _led_by_office(forms: list[str], tags: list[str], start: int) -> str:
    if start == 0:
        return ""
    before = _bare(forms[start - 1])
    if before in HONORIFICS:
        return "title"
    return "office" if before in _office_words() else ""


def _bare(form: str) -> str:
    return form.lower().rstrip(".")


def gender_of(forms: list[str]) -> str:
    """Return "m", "f" or "" for the words of a name with its titles.

    >>> gender_of(["Mrs.", "Brill"]), gender_of(["Ursula", "Brill"]), gender_of(["Ona"])
    ('f', 'f', '')
    """
    for form in forms:
        if form.lower() in FEMININE_TITLES:
            return "f"
        if form.lower() in MASCULINE_TITLES:
            return "m"
    return next((g for form in forms if (g := _given_names().get(form, ""))), "")


def is_title(form: str) -> bool:
    """Whether a word is a title that stands before a name ("Col.", "Mr").

    >>> is_title("Col."), is_title("Brill")
    (True, False)
    """
    return form.lower() in TITLES or _bare(form) in HONORIFICS


def is_office(form: str) -> bool:
    """Whether a word belongs to offices, bodies or titles rather than to a name.

    >>> is_office("Minister"), is_office("Brill")
    (True, False)
    """
    return is_title(form) or _bare(form) in _office_words()


def person_in_zone(zone: Zone, first: int, last: int) -> tuple[int, int] | None:
    """Return items of the person named in the items `first` to `last` of a zone, or None."""
    return person_in(zone.forms[first : last + 1], zone.tags[first : last + 1], first)
