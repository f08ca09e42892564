"""Elements by their local names, whatever namespace or prefix a sender puts them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SPACE = re.compile(r"[ \t\r\n\f]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def local_name(element: Any) -> str:
    """Name of an element without namespace and prefix, in lower case; "" for a comment.

    >>> from lxml import etree
    >>> local_name(etree.fromstring('<n:Sent xmlns:n="urn:n"/>'))
    'sent'
    """
    return qualified_name(element).lower()


def qualified_name(element: Any) -> str:
    """Name of an element without namespace and prefix, as written; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def find_all(element: Any, path: str) -> Iterator[Any]:
    """Elements at a path of names below `element`, parted by slashes, in document order.

    Below None there are none.

    >>> from lxml import etree
    >>> item = etree.fromstring("<item><meta><by>A</by><by>B</by></meta></item>")
    >>> [found.text for found in find_all(item, "meta/by")]
    ['A', 'B']
    """
    name, _, rest = path.lower().partition("/")
    for child in () if element is None else element:
        if local_name(child) == name:
            if rest:
                yield from find_all(child, rest)
            else:
                yield child


def find(element: Any, path: str) -> Any:
    """The first element at a path below `element`; None where there is none."""
    return next(find_all(element, path), None)


def descendants(element: Any, *names: str) -> Iterator[Any]:
    """Every element below `element` of one of these names, in document order."""
    return (found for found in element.iterdescendants() if local_name(found) in names)


def text_of(element: Any) -> str | None:
    """Text of an element, comments left out, white space evened out; None for no text.

    >>> from lxml import etree
    >>> text_of(etree.fromstring("<by> By <b>Ilva<!-- x --></b> Drost </by>"))
    'By Ilva Drost'
    """
    return None if element is None else clean(str(element.xpath("string()")))


def text_at(element: Any, *paths: str) -> str | None:
    """The first text at one of the paths, tried in order; None where none holds any."""
    found = (text_of(each) for path in paths for each in find_all(element, path))
    return next((text for text in found if text), None)


def attribute(element: Any, name: str) -> str | None:
    """Value of an attribute, in any namespace, white space evened out; None where empty."""
    if element is None:
        return None
    value = element.get(name)
    if value is None:
        ours = (key for key in element.attrib if str(key).rpartition("}")[2] == name)
        value = element.get(next(ours, name))
    return clean(value)


def attribute_at(element: Any, path: str, name: str) -> str | None:
    """The first value of attribute `name` at a path; None where none holds any."""
    found = (attribute(each, name) for each in find_all(element, path))
    return next((value for value in found if value), None)


def language_tag(text: str | None) -> str | None:
    """A BCP 47 tag as stated, hyphens for underscores; None for what is no language.

    >>> language_tag("no_NO"), language_tag("x-default")
    ('no-NO', None)
    """
    if text and _LANGUAGE.fullmatch(text):
        return text.replace("_", "-")
    return None


def clean(text: str | None) -> str | None:
    """Text with runs of white space made one space; None for no text."""
    return (_SPACE.sub(" ", text).strip() or None) if text else None
