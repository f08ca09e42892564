"""Bounds of a noun phrase to the right: its nominal run, its attachments, its appositions."""

from __future__ import annotations

from analysis.attribution.zones import Zone

# Adverbials that end a source phrase on its right: "said Brand in a statement".
OCCASIONS = frozenset(
    "statement interview conference briefing tweet post email e-mail speech report letter release"
    " address message video call debate hearing telephone phone televised television tv twitter"
    " facebook instagram article op-ed blog memo rally press news interviews remarks testimony"
    " response reply filing court reference wake summary reporters journalists aftermath"
    " announcement turn advance part morning afternoon evening night week month year"
    " thursday".split()
)
OCCASION_PREPOSITIONS = frozenset(
    "in on at during after before via through by to by as since".split()
)
SPEAKING = frozenset(
    "speaking talking testifying writing appearing responding referring citing".split()
)


def simple_right(zone: Zone, at: int) -> int | None:
    """Last item of the phrase that starts at `at`, prepositional attachments included."""
    tags = zone.tags
    if at >= len(tags):
        return None
    if tags[at] == "P":
        return at
    last = _nominal_run(zone, at)
    if last is None:
        return None
    while True:
        more = _attachment(zone, last)
        if more is None:
            return last
        last = more


def _nominal_run(zone: Zone, at: int) -> int | None:
    tags = zone.tags
    i, last = at, None
    while i < len(tags):
        tag, follows = tags[i], tags[i + 1] if i + 1 < len(tags) else ""
        if tag in "NM#q":
            last = i
        elif (tag == "D" and i == at) or (tag == "D" and i == at + 1 and tags[at] == "D"):
            pass
        elif tag == "'" or (tag == "A" and follows in "NME" and last != i - 1 and follows):
            last = i if tag == "'" else last
        elif (
            (tag in "EG" and follows in "NM" and follows and last is None)
            or (tag == "W" and follows in "'NM" and follows and last is None)
            or (tag == "W" and i + 1 < len(tags) and follows == "'")
        ):
            pass
        elif tag == "(" and last is not None and (end := _short_bracket(zone, i)):
            i = last = end
        else:
            break
        i += 1
    if last is None and at < len(tags) and tags[at] == "D":
        return (
            at if zone.words[at] in ("some", "many", "others", "both", "all", "another") else None
        )
    return last


def _short_bracket(zone: Zone, i: int) -> int:
    for k in range(i + 1, min(len(zone.tags), i + 6)):
        if zone.tags[k] == ")":
            return k
    return 0


def _attachment(zone: Zone, last: int) -> int | None:
    """End of a prepositional phrase or a second conjunct that belongs to the phrase, or None."""
    tags, words = zone.tags, zone.words
    i = last + 1
    if i + 1 >= len(tags):
        return None
    follows = tags[i + 1]
    if tags[i] == "I" or (tags[i] == "T" and follows in "DNM"):
        if follows == "W" or (follows == "#" and words[i] in ("in", "since", "by", "on", "at")):
            return None
        end = _nominal_run(zone, i + 1)
        if end is None or _is_occasion(zone, i, end):
            return None
        return end
    if tags[i] == "C" and words[i] in ("and", "or", "&") and follows in "NMD#":
        end = simple_right(zone, i + 1)
        if end is None or (end + 1 < len(tags) and tags[end + 1] in "VX"):
            return None
        return end
    if tags[i] in "EG" and words[i] not in SPEAKING and follows in "IDNM":
        start = i + 2 if follows == "I" else i + 1
        return _nominal_run(zone, start)
    return None


def _is_occasion(zone: Zone, preposition: int, end: int) -> bool:
    """Whether a prepositional phrase says when or where it was said, not who spoke."""
    if zone.words[preposition] not in OCCASION_PREPOSITIONS:
        return False
    return any(word in OCCASIONS for word in zone.words[preposition + 1 : end + 1])


def apposition_right(zone: Zone, last: int) -> int | None:
    """End of an apposition after `last` (", a spokesman for the mayor" or ", 34,"), or None."""
    tags = zone.tags
    i = last + 1
    if i + 1 >= len(tags) or tags[i] != "," or tags[i + 1] not in "DNM#":
        return None
    end = simple_right(zone, i + 1)
    if end is None:
        return None
    follows = tags[end + 1] if end + 1 < len(tags) else "."
    if follows not in ",.QRIW(;:C" or (follows == "," and _clause_follows(zone, end + 2)):
        return None
    if follows == "C" and tags[i + 1] != "D":
        return None
    return end


def _clause_follows(zone: Zone, at: int) -> bool:
    """Whether a verb follows the comma at once, so that the "apposition" was a subject."""
    return at < len(zone.tags) and zone.tags[at] in "VX"
