"""The main text of a web page: two readings of trafilatura and one of resiliparse, combined."""

from __future__ import annotations

import re

from analysis.loading.html_headline import fold
from analysis.loading.page_head import is_metadata
from analysis.loading.page_lines import Line, split_lines
from analysis.loading.page_phrases import furniture

_MARK = re.compile(r"^[-–•*|]\s*")
_LEAST_SHARE = 0.25  # of resiliparse's running text: less than that, and trafilatura missed it
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_UNCLOSED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option path "
    "circle rect use".split()
)
_DEEPEST = 1000
_REACH, _GAP, _MOST_LEAD = 12, 2, 2


def read_page_text(html: str, headline: str | None) -> list[str]:
    """The paragraphs of a page's main text, its lead included.

    trafilatura finds the text. Where it finds less than a quarter of the running text that
    resiliparse sees, resiliparse's is taken. A lead between headline and text, which trafilatura
    often takes for a summary, is added from resiliparse; bylines and furniture never are.
    """
    paragraphs = [line.strip() for line in main_text(html).split("\n") if line.strip()]
    every = split_lines(_plain_text(html))
    prose = [line.text for line in every if line.is_prose]
    if sum(map(len, paragraphs)) < _LEAST_SHARE * sum(map(len, prose)):
        paragraphs = prose
    between = _between(every, headline, paragraphs)
    return _lead(between, paragraphs) + paragraphs


def main_text(html: str) -> str:
    """The main text of a page, one line a paragraph, as trafilatura finds it.

    Its careful mode is preferred, unless that loses more than 40 % of what its balanced mode finds:
    a foreign sentence in a body would be counted as somebody's words.
    """
    from trafilatura import extract

    balanced = extract(html, include_comments=False) or ""
    careful = extract(html, include_comments=False, favor_precision=True) or ""
    return careful if len(careful) >= 0.6 * len(balanced) else balanced


def _plain_text(html: str) -> str:
    """What resiliparse reads; nothing of a page so deep that its time would be quadratic."""
    from resiliparse.extract.html2text import extract_plain_text

    if _nested_deeply(html):
        return ""
    text: str = extract_plain_text(html, main_content=True, alt_texts=False, links=False)
    return text


def _nested_deeply(html: str) -> bool:
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _UNCLOSED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def _between(lines: list[Line], headline: str | None, paragraphs: list[str]) -> list[Line]:
    """The lines between the headline and the first paragraph; none where either is not found."""
    if not headline or not paragraphs:
        return []
    keys = [" ".join(_MARK.sub("", line.text).split())[:50] for line in lines]
    opening = " ".join(_MARK.sub("", paragraphs[0]).split())[:50]
    start = next((i for i, key in enumerate(keys) if key == opening), 0)
    wanted = fold(headline)
    for i in range(start - 1, max(-1, start - 1 - _REACH), -1):
        close = len(lines[i].text) < len(headline) + 60
        if wanted and close and wanted in fold(lines[i].text):
            return lines[i + 1 : start]
    return []


def _lead(between: list[Line], paragraphs: list[str]) -> list[str]:
    lead: list[str] = []
    skipped = 0
    for line in reversed(between):
        if _is_lead(line) and line.text not in paragraphs:
            lead.insert(0, line.text)
        else:
            skipped += 1
        if skipped > _GAP or len(lead) == _MOST_LEAD:
            break
    return lead


def _is_lead(line: Line) -> bool:
    sentence = line.words >= 8 and re.search(r"[.!?…][\"”»“]?$", line.text)
    return bool(sentence) and not furniture(line.text) and not is_metadata(line)
