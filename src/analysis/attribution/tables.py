"""The findings of the rules as the canonical tables."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.attribution.coreference import Entity
from analysis.attribution.finding import Finding
from analysis.attribution.labels import country_of
from analysis.attribution.mentions import describe
from analysis.attribution.profile import affiliation_of, role_of
from analysis.attribution.rules import Read

if TYPE_CHECKING:
    import pandas as pd

GAP = " … "
ALIAS_GAP = " | "


@dataclass(frozen=True)
class Extracted:
    """The three tables attribution gives (see `analysis.schema`)."""

    attributions: pd.DataFrame
    attribution_spans: pd.DataFrame
    sources: pd.DataFrame


class Collector:
    """Gathers rows dispatch by dispatch."""

    def __init__(self, method: str) -> None:
        self.method = method
        self.attributions: list[dict[str, Any]] = []
        self.spans: list[dict[str, Any]] = []
        self.sources: dict[str, dict[str, Any]] = {}

    def add(self, dispatch_id: str, body: str, read: Read, sentence_starts: list[int]) -> None:
        """Add what was found in one dispatch; `sentence_starts` are in order."""
        names = {id(f): f"{dispatch_id}:a{n:03d}" for n, f in enumerate(read.findings)}
        labels = {f.entity: f for f in read.findings if f.entity >= 0}
        source_ids = {
            number: self._source(dispatch_id, read.entities[number], finding)
            for number, finding in labels.items()
        }
        for finding in read.findings:
            row = self._row(dispatch_id, body, finding, names, sentence_starts)
            row["source_id"] = source_ids.get(finding.entity)
            self.attributions.append(row)
            self._add_spans(row["attribution_id"], finding)

    def tables(self) -> Extracted:
        """Return the rows as tables that keep the contract."""
        return Extracted(
            _frame(self.attributions, "attributions"),
            _frame(self.spans, "attribution_spans"),
            _frame(list(self.sources.values()), "sources"),
        )

    def _row(
        self,
        dispatch_id: str,
        body: str,
        finding: Finding,
        names: dict[int, str],
        starts: list[int],
    ) -> dict[str, Any]:
        place = (finding.cue or finding.content)[0][0]
        row: dict[str, Any] = {
            "attribution_id": names[id(finding)],
            "dispatch_id": dispatch_id,
            "sentence_no": sentence_at(starts, place),
            "kind": finding.kind,
            "act": finding.act,
            "stance": finding.stance,
            "cue_lemma": finding.lemma,
            "speaker": finding.speaker,
            "nested_in": names.get(id(finding.outer)) if finding.outer is not None else None,
            "method": self.method,
            "confidence": finding.confidence,
        }
        for role in schema.ROLES:
            spans = getattr(finding, role)
            row[role] = GAP.join(body[s:e] for s, e in spans) if spans else None
            row[f"{role}_start"] = spans[0][0] if spans else None
            row[f"{role}_end"] = spans[-1][1] if spans else None
        return row

    def _add_spans(self, attribution_id: str, finding: Finding) -> None:
        for role in schema.ROLES:
            for number, (start, end) in enumerate(getattr(finding, role)):
                self.spans.append(
                    {"attribution_id": attribution_id, "role": role, "span_no": number,
                     "start": start, "end": end}
                )  # fmt: skip

    def _source(self, dispatch_id: str, entity: Entity, finding: Finding) -> str:
        """Register the entity's row and return its source_id."""
        name = slug(entity.name)
        # "He" may be a known person in each of two dispatches, and another one in each.
        known_by_name = finding.named and not describe(entity.name).pronoun
        source_id = name if known_by_name else f"{dispatch_id}:{name}"
        row: dict[str, Any] = {
            "source_id": source_id,
            "name": entity.name,
            "named": finding.named,
            "source_type": finding.source_type,
            "aliases": aliases_of(entity),
            "role": role_of(entity),
            "affiliation": affiliation_of(entity),
            "country": country_of(entity),
        }
        known = self.sources.setdefault(source_id, row)
        known["aliases"] = join_aliases(known["aliases"], row["aliases"])
        for column in ("role", "affiliation", "country"):
            known[column] = known[column] or row[column]
        if known["source_type"] == "unknown":
            known["source_type"] = row["source_type"]
        return source_id


def aliases_of(entity: Entity) -> str | None:
    """Return the phrases that stand for a source beside its name, without pronouns, or None.

    They are the evidence that the mentions are one source.

    >>> from analysis.attribution.mentions import describe
    >>> brill = Entity("Ona Brill", True, True)
    >>> brill.mentions = [describe(text) for text in ("mayor Ona Brill", "Brill", "she", "Brill")]
    >>> aliases_of(brill)
    'mayor Ona Brill | Brill'
    """
    texts = (m.text.replace(" ,", ",") for m in entity.mentions if not m.pronoun)
    said = [text for text in texts if text != entity.name]
    return ALIAS_GAP.join(dict.fromkeys(said)) or None


def join_aliases(*lists: str | None) -> str | None:
    """Return the aliases of several lists, each once, in order; None when there are none.

    >>> join_aliases("Brill | the mayor", None, "the mayor | Mrs Brill")
    'Brill | the mayor | Mrs Brill'
    """
    every = (alias for one in lists if one for alias in one.split(ALIAS_GAP))
    return ALIAS_GAP.join(dict.fromkeys(every)) or None


def sentence_at(starts: list[int], place: int) -> int:
    """Return the number of the sentence that holds character `place`.

    >>> sentence_at([0, 10], 12)
    1
    """
    from bisect import bisect_right

    return max(0, bisect_right(starts, place) - 1)


def slug(name: str) -> str:
    """Return a name as lower-case letters and digits joined by hyphens.

    >>> slug("José O'Dell")
    'jose-o-dell'
    """
    plain = unicodedata.normalize(
        "NFKD", re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)
    )
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", plain.lower()).strip("-") or "source"


def _frame(rows: list[dict[str, Any]], name: str) -> pd.DataFrame:
    import pandas as pd

    if not rows:
        return schema.empty(name)
    return schema.conform(pd.DataFrame(rows), name)
