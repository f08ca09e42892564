"""JSON from strangers: one document, a list, an envelope or one document a line; within bounds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from analysis.loading.decode import Decoded, decode
from analysis.loading.json_heads import WRAPPERS
from analysis.loading.limits import Limits
from analysis.loading.records import Reject

IsItem = Callable[[dict[str, Any]], bool]
_MOST_WRAPPED = 6
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


@dataclass(frozen=True)
class JsonItem:
    """An object of a JSON text, where it stands, and how the text was decoded."""

    value: dict[str, Any]
    place: str | None = None
    decoded: Decoded | None = None

    def of(self, value: dict[str, Any]) -> JsonItem:
        """An object inside this one."""
        return replace(self, value=value)


def read_items(
    data: bytes,
    source_file: str,
    format: str,
    limits: Limits,
    is_item: IsItem,
) -> Iterator[JsonItem | Reject]:
    """Read the items of a JSON text; a `Reject` for each part that is none.

    Parameters
    ----------
    data : one document, or one document a line. A document is an item, a list of items, or an
        envelope that holds items under ``data``, ``item`` or ``items``.
    is_item : whether an object is an item, and so is no envelope.
    limits : a document has at most `page_bytes` bytes, a line four times `line_chars`.

    NaN and Infinity, which JSON does not have, are read as null. A key that an object states twice
    with different values says nothing for certain: it is left out, and a `Reject` names it. Half
    of a surrogate pair rejects its item: no text holds it.

    >>> data = b'{"item": [{"uri": "a"}]}'
    >>> items = read_items(data, "x.json", "ninjs", Limits(), lambda value: "uri" in value)
    >>> [(item.value, item.place) for item in items]
    [({'uri': 'a'}, 'item 1')]
    """
    for text, place in _texts(data, limits):
        for found in _read_text(text, place, is_item):
            if isinstance(found, Reject):
                found = replace(found, source_file=source_file, format=format)
            yield found


def _read_text(
    text: Decoded | Reject, place: str | None, is_item: IsItem
) -> Iterator[JsonItem | Reject]:
    if isinstance(text, Reject):
        yield text
        return
    twice: dict[str, None] = {}
    value = _loads(text.text, twice)
    if isinstance(value, Reject):
        yield replace(value, place=place)
        return
    if twice:
        reason = "key stated twice with different values; read without it"
        named = plain_words(", ".join(twice)[:100])
        yield Reject("", None, reason, named, "each key once", place)
    for found, where in _items(value, place, is_item, 0):
        if not isinstance(found, dict):
            kind = f"a JSON {type(found).__name__}"
            yield Reject("", None, "no object", kind, "an object", where)
        elif _half_pairs(text.text, found):
            half = "half of a surrogate pair"
            yield Reject("", None, "text is not Unicode", half, "Unicode text", where)
        else:
            yield JsonItem(found, where, text)


def plain_words(text: str) -> str:
    """Text that can be stored in a rejects row, whatever half characters it holds.

    >>> plain_words("half \\ud83d")
    'half \\\\ud83d'
    """
    return text.encode("utf-8", "backslashreplace").decode()


def _texts(data: bytes, limits: Limits) -> Iterator[tuple[Decoded | Reject, str | None]]:
    lines = _lines(data, limits)
    if lines is None:
        if len(data) > limits.page_bytes:
            expected = f"at most {limits.page_bytes} bytes"
            yield Reject("", None, "JSON too large", f"{len(data)} bytes", expected), None
            return
        yield decode(data) or Reject("", None, "unknown encoding", None, "UTF-8"), None
        return
    for number, line in enumerate(lines, 1):
        place = f"line {number}"
        if len(line) > 4 * limits.line_chars:
            expected = f"at most {4 * limits.line_chars} bytes"
            yield Reject("", None, "line too long", f"{len(line)} bytes", expected, place), place
        elif line.strip():
            yield decode(line) or Reject("", None, "unknown encoding", None, "UTF-8"), place


def _lines(data: bytes, limits: Limits) -> Iterator[bytes] | None:
    """The lines of a text that holds one document a line; None for a text that is one document."""
    if data.startswith(_MARKS):
        decoded = decode(data) if len(data) <= limits.page_bytes else None
        if decoded is None:
            return None
        data = decoded.text.removeprefix("\ufeff").encode("utf-8", "surrogatepass")
    data = data.strip()
    end = data.find(b"\n")
    first = data[:end].strip() if 0 < end <= 4 * limits.line_chars else b""
    if not (first.startswith(b"{") and first.endswith(b"}")):
        return None
    decoded = decode(first)
    value = _loads(decoded.text, {}) if decoded else None
    return iter(data.split(b"\n")) if isinstance(value, dict) else None


def _loads(text: str, twice: dict[str, None]) -> Any:
    def pairs(given: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(given)
        if len(found) == len(given):
            return found
        differing = {key for key, value in given if found[key] != value}
        twice.update(dict.fromkeys(differing))
        return {key: value for key, value in found.items() if key not in differing}

    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            strict=False,
            object_pairs_hook=pairs,
            parse_constant=lambda _: None,
        )
    except json.JSONDecodeError as error:
        found = f"{error.msg} at character {error.pos}"
    except RecursionError:
        found = "nested too deeply"
    except ValueError as error:  # an integer of thousands of digits
        found = str(error)[:100]
    return Reject("", None, "not JSON", found, "a JSON document")


def _items(
    value: Any, place: str | None, is_item: IsItem, depth: int
) -> Iterator[tuple[Any, str | None]]:
    if isinstance(value, list):
        for number, each in enumerate(value, 1):
            where = f"item {number}" if place is None else f"{place}, item {number}"
            yield from _items(each, where, is_item, depth + 1)
        return
    wrapped: list[Any] = []
    if isinstance(value, dict) and not is_item(value) and depth < _MOST_WRAPPED:
        wrapped = [value[key] for key in WRAPPERS if isinstance(value.get(key), (dict, list))]
    if not wrapped:
        yield value, place
    for inside in wrapped:
        yield from _items(inside, place, is_item, depth + 1)


def _half_pairs(text: str, value: dict[str, Any]) -> bool:
    if "\\ud" not in text and "\\uD" not in text:
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False
