"""Text whose lines were broken for a teleprinter or a terminal: paragraphs put together again."""

from __future__ import annotations

import re

_ENDS_WITH_HYPHEN = re.compile(r"\w-$")
_COLUMN_GAP = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_WIDE_GAP = "   "


def unwrap(text: str) -> list[str]:
    """Return the paragraphs of wrapped text: a blank line or an indent begins one.

    Rows of a table (two wide gaps, or one very wide) stay lines of one paragraph.

    >>> unwrap("   Ferries sailed\\nagain.\\n   All did.\\n\\nNine-\\nday halt")
    ['Ferries sailed again.', 'All did.', 'Nine-day halt']
    """
    paragraphs: list[list[str]] = []
    in_table, new = False, True
    for line in text.splitlines():
        stripped = " ".join(line.split())
        if not stripped:
            new = True
            continue
        row = is_row(line.strip())
        if row and in_table and not new:
            paragraphs[-1] += ["\n", stripped]
        elif new or row or in_table or line.startswith(("  ", "\t")):
            paragraphs.append([stripped])
        else:
            joined = _ENDS_WITH_HYPHEN.search(paragraphs[-1][-1][-2:])
            paragraphs[-1] += ["" if joined else " ", stripped]
        in_table, new = row, False
    return ["".join(pieces) for pieces in paragraphs]


def longest_line(text: str, most: int) -> int | None:
    """Return the length of the longest line where it is over `most` characters, else None.

    >>> longest_line("ab\\nabcd", 3), longest_line("ab\\nabcd", 4)
    (4, None)
    """
    longest = max(map(len, text.split("\n"))) if len(text) > most else 0
    return longest if longest > most else None


def is_row(line: str) -> bool:
    """Tell whether a line is set in columns: two wide gaps in it, or one very wide.

    >>> is_row("Wheat  7,684   3,282"), is_row("Ferries sailed.  All did.")
    (True, False)
    """
    gaps = _COLUMN_GAP.findall(line[:400])
    return len(gaps) >= 2 or any(_WIDE_GAP in gap or "\t" in gap for gap in gaps)
