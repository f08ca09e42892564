"""The headline of a web page: told from the page's stated titles and its headings together.

A title names the outlet as well, and a heading may be the outlet's own name, or carry the topic
above the headline ("Climate : Ferries cross again"). Each corrects the other.
"""

from __future__ import annotations

import re
from typing import Any

from analysis.loading.html_values import clean

_SEPARATOR = re.compile(r"\s+[|\-–—·•⋆»«:]+\s+|\s*[|│]\s*")
_MOST_HEADINGS = 60


def find_headline(tree: Any, titles: list[str], outlet: str | None) -> str | None:
    """The headline of a parsed page, given the titles it states; None where nothing tells.

    A main heading that a title repeats comes first, then the title that a heading ends in, then
    a heading that shares half its words with a title, then the only main heading, then a lower
    heading that a title repeats, then the first title without the outlet's name.
    """
    h1, lower = (_headings(tree, tags, outlet) for tags in (("h1",), ("h2", "h3")))
    names = {fold(outlet)} if outlet else set()
    stated = [text for title in titles if fold(text := without_outlet(title, outlet)) not in names]
    known = {fold(title) for title in stated}
    h1 = [text for text in h1[:6] if not _names_site(text, titles, h1 + lower)]
    if exact := next((text for text in h1 if fold(text) in known), None):
        return exact
    topical = next((title for text in h1 for title in stated if _ends_in(text, title)), None)
    if topical:
        return topical
    if near := next((text for text in h1 if any(_alike(text, title) for title in stated)), None):
        return near
    sides = {fold(side) for title in titles for side in _SEPARATOR.split(title)} - names
    known |= {side for side in sides if len(side.split()) >= 3}
    repeated = next((text for text in lower if fold(text) in known), None)
    if len(h1) == 1 and not (repeated and fold(repeated) in {fold(title) for title in stated}):
        return h1[0]
    return repeated or (stated[0] if stated else next(iter(titles), None))


def without_outlet(title: str, outlet: str | None) -> str:
    """The title without the outlet's name at its end or start.

    >>> without_outlet("Ferries cross again | The Tolmar Ledger", "Tolmar Ledger")
    'Ferries cross again'
    """
    parts = _SEPARATOR.split(title)
    if outlet and len(parts) > 1:
        if _same_name(parts[-1], outlet):
            return title[: title.rfind(parts[-1])].rstrip(" |│-–—·•⋆»:")
        if _same_name(parts[0], outlet):
            return title[len(parts[0]) :].lstrip(" |│-–—·•⋆»:")
    return title


def fold(text: str | None) -> str:
    """Words alone, in lower case, for comparing.

    >>> fold("Ferries — cross, again!")
    'ferries cross again'
    """
    return re.sub(r"[\W_]+", " ", (text or "").casefold()).strip()


def _headings(tree: Any, tags: tuple[str, ...], outlet: str | None) -> list[str]:
    found = []
    for element in list(tree.iter(*tags))[:_MOST_HEADINGS]:
        text = clean(" ".join(element.itertext()))
        if text and not (outlet and fold(text) == fold(outlet)):
            found.append(without_outlet(text, outlet))
    return found


def _names_site(heading: str, titles: list[str], headings: list[str]) -> bool:
    """Whether the heading is one side of a title whose other side is a heading as well."""
    others = {fold(text) for text in headings} - {fold(heading)}
    for title in titles:
        sides = [fold(side) for side in _SEPARATOR.split(title)]
        if fold(heading) in sides and any(
            side in others and len(side.split()) >= max(3, len(fold(heading).split()))
            for side in sides
        ):
            return True
    return False


def _ends_in(heading: str, title: str) -> bool:
    return len(fold(title).split()) >= 3 and fold(heading).endswith(f" {fold(title)}")


def _alike(heading: str, title: str) -> bool:
    ours, theirs = set(fold(heading).split()), set(fold(title).split())
    return len(ours) >= 1 and len(ours & theirs) >= 0.5 * len(ours)


def _same_name(part: str, outlet: str) -> bool:
    """Whether a side of a title is the outlet's name, in a longer or shorter form."""
    ours, theirs = fold(part), fold(outlet)
    if not ours or not theirs:
        return False
    return ours in theirs or (theirs in ours and len(ours.split()) <= len(theirs.split()) + 3)
