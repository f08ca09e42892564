"""Where the content of a cue begins and ends.

Clause ends are found by punctuation and conjunctions: a content runs to the end of its sentence
unless another speaker, another cue of the same speaker or the writer's own tail begins before.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.attribution.content_end import clause_end, has_clause, noun_end
from analysis.attribution.content_start import OBJECT_PRONOUNS, skip_addressee, skip_adverbials
from analysis.attribution.noun_phrase_right import simple_right
from analysis.attribution.verb_group import VerbGroup
from analysis.attribution.zones import Zone

PUNCTUATION = frozenset(",.;:-")
# Participles that end a content with a cue, or with the writer's own words, of their own.
# After a comma these open the writer's own aside more often than the source's words.
CLAUSE_CONCESSIONS = frozenset(
    "if although though unless once since because until despite while even given whatever".split()
)
QUESTION_WORDS = frozenset("what why how whether if where who which when".split())
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


def _infinitive_after(zone: Zone, i: int, cut: int) -> int:
    """Item of the "to" after the addressee that starts at `i`, or `i`."""
    last = simple_right(zone, i)
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
