"""Fields of a JSON news item: its texts, names, times, and what is not understood among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.loading.json_documents import JsonItem, plain_words
from analysis.loading.records import Cut
from analysis.loading.text_dispatch import encoding_cut
from analysis.loading.wire_parties import agency_of
from analysis.loading.wire_story import Story, without_by
from analysis.loading.wire_values import WireTime, WireValues
from analysis.loading.xml_blocks import Blocks, read_text_blocks

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|&(?:#\d{2,6}|[a-z]{2,8});")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST_CUT = 100_000


@dataclass
class Fields:
    """The fields of one item by name in lower case, and the values read from them.

    Names differ in case between versions of a format (versioncreated, versionCreated): the name
    as written goes into evidence and rejects.
    """

    item: JsonItem
    values: WireValues
    label: str

    def __post_init__(self) -> None:
        self._written = {key.casefold(): key for key in reversed(list(self.item.value))}

    def get(self, name: str) -> Any:
        """The value of a field as parsed; None where it is absent."""
        return self.item.value.get(self._written.get(name, ""))

    def text(self, *names: str) -> str | None:
        """The first of several fields that holds text, or a number, as text."""
        return next((found for name in names if (found := text_of(self.get(name)))), None)

    def scalar(self, name: str, column: str) -> str | None:
        """A field as text; a list or object there is noted as not understood."""
        value = self.get(name)
        if isinstance(value, (dict, list, bool, float)) and value not in ({}, []):
            self.values.not_understood(column, plain_words(f"{name} {value!r}"[:100]), "text")
            return None
        return text_of(value)

    def time(self, *names: str) -> WireTime | None:
        """The first of several fields that states a time, its name as evidence."""
        stated = [
            (self.scalar(name, "published_at"), f"{self.label} {self._written.get(name, name)}")
            for name in names
        ]
        return self.values.first_time(stated)


def fields_of(item: JsonItem, source_file: str, format: str, label: str) -> Fields:
    """Fields of an item, with its place; `label` opens the evidence of its times."""
    return Fields(item, WireValues(source_file, format, item.place), label)


def text_of(value: Any) -> str | None:
    """A JSON value as text: a string, or a whole number; None for anything else and for no text.

    >>> text_of(" a "), text_of(7), text_of(True), text_of({})
    ('a', '7', None, None)
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return (_CONTROL.sub("", value).strip() or None) if isinstance(value, str) else None


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list, of a mapping of names to objects, or the one object given."""
    if isinstance(value, dict):
        inside = list(value.values())
        value = inside if inside and all(isinstance(each, dict) for each in inside) else [value]
    for each in value if isinstance(value, list) else []:
        if isinstance(each, dict):
            yield each


def words_of(value: Any) -> str | None:
    """Text on one line, markup read as HTML where there is any.

    >>> words_of("Ferries <em>cross</em> the&nbsp;strait"), words_of("1 < 2 & 3")
    ('Ferries cross the strait', '1 < 2 & 3')
    """
    text = text_of(value)
    if text and _TAG.search(text):
        text = " ".join(html_blocks(text).paragraphs)
    return " ".join(text.split()) or None if text else None


def html_blocks(text: str) -> Blocks:
    """The paragraphs of HTML that a field holds, whether or not it has a block element."""
    return _read(f"<div>{text}</div>", text)


def text_blocks(text: str) -> Blocks:
    """The paragraphs of a plain text that a field holds; HTML where it is that after all."""
    return _read(text, text)


def agency_byline(story: Story, byline: str | None) -> None:
    """Set the byline; one that names an agency alone is no writer's, and says who wrote it."""
    writer = without_by(byline)
    agency = agency_of(writer) if writer else None
    if writer and agency:
        story.writers.append([writer])
    else:
        story.byline = byline


def opening_cuts(item: JsonItem) -> list[Cut]:
    """The record that the encoding of the text was guessed, where it was."""
    return encoding_cut(item.decoded) if item.decoded else []


def beside(kind: str, reason: str, value: Any, blocks: Blocks) -> list[Cut]:
    """A cut for text that stands beside the body, unless the body says it too."""
    given = text_of(value) or ""
    text = "\n".join((html_blocks if _TAG.search(given) else text_blocks)(given).paragraphs)
    if not text or text in "\n".join(blocks.paragraphs):
        return []
    return [Cut(kind, reason, text[:_LONGEST_CUT])]


def _read(markup: str, text: str) -> Blocks:
    blocks = read_text_blocks(_CONTROL.sub("", markup))
    controls = _CONTROL.findall(text)
    if controls:
        named = " ".join(dict.fromkeys(f"U+{ord(each):04X}" for each in controls))
        cut = Cut("control", f"{len(controls)} control characters left out", named)
        return Blocks(blocks.paragraphs, [*blocks.cuts, cut])
    return blocks
