"""From the parts of one record to a raw dispatch: shared by readers of many records a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from analysis.loading.datelines import Dateline, parse_dateline
from analysis.loading.records import Cut, RawDispatch, Reject, Repair

Mend = Callable[[str], tuple[str, tuple[Repair, ...]]]


@dataclass(frozen=True)
class Source:
    """The file that records stand in, and the format it is read as."""

    file: str
    format: str

    def reject(
        self,
        reason: str,
        found: str | None = None,
        expected: str | None = None,
        record: int | None = None,
    ) -> Reject:
        """Return a rejects row for the file, or for its record of that number (from 1)."""
        place = f"record {record}" if record else None
        shown = found.encode("utf-8", "backslashreplace").decode()[:200] if found else None
        return Reject(self.file, self.format, reason, shown, expected, place)


@dataclass
class TextParts:
    """Paragraphs of a record's text, and what was cut around them."""

    paragraphs: list[str] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)

    def cut(self, kind: str, reason: str, text: str) -> None:
        """Note a stretch left out; one that is blank is not noted."""
        if text.strip():
            self.cuts.append(Cut(kind, reason, text.strip()))


def with_text(raw: RawDispatch, parts: TextParts, mend: Mend | None = None) -> RawDispatch:
    """Return the dispatch `raw` with body, dateline and cuts from `parts`.

    The dateline that opens the first paragraph is cut into its columns (see `with_dateline`).
    `mend` turns the finished body into the repaired one and lists the repairs.

    >>> from datetime import UTC, datetime
    >>> day = datetime(2024, 3, 5, tzinfo=UTC)
    >>> raw = RawDispatch("", "f", "nexis", published_at=day, published_evidence="PD")
    >>> made = with_text(raw, TextParts(["TOLMAR, March 4 (MPA) - Ferries sailed.", "All did."]))
    >>> made.body, made.dateline_date, made.dateline_evidence
    ('Ferries sailed.\\n\\nAll did.', '2024-03-04', 'PD')
    """
    paragraphs = [text for text in (p.strip() for p in parts.paragraphs) if text]
    cuts = list(parts.cuts)
    # AP sends the dash of its datelines as an underscore; putting one in changes no offset.
    opening = paragraphs[0].replace(" _ ", " - ", 1) if paragraphs else ""
    found = parse_dateline(opening, day_of(raw))
    if found and opening[found.end :].strip():
        cuts.append(Cut("metadata", "dateline", paragraphs[0][: found.end].strip()))
        paragraphs[0] = paragraphs[0][found.end :].lstrip()
        raw = with_dateline(raw, found, stated=parse_dateline(opening))
    body = "\n\n".join(paragraphs)
    repairs: tuple[Repair, ...] = ()
    if mend:
        body, repairs = mend(body)
    return replace(raw, body=body, cuts=(*raw.cuts, *cuts), repairs=repairs)


def with_dateline(raw: RawDispatch, found: Dateline, stated: Dateline | None) -> RawDispatch:
    """Return the dispatch with place, date and agency of a dateline, and what gave its year.

    `stated` is the same dateline read without the day of publication: where it has a year, the
    evidence is "dateline", else it is what stated the publication day.
    """
    evidence = None
    if found.date and not found.date.startswith("--"):
        own = bool(stated and stated.date and not stated.date.startswith("--"))
        evidence = "dateline" if own else raw.published_evidence
    return replace(
        raw,
        agency=raw.agency or found.agency,
        dateline_place=found.place,
        dateline_date=found.date,
        dateline_evidence=evidence,
    )


def day_of(raw: RawDispatch) -> date | None:
    """Return the day of publication, where the record states one."""
    return raw.published_at.date() if raw.published_at else None
