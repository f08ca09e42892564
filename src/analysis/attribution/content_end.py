"""Where the content of a cue ends: at the clause's end, less the writer's own tail."""

from __future__ import annotations

from analysis.attribution.lexicon import cue_verbs
from analysis.attribution.noun_phrase_right import simple_right
from analysis.attribution.zones import Zone

# Participles that end a content with a cue, or with the writer's own words, of their own.
TAIL_PARTICIPLES = frozenset(
    "saying adding citing noting claiming arguing insisting stating explaining warning telling"
    " calling accusing describing quoting denying alleging urging asking blaming criticizing"
    " criticising condemning referring speaking meaning suggesting stressing declaring pointing"
    " promising vowing pledging reiterating emphasizing emphasising announcing tweeting writing"
    " acknowledging admitting predicting demanding dismissing rejecting praising recalling"
    " joking".split()
)
# After a comma these open the writer's own aside more often than the source's words.
ASIDES = frozenset("as while whereas where".split())


STATED_IN = frozenset(
    "statement interview tweet twitter facebook briefing email e-mail address letter".split()
)


def has_clause(zone: Zone, i: int, cut: int) -> bool:
    """Whether a finite verb outside a relative clause stands between item `i` and `cut`."""
    relative = False
    for k in range(i, min(cut, len(zone))):
        tag = zone.tags[k]
        if tag in ".;:":
            return False
        if tag == "Q" and k > i:
            return True  # the verb may stand inside the quotation
        if tag == "R":
            relative = True
        elif tag in "VX" and k > i:
            if not relative:
                return True
            relative = False
    return False


def clause_end(zone: Zone, start: int, cut: int) -> int:
    """Return the last item of a clause that starts at `start`, before item `cut` at most."""
    end = min(cut, len(zone)) - 1
    for i in range(start + 1, end + 1):
        if _tail_begins(zone, i):
            end = i - 1
            break
    return _strip(zone, start, _without_occasion(zone, start, end))


def _tail_begins(zone: Zone, i: int) -> bool:
    tags, words = zone.tags, zone.words
    follows = words[i + 1] if i + 1 < len(words) else ""
    if tags[i] == ",":
        if follows in TAIL_PARTICIPLES:
            return i + 2 >= len(tags) or words[i + 2] not in ("up", "to", "more", "a", "an", "new")
        if follows in ASIDES:
            return True
        if follows == "according" or (follows in ("when", "after") and "asked" in words[i : i + 5]):
            return True
    if words[i] == "according" and follows == "to":
        return True
    if tags[i] in ",C" and i + 1 < len(tags):
        k = i + 1
        while k < len(tags) and (tags[k] in "AXZ" or (tags[k] == "C" and k == i + 1)):
            k += 1
        if k < len(tags) and tags[k] in "VBE" and words[k] in cue_verbs() and _speaks(words[k]):
            return (
                tags[i] == "C" or tags[i + 1] == "C" or (k + 1 < len(tags) and tags[k + 1] in "HQ")
            )
    return False


def _speaks(word: str) -> bool:
    return any(
        form.cue.frames & {"q", "that"} and "past" in form.kinds | {"past"}
        for form in cue_verbs()[word]
    )


def noun_end(zone: Zone, start: int, cut: int) -> int:
    """Return the last item of a noun-phrase content: it ends at a clause or a comma."""
    tags = zone.tags
    end = min(cut, len(zone)) - 1
    for i in range(start + 1, end + 1):
        follows = tags[i + 1] if i + 1 < len(tags) else "."
        if tags[i] == "S" and not has_clause(zone, i, end + 1):
            continue  # "before dawn"
        if tags[i] in ".;:SQ-" and not (tags[i] == "S" and zone.words[i] == "as"):
            end = i if tags[i] == "Q" else i - 1
            break
        if tags[i] == "," and not _list_goes_on(zone, i, end):
            end = i - 1
            break
        if tags[i] == "C" and (follows in "VXGTA" or _subject_follows(zone, i + 1)):
            end = i - 1
            break
        if _tail_begins(zone, i):
            end = i - 1
            break
    return _strip(zone, start, _without_occasion(zone, start, end))


def _list_goes_on(zone: Zone, comma: int, end: int) -> bool:
    """Whether a comma parts members of a list that "and" closes."""
    tags = zone.tags
    if comma + 1 > end or tags[comma + 1] not in "NM#q":
        return False
    for k in range(comma + 1, min(end, comma + 14)):
        if tags[k] == "C":
            return not _subject_follows(zone, k + 1) and tags[k + 1] not in "VXA"
        if tags[k] in "VXHRKSGT":
            return False
    return False


def _subject_follows(zone: Zone, at: int) -> bool:
    last = simple_right(zone, at)
    return last is not None and last + 1 < len(zone) and zone.tags[last + 1] in "VX"


def _without_occasion(zone: Zone, start: int, end: int) -> int:
    """Cut a closing "in a statement", "on Twitter": it says where, not what, was said."""
    i = end
    while i > start and zone.tags[i] in ".,":
        i -= 1
    for k in range(i, max(start + 1, i - 6), -1):
        if zone.tags[k] == "I":
            occasion = any(w in STATED_IN for w in zone.words[k + 1 : i + 1])
            if occasion and zone.words[k] in ("in", "on", "at", "during", "via"):
                return k - 1
            if zone.words[k] not in ("of", "on", "to", "for", "with", "by"):
                break
    return end


def _strip(zone: Zone, start: int, end: int) -> int:
    while end >= start and (
        zone.tags[end] in ",.;:-C" or zone.words[end] in ("while", "as", "whereas")
    ):
        end -= 1
    return end
