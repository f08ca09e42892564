"""Whose quoted words are whose: each is the innermost source's that is quoted with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.sentiment.units import Span, merged, overlap, without

QUOTED_KINDS = ("direct", "mixed")


@dataclass
class Content:
    """The content of a direct or mixed attribution, and those reported inside it."""

    attribution_id: str
    kind: str
    spans: list[Span]
    inner: list[Content] = field(default_factory=list)

    def quoted(self, marks: Sequence[Span]) -> list[Span]:
        """Return the quoted part: all of a direct content, of a mixed one what lies in `marks`."""
        return self.spans if self.kind == "direct" else overlap(self.spans, marks)

    def own(self, marks: Sequence[Span]) -> list[Span]:
        """Return the quoted part less that of the attributions reported inside this one."""
        inner = merged(span for content in self.inner for span in content.quoted(marks))
        return without(self.quoted(marks), inner)


def contents_by_dispatch(
    attributions: pd.DataFrame, attribution_spans: pd.DataFrame
) -> dict[str, list[Content]]:
    """Return the direct and mixed attributions that have content, by dispatch, in table order."""
    spans = _content_spans(attribution_spans)
    columns = ["attribution_id", "dispatch_id", "kind"]
    quoted = attributions.loc[attributions["kind"].isin(QUOTED_KINDS), columns]
    out: dict[str, list[Content]] = defaultdict(list)
    known: dict[str, Content] = {}
    for name, dispatch, kind in quoted.itertuples(index=False, name=None):
        if name in spans:
            known[name] = Content(name, kind, merged(spans[name]))
            out[dispatch].append(known[name])
    _nest(known, attributions)
    return dict(out)


def _content_spans(attribution_spans: pd.DataFrame) -> dict[str, list[Span]]:
    contents = attribution_spans[attribution_spans["role"].eq("content")]
    spans: dict[str, list[Span]] = defaultdict(list)
    for name, start, end in zip(
        contents["attribution_id"], contents["start"], contents["end"], strict=True
    ):
        spans[name].append((int(start), int(end)))
    return spans


def _nest(known: dict[str, Content], attributions: pd.DataFrame) -> None:
    """Tell every attribution which others are reported inside it, at any depth."""
    nested = attributions.dropna(subset=["nested_in"])
    outer_of = dict(zip(nested["attribution_id"], nested["nested_in"], strict=True))
    for name, content in known.items():
        outer, passed = outer_of.get(name), {name}
        while outer is not None and outer not in passed:
            passed.add(outer)
            if outer in known:
                known[outer].inner.append(content)
            outer = outer_of.get(outer)
