"""Which attribution reports which."""

from __future__ import annotations

from analysis.attribution.finding import Finding

OWN = frozenset("i we".split())
CITING = frozenset("cite quote".split())


def nest(body: str, findings: list[Finding]) -> list[Finding]:
    """Return the findings that stand, each with `outer` set where another one reports it.

    An attribution is nested in the smallest one whose content holds its cue. The speaker's own "I
    think" inside a quotation, and the same speaker's "said he believed" in reported speech, are
    dropped: they are part of what is said (guideline rule 5).

    >>> from analysis.attribution.rules import read_dispatch
    >>> found = read_dispatch("Brand said the police had denied that it rained.").findings
    >>> [f.lemma for f in found], found[1].outer is found[0]
    (['say', 'deny'], True)
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=_order):
        around = [f for f in kept if f is not finding and f.covers(finding)]
        if finding.outer is not None:
            kept.append(finding)
            continue
        if around:
            outer = min(around, key=_size)
            if _own_words(body, finding) and not _earlier_act(body, finding):
                continue
            finding.outer = outer
        elif finding.quoted:
            continue
        kept.append(finding)
    return sorted(kept, key=lambda f: (f.start(), f.cue[0] if f.cue else (0, 0)))


def without_own(findings: list[Finding]) -> list[Finding]:
    """Drop what the speaker says of itself at once: "they said they believed p" is one attribution.

    Entities must be resolved. An earlier, separate act of the same speaker ("Ford said it started
    after Ford disclosed the matter") stays.
    """
    dropped = {
        id(f)
        for f in findings
        if f.outer is not None
        and f.entity == f.outer.entity
        and f.entity >= 0
        and _at_once(f, f.outer)
    }
    for finding in findings:
        while finding.outer is not None and id(finding.outer) in dropped:
            finding.outer = finding.outer.outer
    return [f for f in findings if id(f) not in dropped]


def _at_once(finding: Finding, outer: Finding) -> bool:
    if finding.quoted or not finding.source:
        return False
    return any(0 <= finding.source[0][0] - start <= len("that ") for start, _ in outer.content)


def _order(finding: Finding) -> tuple[bool, int, int]:
    return finding.outer is not None, -_size(finding), finding.start()


def _size(finding: Finding) -> int:
    return sum(e - s for s, e in finding.content)


def _earlier_act(body: str, finding: Finding) -> bool:
    """ "I told him to go": what the speaker said before is an act of its own."""
    cue = body[slice(*finding.cue[0])].lower().split()
    return finding.act != "thought" and cue[-1].endswith(("ed", "said", "told"))


def _own_words(body: str, finding: Finding) -> bool:
    return bool(finding.source) and body[slice(*finding.source[0])].lower() in OWN
