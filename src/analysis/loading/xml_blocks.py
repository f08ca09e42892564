"""The text of marked-up wire content: paragraphs, and what stands between them and is no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from analysis.loading.page_lines import split_lines
from analysis.loading.records import Cut
from analysis.loading.xml_safe import parse_fragment
from analysis.loading.xml_tree import attribute, clean, local_name

_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 hl1 hl2 li dt dd dl ul ol bq blockquote block div section article main "
    "html body body.content nitf pre hr fn center address datacontent inlinexml inlinedata".split()
)
_NO_TEXT = frozenset("head script style template noscript title".split())
_CUTS = {
    **dict.fromkeys(("table", "nitf-table"), ("table", "table")),
    **dict.fromkeys(
        "media figure img picture video audio object iframe svg".split(), ("media", "media")
    ),
    **dict.fromkeys(("header", "body.head"), ("metadata", "header of the text")),
    **dict.fromkeys(("footer", "nav", "body.end"), ("metadata", "footer of the text")),
    **dict.fromkeys(("aside", "note"), ("infobox", "box or note beside the text")),
    "byline": ("metadata", "byline"),
}
_BY_CLASS = {
    "infobox": ("infobox", "box or note beside the text"),
    "linkbox": ("infobox", "box or note beside the text"),
    "notepad": ("infobox", "box or note beside the text"),
    "teaser": ("standfirst", "teaser paragraph"),
    "byline": ("metadata", "byline"),
    "dat": ("metadata", "section and source of the text"),
}
_LONGEST_CUT, _MOST_CUTS = 100_000, 1000
# Private signs for line ends; XML and HTML text hold no such characters.
_BREAK, _LINE, _BLANK = "\x00", "\x01", "\x02"
_PARTED = re.compile(r"[\x00\x01](?:[\s\x02]*[\x00\x01])+")
_SET = str.maketrans({"\n": _LINE, " ": _BLANK, "\t": _BLANK})
_MARKUP = re.compile(r"<(?:p|br|div|html|body|h[1-6]|pre|ul)\b[^<>]{0,500}>", re.IGNORECASE)
_ONE_PARAGRAPH = re.compile(r"\s*<p>([^<]*)</p>\s*", re.IGNORECASE)
_EMBED = re.compile(r"<(?:div|script|iframe|blockquote)\b.*>", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"\w")


@dataclass
class Blocks:
    """Paragraphs in order, and the cuts made between them."""

    paragraphs: list[str] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)


def read_blocks(element: Any) -> Blocks:
    """The paragraphs of XHTML, NITF or HTML content, tables and media left out as cuts.

    White space inside a paragraph is evened out as XHTML does, unless one element holds a whole
    text with its own line ends and indented paragraphs, which is read as plain text. A single
    line break is a space, two in a row end the paragraph; `pre` keeps its lines. Text without
    elements that holds markup as text (CDATA, escaped) is parsed as HTML; other such text is
    plain text.

    >>> from lxml import etree
    >>> read_blocks(etree.fromstring("<body><p>One<br/>line.</p><p> </p><p>Two</p></body>"))
    Blocks(paragraphs=['One line.', 'Two'], cuts=[])
    """
    if len(element) == 0 and local_name(element) != "pre":
        return read_text_blocks(str(element.xpath("string()")))
    reader = _Reader()
    reader.read(element)
    return reader.blocks


def read_text_blocks(text: str) -> Blocks:
    """The paragraphs of content that came as one text, be it HTML or plain.

    >>> read_text_blocks("<p>One</p><p>Two</p>").paragraphs
    ['One', 'Two']
    """
    wrapped = _ONE_PARAGRAPH.fullmatch(text)
    text = unescape(wrapped[1]) if wrapped else text
    tree = parse_fragment(text) if _MARKUP.search(text) else None
    if tree is not None:
        reader = _Reader()
        reader.read(tree)
        return reader.blocks
    return Blocks([line.text for line in split_lines(text) if _WORD.search(line.text)])


class _End:
    """Stands for the end of an element on the list of what is still to be read."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Reader:
    def __init__(self) -> None:
        self.blocks = Blocks()
        self.pieces: list[str] = []
        self.preformatted = 0

    def read(self, root: Any) -> None:
        # A list of what is still to do, not recursion: nothing limits how deep HTML is nested.
        waiting: list[Any] = [root]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                self.pieces.append(item.translate(_SET) if self.preformatted else item)
            elif isinstance(item, _End):
                self._end(item.name)
            else:
                waiting += self._start(item)
        self._flush()

    def _start(self, element: Any) -> list[Any]:
        """Begin an element; returns what it holds, last part first."""
        name = local_name(element)
        if not name:
            return [_entity(element)]
        why = _why_cut(name, element)
        if why or name in _NO_TEXT:
            if why:
                self._cut(element, *why)
            return []
        if name == "br":
            self.pieces.append(_BREAK)
            return []
        if name in _BLOCKS:
            self._flush()
        self.preformatted += name == "pre"
        inside: list[Any] = [_End(name)]
        for child in reversed(element):
            inside += [child.tail or "", child]
        return [*inside, element.text or ""]

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self._flush()
        self.preformatted -= name == "pre"

    def _cut(self, element: Any, kind: str, what: str) -> None:
        if kind != "media" or local_name(element) != "img":
            self._flush()
        text = clean(" ".join(map(str, element.xpath(".//text()")))) or _described(element)
        if text:
            self._note(Cut(kind, f"{what} left out", text[:_LONGEST_CUT]))

    def _note(self, cut: Cut) -> None:
        """Keep a cut; of very many, the last says that there are more."""
        if len(self.blocks.cuts) < _MOST_CUTS:
            self.blocks.cuts.append(cut)
        else:
            reason = f"{cut.reason}, and others like it that are not listed"
            self.blocks.cuts[-1] = Cut(cut.kind, reason, cut.text)

    def _flush(self) -> None:
        text, self.pieces = "".join(self.pieces), []
        parts = split_lines(text) if _is_laid_out(text) else []
        for tidy in [line.text for line in parts] or map(_tidy, _PARTED.split(text)):
            if _EMBED.fullmatch(tidy):
                self._note(Cut("media", "embedded code left out", tidy[:_LONGEST_CUT]))
            elif _WORD.search(tidy):
                self.blocks.paragraphs.append(tidy)


def _is_laid_out(text: str) -> bool:
    """Whether one element holds a whole text set for a teleprinter, paragraphs indented.

    Markup that is indented for its readers indents every line; here some start at the margin.
    """
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    indented = sum(line.startswith("  ") for line in lines)
    return indented >= 2 and len(lines) - indented >= 2 and _BREAK not in text


def _tidy(text: str) -> str:
    lines = (clean(line.replace(_BREAK, " ")) or "" for line in text.split(_LINE))
    return "\n".join(line.replace(_BLANK, " ").rstrip() for line in lines).strip()


def _why_cut(name: str, element: Any) -> tuple[str, str] | None:
    if name in _CUTS:
        return _CUTS[name]
    if name not in ("p", "div", "section"):
        return None
    classes = (attribute(element, "class") or "").lower().split()
    return next((_BY_CLASS[each] for each in classes if each in _BY_CLASS), None)


def _described(element: Any) -> str | None:
    """What an image without text says of itself, or where it is."""
    for each in element.iter():
        for name in ("alt", "alternate-text", "src", "source"):
            if isinstance(each.tag, str) and (found := attribute(each, name)):
                return found
    return None


def _entity(node: Any) -> str:
    """The text of an entity that the document leaves undeclared, as written; "" for a comment."""
    from lxml import etree

    return str(node.text) if node.tag is etree.Entity else ""
