"""One dispatch read by the model: spans and labels from the network, speakers from the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.attribution.continuation import attach_continuations
from analysis.attribution.coreference import Entity, Resolver
from analysis.attribution.labels import is_no_answer, kind_of, source_type_of
from analysis.attribution.mentions import describe
from analysis.attribution.model.decoding import Decision
from analysis.attribution.model.reading import Scored, find
from analysis.attribution.model.runtime import shipped
from analysis.attribution.rules import Read
from analysis.attribution.zones import Zone, read_zones
from analysis.schema import SOURCE_TYPES
from analysis.text.quotation import quoted_mask

if TYPE_CHECKING:
    from analysis.attribution.model.runner import Runner
    from analysis.attribution.model.windows import Sentences

# What a pronoun says of its source's type counts less than what a name or an office says.
PRONOUN_WEIGHT = 0.3
# What the word lists say of the source, in log-odds.
LISTED_WEIGHT = 2.0
Calibration = Sequence[Sequence[float]]


def read_dispatch(body: str, sentences: Sentences) -> Read:
    """Return the attributions of a text as the shipped model finds them.

    Parameters
    ----------
    sentences : (paragraph number, start, end) in order, of `body`.

    Raises
    ------
    ModelError : the model's files are absent or damaged.

    >>> from analysis.text.sentences import split_sentences
    >>> text = 'The mayor denied the report. "It is wrong," Ona Brill said.'
    >>> [(f.lemma, f.stance) for f in read_dispatch(text, split_sentences(text)).findings]
    [('deny', 'denies'), ('say', 'asserts')]
    """
    model = shipped()
    decision = Decision(**model.card["decision"])
    return read(body, sentences, model, decision, model.card["calibration"])


def read(
    body: str,
    sentences: Sentences,
    runner: Runner,
    decision: Decision,
    calibration: Calibration = (),
) -> Read:
    """Return the attributions of a text in reading order, labelled, with their speakers.

    Parameters
    ----------
    calibration : (score, share right) pairs in order of score; between them the share is
        interpolated. Without any, the findings have no confidence.
    """
    scored = find(body, sentences, runner, decision)
    zones = read_zones(body, sentences)
    _place(zones, scored)
    findings = attach_continuations(zones, [s.finding for s in scored])
    same = {id(one.finding): one.same for one in scored}
    entities = Resolver(
        body, zones, lambda one, other: same.get(id(one), {}).get(id(other), 0.0)
    ).resolve(findings)
    _label(body, scored, entities)
    for one in scored:
        one.finding.confidence = _confidence(one, calibration)
    return Read(findings, entities)


def _place(zones: list[Zone], scored: list[Scored]) -> None:
    """Tell each finding the zone its cue stands in, the quoted one where there is one."""
    numbers: dict[bool, list[int]] = {False: [], True: []}
    for number, zone in enumerate(zones):
        numbers[zone.quoted].append(number)
    starts = {key: [zones[n].starts[0] for n in of] for key, of in numbers.items()}
    for one in scored:
        place = one.finding.cue[0][0]
        for quoted in (one.finding.quoted, False):
            at = bisect_right(starts[quoted], place) - 1
            if at >= 0 and (not quoted or place < zones[numbers[True][at]].ends[-1]):
                one.finding.zone = numbers[quoted][at]
                break


def _label(body: str, scored: list[Scored], entities: list[Entity]) -> None:
    """Kind from the quotation marks; type and named from all a source's mentions together."""
    import numpy as np

    quoted = quoted_mask(body)
    types = np.zeros((len(entities), len(SOURCE_TYPES)))
    named = np.zeros(len(entities))
    for one in scored:
        if one.finding.entity >= 0:
            weight = PRONOUN_WEIGHT if _is_pronoun(body, one) else 1.0
            types[one.finding.entity] += weight * one.types
            named[one.finding.entity] += weight * one.named
    for number, entity in enumerate(entities):
        if entity.mentions:
            types[number, SOURCE_TYPES.index(source_type_of(entity))] += LISTED_WEIGHT
    for one in scored:
        finding = one.finding
        finding.kind = kind_of(quoted, finding.content)
        if is_no_answer(finding, body):
            finding.stance = "declines"
        if finding.entity >= 0:
            entity = entities[finding.entity]
            finding.speaker = entity.name
            finding.named = bool(named[finding.entity] > 0) or (entity.person and entity.named)
            finding.source_type = SOURCE_TYPES[int(types[finding.entity].argmax())]


def _is_pronoun(body: str, one: Scored) -> bool:
    start, end = one.finding.source[0]
    return end - start <= len("himself") and bool(describe(body[start:end]).pronoun)


def _confidence(one: Scored, calibration: Calibration) -> float | None:
    import numpy as np

    if not calibration:
        return None
    scores, shares = zip(*calibration, strict=True)
    return round(float(np.interp(one.sure[0] * one.sure[1], scores, shares)), 3)
