"""Bytes to text: UTF-8 first, and where that fails an encoding guessed and said so."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024
_MEANS_CP1252 = frozenset("iso-8859-1 iso8859-1 latin1 latin-1 l1 us-ascii ascii".split())
# What Western European text holds beyond ASCII; text in another script gives long runs instead.
_WESTERN = re.compile(r"[^\x00-\x7f]+")
_LIKELY = frozenset(
    "‘’“”–—…•€£©®°§«»¿¡½ àâäáãåçéèêëíìîïñóòôöõøúùûüýÿœæßÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜŒÆ"
)


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding it was read in, and whether that encoding was guessed."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """Decode `data`; None where no encoding fits.

    A byte order mark decides; then UTF-8; then the `declared` encoding; then Windows-1252 where
    the result looks Western European; then the best guess of charset-normalizer.

    >>> decode("café".encode()).encoding, decode("“café”".encode("cp1252")).encoding
    ('utf-8', 'cp1252')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _attempt(data, encoding, guessed=False)
    known = _attempt(data, "utf-8", guessed=False)
    if not known and declared:
        # Pages that say Latin-1 mean Windows-1252, as the WHATWG Encoding Standard rules.
        if declared.casefold().replace("_", "-") in _MEANS_CP1252:
            known = _attempt(data, "cp1252", guessed=False)
        known = known or _attempt(data, declared, guessed=False)
    return known or _western(data) or _guess(data)


def looks_binary(data: bytes) -> str | None:
    """Say what makes `data` binary; None for what may be text.

    >>> looks_binary(b"%PDF-1.7 ..."), looks_binary(b"plain words")
    ('PDF', None)
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith(tuple(mark for mark, _ in _BOMS)):
        return None
    nul = data.find(b"\0")
    if nul >= 0:
        count = data.count(b"\0")
        return f"{count} NUL bytes, the first at byte {nul}"
    sample = data[:_SAMPLE]
    control = sum(
        sample.count(bytes([code])) for code in range(1, 32) if code not in _TEXT_CONTROLS
    )
    if control > len(sample) / 50:
        return f"{control} control characters in the first {len(sample)} bytes"
    return None


_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b") | {0x01, 0x02, 0x03, 0x04, 0x85}
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP archive or Office document"),
    (b"{\\rtf", "RTF document"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"\x7fELF", "ELF program"),
    (b"SQLite format 3", "SQLite database"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x28\xb5\x2f\xfd", "Zstandard archive"),
)


def _attempt(data: bytes, encoding: str, *, guessed: bool) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, guessed)
    except (ValueError, LookupError):  # not every codec fails with a UnicodeDecodeError
        return None


def _western(data: bytes) -> Decoded | None:
    decoded = _attempt(data, "cp1252", guessed=True)
    if decoded is None:
        return None
    runs = _WESTERN.findall(decoded.text[:_SAMPLE])
    strange = sum(1 for run in runs if len(run) > 3 or not set(run) <= _LIKELY)
    return decoded if strange <= len(runs) / 20 else None


def _guess(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return _attempt(data, best.encoding, guessed=True) if best else None
