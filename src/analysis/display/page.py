"""One dispatch as HTML: sources, cues and content marked, and the rows they come from below."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.display.one import attributions_of, dispatch_of
from analysis.display.segments import Mark, Segment, segments

if TYPE_CHECKING:
    from analysis.store import Tables

# Told apart without colour: source underlined, cue dashed, content tinted (deeper when nested).
STYLE = """
.dispatch-view { line-height: 1.75; }
.dispatch-view .body { white-space: pre-wrap; max-width: 44rem; }
.dispatch-view mark { background: none; color: inherit; padding: .08em 0; }
.dispatch-view mark.content { background: #fdf1c7; color: #1b1f24; }
.dispatch-view mark.content.deep { background: #f6d98a; }
.dispatch-view mark.source { text-decoration: underline 2px solid #0072b2;
  text-underline-offset: .2em; font-weight: 600; }
.dispatch-view mark.cue { border-bottom: 2px dashed #b34700; font-style: italic; }
.dispatch-view a.marker { font-size: .68em; vertical-align: super; font-style: normal;
  font-weight: 400; text-decoration: none; padding: 0 .15em; color: #0b5394; background: #e8eef5;
  border-radius: .25em; margin-right: .1em; }
.dispatch-view .legend { font-size: .85em; margin: .6em 0; }
.dispatch-view .legend span { margin-right: 1.2em; }
.dispatch-view table { font-size: .82em; line-height: 1.35; border-collapse: collapse; }
.dispatch-view td, .dispatch-view th { text-align: left; vertical-align: top;
  padding: .25em .6em .25em 0; border-bottom: 1px solid #c8ced6; }
.dispatch-view .rows { overflow-x: auto; }
"""
_HEADINGS = ("no.", "source", "who", "type", "cue", "kind", "act", "stance", "within", "tone")


@dataclass(frozen=True)
class MarkedDispatch:
    """A dispatch ready to be shown: `html` is complete, escaped markup without scripts."""

    dispatch_id: str
    html: str
    n_attributions: int

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"MarkedDispatch({self.dispatch_id!r}, {self.n_attributions} attributions)"


def show(tables: Tables, dispatch_id: str) -> MarkedDispatch:
    """Return one dispatch with source, cue and content marked, and the attributions below it.

    Parameters
    ----------
    tables : the canonical tables; dispatches, attributions, attribution_spans, sources and
        sentiment are read.
    dispatch_id : the dispatch.

    Returns
    -------
    MarkedDispatch
        Shown as HTML by Jupyter. Each attribution has a number; it stands before its first span
        and leads to its row in the table, and back. Pointing at a mark names the part, the speaker
        and the labels. Nested, crossing and discontinuous spans are all marked; content within
        content has a deeper tint. Sources are underlined, cues dashed, content tinted, so that
        the parts differ in grey print too.

    Raises
    ------
    InputError : no such dispatch.

    >>> from analysis.stats import invented_tables
    >>> show(invented_tables(), "d1")
    MarkedDispatch('d1', 3 attributions)
    """
    dispatch = dispatch_of(tables, dispatch_id)
    found = attributions_of(tables, dispatch_id)
    name = "d" + hashlib.sha256(str(dispatch_id).encode()).hexdigest()[:10]
    body = str(dispatch["body"])
    parts = [
        f"<style>{STYLE}</style>",
        f'<article class="dispatch-view" aria-label="{_text(dispatch_id)}">',
        _head(dispatch),
        _LEGEND,
        f'<div class="body">{_marked(body, _marks(tables, found), _labels(found), name)}</div>',
        _table(found, name),
        "</article>",
    ]
    return MarkedDispatch(str(dispatch_id), "\n".join(parts), len(found))


_LEGEND = (
    '<p class="legend"><span><mark class="source">source</mark></span>'
    '<span><mark class="cue">cue</mark></span><span><mark class="content">content</mark></span>'
    '<span><mark class="content deep">content within content</mark></span></p>'
)


def _head(dispatch: pd.Series) -> str:
    day = dispatch["published_at"]
    facts = [
        dispatch["agency"],
        dispatch["outlet"],
        dispatch["dateline_place"],
        pd.NA if pd.isna(day) else f"{day:%Y-%m-%d}",
        dispatch["dispatch_id"],
    ]
    line = " · ".join(_text(fact) for fact in facts if not pd.isna(fact))
    headline = "" if pd.isna(dispatch["headline"]) else f"<h3>{_text(dispatch['headline'])}</h3>"
    return f'{headline}<p class="note">{line}</p>'


def _marks(tables: Tables, found: pd.DataFrame) -> list[Mark]:
    spans = tables.attribution_spans.merge(found[["attribution_id", "number"]], on="attribution_id")
    return [
        Mark(int(start), int(end), int(number), str(role))
        for start, end, number, role in spans[["start", "end", "number", "role"]].itertuples(
            index=False
        )
    ]


def _labels(found: pd.DataFrame) -> dict[int, str]:
    return {
        int(row["number"]): ", ".join(
            str(row[column])
            for column in ("speaker", "source_type", "kind", "act", "stance")
            if not pd.isna(row[column])
        )
        for row in found.to_dict("records")
    }


def _marked(body: str, marks: list[Mark], labels: dict[int, str], name: str) -> str:
    seen: set[int] = set()
    out = []
    for segment in segments(len(body), marks):
        for number in dict.fromkeys(m.number for m in segment.marks):
            if number not in seen:
                seen.add(number)
                out.append(
                    f'<a class="marker" id="{name}-m{number}" href="#{name}-r{number}">{number}</a>'
                )
        out.append(_segment(body, segment, labels))
    return "".join(out)


def _segment(body: str, segment: Segment, labels: dict[int, str]) -> str:
    text = escape(body[segment.start : segment.end])
    if not segment.marks:
        return text
    roles = list(dict.fromkeys(m.role for m in segment.marks))
    if sum(m.role == "content" for m in segment.marks) > 1:
        roles.append("deep")
    title = "; ".join(f"{m.number} {m.role}: {labels.get(m.number, '')}" for m in segment.marks)
    return f'<mark class="{_text(" ".join(roles))}" title="{_text(title)}">{text}</mark>'


def _table(found: pd.DataFrame, name: str) -> str:
    if not len(found):
        return '<p class="note">No attribution was found in this dispatch.</p>'
    numbers = dict(zip(found["attribution_id"], found["number"], strict=True))
    body = "".join(_row(row, numbers, name) for row in found.to_dict("records"))
    head = "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
    return (
        '<div class="rows"><table><caption>Attributions</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Mapping[Any, Any], numbers: dict[object, int], name: str) -> str:
    number = row["number"]
    cells: Iterable[object] = (
        row["source"],
        _who(row),
        row["source_type"],
        row["cue"],
        row["kind"],
        row["act"],
        row["stance"],
        numbers.get(row["nested_in"]),
        None if _na(row["compound"]) else f"{row['compound']:+.2f}".replace("-", "−"),
    )
    link = f'<th scope="row"><a href="#{name}-m{number}">{number}</a></th>'
    rest = "".join(f"<td>{'–' if _na(cell) else _text(cell)}</td>" for cell in cells)
    return f'<tr id="{name}-r{number}">{link}{rest}</tr>'


def _who(row: Mapping[Any, Any]) -> object:
    who = row["name"] if _na(row["speaker"]) else row["speaker"]
    return f"{who} (not named)" if not _na(row["named"]) and not row["named"] else who


def _na(value: Any) -> bool:
    return value is None or bool(pd.isna(value))


def _text(value: object) -> str:
    return escape(str(value))
