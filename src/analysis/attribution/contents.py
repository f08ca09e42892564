"""Where the content of a cue begins and ends.

Clause ends are found by punctuation and conjunctions: a content runs to the end of its sentence
unless another speaker, another cue of the same speaker or the writer's own tail begins before.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.attribution.lexicon import cue_verbs
from analysis.attribution.noun_phrase import OCCASIONS, _nominal_run, _simple_right
from analysis.attribution.verb_group import VerbGroup
from analysis.attribution.zones import Zone
from analysis.resources import words as word_list

PUNCTUATION = frozenset(",.;:-")
# Participles that end a content with a cue, or with the writer's own words, of their own.
TAIL_PARTICIPLES = frozenset(
    "saying adding citing noting claiming arguing insisting stating explaining warning telling"
    " calling accusing describing quoting denying alleging urging asking blaming criticizing"
    " criticising condemning referring speaking meaning suggesting stressing declaring pointing"
    " promising vowing pledging reiterating emphasizing emphasising announcing tweeting writing"
    " acknowledging admitting predicting demanding dismissing rejecting praising recalling joking".split()
)
# After a comma these open the writer's own aside more often than the source's words.
ASIDES = frozenset("as while whereas where".split())
CLAUSE_CONCESSIONS = frozenset(
    "if although though unless once since because until despite while even given whatever".split()
)
QUESTION_WORDS = frozenset("what why how whether if where who which when".split())
OBJECT_PRONOUNS = frozenset("him them us me her himself themselves you it".split())
AUDIENCES = frozenset(
    "reporters journalists lawmakers parliament police officials investigators supporters fans"
    " viewers listeners readers media court congress residents delegates voters colleagues"
    " investors staff employees workers legislators senators users customers crowd people"
    " television radio tv afp reuters cnn bbc ap".split()
)
NP_CUES_THAT_NEED = {
    "describe": "as", "characterize": "as", "characterise": "as", "portray": "as", "label": "as",
    "brand": "as", "depict": "as", "term": "as", "liken": "to", "compare": "to", "refer to": "as",
    "attribute": "to", "credit": "with",
}  # fmt: skip


@dataclass(frozen=True)
class Content:
    """A content as items `first` to `last`, and the frame it fills."""

    first: int
    last: int
    frame: str


def content_after(zone: Zone, group: VerbGroup, cuts: list[int]) -> Content | None:
    """Return the content to the right of a cue, or None.

    Parameters
    ----------
    cuts : items where another speaker's clause begins; no content goes beyond the first of them.

    >>> from analysis.attribution.verb_group import find_verb_groups
    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("Brand told reporters on Monday that it rained, adding nothing.")[0]
    >>> content = content_after(zone, find_verb_groups(zone)[0], [])
    >>> " ".join(zone.forms[content.first : content.last + 1]), content.frame
    ('that it rained', 'that')
    """
    start = group.last + 1
    frames = group.cue.frames
    to_addressee = "addr" in frames and start < len(zone) and zone.tags[start] in "DPMN#W"
    if to_addressee:
        start = skip_addressee(zone, start, frames)
    start = skip_adverbials(zone, start, frames)
    if start >= len(zone):
        return None
    cut = next((c for c in cuts if c > start), len(zone))
    frame = _frame(zone, start, group, cut, to_addressee)
    if frame is None:
        return None
    first = start
    if frame in ("colon", "comma"):
        first, frame = start + 1, "q"
    if frame == "obj-to":
        first = _infinitive_after(zone, start, cut)
        if group.cue.act == "thought":
            first = start
    end = noun_end(zone, first, cut) if frame == "np" else clause_end(zone, first, cut)
    return Content(first, end, frame) if end >= first else None


def content_before(zone: Zone, edge: int, floor: int = 0) -> Content | None:
    """Return the content that ends just before item `edge`, where a speaker is named after it.

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("It rained on Monday, she said.")[0]
    >>> content_before(zone, zone.words.index("she"))
    Content(first=0, last=3, frame='before')
    """
    last = edge - 1
    while last >= floor and zone.tags[last] in ",-":
        last -= 1
    if last < floor:
        return None
    first = floor
    for k in range(last, floor - 1, -1):
        if zone.tags[k] == ";" or (zone.tags[k] == ":" and zone.tags[last] == "Q"):
            first = k + 1
            break
    while first < last and zone.tags[first] in 'C,)"':
        first += 1
    return Content(first, last, "before")


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


def _frame(zone: Zone, i: int, group: VerbGroup, cut: int, addressed: bool) -> str | None:
    """The frame the words from item `i` on fill, or None when they are no content."""
    tags, words, frames = zone.tags, zone.words, group.cue.frames
    tag, follows = tags[i], tags[i + 1] if i + 1 < len(tags) else "."
    if tag in "Qq":
        return _quoted_frame(zone, i, group, cut)
    if tag == ":" and i + 1 < len(tags):
        return "colon" if frames & {"q", "that", "zero"} else None
    if tag == "," and follows == "Q" and "q" in frames:
        return "comma"
    if tag == "H" and frames & {"that"}:
        return "that"
    if tag == "T" and (follows in "BAX" or (follows == "N" and not words[i + 1].endswith("s"))):
        return "to" if "to" in frames or (addressed and "obj-to" in frames) else None
    if tag == "G" and "ing" in frames:
        return "ing"
    if tag in "KR" and "wh" in frames and words[i] in QUESTION_WORDS:
        return "wh" if words[i] != "when" or group.cue.lemma in ("ask", "wonder", "know") else None
    if tag == "I" and words[i] in frames:
        return "prep"
    if tag == "S":
        fits = words[i] in CLAUSE_CONCESSIONS and "zero" in frames
        return "zero" if fits or (words[i] == "as" and "as" in frames) else None
    if tag in "DPMN#AEGWI(":
        return _nominal_frame(zone, i, group, cut, addressed)
    return None


def _quoted_frame(zone: Zone, i: int, group: VerbGroup, cut: int) -> str | None:
    frames = group.cue.frames
    if zone.tags[i] == "Q" or frames & {"q", "zero"}:
        return "q" if frames & {"q", "that", "zero"} else "np" if "np" in frames else None
    return "np" if "np" in frames else None


def _nominal_frame(zone: Zone, i: int, group: VerbGroup, cut: int, addressed: bool) -> str | None:
    frames = group.cue.frames
    if "obj-to" in frames and not addressed and _infinitive_after(zone, i, cut) > i:
        return "obj-to"
    if "zero" in frames and has_clause(zone, i, cut):
        return "zero"
    if "np" in frames and zone.tags[i] in "DPMN#AEG" and _np_fits(zone, i, group, cut):
        return "np"
    if "as" in frames and not frames & {"np"}:
        end = noun_end(zone, i, cut)
        return "np" if "as" in zone.words[i : end + 1] else None
    return None


def _np_fits(zone: Zone, i: int, group: VerbGroup, cut: int) -> bool:
    """Whether an object makes a deed of the verb ("rejected the ball") or a statement of it."""
    lemma = group.cue.lemma
    if lemma == "put":
        return _puts_figure(zone, i, cut)
    end = noun_end(zone, i, cut)
    inside = range(i, end + 1)
    if lemma in NP_CUES_THAT_NEED:
        need = NP_CUES_THAT_NEED[lemma]
        return any(zone.words[k] == need for k in inside)
    if lemma == "call":
        return _called(zone, i, end)
    if lemma in ("attack", "challenge", "celebrate", "echo", "quote"):
        return any(zone.tags[k] in "Qq" for k in inside)
    if "zero" in group.cue.frames and zone.tags[i] == "P":
        return group.cue.stance != "asserts"  # "denied it", but not "said it"
    return True


def _puts_figure(zone: Zone, i: int, cut: int) -> bool:
    """put + object + "at" + number."""
    for k in range(i + 1, min(cut, len(zone) - 1)):
        if zone.words[k] == "at":
            return zone.tags[k + 1] in "#D" and any(t == "#" for t in zone.tags[k + 1 : k + 4])
        if zone.tags[k] in "VX,.;:":
            return False
    return False


def _called(zone: Zone, i: int, end: int) -> bool:
    """called + object + name: "called it a farce", "called the vote rigged"."""
    if any(zone.tags[k] in "Qq" for k in range(i, end + 1)):
        return True
    if zone.tags[i] == "P" and end > i:
        return True
    return any(
        zone.tags[k] == "D" and zone.words[k] in ("a", "an", "the") and zone.tags[k - 1] in "NM"
        for k in range(i + 1, end + 1)
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


def _infinitive_after(zone: Zone, i: int, cut: int) -> int:
    """Item of the "to" after the addressee that starts at `i`, or `i`."""
    last = _simple_right(zone, i)
    if last is None and zone.words[i] in OBJECT_PRONOUNS:
        last = i
    if last is None:
        return i
    for k in range(last + 1, min(cut, len(zone), last + 8)):
        if zone.tags[k] == "T" and k + 1 < len(zone) and zone.tags[k + 1] in "BXAN":
            return k
        if zone.tags[k] in "VX.;:Q":
            break
        if zone.tags[k] == "H":
            return k
    for k in range(i + 1, last + 1):
        if zone.tags[k] == "T" and k + 1 < len(zone) and zone.tags[k + 1] == "B":
            return k
    return i


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
            return tags[i] == "C" or tags[i + 1] == "C" or k + 1 < len(tags) and tags[k + 1] in "HQ"
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
    last = _simple_right(zone, at)
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


STATED_IN = frozenset(
    "statement interview tweet twitter facebook briefing email e-mail address letter".split()
)


def _strip(zone: Zone, start: int, end: int) -> int:
    while end >= start and (
        zone.tags[end] in ",.;:-C" or zone.words[end] in ("while", "as", "whereas")
    ):
        end -= 1
    return end
