"""Web pages: main text by trafilatura, metadata from JSON-LD, meta elements and headings."""

from __future__ import annotations

import re
from typing import Any

from analysis.loading.agencies import known_agency
from analysis.loading.datelines import Dateline, parse_dateline
from analysis.loading.dates import Published
from analysis.loading.decode import Decoded, decode
from analysis.loading.html_metadata import PageMetadata, read_metadata
from analysis.loading.page_head import copyright_owners
from analysis.loading.page_phrases import furniture
from analysis.loading.page_text import read_page_text
from analysis.loading.records import Cut, RawDispatch, ReadOptions, ReadResult, Reject
from analysis.loading.repair import Repaired, join_paragraphs, repair_text
from analysis.loading.text_dispatch import encoding_cut, published_of

FORMAT = "html"
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_CLAIM = re.compile(r"(?:©|\(c\)|copyright)\W{0,5}\d{4}|all rights reserved", re.IGNORECASE)
_NOT_TEXT = ("script", "style", "noscript", "template", "svg", "head")
_LONGEST_CUT = 100_000


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read the one dispatch of a web page; a page without main text is a rejects row."""
    if len(data) > options.limits.page_bytes:
        expected = f"at most {options.limits.page_bytes} bytes"
        return _rejected(source_file, "page too large", f"{len(data)} bytes", expected)
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared[1].decode() if declared else None)
    if decoded is None:
        return _rejected(source_file, "unknown encoding", None, "UTF-8 or a stated charset")
    try:
        return _read(decoded, source_file)
    except Exception as error:
        # Two parsers of other projects meet hostile markup here: whatever breaks in them is a
        # reject of this page, with its name, and never the end of the run.
        return _rejected(source_file, "page not readable", type(error).__name__, "HTML")


def _read(decoded: Decoded, source_file: str) -> ReadResult:
    from trafilatura import load_html

    tree = load_html(decoded.text)
    metadata = read_metadata(decoded.text, tree) if tree is not None else PageMetadata()
    text = read_page_text(decoded.text, metadata.headline) if tree is not None else []
    if not text:
        return _rejected(source_file, "no main text found", "no running text", "an article")
    return ReadResult([_dispatch(text, metadata, tree, decoded, source_file)])


def _dispatch(
    text: list[str], metadata: PageMetadata, tree: Any, decoded: Decoded, source_file: str
) -> RawDispatch:
    cuts = encoding_cut(decoded)
    every = [repaired for line in text if (repaired := repair_text(line)).text.strip()]
    paragraphs = _without_furniture(every, metadata.headline, cuts) or every
    day = metadata.published.published.local_day if metadata.published else None
    dateline = parse_dateline(paragraphs[0].text, day)
    paragraphs = _without_dateline(paragraphs, dateline, cuts)
    joined = join_paragraphs(paragraphs)
    cuts += _outside(tree, joined.text)
    published, evidence = _published(metadata, dateline)
    return RawDispatch(
        body=joined.text,
        source_file=source_file,
        format=FORMAT,
        agency=(dateline.agency if dateline else None) or metadata.agency or _claiming_agency(cuts),
        outlet=metadata.outlet,
        language=metadata.language,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        published_zone=published.zone if published else None,
        published_evidence=evidence,
        dateline_place=dateline.place if dateline else None,
        dateline_date=dateline.date if dateline else None,
        dateline_evidence=dateline.evidence if dateline else None,
        headline=metadata.headline,
        byline=metadata.byline,
        url=metadata.url,
        encoding=decoded.encoding,
        cuts=tuple(cuts),
        repairs=joined.repairs,
    )


def _claiming_agency(cuts: list[Cut]) -> str | None:
    """The agency that a copyright line of the article claims the text for.

    Lines outside the main text are passed over: outlets name agencies there for other articles.
    """
    lines = (cut.text for cut in cuts if cut.kind == "copyright" and _CLAIM.search(cut.text[:300]))
    return next((known for one in copyright_owners(lines) if (known := known_agency(one))), None)


def _published(
    metadata: PageMetadata, dateline: Dateline | None
) -> tuple[Published | None, str | None]:
    if metadata.published:
        return metadata.published.published, metadata.published.evidence
    stated = published_of(dateline.stated if dateline else None)
    return stated, "day beside the dateline" if stated else None


def _without_furniture(
    paragraphs: list[Repaired], headline: str | None, cuts: list[Cut]
) -> list[Repaired]:
    kept: list[Repaired] = []
    for repaired in paragraphs:
        paragraph = repaired.text
        found = furniture(paragraph)
        if found:
            cuts.append(Cut(found.kind, found.reason, paragraph))
        elif not kept and paragraph == headline:
            cuts.append(Cut("metadata", "headline", paragraph))
        else:
            kept.append(repaired)
    return kept


def _without_dateline(
    paragraphs: list[Repaired], dateline: Dateline | None, cuts: list[Cut]
) -> list[Repaired]:
    if dateline is None:
        return paragraphs
    first = paragraphs[0]
    rest = first.without_start(dateline.end)
    if not rest.text and len(paragraphs) == 1:
        return paragraphs
    cuts.append(Cut("metadata", "dateline", first.text[: dateline.end].strip()))
    return ([rest] if rest.text else []) + paragraphs[1:]


def _outside(tree: Any, body: str) -> list[Cut]:
    """One cut with the visible text of the page that is not in the body."""
    flat = " ".join(body.split())
    outside = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _NOT_TEXT:
            outside += _own_text(element, flat)
    text = "\n".join(outside)[:_LONGEST_CUT]
    return [Cut("page", "outside the main text that trafilatura finds", text)] if text else []


def _own_text(element: Any, flat: str) -> list[str]:
    pieces = [element.text, *(child.tail for child in element)]
    texts = [" ".join(piece.split()) for piece in pieces if piece and piece.strip()]
    return [text for text in texts if text not in flat]


def _rejected(source_file: str, reason: str, found: str | None, expected: str) -> ReadResult:
    return ReadResult(rejects=[Reject(source_file, FORMAT, reason, found, expected)])
