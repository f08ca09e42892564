"""The content items of a NewsML 1 item: what each holds, its role, and the story it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.loading.nitf import content_of
from analysis.loading.xml_blocks import Blocks, read_blocks
from analysis.loading.xml_tree import (
    attribute,
    attribute_at,
    descendants,
    find,
    local_name,
    text_at,
)

_BODY_ROLES = ("", "body", "main", "story", "text", "article")
# Contents that are no text, or no part of the dispatch.
_NO_TEXT = ("css", "image", "photo", "graphic", "audio", "video", "pdf", "javascript")


@dataclass(frozen=True)
class Content:
    """A content item with text: its paragraphs, its role, and the component of its story."""

    element: Any
    component: Any
    role: str
    blocks: Blocks

    @property
    def is_body(self) -> bool:
        """Whether it holds the text of a dispatch, and not its headline, contact or summary."""
        return self.role in _BODY_ROLES and bool(self.blocks.paragraphs)

    @property
    def length(self) -> int:
        """Characters of its paragraphs."""
        return sum(map(len, self.blocks.paragraphs))


def read_contents(item: Any) -> list[Content]:
    """Every content item that is text, in order.

    Its story is the nearest component around it that carries a headline, else the outermost; its
    role that of the nearest component with a role, up to the story.
    """
    # Read once: a hostile item can put thousands of contents beside thousands of components.
    facts = {
        component: (
            (attribute_at(component, "Role", "FormalName") or "").lower(),
            text_at(component, "NewsLines/HeadLine") is not None,
        )
        for component in descendants(item, "newscomponent")
    }
    return [
        Content(element, *_place(element, item, facts), _blocks(element))
        for element in descendants(item, "contentitem")
        if _is_text(element)
    ]


def _place(element: Any, item: Any, facts: dict[Any, tuple[str, bool]]) -> tuple[Any, str]:
    component, role = item, ""
    for above in element.iterancestors():
        if above in facts:
            own, headlined = facts[above]
            component, role = above, role or own
            if headlined:
                break
    return component, role


def _is_text(element: Any) -> bool:
    kinds = [
        attribute_at(element, name, "FormalName") or ""
        for name in ("MediaType", "Format", "MimeType")
    ]
    return not any(word in kind.lower() for kind in kinds for word in _NO_TEXT)


def _blocks(element: Any) -> Blocks:
    holder = find(element, "DataContent")
    encoded = find(element, "Encoding")
    if holder is None and encoded is not None:
        plain = (attribute(encoded, "Notation") or "").lower() in ("", "none", "text")
        holder = find(encoded, "DataContent") if plain else None
    if holder is None:
        return Blocks()
    nitf = next((each for each in holder.iterdescendants() if local_name(each) == "nitf"), None)
    return content_of(nitf) if nitf is not None else read_blocks(holder)
