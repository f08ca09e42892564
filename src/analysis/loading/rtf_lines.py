"""Text of an RTF file, read within bounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.loading.limits import Limits
    from analysis.loading.record_dispatch import Source
    from analysis.loading.records import Reject

MAGIC = b"{\\rtf"
_PICTURE = re.compile(r"[0-9a-fA-F\r\n]{400,}")
_DEEPEST = 1000


def rtf_text(data: bytes, source: Source, limits: Limits) -> str | Reject:
    """Return the text of an RTF file; a `Reject` for one too large, too deep, or broken.

    Embedded pictures and objects are left out before the file is measured against
    `limits.page_bytes`. Page breaks come back as form feeds.
    """
    markup = _PICTURE.sub("", data.decode("latin-1").replace("\0", ""))
    if len(markup) > limits.page_bytes:
        expected = f"at most {limits.page_bytes} bytes of text and markup"
        return source.reject("RTF too large", f"{len(markup)} bytes", expected)
    deepest = _depth(markup)
    if deepest > _DEEPEST:
        return source.reject("RTF nested too deeply", f"{deepest} groups", f"at most {_DEEPEST}")
    from striprtf.striprtf import rtf_to_text

    # Pages are marked with a character that the converter passes on.
    marked = re.sub(r"\\page(?![a-z])", r"\\par\\u12?\\par", markup)
    try:
        text: str = rtf_to_text(marked, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        return source.reject("damaged RTF", str(error), "a whole RTF file")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _depth(markup: str) -> int:
    depth = deepest = 0
    for brace in re.finditer(r"\\.|[{}]", markup):
        if brace[0] == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif brace[0] == "}":
            depth -= 1
    return deepest
