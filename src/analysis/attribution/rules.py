"""The rules in order: from the text of one dispatch to its attributions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.attribution.citing import cited
from analysis.attribution.clauses import find_clauses
from analysis.attribution.confidence import confidence_of
from analysis.attribution.continuation import attach_continuations
from analysis.attribution.coreference import Entity, Resolver
from analysis.attribution.declines import declines
from analysis.attribution.finding import Finding, Span
from analysis.attribution.labels import is_named, kind_of, source_type_of, stance_of
from analysis.attribution.nesting import nest, without_own
from analysis.attribution.phrases import according_to, hedges, nouns, passives
from analysis.attribution.reported_speech import cut_items, report
from analysis.attribution.verb_group import find_verb_groups
from analysis.attribution.zones import Zone, read_zones
from analysis.text.quotation import quoted_mask

NEGATION = re.compile(r"\b(?:not|never|neither)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """What the rules make of one dispatch: its attributions and the entities that speak."""

    findings: list[Finding]
    entities: list[Entity]


def read_dispatch(body: str, sentences: Sequence[tuple[int, int, int]] | None = None) -> Read:
    """Return the attributions of a text in reading order, labelled, with their speakers.

    >>> read = read_dispatch('"We agree," said Ona Brill. She denied that talks had failed.')
    >>> [(f.speaker, f.kind, f.stance) for f in read.findings]
    [('Ona Brill', 'direct', 'asserts'), ('Ona Brill', 'indirect', 'denies')]
    """
    zones = read_zones(body, sentences)
    findings: list[Finding] = []
    for index, zone in enumerate(zones):
        findings.extend(_read_zone(zone, index))
    findings = nest(body, attach_continuations(zones, _without_doubles(findings)))
    entities = Resolver(body, zones).resolve(findings)
    findings = without_own(findings)
    _label(body, findings, entities)
    return Read(findings, entities)


def _read_zone(zone: Zone, index: int) -> list[Finding]:
    groups = find_verb_groups(zone)
    clauses = find_clauses(zone, groups)
    cuts = cut_items(zone, clauses)
    found = [f for c in clauses if (f := report(zone, index, c, cuts))]
    found = cited(zone, found)
    found += according_to(zone, index, cuts)
    found += declines(zone, index)
    found += hedges(zone, index)
    found += passives(zone, index, groups, cuts)
    found += nouns(zone, index, cuts)
    return found


def _without_doubles(findings: list[Finding]) -> list[Finding]:
    """Keep the first finding of each cue; a non-answer wins over the cue inside it."""
    kept: list[Finding] = []
    taken: list[Span] = []
    for finding in sorted(findings, key=lambda f: f.pattern != "declines"):
        if any(s < e2 and s2 < e for s, e in finding.cue for s2, e2 in taken):
            continue
        kept.append(finding)
        taken.extend(finding.cue)
    return kept


def _act(finding: Finding) -> str:
    """A question is a statement, a request a directive: "asked why", "asked him to leave"."""
    if finding.lemma == "ask" and finding.pattern in (
        "q",
        "wh",
        "after-quotation",
        "inverted",
        "postposed",
    ):
        return "statement"
    return finding.act


def _label(body: str, findings: list[Finding], entities: list[Entity]) -> None:
    quoted = quoted_mask(body)
    types = [source_type_of(entity) for entity in entities]
    named = [is_named(entity) for entity in entities]
    for finding in findings:
        cue = " ".join(body[s:e] for s, e in finding.cue)
        finding.act = _act(finding)
        finding.kind = kind_of(quoted, finding.content)
        finding.confidence = confidence_of(finding.pattern)
        finding.stance = stance_of(finding, body, NEGATION.search(cue) is not None)
        if finding.entity >= 0:
            finding.speaker = entities[finding.entity].name
            finding.named = named[finding.entity]
            finding.source_type = types[finding.entity]
