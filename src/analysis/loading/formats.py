"""The formats this layer reads: one entry each, the list that commands and docs are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from analysis.loading.records import ReadOptions, ReadResult

Reader = Callable[[bytes, str, ReadOptions], ReadResult]
Sniffer = Callable[[bytes, str], bool]


@dataclass(frozen=True)
class Format:
    """A format: its name, the module that reads it, and one line about it.

    >>> FORMATS["jsonl"].suffixes
    ('.jsonl', '.ndjson', '.json')
    """

    name: str
    module: str
    description: str
    suffixes: tuple[str, ...]
    sniffs: bool = False

    def sniffer(self) -> Sniffer | None:
        """Return the module's `sniff`, or None for a format told by what others leave.

        It takes the first bytes of a file (`HEAD` of them) and its name, and says whether the
        content is surely of this format. It raises nothing.

        >>> FORMATS["plain_text"].sniffer() is None
        True
        """
        if not self.sniffs:
            return None
        sniffer: Sniffer = import_module(f"analysis.loading.{self.module}").sniff
        return sniffer

    def reader(self) -> Reader:
        """Import the format's module and return its `read` function.

        The reader takes the bytes of a file, the name to report it under and `ReadOptions`, and
        returns a `ReadResult`. It raises nothing on bad input: what cannot be read is a reject.

        >>> FORMATS["jsonl"].reader().__name__
        'read'
        """
        reader: Reader = import_module(f"analysis.loading.{self.module}").read
        return reader


HEAD = 64 * 1024
FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format(
            "iptc_7901",
            "iptc_7901",
            "IPTC 7901 wire messages: SOH header STX text ETX time EOT, many a file",
            (".txt", ".iptc"),
            sniffs=True,
        ),
        Format(
            "anpa_1312",
            "anpa_1312",
            "ANPA 1312 wire messages: typesetting codes become paragraphs, many a file",
            (".tst", ".txt", ".anpa"),
            sniffs=True,
        ),
        Format(
            "reuters_sgml",
            "reuters_sgml",
            "Reuters-21578 SGML: many REUTERS elements a file, briefs and unprocessed ones too",
            (".sgm", ".sgml"),
            sniffs=True,
        ),
        Format(
            "nexis",
            "nexis",
            "Nexis export: TXT, DOCX or RTF, one record a dispatch",
            (".txt", ".docx", ".rtf"),
            sniffs=True,
        ),
        Format(
            "factiva",
            "factiva",
            "Factiva export: HTML or RTF, with or without field codes, one record a dispatch",
            (".html", ".htm", ".rtf"),
            sniffs=True,
        ),
        Format(
            "proquest",
            "proquest",
            "ProQuest export: TXT, records between lines of underscores",
            (".txt",),
            sniffs=True,
        ),
        Format(
            "saved_page",
            "saved_page",
            "text saved from a web page: banner, adverts, teasers and copyright lines are cut",
            (".txt", ".text"),
        ),
        Format(
            "html",
            "html_page",
            "web page: main text found by trafilatura, metadata from JSON-LD and meta elements",
            (".html", ".htm", ".xhtml"),
        ),
        Format(
            "plain_text",
            "plain_text",
            "one dispatch a file: optional headline line, optional dateline, then the text",
            (".txt", ".text"),
        ),
        Format(
            "jsonl",
            "json_lines",
            "one JSON object a line, or a JSON list of objects; body kept as it is",
            (".jsonl", ".ndjson", ".json"),
        ),
        Format(
            "csv",
            "delimited",
            "comma, semicolon or tab separated table with a header row; body kept as it is",
            (".csv", ".tsv"),
        ),
        Format(
            "parquet",
            "parquet",
            "Apache Parquet table; body kept as it is",
            (".parquet", ".pq"),
        ),
        Format(
            "excel",
            "excel",
            "Excel workbook: the first sheet with a text column; formulas as their shown values",
            (".xlsx", ".xlsm"),
            sniffs=True,
        ),
        Format(
            "pdf",
            "pdf",
            "PDF with text: lines repeated at the head or foot of most pages are cut",
            (".pdf",),
            sniffs=True,
        ),
        Format(
            "newsml_g2",
            "newsml_g2",
            "IPTC NewsML-G2: news items, alone or in a message, with XHTML, NITF or plain text",
            (".xml",),
            sniffs=True,
        ),
        Format(
            "newsml_1",
            "newsml_1",
            "IPTC NewsML 1.0 to 1.2: every story of a document, with NITF, XHTML or plain text",
            (".xml",),
            sniffs=True,
        ),
        Format(
            "nitf",
            "nitf",
            "IPTC NITF: one dispatch a document, metadata from its docdata and body.head",
            (".xml", ".ntf"),
            sniffs=True,
        ),
        Format(
            "ninjs",
            "ninjs",
            "IPTC ninjs 1 to 3 and Superdesk's: one item, a list, an envelope, or one a line",
            (".json", ".ninjs"),
            sniffs=True,
        ),
        Format(
            "digitalwires",
            "digitalwires",
            "dpa digitalwires: one entry a document, body from its article_html",
            (".json",),
            sniffs=True,
        ),
        Format(
            "json_feed",
            "json_feed",
            "JSON Feed 1 and 1.1: each item a dispatch",
            (".json",),
            sniffs=True,
        ),
        Format(
            "feed",
            "feed",
            "RSS 0.9 to 2.0 and Atom, ill-formed ones too: each entry a dispatch",
            (".xml", ".rss", ".atom", ".rdf"),
            sniffs=True,
        ),
    )
}
