"""The text of a PDF's pages, read in a process of its own: run as a program, it answers in JSON.

A PDF is a program for a page; one written to harm can keep its reader busy for hours or ask for all
memory. A process can be stopped and held to a size, whatever the library is doing.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from contextlib import suppress
from typing import Any

_MOST_MEMORY = 4 * 1024 * 1024 * 1024


def read_pages(data: bytes, most_pages: int) -> dict[str, Any]:
    """The text of every page as "pages", or what stands against it as "reason" and "found"."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        return {"reason": "encrypted PDF", "found": "a PDF with a password"}
    if len(reader.pages) > most_pages:
        return {"reason": "too many pages", "found": f"{len(reader.pages)} pages"}
    return {"pages": [page.extract_text() or "" for page in reader.pages]}


def main() -> None:
    """Read a PDF from standard input; the argument is the largest number of pages."""
    _hold_memory()
    logging.disable(logging.CRITICAL)
    try:
        answer = read_pages(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Exception as error:
        # The reader meets hostile bytes; whatever breaks in it is told to the caller.
        found = f"{type(error).__name__}: {error}"[:200]
        answer = {"reason": "not a readable PDF", "found": found}
    # A lone surrogate, as a broken font map can give, is no text.
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _hold_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    # Some systems hold a process to less already, or know no such limit.
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    main()
