"""What the rules find before it becomes a table: one attribution with its places."""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass
class Finding:
    """One attribution as character spans, with what the rules know of it.

    Attributes
    ----------
    source, cue, content : lists of half-open spans, in order.
    lemma, act, stance : from the cue list, or from negation and context.
    pattern : the rule that found it; confidence is measured by pattern.
    zone : index of the zone it was read in.
    outer : the finding that reports this one, if any.
    speaker, named, source_type, ... : filled in when speakers are resolved and labels given.
    confidence : 0 to 1 where the method measures it for each find.
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    lemma: str
    act: str
    stance: str
    pattern: str
    zone: int
    quoted: bool = False
    outer: Finding | None = None
    same_source_as: Finding | None = None
    speaker: str | None = None
    named: bool = False
    source_type: str = "unknown"
    kind: str = "indirect"
    entity: int = -1
    confidence: float | None = None

    def start(self) -> int:
        """First character of the attribution; orders attributions for reading."""
        return min(s for part in (self.source, self.cue, self.content) for s, _ in part)

    def covers(self, other: Finding) -> bool:
        """Whether the cue of `other` lies inside this one's content."""
        return bool(other.cue) and any(
            s <= other.cue[0][0] and other.cue[0][1] <= e for s, e in self.content
        )


@dataclass
class Reading:
    """A dispatch while it is read: its text, zones and the findings so far."""

    body: str
    findings: list[Finding] = field(default_factory=list)
