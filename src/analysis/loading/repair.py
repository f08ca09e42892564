"""Characters made right, each change kept: mojibake, HTML entities, invisible characters, spaces.

What is changed is only what no writer means: UTF-8 read as Windows-1252 ("â€™" for "’"), an entity
left in text ("&amp;"), soft hyphens and zero-width characters, spaces that do not break. Smart
quotation marks stay. Every change is a `Repair`, so that the text as received can be rebuilt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.loading.records import RawDispatch, Repair

if TYPE_CHECKING:
    import pandas as pd

MOJIBAKE, ENTITY, INVISIBLE, SPACE = "mojibake", "HTML entity", "invisible character", "space"
# What Windows-1252, or Latin-1, makes of the bytes 80 to BF that continue a UTF-8 character.
_CONTINUED = "[\u0080-\u00bf" + bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "]"
_MISREAD = re.compile(
    rf"(?:[\u00c2-\u00df]{_CONTINUED}|[\u00e0-\u00ef]{_CONTINUED}{{2}}"
    rf"|[\u00f0-\u00f4]{_CONTINUED}{{3}})+"
)
_ENTITY = re.compile(r"&(?:amp;){0,2}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# Joiners shape Persian, Indic scripts and emoji: they go only where both neighbours are Latin.
_INVISIBLE = re.compile(
    r"(?:[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]"
    r"|(?<=[A-Za-z\u00c0-\u024f\s])[\u200c\u200d]+(?=[A-Za-z\u00c0-\u024f\s]|$))+"
)
_SPACE = re.compile(r"[\u00a0\u202f\u2007]+")
_ANY = re.compile(
    rf"(?P<misread>{_MISREAD.pattern})|(?P<entity>{_ENTITY.pattern})"
    rf"|(?P<invisible>{_INVISIBLE.pattern})|(?P<space>{_SPACE.pattern})"
)
_MOST_ROUNDS = 3


@dataclass(frozen=True)
class Repaired:
    """A text after repair, and the repairs, at offsets of that text."""

    text: str
    repairs: tuple[Repair, ...] = ()

    def without_start(self, length: int) -> Repaired:
        """The text without its first `length` characters and the spaces after them.

        >>> Repaired("TOLMAR — Ferries", (Repair(9, 9, "\\u00ad", INVISIBLE),)).without_start(8)
        Repaired(text='Ferries', repairs=(Repair(start=0, end=0, received='\\xad', ...),))
        """
        rest = self.text[length:].lstrip()
        gone = len(self.text) - len(rest)
        return Repaired(
            rest, tuple(_moved(one, -gone) for one in self.repairs if one.start >= gone)
        )


def repair_text(text: str) -> Repaired:
    """Repair the characters of `text`.

    Mojibake is repaired only in lines where ftfy, too, finds it: a rare letter pair that happens
    to be valid UTF-8 is left. NO-BREAK SPACE becomes a space; a zero-width joiner stays in
    scripts that need it.

    >>> repair_text("Selk &amp; Sound said itâ€™s open").text
    'Selk & Sound said it’s open'
    >>> repair_text("“Ça va”, dit São.").repairs
    ()
    """
    if text.isascii() and "&" not in text and text.isprintable():
        return Repaired(text)
    pieces: list[str] = []
    repairs: list[Repair] = []
    position = length = 0
    for start, end, after, reason in _changes(text):
        pieces += [text[position:start], after]
        length += start - position
        repair = Repair(length, length + len(after), text[start:end], reason)
        length, position = length + len(after), end
        if repairs and repairs[-1].end == repair.start:
            repair = _joined(repairs.pop(), repair)
        repairs.append(repair)
    return Repaired("".join([*pieces, text[position:]]), tuple(repairs))


def join_paragraphs(paragraphs: Iterable[Repaired]) -> Repaired:
    """Paragraphs joined by a blank line, empty ones left out, with their repairs.

    >>> join_paragraphs([repair_text("One&nbsp;"), repair_text("Two")]).text
    'One \\n\\nTwo'
    """
    text, repairs = "", list[Repair]()
    for paragraph in paragraphs:
        if paragraph.text:
            text += "\n\n" if text else ""
            repairs += [_moved(one, len(text)) for one in paragraph.repairs]
            text += paragraph.text
    return Repaired(text, tuple(repairs))


def repair_dispatch(dispatch: RawDispatch) -> RawDispatch:
    """The dispatch with its body, headline and byline repaired; the body's changes are recorded.

    >>> raw = RawDispatch("It&#8217;s open.", "a.jsonl", "jsonl")
    >>> repair_dispatch(raw).body, repair_dispatch(raw).repairs[0].received
    ('It’s open.', '&#8217;')
    """
    body = repair_text(dispatch.body)
    if not body.text.strip():
        return dispatch
    return replace(
        dispatch,
        body=body.text,
        headline=repair_text(dispatch.headline).text if dispatch.headline else dispatch.headline,
        byline=repair_text(dispatch.byline).text if dispatch.byline else dispatch.byline,
        repairs=body.repairs,
    )


def received_body(dispatches: pd.DataFrame, repairs: pd.DataFrame) -> pd.Series:
    """The bodies as they were received, before any repair.

    Parameters
    ----------
    dispatches : the table `dispatches`; `dispatch_id` and `body` are read.
    repairs : the table `repairs`; those of other dispatches are passed over.

    Returns
    -------
    Series
        dtype string, name "received_body", index of `dispatches`: each body with every repaired
        stretch put back as it was received. A body without repairs is itself. Nothing is NA.

    Raises
    ------
    KeyError
        Where a column is absent.

    >>> import pandas as pd
    >>> dispatches = pd.DataFrame({"dispatch_id": ["a"], "body": ["It’s open."]})
    >>> repairs = pd.DataFrame(
    ...     {"dispatch_id": ["a"], "start": [2], "end": [3], "received": ["&#8217;"]}
    ... )
    >>> received_body(dispatches, repairs).tolist()
    ['It&#8217;s open.']
    """
    import pandas as pd

    changed: dict[str, list[tuple[int, int, str]]] = {}
    columns = (repairs[name] for name in ("dispatch_id", "start", "end", "received"))
    for name, start, end, received in zip(*columns, strict=True):
        changed.setdefault(name, []).append((int(start), int(end), received))
    pairs = zip(dispatches["dispatch_id"], dispatches["body"], strict=True)
    bodies = [_put_back(body, sorted(changed.get(name, []))) for name, body in pairs]
    return pd.Series(bodies, index=dispatches.index, dtype="string", name="received_body")


def _put_back(body: str, changed: list[tuple[int, int, str]]) -> str:
    pieces, position = [], 0
    for start, end, received in changed:
        pieces += [body[position:start], received]
        position = end
    return "".join([*pieces, body[position:]])


def _changes(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, replacement and reason of each stretch to change, in order."""
    misread_lines: dict[int, bool] = {}
    for match in _ANY.finditer(text):
        kind, found = match.lastgroup, match[0]
        if kind == "misread":
            line = text.rfind("\n", 0, match.start()) + 1
            if line not in misread_lines:
                misread_lines[line] = _is_mojibake(text[line:].split("\n", 1)[0])
            if misread_lines[line]:
                yield match.start(), match.end(), _plain(_decoded(found)), MOJIBAKE
            else:
                yield from _spaces(match)
        elif kind == "entity":
            if (plain := _plain(_unescaped(found))) != found:
                yield match.start(), match.end(), plain, ENTITY
        elif kind == "invisible":
            yield match.start(), match.end(), "", INVISIBLE
        else:
            yield match.start(), match.end(), " " * len(found), SPACE


def _spaces(match: re.Match[str]) -> Iterator[tuple[int, int, str, str]]:
    """What is left to change in a stretch that only looked like mojibake."""
    for one in re.finditer("[\u00a0\u00ad]", match[0]):
        start = match.start() + one.start()
        is_space = one[0] == "\u00a0"
        yield start, start + 1, " " if is_space else "", SPACE if is_space else INVISIBLE


def _is_mojibake(line: str) -> bool:
    from ftfy import fix_encoding

    return fix_encoding(line) != line


def _decoded(text: str) -> str:
    """The text that was read as Windows-1252; more than once, where it was done more than once."""
    import ftfy.bad_codecs  # registers the codec that maps every byte  # noqa: F401

    for _ in range(_MOST_ROUNDS):
        try:
            text = text.encode("sloppy-windows-1252").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            break
    return text


def _unescaped(entity: str) -> str:
    from html import unescape

    text = unescape(entity)
    return unescape(text) if _ENTITY.fullmatch(text) else text


def _plain(text: str) -> str:
    """A replacement without invisible characters, with plain spaces and no line break."""
    return re.sub(r"[\s\u00a0\u202f\u2007]", " ", _INVISIBLE.sub("", text))


def _moved(repair: Repair, by: int) -> Repair:
    return replace(repair, start=repair.start + by, end=repair.end + by)


def _joined(first: Repair, second: Repair) -> Repair:
    reasons = dict.fromkeys([*first.reason.split(", "), *second.reason.split(", ")])
    return Repair(first.start, second.end, first.received + second.received, ", ".join(reasons))
