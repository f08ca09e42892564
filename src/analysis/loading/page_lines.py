"""Lines of a text page and what can be seen on each: the features the segmentation works on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from analysis.loading.page_phrases import Furniture, function_words, furniture
from analysis.loading.records import Repair
from analysis.loading.repair import Repaired, repair_text

_SPACE = " \t\u00a0\u200b\u200c\u200d\ufeff"
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WIDEST_WRAP = 100
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
# Scripts written without spaces: two characters count as about one word.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"'”’»)\]]*$")
# The stop of an initial (U.S. House, J. Smith) ends no sentence.
_INNER_END = re.compile(r"(?<![.\s][A-Z])[.!?…。！？]['\"”’»)]*\s+['\"“‘«(]?[^\W\d_]")


@dataclass(frozen=True)
class Line:
    """One line that is not blank: its number from 1, its text, and its features.

    A paragraph that was wrapped over several lines is one `Line`, up to `last_number`. Its text is
    repaired (`analysis.loading.repair`), with what was changed in `repairs`.
    """

    number: int
    last_number: int
    text: str
    indent: int
    words: int
    function_words: int
    ends_sentence: bool
    title_case: bool
    inner_ends: int
    blank_before: bool
    repeats: int
    furniture: Furniture | None
    repairs: tuple[Repair, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Reads as running text: a finished sentence of some length, or a long line."""
        if self.furniture or self.title_case or self.is_excerpt:
            return False
        finished = self.ends_sentence or self.inner_ends > 0
        return (finished and self.words >= 7) or (self.words >= 20 and self.function_words >= 4)

    @property
    def is_excerpt(self) -> bool:
        """Reads as the first words of another story, broken off, as teasers give them."""
        broken_off = self.text.endswith(("...", "…")) and self.text[0] not in "\"'“‘«"
        return broken_off and self.words < 40

    @property
    def furniture_why(self) -> tuple[str, str] | None:
        """Kind and reason of the rule that took the line for page furniture."""
        return (self.furniture.kind, self.furniture.reason) if self.furniture else None


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank, with features; wrapped paragraphs are joined.

    >>> [line.words for line in split_lines("Tolmar\\n\\nThe strait reopened on Monday.")]
    [1, 5]
    """
    raw = _LINE_END.split(text.expandtabs(4).lstrip("\ufeff"))
    pieces = _joined(raw) if _is_wrapped(raw) else [(n, n, line) for n, line in enumerate(raw, 1)]
    repeats = Counter(line.strip(_SPACE) for _, _, line in pieces)
    lines, blank_before = [], True
    for first, last, line in pieces:
        stripped = line.strip(_SPACE)
        repaired = repair_text(stripped)
        if repaired.text.strip():
            indent = len(line) - len(line.lstrip(_SPACE))
            lines.append(_line((first, last), repaired, indent, blank_before, repeats[stripped]))
        blank_before = not repaired.text.strip()
    return lines


def _line(
    numbers: tuple[int, int], repaired: Repaired, indent: int, after_blank: bool, n: int
) -> Line:
    text = repaired.text
    words = _WORD.findall(text)
    return Line(
        number=numbers[0],
        last_number=numbers[1],
        text=text,
        indent=indent,
        words=len(words) + len(_UNSPACED.findall(text)) // 2,
        function_words=sum(word.casefold() in function_words() for word in words),
        ends_sentence=bool(_SENTENCE_END.search(text[-12:])),
        title_case=_is_title_case(words),
        inner_ends=sum(1 for _ in _INNER_END.finditer(text)),
        blank_before=after_blank,
        repeats=n,
        furniture=furniture(text),
        repairs=repaired.repairs,
    )


def _is_title_case(words: list[str]) -> bool:
    """Nearly every word capitalised, as headlines are set and sentences are not."""
    letters = [word for word in words if word[0].isalpha()]
    capital = sum(word[0].isupper() for word in letters)
    return 4 <= len(letters) <= 25 and capital >= 0.75 * len(letters)


def _is_wrapped(raw: list[str]) -> bool:
    """Whether paragraphs were broken into lines of about equal length, as editors wrap them."""
    lengths = [len(line.rstrip()) for line in raw if line.strip()]
    full = [
        len(line.rstrip())
        for line, following in pairwise(raw)
        if line.strip() and following.strip() and following[:1].islower()
    ]
    return len(full) >= 3 and max(lengths) <= _WIDEST_WRAP and min(full) >= max(lengths) * 0.6


def _joined(raw: list[str]) -> list[tuple[int, int, str]]:
    pieces: list[tuple[int, int, str]] = []
    width = max(len(line.rstrip()) for line in raw)
    previous = ""
    for number, line in enumerate(raw, 1):
        new = not line.strip() or len(previous.rstrip()) < width * 0.6 or line[:1] in " \u00a0"
        if pieces and not new:
            first, _, text = pieces[-1]
            # A hyphen at the end of a line may be the word's own (eleven-day): it is kept.
            space = "" if re.search(r"\w-$", text.rstrip()) else " "
            pieces[-1] = (first, number, f"{text.rstrip()}{space}{line.strip(_SPACE)}")
        else:
            pieces.append((number, number, line))
        previous = line
    return pieces
