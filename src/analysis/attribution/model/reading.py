"""From the text of one dispatch to its attributions, by the model."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.attribution.finding import Finding, Span
from analysis.attribution.lemmas import lemma_of, says_something
from analysis.attribution.model.decoding import Decision, best_run, best_runs, cue_runs, parents
from analysis.attribution.model.edges import tidy_content, tidy_words
from analysis.attribution.model.links import link
from analysis.attribution.model.windows import Pieces, Sentences, Window, arrays, cut, pack
from analysis.schema import ACTS, STANCES
from analysis.text.quotation import quoted_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.attribution.model.runner import Runner

# Rows of the scores the heads give, in order (see training/network.py).
SOURCE, SOURCE_START, SOURCE_END, CONTENT, CONTENT_START, CONTENT_END = range(6)
NEVER = -1e4


@dataclass
class Scored:
    """A finding with what the model thinks of its source.

    Attributes
    ----------
    named : log-odds that the source is named.
    types : log-probabilities of the source types.
    sure : probability of the cue, and mean probability of the content's pieces.
    same : for the other findings of its window, by identity, the log-odds of one speaker.
    """

    finding: Finding
    named: float
    types: NDArray[np.float32]
    sure: tuple[float, float]
    same: dict[int, float] = field(default_factory=dict)


def find(text: str, sentences: Sentences, runner: Runner, decision: Decision) -> list[Scored]:
    """Return the attributions the model finds in `text`, in reading order, speakers unresolved.

    Parameters
    ----------
    text : any text.
    sentences : (paragraph number, start, end) in order.
    """
    pieces = cut(text, sentences, runner.tokenizer)
    quotations = quoted_spans(text)
    ends = [end for _, end in quotations]
    found: list[Scored] = []
    for window in pack(pieces):
        near = slice(bisect_right(ends, int(pieces.starts[window.first])),
                     bisect_right(quotations, (int(pieces.ends[window.last - 1]), 0)))  # fmt: skip
        found.extend(_window(text, pieces, window, runner, decision, quotations[near]))
    return sorted(found, key=lambda s: (s.finding.start(), s.finding.cue))


def _window(
    text: str,
    pieces: Pieces,
    window: Window,
    runner: Runner,
    decision: Decision,
    quotations: list[Span],
) -> list[Scored]:
    import numpy as np

    given = arrays(pieces, window, runner.bounds)
    states, tags = runner.encode(**given)
    shift = 1 - window.first
    cues = cue_runs(tags, window.core_first + shift, window.core_last + shift, decision.cue)
    if not cues:
        return []
    inner = pieces.sentence[window.first : window.last] - pieces.sentence[window.first]
    sentence = np.r_[0, inner, inner[-1]]
    places = np.array([c[:2] for c in cues], dtype=np.int64)
    scores, *labels, links, same = runner.relate(states, sentence, places)
    above = parents(links)
    contents = _contents(scores, cues, decision)
    made: list[Scored | None] = []
    for row, (first, last, chance) in enumerate(cues):
        source = _source(scores[row], first, last, decision)
        content = [run for run in contents[row] if not (source and _meet(run, source))]
        spans = [[_chars(pieces, run, shift) for run in part]
                 for part in ([source] if source else [], [(first, last)], content)]  # fmt: skip
        act, stance, named, types = (part[row] for part in labels)
        finding = _finding(text, spans, quotations, int(act.argmax()), int(stance.argmax()))
        sure = (chance, _mean_chance(scores[row, :, CONTENT], content))
        logs = types - np.log(np.exp(types).sum())
        one = Scored(finding, float(named[1] - named[0]), logs, sure)
        made.append(one if _stands(text, finding) else None)
    _note_speakers(made, same)
    link([one.finding if one is not None else None for one in made], above)
    return [one for one in made if one is not None]


def _note_speakers(made: list[Scored | None], same: NDArray[np.float32]) -> None:
    for row, one in enumerate(made):
        if one is not None:
            one.same = {
                id(other.finding): float(same[row, column] + same[column, row]) / 2
                for column, other in enumerate(made)
                if other is not None and other is not one
            }


def _source(scores: NDArray[np.float32], first: int, last: int, decision: Decision) -> Span | None:
    inside = scores[:, SOURCE].copy()
    inside[[0, -1]] = NEVER
    inside[first:last] = NEVER
    begin, end, value = best_run(
        inside, decision.edge * scores[:, SOURCE_START], decision.edge * scores[:, SOURCE_END]
    )
    return (begin, end) if value > decision.no_source else None


def _contents(
    scores: NDArray[np.float32], cues: list[tuple[int, int, float]], decision: Decision
) -> list[list[Span]]:
    inside = scores[:, :, CONTENT].copy()
    inside[:, [0, -1]] = NEVER
    for row, (first, last, _) in enumerate(cues):
        inside[row, first:last] = NEVER
    begins = decision.edge * scores[:, :, CONTENT_START] - decision.no_content
    return best_runs(inside, begins, decision.edge * scores[:, :, CONTENT_END])


def _chars(pieces: Pieces, run: Span, shift: int) -> Span:
    return int(pieces.starts[run[0] - shift]), int(pieces.ends[run[1] - 1 - shift])


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _mean_chance(scores: NDArray[np.float32], runs: list[Span]) -> float:
    import numpy as np

    if not runs:
        return 0.5
    part = np.concatenate([scores[a:b] for a, b in runs])
    return float((1 / (1 + np.exp(-part))).mean())


def _finding(
    text: str, spans: list[list[Span]], quotations: list[Span], act: int, stance: int
) -> Finding:
    source, cue, content = spans
    cue = [tidy_words(text, span) for span in cue]
    source = [tidy_words(text, span) for span in source]
    content = tidy_content(text, content, quotations, source + cue)
    words = " ".join(text[s:e] for s, e in cue)
    place = bisect_right(quotations, (cue[0][0], len(text))) - 1
    quoted = place >= 0 and cue[0][0] < quotations[place][1]
    return Finding(source, cue, content, lemma_of(words), ACTS[act], STANCES[stance], "model", 0,
                   quoted=quoted)  # fmt: skip


def _stands(text: str, finding: Finding) -> bool:
    """An attribution has a cue that says something, and a content or a non-answer."""
    cue = " ".join(text[start:end] for start, end in finding.cue)
    return says_something(cue) and (bool(finding.content) or finding.stance == "declines")
