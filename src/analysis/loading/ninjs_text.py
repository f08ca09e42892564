"""The texts of a ninjs item: its body among several, its headline, what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from analysis.loading.records import Cut
from analysis.loading.wire_json import (
    Fields,
    beside,
    html_blocks,
    objects,
    text_blocks,
    text_of,
    words_of,
)
from analysis.loading.xml_blocks import Blocks

_PLAIN_TYPES = ("", "text/plain", "plain")
_MOST_ASSOCIATIONS = 200
# HTML that loses more than this much of the plain text beside it is not the better of the two.
_LEAST_KEPT = 0.6
_CAPTIONED = ("picture", "photo", "image", "graphic", "video", "audio", "animation")


@dataclass(frozen=True)
class _Variant:
    """One of the forms that a text comes in: what it is called, its media type, and the text."""

    name: str
    media: str
    value: str

    @property
    def is_html(self) -> bool:
        return "html" in self.media or (not self.media and "html" in self.name)

    @property
    def is_plain(self) -> bool:
        return not self.is_html and self.media in _PLAIN_TYPES


def read_body(fields: Fields) -> Blocks:
    """The body: its HTML form, which has the paragraphs, or its plain form where that says more.

    Version 1 has it in fields named ``body_`` and anything (text, xhtml, html, main, richtext),
    versions 2 and 3 in a list ``bodies`` with media types. XML forms (NITF) are not read. Plain
    forms that hold markup are read as HTML.
    """
    variants = list(_variants(fields, "body_", "bodies"))
    html = [html_blocks(each.value) for each in variants if each.is_html]
    plain = [text_blocks(each.value) for each in variants if each.is_plain]
    marked = next((blocks for blocks in html if blocks.paragraphs), Blocks())
    bare = next((blocks for blocks in plain if blocks.paragraphs), Blocks())
    return marked if _length(marked) >= _LEAST_KEPT * _length(bare) else bare


def media_of_bodies(fields: Fields) -> str:
    """What the bodies are, for a reject of an item none of whose bodies could be read."""
    variants = _variants(fields, "body_", "bodies")
    named = [each.media or each.name or "unnamed" for each in variants]
    return ("no text in bodies: " + ", ".join(named))[:100] if named else "no body"


def read_headline(fields: Fields) -> str | None:
    """The headline: the main one, else the first."""
    headline = words_of(fields.get("headline"))
    variants = list(_variants(fields, "headline_", "headlines"))
    variants.sort(key=lambda each: each.name != "main")
    return headline or next((found for each in variants if (found := words_of(each.value))), None)


def cuts_beside(fields: Fields, blocks: Blocks) -> list[Cut]:
    """Texts of the item outside its body: descriptions, notes, rights, associated items."""
    cuts: list[Cut] = []
    for each in _variants(fields, "description_", "descriptions"):
        cuts += beside("standfirst", f"description: {each.name}", each.value, blocks)
    cuts += beside("note", "ednote: message to editors", fields.get("ednote"), blocks)
    for name in ("copyrightnotice", "usageterms"):
        cuts += beside("copyright", name, fields.get(name), blocks)
    for item in islice(objects(fields.get("associations")), _MOST_ASSOCIATIONS):
        cuts += _associated(Fields(fields.item.of(item), fields.values, fields.label), blocks)
    # Several forms of one text are one cut.
    return list({(cut.kind, cut.text): cut for cut in reversed(cuts)}.values())[::-1]


def _associated(fields: Fields, blocks: Blocks) -> Iterator[Cut]:
    kind = (fields.text("type") or "item").casefold()
    captioned = kind in _CAPTIONED
    texts = [read_headline(fields) or ""]
    for prefix, plural in (("description_", "descriptions"), ("body_", "bodies")):
        forms = [each for each in _variants(fields, prefix, plural) if each.is_plain]
        forms = forms or list(_variants(fields, prefix, plural))[:1]
        texts += [words_of(each.value) or "" for each in forms]
    text = "\n".join(dict.fromkeys(text for text in texts if text))
    reason = f"associated {kind}"
    yield from beside("caption" if captioned else "teaser", reason, text, blocks)


def _variants(fields: Fields, prefix: str, plural: str) -> Iterator[_Variant]:
    for key, value in fields.item.value.items():
        if key.casefold().startswith(prefix) and (text := text_of(value)):
            yield _Variant(key[len(prefix) :].casefold(), "", text)
    for each in objects(fields.get(plural)):
        if text := text_of(each.get("value")):
            media = text_of(each.get("contenttype")) or text_of(each.get("contentType")) or ""
            yield _Variant((text_of(each.get("role")) or "").casefold(), media.casefold(), text)


def _length(blocks: Blocks) -> int:
    return sum(map(len, blocks.paragraphs))
