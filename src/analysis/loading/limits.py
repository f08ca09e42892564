"""Bounds that keep a hostile or damaged input from taking all time or memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The largest input each step accepts; what is larger becomes a rejects row.

    Parameters
    ----------
    file_bytes : bytes of one file, or of one member of an archive, after decompression.
    page_bytes : bytes of one saved page, HTML page or plain text file.
    line_chars : characters of one line of text, or of one JSON line.
    members : members read from one file, those of archives inside it included.
    unpacked_bytes : bytes unpacked from one file, over all its members.
    unpacked_ratio : largest ratio of unpacked bytes to bytes of the file, where more than 16 MiB
        are unpacked.
    depth : archives inside archives: 3 reads a mail in a tar in a zip.
    pdf_pages : pages of one PDF.
    pdf_seconds : seconds that one PDF may take.

    >>> Limits(line_chars=1000).line_chars
    1000
    """

    file_bytes: int = 512 * 1024 * 1024
    page_bytes: int = 16 * 1024 * 1024
    line_chars: int = 4 * 1024 * 1024
    members: int = 250_000
    unpacked_bytes: int = 64 * 1024 * 1024 * 1024
    unpacked_ratio: int = 200
    depth: int = 3
    pdf_pages: int = 1000
    pdf_seconds: float = 60.0
