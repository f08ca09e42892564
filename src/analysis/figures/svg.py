"""A figure as a part of a page: inline SVG with a text for those who do not see it."""

from __future__ import annotations

import hashlib
import io
import re
from html import escape
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.stats.wording import Html, printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

SETTINGS: dict[RcKeyType, object] = {
    "svg.hashsalt": "analysis",
    "svg.fonttype": "none",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
}
OPENING = re.compile(r"<svg\b[^>]*>")
NAMED = re.compile(r'(\bid="|\burl\(#|href="#)')
# A hundredth of a point is finer than any screen; matplotlib writes millionths.
SHAPE, DECIMALS = re.compile(r"<(?:path|use|rect)\b[^>]*>"), re.compile(r"(\.\d\d)\d+")
SIZE = re.compile(r'\bviewBox="([^"]*)"')


def as_svg(figure: Figure | Axes, alt: str, caption: str = "") -> Html:
    """Return a figure as an HTML ``<figure>`` with inline SVG.

    Parameters
    ----------
    figure : a matplotlib figure, or axes on it.
    alt : what the figure shows, in words (`analysis.figures.describe`). The first sentence or part
        before a colon is the SVG's ``<title>``, the whole its ``<desc>``.
    caption : a ``<figcaption>`` beneath; none if "".

    Returns
    -------
    `Html`. The same figure gives the same text: no date, no random ids. Ids begin with a hash of
    the figure, so that several figures can stand on one page. Text stays text (letters, not
    outlines). Nothing in it loads or runs anything. The layout of the figure is fixed thereby.

    >>> from analysis.figures import describe, draw_tone
    >>> from analysis.stats import invented_tables, tone
    >>> result = tone(invented_tables())
    >>> html = as_svg(draw_tone(result), describe(result))
    >>> html.startswith('<figure class="figure"><svg role="img" aria-labelledby=')
    True
    """
    drawing = _drawing(figure)
    name = "f" + hashlib.sha256(f"{drawing}\0{alt}".encode()).hexdigest()[:10]
    drawing = NAMED.sub(lambda match: f"{match.group()}{name}-", drawing)
    opening = OPENING.search(drawing)
    view = SIZE.search(drawing)
    inside = drawing[opening.end() :] if opening else drawing
    title = re.split(r"[:.](?:\s|$)", alt, maxsplit=1)[0]
    head = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" '
        f'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{view.group(1) if view else ""}" class="drawing">'
        f'<title id="{name}-title">{escape(printable(title))}</title>'
        f'<desc id="{name}-desc">{escape(printable(alt))}</desc>'
    )
    below = f"<figcaption>{escape(printable(caption))}</figcaption>" if caption else ""
    return Html(f'<figure class="figure">{head}{inside}{below}</figure>')


def _drawing(figure: Figure | Axes) -> str:
    """The SVG matplotlib writes, from its opening tag, without metadata and comments."""
    import matplotlib
    from matplotlib.axes import Axes

    whole = figure.get_figure(root=True) if isinstance(figure, Axes) else figure
    if whole is None:
        raise InputError("axes that belong to no figure", "a figure, or axes on one")
    # Constrained layout moves a little at every drawing; one drawing settles it.
    whole.draw_without_rendering()
    whole.set_layout_engine("none")
    buffer = io.StringIO()
    with matplotlib.rc_context(SETTINGS):
        whole.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r">\s+<", "><", text[text.index("<svg") :]).strip()
    return SHAPE.sub(lambda tag: DECIMALS.sub(r"\1", tag.group()), text)
