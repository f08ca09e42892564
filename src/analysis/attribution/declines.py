"""Non-answers: declined to comment, did not respond, had no information, could not be reached."""

from __future__ import annotations

from analysis.attribution.clauses import shared_subject
from analysis.attribution.content_end import clause_end, noun_end
from analysis.attribution.contents import Content
from analysis.attribution.finding import Finding
from analysis.attribution.noun_phrase import subject_before
from analysis.attribution.tagging import MODALS
from analysis.attribution.zones import Zone

REFUSING = frozenset("declined declines declining decline refused refuses refusing refuse".split())
ANSWERING = frozenset(
    "comment say answer discuss respond reply confirm give provide elaborate name identify speak"
    " reveal disclose specify explain talk address offer release share return take testify be"
    " describe detail clarify rule commit acknowledge announce indicate mention predict"
    " deny".split()
)
NOT_ANSWERED = frozenset(
    "respond reply answer comment return elaborate be offer give provide identify name discuss"
    " address disclose reveal release specify confirm say explain".split()
)
UNREACHED = ("reached", "drawn", "contacted")
NOTHING_SAID = frozenset(
    "comment information details response answer explanation reason statement word".split()
)
HAVING = frozenset("had has have made makes gave gives offered offers provided provides".split())
GIVING = frozenset("give provide offer release name identify address".split())
TAKES_CLAUSE = frozenset("say specify explain confirm disclose reveal announce indicate".split())


def declines(zone: Zone, index: int) -> list[Finding]:
    """Return the non-answers of a zone, with what is not answered as content where it is said.

    >>> from analysis.attribution.zones import read_zones
    >>> zone = read_zones("The palace declined to comment on the report.")[0]
    >>> finding = declines(zone, 0)[0]
    >>> finding.cue, finding.content, finding.stance
    ([(11, 33)], [(34, 44)], 'declines')
    """
    found = []
    for i, word in enumerate(zone.words):
        bounds = _cue_bounds(zone, i, word)
        if bounds is not None:
            first, last = bounds
            finding = _finding(zone, index, first, last)
            if finding is not None:
                found.append(finding)
    return found


def _cue_bounds(zone: Zone, i: int, word: str) -> tuple[int, int] | None:
    """First and last item of the cue whose leading verb is at `i`, or None."""
    words, tags = zone.words, zone.tags
    if word in REFUSING and i + 2 < len(words) and words[i + 1] == "to":
        return (_with_auxiliary(zone, i), i + 2) if words[i + 2] in ANSWERING else None
    if word in HAVING and tags[i] in "XVB":
        return _nothing_said(zone, i)
    if tags[i] != "X" or i + 1 >= len(words):
        return None
    if word in ("was", "were", "is", "are"):
        return _unavailable(zone, i)
    if word in ("has", "have", "had") and i + 2 < len(words):
        return _not_yet(zone, i)
    if word in MODALS and not (i and tags[i - 1] == "X"):
        return _negated(zone, i)
    return None


def _with_auxiliary(zone: Zone, i: int) -> int:
    while i and zone.tags[i - 1] in "X":
        i -= 1
    return i


def _nothing_said(zone: Zone, i: int) -> tuple[int, int] | None:
    words = zone.words
    if i + 2 < len(words) and words[i + 1] == "no":
        for k in range(i + 2, min(i + 5, len(words))):
            if words[k] in NOTHING_SAID:
                return _with_auxiliary(zone, i), k
    return None


def _unavailable(zone: Zone, i: int) -> tuple[int, int] | None:
    words = zone.words
    for k in range(i + 1, min(i + 5, len(words))):
        if words[k] in ("available", "unavailable", "reachable", "unreachable") and (
            words[k].startswith("un") or any(w in ("not", "n't", "n’t") for w in words[i + 1 : k])
        ):
            comment = words[k + 1 : k + 3] == ["for", "comment"]
            return (i, k + 2) if comment else None
    return None


def _not_yet(zone: Zone, i: int) -> tuple[int, int] | None:
    """ "has not commented"."""
    words = zone.words
    for k in range(i + 2, min(i + 5, len(words))):
        if words[k] in ("commented", "responded", "replied", "answered") and any(
            t == "Z" for t in zone.tags[i + 1 : k]
        ):
            return i, k
    return None


def _negated(zone: Zone, i: int) -> tuple[int, int] | None:
    words, tags = zone.words, zone.tags
    negated = False
    for k in range(i + 1, min(i + 7, len(words))):
        if tags[k] == "Z":
            negated = True
        elif tags[k] == "A" or (
            words[k] == "be" and k + 1 < len(words) and words[k + 1] in UNREACHED
        ):
            continue
        elif words[k] in UNREACHED and negated:
            comment = words[k + 1 : k + 3] == ["for", "comment"]
            return i, k + 2 if comment else k
        elif words[k] in NOT_ANSWERED and negated and words[k] != "be":
            return (i, k) if words[k] not in GIVING or _gives_words(zone, k) else None
        else:
            return None
    return None


def _gives_words(zone: Zone, verb: int) -> bool:
    """give, provide, offer: a non-answer only of details, reasons, comment."""
    return any(
        w in NOTHING_SAID or w in ("reasons", "figures") for w in zone.words[verb + 1 : verb + 6]
    )


def _finding(zone: Zone, index: int, first: int, last: int) -> Finding | None:
    words, tags = zone.words, zone.tags
    subject = subject_before(zone, first) or shared_subject(zone, first)
    verb = words[last]
    start = last + 1
    content = None
    if start < len(zone):
        if (
            verb not in UNREACHED
            and words[start] in ("to", "on", "about")
            and tags[start] in "TI"
            and verb != "comment"
        ) or (verb == "comment" and words[start] == "on"):
            last, start = start, start + 1
        content = _content(zone, start, verb)
    if content is None and verb not in BARE and first + 1 < last:
        return None
    spans = [zone.span(content.first, content.last)] if content else []
    sources = [zone.span(subject.first, subject.last)] if subject else []
    if not sources:
        return None
    return Finding(
        sources, [zone.span(first, last)], spans, _lemma(zone, first, last), "statement",
        "declines", "declines", index, zone.quoted,
    )  # fmt: skip


BARE = frozenset(
    "comment commented responded replied answered respond reply answer elaborate reached"
    " contacted drawn available unavailable say speak talk information discuss confirm".split()
)


def _content(zone: Zone, start: int, verb: str) -> Content | None:
    if start >= len(zone):
        return None
    tag = zone.tags[start]
    if tag in "KHR" and verb in TAKES_CLAUSE | ANSWERING:
        return Content(start, clause_end(zone, start, len(zone)), "declines")
    if tag in "DPMN#q" or (tag == "G" and zone.words[start - 1] in ("on", "about")):
        end = noun_end(zone, start, len(zone))
        return Content(start, end, "declines") if end >= start else None
    if tag == "I" and zone.words[start] in ("about", "on", "concerning", "regarding"):
        end = noun_end(zone, start, len(zone))
        return Content(start, end, "declines")
    return None


def _lemma(zone: Zone, first: int, last: int) -> str:
    words = zone.words[first : last + 1]
    for word, lemma in (("declin", "decline"), ("refus", "refuse")):
        if any(w.startswith(word) for w in words):
            return lemma
    return next((w for w in words if w in NOT_ANSWERED or w in UNREACHED or w in HAVING), words[-1])
