"""Which of a window's findings reports which: by where cues stand, then as the network scores."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attribution.finding import Finding

# "The paper, citing two officials, reported p": of two with one content these are reported ...
REPORTED = frozenset({"cite", "refer to"})
# ... and these report: "Brill said p, according to the paper".
REPORTING = frozenset({"according to", "per", "as reported by"})
# Two contents are one when they share this much of the longer.
SAME = 0.7


def link(findings: Sequence[Finding | None], scored: Sequence[int]) -> None:
    """Set `outer` of each finding.

    A finding whose cue stands in another's content is reported by the smallest such. Of two with
    the same content in one sentence, one reports the other. `scored` (index of what reports, or
    -1) decides the rest. No finding comes to report itself.
    """
    present = [f for f in findings if f is not None]
    for finding, above in zip(findings, scored, strict=True):
        if finding is None:
            continue
        around = [f for f in present if f is not finding and f.covers(finding)
                  and not finding.covers(f)]  # fmt: skip
        if around:
            finding.outer = min(around, key=_size)
        elif above >= 0:
            finding.outer = findings[above]
    for n, one in enumerate(present):
        for other in present[n + 1 :]:
            _of_one_content(one, other)
    for finding in present:
        if _circular(finding):
            finding.outer = None


def _of_one_content(one: Finding, other: Finding) -> None:
    """Link two findings that have the same content, and give the outer one the inner whole."""
    if one.outer is not None or other.outer is not None or _shared(one, other) < SAME:
        return
    inner, outer = _by_cue(one, other)
    inner.outer = outer
    begin = min(start for start, _ in inner.source + inner.cue)
    first = outer.content[0][0]
    # "noted that residents said p": what is noted begins with the residents.
    if outer.cue[-1][1] <= begin < first and inner.cue[-1][1] <= first:
        outer.content[0] = (begin, outer.content[0][1])


def _by_cue(one: Finding, other: Finding) -> tuple[Finding, Finding]:
    for inner, outer in ((one, other), (other, one)):
        if inner.lemma in REPORTED or outer.lemma in REPORTING:
            return inner, outer
    near = sorted((one, other), key=lambda f: _distance(f))
    return near[0], near[1]


def _distance(finding: Finding) -> int:
    start, end = finding.cue[0]
    return min(max(first - end, start - last, 0) for first, last in finding.content)


def _shared(one: Finding, other: Finding) -> float:
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one.content for c, d in other.content)
    longer = max(_size(one), _size(other))
    return both / longer if longer else 0.0


def _size(finding: Finding) -> int:
    return sum(end - start for start, end in finding.content)


def _circular(finding: Finding) -> bool:
    seen: list[Finding] = []
    step: Finding | None = finding
    while step is not None:
        if any(step is one for one in seen):
            return True
        seen.append(step)
        step = step.outer
    return False
