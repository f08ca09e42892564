"""XML from strangers: decoded, checked and parsed within bounds, nothing fetched or expanded."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from html.entities import html5
from typing import Any

from analysis.loading.decode import Decoded, decode
from analysis.loading.limits import Limits
from analysis.loading.records import Cut, Reject
from analysis.loading.text_dispatch import encoding_cut

_DECLARATION = re.compile(r"\ufeff?\s*<\?xml\b[^>]{0,400}\?>")
_ENCODING = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_OPENED = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]*(\[)?", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_PREDEFINED = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
# Bytes 80 to 9F are letters and quotation marks to those who declare these, never controls.
_LATIN_1 = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"})


@dataclass(frozen=True)
class Document:
    """A parsed XML document: its root element, how it was decoded, and cuts that say so."""

    root: Any
    encoding: str
    cuts: tuple[Cut, ...] = ()


def root_name(head: bytes) -> str | None:
    """Local name of the root element of an XML document, from its first bytes; None for others.

    Comments, processing instructions and a document type before it are passed over. Nothing is
    parsed, so the name says what the document claims to be.

    >>> root_name(b'<?xml version="1.0"?><!-- wire --><g2:newsItem guid="a">')
    'newsItem'
    >>> root_name(b"BAGHDAD, Jan 16 (MPA) -") is None
    True
    """
    text = _head_text(head)
    opened = _OPENED.match(text, _prolog(text)[0])
    return opened[1] if opened else None


def parse_xml(data: bytes, source_file: str, format: str, limits: Limits) -> Document | Reject:
    """Parse an XML document; a `Reject` for what is too large, hostile or not well-formed.

    No document type is loaded, no entity expanded, nothing fetched; a document type that
    declares entities is refused. Named characters of HTML (``&eacute;``) are read as the
    characters they name, an undeclared namespace prefix is tolerated. Elements are at most 256
    deep and a text or attribute at most ten million characters long.
    """
    if len(data) > limits.page_bytes:
        expected = f"at most {limits.page_bytes} bytes"
        return Reject(source_file, format, "XML too large", f"{len(data)} bytes", expected)
    decoded = _decode(data)
    if decoded is None:
        expected = "UTF-8 or a stated encoding"
        return Reject(source_file, format, "unknown encoding", None, expected)
    refused = _refusal(decoded.text)
    if refused:
        return replace(refused, source_file=source_file, format=format)
    root = _parse(_DECLARATION.sub("", decoded.text, count=1).strip())
    if isinstance(root, Reject):
        return replace(root, source_file=source_file, format=format)
    return Document(root, decoded.encoding, tuple(_encoding_cuts(data, decoded)))


def parse_fragment(text: str) -> Any:
    """The tree of HTML that an element carries as text; None where there is none."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _head_text(head: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"<\x00", "utf-16-le"),
        (b"\x00<", "utf-16-be"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _prolog(text: str) -> tuple[int, int | None]:
    """Where the root element starts, and where a document type with declarations starts."""
    at, declares = 0, None
    while True:
        while at < len(text) and text[at] in " \t\r\n\ufeff":
            at += 1
        doctype = _DOCTYPE.match(text, at)
        if text.startswith("<?", at):
            end = text.find("?>", at) + 1
        elif text.startswith("<!--", at):
            end = text.find("-->", at) + 2
        elif doctype:
            declares = at if doctype[1] else declares
            end = text.find(">", text.find("]", at) if doctype[1] else at)
        else:
            return at, declares
        if end <= at:
            return len(text), declares
        at = end + 1


def _decode(data: bytes) -> Decoded | None:
    for mark, encoding in ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be")):
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding, False)
            except UnicodeDecodeError:
                return None
    return decode(data, _read_as(_declared(data)))


def _declared(data: bytes) -> str | None:
    found = _ENCODING.search(data[:1024])
    return found[1].decode().lower() if found else None


def _read_as(declared: str | None) -> str | None:
    return "cp1252" if declared in _LATIN_1 else declared


def _refusal(text: str) -> Reject | None:
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        place = f"line {text.count(chr(10), 0, forbidden.start()) + 1}"
        found = f"U+{ord(forbidden[0]):04X}"
        return Reject("", None, "character that XML forbids", found, "XML characters", place)
    _, declares = _prolog(text)
    if declares is not None:
        found = " ".join(text[declares : declares + 80].split())
        return Reject("", None, "XML that declares entities of its own", found, "no declarations")
    return None


def _parse(text: str) -> Any:
    from lxml import etree

    data = _named_characters(text).encode("utf-8", "replace")
    parser = _parser()
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        # The parser's own log: that of the exception holds other documents' errors too.
        if {entry.domain_name for entry in parser.error_log} == {"NAMESPACE"}:
            return etree.fromstring(data, _parser(recover=True))
        message = re.sub(r", line \d+, column \d+.*", "", str(error.msg))
        place = f"line {error.lineno}" if error.lineno else None
        return Reject("", None, "XML not well-formed", message[:200], "well-formed XML", place)


def _parser(recover: bool = False) -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        encoding="utf-8",
    )


def _named_characters(text: str) -> str:
    """The text with named characters of HTML as numbers; CDATA sections are left alone."""
    pieces, at = [], 0
    while at < len(text):
        start = text.find(_CDATA, at)
        start = len(text) if start < 0 else start
        end = text.find(_CDATA_END, start)
        end = len(text) if end < 0 else end
        pieces += [_REFERENCE.sub(_character, text[at:start]), text[start:end]]
        at = end
    return "".join(pieces)


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name in _PREDEFINED or name not in html5:
        return reference[0]
    # As numbers: a name of HTML may stand for a character that is markup.
    return "".join(f"&#{ord(character)};" for character in html5[name])


def _encoding_cuts(data: bytes, decoded: Decoded) -> list[Cut]:
    """Say so where the text was not read in the encoding that its XML declaration states."""
    declared = _declared(data)
    if decoded.guessed or not declared or decoded.text.isascii():
        return encoding_cut(decoded)
    used = decoded.encoding.removesuffix("-sig").split("-le")[0].split("-be")[0]
    if _same_encoding(_read_as(declared) or declared, used):
        return []
    cut = encoding_cut(replace(decoded, guessed=True))[0]
    reason = f"declares {declared}; read as {used}; nothing was cut"
    return [replace(cut, reason=reason)]


def _same_encoding(first: str, second: str) -> bool:
    try:
        return codecs.lookup(first).name == codecs.lookup(second).name
    except LookupError:
        return False
