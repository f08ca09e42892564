"""ProQuest exports saved as text: records between lines of underscores, labelled paragraphs.

A record opens with its title and a few labels, "Full text:" follows, and the full list of labels
("Title:", "Publication date:", "Document URL:") closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.loading.bylines import writer
from analysis.loading.clock_times import stated_time
from analysis.loading.languages import language_tag
from analysis.loading.nexis_to_dispatch import agency_of
from analysis.loading.record_dispatch import Source, TextParts, with_text
from analysis.loading.record_text import export_text
from analysis.loading.records import RawDispatch, ReadOptions, ReadResult, Reject

FORMAT = "proquest"
_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.MULTILINE)
_LABELS = frozenset(
    label.casefold()
    for label in (
        "Abstract", "Author", "Authors", "Column", "Company / organization", "Copyright",
        "Correspondence author", "Country of publication", "Credit", "Database", "Dateline",
        "Document feature", "Document type", "Document URL", "DOI", "Edition", "Full text",
        "Identifier / keyword", "Identifiers / keywords", "ISSN", "Issue", "Language",
        "Language of publication", "Last updated", "Links", "Location", "Number of pages",
        "Pages", "First page", "Last page", "People", "Person", "Place of publication",
        "ProQuest document ID", "Publication date", "Publication info", "Publication subject",
        "Publication title", "Publication year", "Publisher", "Section", "Source attribution",
        "Source type", "Subject", "Subtitle", "Title", "Volume", "Year",
    )
)  # fmt: skip
_LABEL = re.compile(r"(?P<label>[A-Z][A-Za-z/ ]{2,30}):(?:\s+(?P<text>.*)|\s*$)", re.DOTALL)
_SNIFF = re.compile(
    rb"^(?:Publication info|Publication title|ProQuest document ID|Full text): ?", re.MULTILINE
)
_SNIFF_RULE = re.compile(rb"^_{20,}[ \t]*\r?$", re.MULTILINE)
_NO_TEXT = re.compile(r"(?:full text )?(?:not available|unavailable)\.?|none available\.?", re.I)
_LAST_STOP = re.compile(r"(?<=[^\W\d_]{2})\.$")  # "Oram, Pel." but not "Oram, P."
_DAY_IN_INFO = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}")


@dataclass
class Record:
    """One record: its labelled parts by label in small letters, and the paragraphs of its text."""

    fields: dict[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    top: list[str] = field(default_factory=list)


def sniff(head: bytes, source_file: str) -> bool:
    """Tell whether the file has lines of underscores and ProQuest's labels."""
    if b"\0" in head[:1024] or _SNIFF_RULE.search(head) is None:
        return False
    return len(set(_SNIFF.findall(head))) >= 2


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every record as one dispatch; one without its full text is a reject."""
    source = Source(source_file, FORMAT)
    exported = export_text(data, source, options)
    if isinstance(exported, Reject):
        return ReadResult(rejects=[exported])
    text, encoding, cuts = exported
    result = ReadResult.of(
        (_outcome(*numbered, source, encoding) for numbered in enumerate(_records(text), 1)), cuts
    )
    if not result.dispatches and not result.rejects:
        found = "no labelled record"
        result.rejects.append(source.reject("no ProQuest record", found, '"Title:", "Full text:"'))
    return result


def _outcome(
    number: int, record: Record, source: Source, encoding: str | None
) -> RawDispatch | Reject:
    dispatch = _dispatch(record, source, encoding)
    if dispatch.body:
        return dispatch
    found = record.fields.get("title") or "no text"
    return source.reject("record without a text", found, '"Full text:"', number)


def _records(text: str) -> Iterator[Record]:
    begin = 0
    for rule in [*_RULE.finditer(text), None]:
        chunk = text[begin : rule.start() if rule else len(text)]
        begin = rule.end() if rule else begin
        blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", chunk) if block.strip()]
        labels = {name for block in blocks if (name := _label(block))}
        # The notice that closes an export and an empty chunk hold no record.
        if len(labels) >= 2 or "full text" in labels:
            yield _record(blocks)


def _record(blocks: list[str]) -> Record:
    made = Record()
    start = next((i for i, block in enumerate(blocks) if _label(block) == "full text"), None)
    end = len(blocks)
    while end and _label(blocks[end - 1]) and end - 1 != start:
        end -= 1
    if start is None:
        for block in blocks:
            _take(block, made)
        return made
    for block in blocks[end:] + blocks[:start]:
        _take(block, made)
    text = [_value(blocks[start]), *blocks[start + 1 : end]]
    text = ["\n".join(" ".join(line.split()) for line in part.split("\n")) for part in text if part]
    made.paragraphs = text if not _NO_TEXT.fullmatch(" ".join(text).strip()) else []
    return made


def _take(block: str, made: Record) -> None:
    label = _label(block)
    if label:
        made.fields.setdefault(label, " ".join(_value(block).split()))
    else:
        made.top.append(" ".join(block.split()))


def _label(block: str) -> str | None:
    found = _LABEL.match(block)
    label = found["label"].casefold() if found else None
    return label if label in _LABELS else None


def _value(block: str) -> str:
    return block.partition(":")[2].strip()


def _dispatch(record: Record, source: Source, encoding: str | None) -> RawDispatch:
    value = record.fields.get
    info = value("publication info") or ""
    in_info = _DAY_IN_INFO.search(info)
    when, evidence = stated_time(value("publication date") or ""), "Publication date"
    if when is None and in_info:
        when, evidence = stated_time(in_info[0]), "Publication info"
    language = language_tag(value("language of publication") or value("language"))
    outlet = (value("publication title") or info).split(";")[0].strip() or None
    raw = RawDispatch(
        body="",
        source_file=source.file,
        format=source.format,
        dispatch_id=f"proquest-{number}" if (number := value("proquest document id")) else None,
        agency=agency_of(outlet),
        outlet=outlet,
        language=language,
        language_evidence="stated" if language else None,
        published_at=when.published.at if when else None,
        published_precision=when.published.precision if when else None,
        published_zone=when.zone if when else None,
        published_evidence=evidence if when else None,
        headline=value("title") or (record.top[0] if record.top else None),
        byline=_LAST_STOP.sub("", writer(value("author") or value("authors")) or "") or None,
        url=value("document url"),
        encoding=encoding,
    )
    parts = TextParts(record.paragraphs)
    labelled = "\n".join(f"{label}: {text}" for label, text in record.fields.items())
    parts.cut("metadata", "labelled parts", "\n".join([*record.top, labelled]))
    return with_text(raw, parts)
