"""What a reader hands back: raw dispatches, rejects and cuts, before ids and dtypes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from analysis.loading.limits import Limits


@dataclass(frozen=True)
class Cut:
    """A stretch of the input left out of the body, and the rule that cut it."""

    kind: str
    reason: str
    text: str
    first_line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True)
class Repair:
    """A stretch of the body that differs from the text as received, and what stood there."""

    start: int
    end: int
    received: str
    reason: str


@dataclass(frozen=True)
class Reject:
    """An input, or a part of one, that could not be loaded: one row of `rejects`."""

    source_file: str
    format: str | None
    reason: str
    found: str | None = None
    expected: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class RawDispatch:
    """One dispatch as its format gives it; None where the input does not say."""

    body: str
    source_file: str
    format: str
    dispatch_id: str | None = None
    story_id: str | None = None
    version: int | None = None
    agency: str | None = None
    outlet: str | None = None
    language: str | None = None
    language_evidence: str | None = None
    status: str | None = None
    urgency: int | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    published_zone: str | None = None
    published_evidence: str | None = None
    embargo_until: datetime | None = None
    dateline_place: str | None = None
    dateline_date: str | None = None
    dateline_evidence: str | None = None
    slug: str | None = None
    headline: str | None = None
    byline: str | None = None
    url: str | None = None
    encoding: str | None = None
    cuts: tuple[Cut, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass
class ReadResult:
    """Everything one file gave; `passed_over` counts what holds no dispatch by its nature."""

    dispatches: list[RawDispatch] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    passed_over: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, outcomes: Iterable[RawDispatch | Reject], cuts: Sequence[Cut] = ()) -> ReadResult:
        """Tell dispatches from rejects; `cuts` of the file as a whole go to its first dispatch.

        >>> ReadResult.of([Reject("a.txt", None, "empty file")]).dispatches
        []
        """
        result = cls()
        for one in outcomes:
            if isinstance(one, Reject):
                result.rejects.append(one)
            else:
                result.dispatches.append(one)
        if result.dispatches and cuts:
            first = result.dispatches[0]
            result.dispatches[0] = replace(first, cuts=(*cuts, *first.cuts))
        return result


@dataclass(frozen=True)
class ReadOptions:
    """What the caller of `load` asked for, as a reader sees it."""

    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    preset: str | None = None
    repair: bool = False
