"""From the lines of a text to a raw dispatch: shared by saved pages and plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from analysis.loading.dates import Published
from analysis.loading.decode import Decoded, decode, looks_binary
from analysis.loading.page_head import DATELINE, Head
from analysis.loading.page_lines import Line
from analysis.loading.records import Cut, RawDispatch, ReadOptions, Reject
from analysis.loading.repair import Repaired, join_paragraphs

Why = tuple[str, str]  # kind and reason of a cut


def read_text(data: bytes, source_file: str, format: str, options: ReadOptions) -> Decoded | Reject:
    """Decode the bytes of a text file, within the limits on its size and on its longest line."""
    limits = options.limits
    if len(data) > limits.page_bytes:
        expected = f"at most {limits.page_bytes} bytes"
        return Reject(source_file, format, "text too large", f"{len(data)} bytes", expected)
    binary = looks_binary(data)
    if binary:
        return Reject(source_file, format, "binary file", binary, "text")
    decoded = decode(data)
    if decoded is None:
        return Reject(source_file, format, "unknown encoding", None, "UTF-8 text")
    longest = max(map(len, decoded.text.split("\n")))
    if longest > limits.line_chars:
        expected = f"lines of at most {limits.line_chars} characters"
        return Reject(source_file, format, "line too long", f"{longest} characters", expected)
    return decoded


def encoding_cut(decoded: Decoded) -> list[Cut]:
    """A record that the encoding was guessed, with the first line that depended on the guess."""
    if not decoded.guessed:
        return []
    lines = enumerate(decoded.text.splitlines(), 1)
    number, line = next(((n, text) for n, text in lines if not text.isascii()), (1, ""))
    reason = f"not UTF-8; read as {decoded.encoding}; nothing was cut"
    return [Cut("encoding", reason, line[:200], number, number)]


def build(
    lines: Sequence[Line],
    body: Sequence[int],
    why: Mapping[int, Why],
    head: Head,
    source_file: str,
    format: str,
    decoded: Decoded,
) -> RawDispatch:
    """Make the dispatch: body paragraphs joined by a blank line, everything else in cuts."""
    paragraphs = [Repaired(lines[i].text, lines[i].repairs) for i in body]
    cuts = encoding_cut(decoded) + cut_runs(lines, why)
    if head.dateline and head.dateline.end and not _on_own_line(head):
        text = paragraphs[0].text
        paragraphs[0] = paragraphs[0].without_start(head.dateline.end)
        number = lines[body[0]].number
        cuts.append(Cut("metadata", "dateline", text[: head.dateline.end].strip(), number, number))
    published = published_of(head.published)
    joined = join_paragraphs(paragraphs)
    return RawDispatch(
        body=joined.text,
        source_file=source_file,
        format=format,
        agency=head.agency,
        outlet=head.outlet,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        dateline_place=head.dateline.place if head.dateline else None,
        dateline_date=head.dateline.date if head.dateline else None,
        dateline_evidence=head.dateline.evidence if head.dateline else None,
        headline=head.headline,
        byline=head.byline,
        encoding=decoded.encoding,
        cuts=tuple(sorted(cuts, key=lambda cut: cut.first_line or 0)),
        repairs=joined.repairs,
    )


def published_of(day: date | None) -> Published | None:
    """A publication time for a stated day: midnight UTC, precision "day"."""
    return Published(datetime(day.year, day.month, day.day, tzinfo=UTC), "day") if day else None


def cut_runs(lines: Sequence[Line], why: Mapping[int, Why]) -> list[Cut]:
    """One cut for each run of neighbouring lines that the same rule cut."""
    runs: list[list[int]] = []
    for i in sorted(why):
        if runs and runs[-1][-1] == i - 1 and why[i] == why[i - 1]:
            runs[-1].append(i)
        else:
            runs.append([i])
    return [
        Cut(
            *why[run[0]],
            "\n".join(lines[i].text for i in run),
            lines[run[0]].number,
            lines[run[-1]].last_number,
        )
        for run in runs
    ]


def _on_own_line(head: Head) -> bool:
    return any(what == DATELINE for _, what in head.stated_on)
