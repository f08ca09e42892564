"""HTML that cannot do anything: rebuilt from an allow-list of elements and attributes.

What a notebook shows may hold text of a dispatch, and that text is untrusted. The markup is parsed
and written anew, so that nothing reaches the page that is not on the lists below; the page's
content security policy is the second wall.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

# HTML for text, then SVG for figures; a style element passes only when `harmless_style` says so.
ELEMENTS = frozenset(
    """
    a abbr article aside b blockquote br caption cite code col colgroup dd del details dfn div dl
    dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section
    small span strong sub summary sup table tbody td tfoot th thead time tr u ul var style

    svg g path rect circle ellipse line polyline polygon text tspan defs clippath use title desc
    lineargradient stop symbol
    """.split()
)
WITH_CONTENT = frozenset(
    """
    script iframe object embed template noscript noembed noframes textarea select xmp math
    """.split()
)
VOID = frozenset({"br", "hr", "img", "col"})
ATTRIBUTES = frozenset(
    """
    id class title lang dir role scope colspan rowspan headers datetime open start style alt
    width height src href tabindex viewbox d x y x1 y1 x2 y2 cx cy r rx ry dx dy points
    transform fill fill-opacity fill-rule stroke stroke-width stroke-opacity
    stroke-dasharray stroke-linecap stroke-linejoin font-family font-size font-weight
    font-style text-anchor dominant-baseline clip-path clip-rule opacity offset stop-color
    preserveaspectratio version xmlns xmlns:xlink xlink:href type
    """.split()
)
_LINK = re.compile(r"(?:#|https?://)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z")
_BAD_STYLE = re.compile(r"@import|expression\s*\(|javascript:|behavior\s*:|[<\\]", re.IGNORECASE)
_LOADING_STYLE = re.compile(r"url\s*\(\s*['\"]?(?!#)|image-set|src\s*\(", re.IGNORECASE)


def sanitize(markup: str) -> str:
    """Return `markup` with only harmless elements, attributes and styles, and all of them closed.

    Scripts, frames, objects, forms and their content are dropped; unknown elements lose their
    tags and keep their text; event attributes and addresses other than fragments, ``http(s)``
    links and inline pictures are dropped.

    >>> sanitize('<p onclick="x()">Rain <script>alert(1)</script>fell <b>hard')
    '<p>Rain fell <b>hard</b></p>'
    """
    parser = _Rebuild()
    parser.feed(markup)
    parser.close()
    return parser.result()


def harmless_style(css: str) -> bool:
    """Say whether a style loads nothing and runs nothing.

    >>> harmless_style("color: red"), harmless_style("background: url(//a.example/b)")
    (True, False)
    """
    return not (_BAD_STYLE.search(css) or _LOADING_STYLE.search(css))


class _Rebuild(HTMLParser):
    """Writes what it reads anew, element by element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._dropped = ""
        self._depth = 0

    def result(self) -> str:
        return "".join(self._out) + "".join(f"</{tag}>" for tag in reversed(self._open))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped:
            self._depth += tag == self._dropped
        elif tag in WITH_CONTENT:
            self._dropped, self._depth = tag, 1
        elif tag in ELEMENTS:
            self._out.append(f"<{tag}{_attributes(tag, attrs)}>")
            if tag not in VOID:
                self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in WITH_CONTENT:
            return
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._depth -= tag == self._dropped
            if not self._depth:
                self._dropped = ""
        elif tag in self._open:
            while True:
                last = self._open.pop()
                self._out.append(f"</{last}>")
                if last == tag:
                    return

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if self._open and self._open[-1] == "style":
            self._out.append(data if harmless_style(data) else "")
        else:
            self._out.append(html.escape(data, quote=False))


def _attributes(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    kept = []
    for name, value in attrs:
        text = value or ""
        if _allowed(tag, name, text):
            kept.append(f' {name}="{html.escape(text)}"')
    return "".join(kept)


def _allowed(tag: str, name: str, value: str) -> bool:
    if name.startswith(("aria-", "data-")):
        return True
    if name not in ATTRIBUTES:
        return False
    if name == "src":
        return tag == "img" and bool(_PICTURE.match(value))
    if name == "href":
        return bool(_LINK.match(value)) if tag == "a" else value.startswith("#")
    if name == "xlink:href":
        return value.startswith("#")
    return harmless_style(value) if name in ("style", "fill", "stroke", "clip-path") else True
