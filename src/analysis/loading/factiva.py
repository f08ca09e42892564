"""Factiva exports: HTML or RTF, "Article Format" with or without field codes.

With "Full Article plus Indexing" each part stands beside its code (HD, BY, WC, PD, ET, SN, SC, LA,
CY, LP, TD, AN). Without, the parts stand in a fixed order around the line "877 words".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from analysis.loading.bylines import writer
from analysis.loading.clock_times import stated_time
from analysis.loading.decode import decode
from analysis.loading.factiva_html import html_articles
from analysis.loading.factiva_records import Article, text_articles
from analysis.loading.languages import language_tag
from analysis.loading.nexis_to_dispatch import agency_of
from analysis.loading.record_dispatch import Source, TextParts, with_text
from analysis.loading.record_text import export_text
from analysis.loading.records import RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.rtf_lines import MAGIC as RTF

FORMAT = "factiva"
_SNIFF_HTML = re.compile(
    rb"<title>\s*(?:Dow Jones )?Factiva|<div[^>]{0,80}id=.article-[A-Za-z0-9]{15,40}\b|"
    rb"class=.article [a-z]{2}Article\b",
    re.IGNORECASE,
)
_SNIFF_RTF = re.compile(rb"Factiva|\bDocument [A-Za-z]{1,10}0{4}\d{6}[a-z0-9]{10,}")
_CODES_RTF = re.compile(rb"\b(?:HD|SN|PD|LP|TD|AN)\b")


def sniff(head: bytes, source_file: str) -> bool:
    """Tell whether the file is a Factiva page or an RTF file with Factiva's marks."""
    if head.lstrip().startswith(RTF):
        codes = set(_CODES_RTF.findall(head))
        return _SNIFF_RTF.search(head) is not None or len(codes) >= 4
    return b"<" in head[:64] and _SNIFF_HTML.search(head) is not None


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read every article as one dispatch; its accession number (AN) is its id."""
    source = Source(source_file, FORMAT)
    articles, encoding = _articles(data, source, options)
    if isinstance(articles, Reject):
        return ReadResult(rejects=[articles])
    result = ReadResult.of(
        _outcome(*numbered, source, encoding) for numbered in enumerate(articles, 1)
    )
    if not result.dispatches and not result.rejects:
        expected = "field codes, or a word count above the text"
        result.rejects.append(source.reject("no Factiva article", "none", expected))
    return result


def _outcome(
    number: int, article: Article, source: Source, encoding: str | None
) -> RawDispatch | Reject:
    dispatch = _dispatch(article, source, encoding)
    if dispatch.body:
        return dispatch
    found = article.fields.get("HD") or "no text"
    return source.reject("record without a text", found, "LP or TD", number)


def _articles(
    data: bytes, source: Source, options: ReadOptions
) -> tuple[Iterator[Article] | Reject, str | None]:
    if data.lstrip().startswith(RTF):
        exported = export_text(data, source, options)
        if isinstance(exported, Reject):
            return exported, None
        return text_articles(exported[0]), exported[1]
    limits = options.limits
    if len(data) > limits.page_bytes:
        expected = f"at most {limits.page_bytes} bytes"
        return source.reject("page too large", f"{len(data)} bytes", expected), None
    decoded = decode(data)
    if decoded is None:
        return source.reject("unknown encoding", None, "UTF-8"), None
    return html_articles(decoded.text), decoded.encoding


def _dispatch(article: Article, source: Source, encoding: str | None) -> RawDispatch:
    field = article.fields.get
    clock = field("ET")
    when = stated_time(field("PD") or "", clock or "")
    language = language_tag(field("LA"))
    raw = RawDispatch(
        body="",
        source_file=source.file,
        format=source.format,
        dispatch_id=field("AN"),
        agency=agency_of(field("CR")) or agency_of(field("SN")),
        outlet=field("SN"),
        language=language,
        language_evidence="stated" if language else None,
        published_at=when.published.at if when else None,
        published_precision=when.published.precision if when else None,
        published_zone=when.zone if when else None,
        published_evidence=("PD and ET" if when.zone else "PD") if when else None,
        headline=field("HD"),
        byline=writer(field("BY")),
        encoding=encoding,
    )
    parts = TextParts(article.paragraphs)
    fields = "\n".join(f"{code}: {text}" for code, text in article.fields.items())
    parts.cut("metadata", "fields of the export", fields)
    made = with_text(raw, parts)
    # DLN is the dateline's place where the text has none of its own.
    return made if made.dateline_place else replace(made, dateline_place=field("DLN"))
