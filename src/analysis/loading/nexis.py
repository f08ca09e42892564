"""Nexis exports: TXT, DOCX and RTF, in the older layout and in that of Nexis Uni.

Older: "3 of 50 DOCUMENTS", outlet, day, headline, BYLINE:, LENGTH:, text, LOAD-DATE:, copyright.
Nexis Uni: headline, outlet, day, Length:, Byline:, "Body", text, Load-Date:, "End of Document".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.loading.docx_lines import MAGIC as DOCX
from analysis.loading.nexis_records import Record, old_record, uni_record
from analysis.loading.nexis_to_dispatch import to_dispatch
from analysis.loading.record_dispatch import Source
from analysis.loading.record_text import export_text
from analysis.loading.records import RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.rtf_lines import MAGIC as RTF

FORMAT = "nexis"
_OLD_MARK = re.compile(
    r"^[ \t\f]*(?:\d{1,6} of \d{1,6} DOCUMENTS?|Dokument \d{1,6} von \d{1,6}|"
    r"Document \d{1,6} de \d{1,6})[ \t]*$",
    re.MULTILINE,
)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_SNIFF_OLD = re.compile(
    rb"^[ \t\f]*(?:\d{1,6} of \d{1,6} DOCUMENTS?|Dokument \d{1,6} von \d{1,6}|"
    rb"Document \d{1,6} de \d{1,6})[ \t]*\r?$",
    re.MULTILINE,
)
_SNIFF_UNI = re.compile(rb"^[ \t]*End of Document[ \t]*\r?$", re.MULTILINE)
_SNIFF_LENGTH = re.compile(rb"^[ \t]*Length:.{0,4}\d[\d,.]* words", re.MULTILINE)
_SNIFF_RTF = re.compile(rb"LexisNexis|Nexis|End of Document|\d of \d{1,6} DOCUMENTS|Job Number:")


def sniff(head: bytes, source_file: str) -> bool:
    """Tell whether the file is a Nexis export, or a DOCX file, which nothing else reads."""
    if head.startswith(DOCX):
        return b"word/" in head
    if head.lstrip().startswith(RTF):
        return _SNIFF_RTF.search(head) is not None and b"Factiva" not in head
    if _SNIFF_OLD.search(head):
        return True
    return _SNIFF_LENGTH.search(head) is not None and (
        _SNIFF_UNI.search(head) is not None or b"Job Number:" in head[:2000]
    )


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every document of the export as one dispatch; one without a text is a reject."""
    source = Source(source_file, FORMAT)
    exported = export_text(data, source, options)
    if not isinstance(exported, tuple):
        return ReadResult(rejects=[exported])
    text, encoding, cuts = exported
    result = ReadResult.of(
        (_outcome(*numbered, source, encoding) for numbered in enumerate(_records(text), 1)), cuts
    )
    if not result.dispatches and not result.rejects:
        expected = '"1 of 50 DOCUMENTS" or "End of Document"'
        result.rejects.append(source.reject("no Nexis document", "neither mark", expected))
    return result


def _outcome(
    number: int, record: Record, source: Source, encoding: str | None
) -> RawDispatch | Reject:
    dispatch = to_dispatch(record, source, encoding)
    if dispatch.body:
        return dispatch
    found = record.headline or "no text"
    return source.reject("record without a text", found, "a text", number)


def _records(text: str) -> Iterator[Record]:
    starts = list(_OLD_MARK.finditer(text))
    if starts:
        stops = [match.start() for match in starts[1:]] + [len(text)]
        for mark, stop in zip(starts, stops, strict=True):
            yield old_record(text[mark.end() : stop])
        return
    begin = 0
    for end in _END.finditer(text):
        yield uni_record(text[begin : end.start()])
        begin = end.end()
    if begin and len(text[begin:].strip()) > 200:
        yield uni_record(text[begin:])  # cut short before its end mark
