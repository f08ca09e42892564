"""Where the content of a cue begins: past the addressee and what says when or where."""

from __future__ import annotations

from analysis.attribution.noun_phrase_right import OCCASIONS, _nominal_run
from analysis.attribution.zones import Zone
from analysis.resources import words as word_list

# Participles that end a content with a cue, or with the writer's own words, of their own.
# After a comma these open the writer's own aside more often than the source's words.
OBJECT_PRONOUNS = frozenset("him them us me her himself themselves you it".split())
AUDIENCES = frozenset(
    "reporters journalists lawmakers parliament police officials investigators supporters fans"
    " viewers listeners readers media court congress residents delegates voters colleagues"
    " investors staff employees workers legislators senators users customers crowd people"
    " television radio tv afp reuters cnn bbc ap".split()
)


def skip_addressee(zone: Zone, start: int, frames: frozenset[str]) -> int:
    """Return the item after the addressee that starts at `start` ("told AFP | it had")."""
    words, tags = zone.words, zone.tags
    if words[start] in OBJECT_PRONOUNS:
        follows = tags[start + 1] if start + 1 < len(tags) else "."
        if words[start] in ("it", "you", "her") and follows in "XVNM'":
            return start if words[start] != "her" else _end_of_run(zone, start)
        return start + 1
    if tags[start] == "P":
        return start
    return _end_of_run(zone, start)


def _end_of_run(zone: Zone, start: int) -> int:
    tags = zone.tags
    last = _nominal_run(zone, start)
    if last is None:
        return start
    follows = tags[last + 1] if last + 1 < len(tags) else "."
    if follows in "VX" or (follows == "E" and last > start):
        return _split_addressee(zone, start, last)
    while follows in "IC" and last + 2 < len(tags):
        end = _nominal_run(zone, last + 2)
        if end is None or zone.words[last + 1] in ("in", "on", "at", "during", "after", "by"):
            break
        if end + 1 < len(tags) and tags[end + 1] in "VX":
            break
        last = end
        follows = tags[last + 1] if last + 1 < len(tags) else "."
    return last + 1


def _split_addressee(zone: Zone, start: int, last: int) -> int:
    """Part "told reporters Brand | would" where the addressee and the next subject touch."""
    media = word_list("organisations", "word", "source_type")
    for k in range(last - 1, start - 1, -1):
        if zone.words[k] in AUDIENCES or media.get(zone.forms[k]) == "media":
            return k + 1
    for k in range(start, last):
        if zone.tags[k] == "N" and zone.tags[k + 1] in "MD":
            return k + 1
    return start + 1 if zone.tags[start] != "D" else min(start + 2, last)


def skip_adverbials(zone: Zone, start: int, frames: frozenset[str]) -> int:
    """Return the first item after adverbs, times, places and occasions that follow a cue."""
    i = start
    while i < len(zone):
        after = _skip_one(zone, i, frames)
        if after == i:
            break
        i = after
    return i


def _skip_one(zone: Zone, i: int, frames: frozenset[str]) -> int:
    tags, words = zone.tags, zone.words
    tag, follows = tags[i], tags[i + 1] if i + 1 < len(tags) else "."
    if tag in "WD" and _possessive_time(zone, i):
        return i
    if tag == "W" or (
        tag == "D" and follows == "W" and words[i] in ("last", "this", "next", "earlier")
    ):
        j = i + 1
        while j < len(tags) and tags[j] in "W#":
            j += 1
        return j
    if tag == "A" and words[i] != "so":
        return i + 1
    if tag == "I" and words[i] not in frames:
        return _skip_prepositional(zone, i)
    if tag == "S" and words[i] in ("after", "before", "since") and follows in "DNM":
        end = _nominal_run(zone, i + 1)
        if end is not None and end + 1 < len(tags) and tags[end + 1] in "HQ,":
            return end + 1
    if tag == "(":
        closing = next((k for k in range(i, min(len(tags), i + 12)) if tags[k] == ")"), i - 1)
        return closing + 1
    if tag == "," and follows in "GISAW":
        closing = next((k for k in range(i + 2, min(len(tags), i + 25)) if tags[k] == ","), 0)
        if closing and closing + 1 < len(tags) and tags[closing + 1] in "HQK":
            return closing + 1
        if closing and closing + 1 < len(tags) and "zero" in frames and follows in "GA":
            return closing + 1
    return i


def _possessive_time(zone: Zone, i: int) -> bool:
    """ "Thursday's crash" is no adverbial."""
    return "'" in zone.tags[i + 1 : i + 3]


def _skip_prepositional(zone: Zone, i: int) -> int:
    tags = zone.tags
    end = _nominal_run(zone, i + 1) if i + 1 < len(tags) else None
    if end is None:
        end = i + 1 if i + 1 < len(tags) and tags[i + 1] in "WPG#" else None
    if end is None:
        return i
    if end + 1 < len(tags) and tags[end + 1] in "VX":
        end = _split_occasion(zone, i + 1, end)
    dated = "W" in tags[i + 1 : end + 1]
    while end + 1 < len(tags) and (tags[end + 1] == "W" or (dated and tags[end + 1] == "#")):
        dated = True
        end += 1
    return end + 1


def _split_occasion(zone: Zone, first: int, last: int) -> int:
    """Part "in a statement Brand | had": the occasion from the subject of the content."""
    for k in range(first, last):
        if zone.tags[k] in "N" and zone.tags[k + 1] == "M":
            return k
        if zone.words[k] in OCCASIONS and k > first:
            return k
    return first if zone.tags[first] in "MW" else last
