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
    )
}
