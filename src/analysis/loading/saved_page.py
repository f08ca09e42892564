"""Text saved from a web page: the dispatch is found among banner, adverts, teasers and the rest."""

from __future__ import annotations

from analysis.loading.page_body import find_body
from analysis.loading.page_head import read_head
from analysis.loading.page_lines import Line, split_lines
from analysis.loading.records import ReadOptions, ReadResult, Reject
from analysis.loading.text_dispatch import Why, build, read_text

FORMAT = "saved_page"
MENU_LINES = 10  # so many lines above or below the text are a menu or a list of links
_TEXT_KINDS = ("caption", "credit", "byline")  # furniture that plain wire text may hold as well


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read the one dispatch of a saved page; a page without running text is a rejects row."""
    decoded = read_text(data, source_file, FORMAT, options)
    if isinstance(decoded, Reject):
        return ReadResult(rejects=[decoded])
    lines = split_lines(decoded.text)
    kept = find_body(lines)
    if not kept.body:
        found = f"{len(lines)} lines, none of them running text"
        return ReadResult(
            rejects=[
                Reject(source_file, FORMAT, "no dispatch found on the page", found, "sentences")
            ]
        )
    head = read_head(lines, kept.body[0])
    why = {i: why_cut(i, lines, kept.body, kept.cut) for i in range(len(lines))}
    why |= {i: ("metadata", what) for i, what in head.stated_on}
    for i in kept.body:
        del why[i]
    dispatch = build(lines, kept.body, why, head, source_file, FORMAT, decoded)
    return ReadResult([dispatch])


def looks_like_page(text: str) -> bool:
    """Whether a text is a saved page and not a dispatch alone: it holds page furniture.

    >>> looks_like_page("Strait reopens\\n\\nTraffic in the strait resumed on Monday, they said.")
    False
    """
    lines = split_lines(text)
    body = find_body(lines).body
    if any(line.furniture and line.furniture.kind not in _TEXT_KINDS for line in lines):
        return True
    return bool(body) and (body[0] > MENU_LINES or len(lines) - 1 - body[-1] > MENU_LINES)


def why_cut(i: int, lines: list[Line], body: list[int], repairs: dict[int, Why]) -> Why:
    """Kind and reason for a line left out of the body."""
    if i in repairs:
        return repairs[i]
    found = lines[i].furniture
    if found:
        return found.kind, found.reason
    if i < body[0]:
        return ("banner", "line above the headline") if i < 2 else ("navigation", "before the text")
    if i > body[-1]:
        return ("teaser", "list of headlines after the text")
    return ("navigation", "short line inside the text")
