"""Bounds that keep a hostile or damaged input from taking all time or memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The largest input each step accepts; what is larger becomes a rejects row.

    Parameters
    ----------
    file_bytes : bytes of one file, after decompression.
    page_bytes : bytes of one saved page, HTML page or plain text file.
    line_chars : characters of one line of text, or of one JSON line.

    >>> Limits(line_chars=1000).line_chars
    1000
    """

    file_bytes: int = 512 * 1024 * 1024
    page_bytes: int = 16 * 1024 * 1024
    line_chars: int = 4 * 1024 * 1024
