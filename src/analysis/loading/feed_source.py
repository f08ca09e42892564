"""The bytes of an RSS or Atom feed made ready for its parser: decoded, refused where hostile."""

from __future__ import annotations

import codecs
import re
from typing import Any
from xml.parsers import expat

from analysis.loading.decode import Decoded, decode
from analysis.loading.limits import Limits
from analysis.loading.records import Reject

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}\?>")
_ENCODING = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_ELEMENT = re.compile(r"<[A-Za-z]")
_MARKUP = re.compile(r"<(/?)([A-Za-z][\w:.-]*)([^<>]*)>?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# First bytes of XML without a byte order mark (Appendix F of the recommendation).
_WIDE = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Codecs that are no encodings of documents, some of them slow without bound.
_NO_ENCODINGS = frozenset("idna punycode unicode_escape raw_unicode_escape undefined".split())
_MOST_DEPTH, _MOST_ATTRIBUTES, _LONG_TAG = 1000, 500, 8000
# An ill-formed feed is read loosely, which takes some ten seconds a megabyte at its worst.
_MOST_ILL_FORMED = 2 * 1024 * 1024


def feed_source(data: bytes, source_file: str, format: str, limits: Limits) -> Decoded | Reject:
    """Decode a feed, its XML declaration left out; a `Reject` for what no parser is to see.

    Refused are document types that declare entities, elements nested more than a thousand deep
    or with more than 500 attributes, and ill-formed text of more than two mebibytes. A byte order
    mark decides the encoding, then the XML declaration, then UTF-8 or a guess.
    """
    if len(data) > limits.page_bytes:
        expected = f"at most {limits.page_bytes} bytes"
        return Reject(source_file, format, "feed too large", f"{len(data)} bytes", expected)
    decoded = _decode(data)
    if decoded is None:
        return Reject(source_file, format, "unknown encoding", None, "UTF-8 or a stated encoding")
    text = _DECLARATION.sub("", decoded.text.removeprefix("\ufeff"), count=1)
    refused = _refusal(text)
    if refused:
        return Reject(source_file, format, *refused)
    return Decoded(text, decoded.encoding, decoded.guessed)


def _decode(data: bytes) -> Decoded | None:
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for mark, encoding in _WIDE:
            if data.startswith(mark):
                return _attempt(data, encoding) or decode(data)
        stated = _declared(data)
        if stated and (found := _attempt(data, stated)):
            return found
    return decode(data)


def _declared(data: bytes) -> str | None:
    found = _ENCODING.search(data[:1024])
    try:
        name = codecs.lookup(found[1].decode()).name if found else ""
    except LookupError:
        return None
    if name.replace("-", "_") in _NO_ENCODINGS or name.startswith(("utf-16", "utf-32")):
        return None
    # Bytes 80 to 9F are quotation marks and dashes to those who declare these, never controls.
    return "cp1252" if name in ("iso8859-1", "ascii") else name or None


def _attempt(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, False)
    except (ValueError, LookupError):  # not every codec fails with a UnicodeDecodeError
        return None


def _refusal(text: str) -> tuple[str, str, str] | None:
    """Reason, found and expected for a text that is not to be parsed."""
    element = _ELEMENT.search(text)
    prolog = text[: element.start()] if element else text
    declares = re.search(r"<!ENTITY\b", prolog, re.IGNORECASE)
    if declares:
        found = " ".join(prolog[declares.start() : declares.start() + 80].split())
        return "XML that declares entities of its own", found, "no declarations"
    excess = _excess(text)
    if excess:
        return "markup beyond all measure", excess, "a feed"
    if len(text) > _MOST_ILL_FORMED and (error := ill_formed(text)):
        expected = f"well-formed XML, or at most {_MOST_ILL_FORMED} characters"
        return "feed too large to be read though ill-formed", error, expected
    return None


def _excess(text: str) -> str | None:
    depth = 0
    for match in _MARKUP.finditer(text):
        inside = match[3]
        if len(inside) > _LONG_TAG:
            number = len(_QUOTED.sub("", inside).split())
            if number > _MOST_ATTRIBUTES:
                return f"an element with {number} attributes"
        if match[1]:
            depth = max(0, depth - 1)
        elif not inside.endswith("/") and match[2].lower() not in _VOID:
            depth += 1
            if depth > _MOST_DEPTH:
                return f"elements more than {_MOST_DEPTH} deep"
    return None


_VOID = frozenset("area base br col embed hr img input link meta p li param source wbr".split())


def ill_formed(text: str) -> str | None:
    """Why a text is no well-formed XML; None where it is.

    >>> ill_formed("<rss><channel/></rss>"), ill_formed("<rss>")
    (None, 'no element found: line 1, column 5')
    """
    parser: Any = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        return str(error)
    return None
