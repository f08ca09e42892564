"""Rules that mark a line as page furniture, read from ``page_furniture.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_EDGE = re.compile(r"^\W+|\W+$")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Furniture:
    """A rule that took a line for page furniture.

    `ends_text` marks furniture that stands behind a dispatch: what follows is rarely part of it.
    """

    kind: str
    reason: str
    ends_text: bool = False


@dataclass(frozen=True)
class _Rule:
    furniture: Furniture
    longest: int
    whole: re.Pattern[str] | None
    start: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    only_words: frozenset[str]
    one_of: frozenset[str]

    def fits(self, text: str) -> bool:
        if len(text) > self.longest:
            return False
        if self.whole and self.whole.fullmatch(_EDGE.sub("", text)):
            return True
        if self.start and self.start.match(text):
            return True
        if self.anywhere and self.anywhere.search(text):
            return True
        return bool(self.only_words) and self._holds_only_words(text)

    def _holds_only_words(self, text: str) -> bool:
        words = [word.casefold() for word in _WORD.findall(text)]
        known = all(word in self.only_words or word == "k" for word in words)  # k: 84K shares
        return known and not self.one_of.isdisjoint(words)


def furniture(text: str) -> Furniture | None:
    """The rule that takes a line for page furniture, or None for a line that may be text.

    >>> furniture("ADVERTISEMENT").kind, furniture("The strait reopened on Monday.")
    ('advert', None)
    """
    return next((rule.furniture for rule in _rules() if rule.fits(text)), None)


@cache
def function_words() -> frozenset[str]:
    """Articles, prepositions and the like, which sentences hold and lists of links do not.

    >>> "the" in function_words(), "strait" in function_words()
    (True, False)
    """
    return frozenset(_data()["function_words"].split())


@cache
def _data() -> dict[str, Any]:
    text = files("analysis.loading").joinpath("page_furniture.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(entry) for entry in _data()["rule"])


def _rule(entry: dict[str, Any]) -> _Rule:
    return _Rule(
        Furniture(entry["kind"], entry["reason"], entry.get("ends_text", False)),
        entry["longest"],
        _either(entry.get("whole"), ""),
        _either(entry.get("start"), r"\W*"),
        _either(entry.get("anywhere"), ""),
        frozenset(entry.get("only_words", ())),
        frozenset(entry.get("one_of", ())),
    )


def _either(patterns: list[str] | None, before: str) -> re.Pattern[str] | None:
    if not patterns:
        return None
    return re.compile(f"{before}(?:{'|'.join(patterns)})", re.IGNORECASE)
