"""Score found attributions against labelled ones, with intervals over documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.validation.alignment import ROLES, Document, Marked, Pair, align

LABELS = ("act", "stance", "named", "source_type")
_TITLE = re.compile(r"^(?:the|a|an|mr|mrs|ms|dr|president|minister)\b\.?")

# measure -> (counter of hits, counter of what was found, counter of what was labelled)
_F1 = {
    "detection": ("detected", "found", "gold"),
    "joint": ("joint", "found", "gold"),
    **{f"{role} exact": (f"{role}_same", f"{role}_found", f"{role}_gold") for role in ROLES},
    "nested links": ("nested_same", "nested_found", "nested_gold"),
}
_ACCURACY = {
    **{label: (f"{label}_same", f"{label}_pairs") for label in LABELS},
    "speaker": ("speaker_same", "speaker_pairs"),
}


def score_attributions(
    gold: Iterable[Mapping[str, Any]],
    found: Iterable[Mapping[str, Any]],
    *,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Say how well found attributions agree with labelled ones.

    Attributions with content are paired one to one within each document, best overlap of content
    words first. A pair is *detected* when the F1 of its content words is at least .5; it is
    *joint* when, besides, its source is right: F1 of the source words at least .5, or the found
    source lies within the labelled one and holds its head word, or both are empty (after Pareti
    2016, "PARC 3.0", and Newell et al. 2018, "PolNeAR", who score the parts of an attribution and
    their link). *exact* asks for the same words, edge punctuation forgiven. Labels and speakers are
    compared over detected and joint pairs.

    Parameters
    ----------
    gold, found
        Documents as `read_annotations` and `analysis.attributions_as_json` give them. A labelled
        document that was not predicted counts as one without finds; a predicted document that was
        not labelled is left out.
    level, draws, seed
        Percentile bootstrap over documents: coverage, resamples, seed.

    Returns
    -------
    Columns measure, statistic (precision, recall, f1 or accuracy), estimate, ci_low, ci_high, n,
    n_missing. ``n`` is the number of labelled attributions (or pairs, for an accuracy) behind the
    estimate; ``n_missing`` the labelled documents without a prediction. Estimate and interval are
    NA where nothing was labelled.

    Raises
    ------
    InputError : no labelled document; a text that differs between the two.

    >>> gold = [{"id": "a", "text": "Ada said it rained.", "attributions": [
    ...     {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 18]]}]}]
    >>> result = score_attributions(gold, gold, draws=10)
    >>> float(result.query("measure == 'joint' and statistic == 'f1'")["estimate"].item())
    1.0
    """
    by_id = {str(document["id"]): document for document in found}
    counts, absent = [], 0
    for labelled in gold:
        predicted = by_id.get(str(labelled["id"]))
        absent += predicted is None
        counts.append(_count(labelled, predicted or {"attributions": []}))
    if not counts:
        raise InputError("no labelled document", "at least one")
    names = sorted(set().union(*counts))
    matrix = np.array([[count[name] for name in names] for count in counts], dtype=float)
    generator = np.random.default_rng(seed)
    weights = generator.multinomial(len(counts), [1 / len(counts)] * len(counts), size=draws)
    total, resampled = matrix.sum(axis=0), weights @ matrix
    tail = (1 - level) / 2
    rows = []
    for measure, statistic, n, numbers in _statistics(names, np.vstack([total, resampled])):
        known = numbers[1:][~np.isnan(numbers[1:])]
        few = len(counts) < 2 or not len(known)
        low, high = (np.nan, np.nan) if few else np.quantile(known, [tail, 1 - tail])
        rows.append((measure, statistic, numbers[0], low, high, n, absent))
    columns = ["measure", "statistic", "estimate", "ci_low", "ci_high", "n", "n_missing"]
    dtypes = {"measure": "string", "statistic": "string", "n": "Int64", "n_missing": "Int64"}
    dtypes |= dict.fromkeys(("estimate", "ci_low", "ci_high"), "Float64")
    return pd.DataFrame(rows, columns=columns).astype(dtypes)


def _statistics(
    names: Sequence[str], sums: np.ndarray[Any, np.dtype[np.float64]]
) -> Iterable[tuple[str, str, int, np.ndarray[Any, np.dtype[np.float64]]]]:
    """Yield each measure's statistic over the rows of `sums` (the total, then the resamples)."""
    column = {name: sums[:, at] for at, name in enumerate(names)}
    nothing = np.zeros(len(sums))
    with np.errstate(invalid="ignore", divide="ignore"):
        for measure, (hit, found, gold) in _F1.items():
            h, f, g = (column.get(name, nothing) for name in (hit, found, gold))
            n = int(g[0])
            yield measure, "precision", n, h / f
            yield measure, "recall", n, h / g
            yield measure, "f1", n, 2 * h / (f + g)
        for measure, (hit, pairs) in _ACCURACY.items():
            h, p = column.get(hit, nothing), column.get(pairs, nothing)
            yield measure, "accuracy", int(p[0]), h / p


def _count(gold: Mapping[str, Any], found: Mapping[str, Any]) -> Counter[str]:
    if "text" in found and found["text"] != gold["text"]:
        raise InputError(f"another text for {gold['id']!r}", "the labelled text, unchanged")
    document = Document(gold["text"])
    labelled = document.mark(gold["attributions"])
    predicted = document.mark(found["attributions"])
    pairs = align(document, labelled, predicted)
    count: Counter[str] = Counter(gold=len(labelled), found=len(predicted))
    _count_spans(count, labelled, predicted, pairs)
    _count_labels(count, gold["attributions"], found["attributions"], pairs)
    _count_nesting(count, gold["attributions"], found["attributions"], pairs)
    return count


def _count_spans(
    count: Counter[str], labelled: list[Marked], predicted: list[Marked], pairs: list[Pair]
) -> None:
    count["detected"] += sum(pair.detected for pair in pairs)
    count["joint"] += sum(pair.joint for pair in pairs)
    for role in ROLES:
        count[f"{role}_gold"] += sum(bool(getattr(one, role)) for one in labelled)
        count[f"{role}_found"] += sum(bool(getattr(one, role)) for one in predicted)
        for pair in pairs:
            words = getattr(pair.gold, role)
            count[f"{role}_same"] += bool(words) and words == getattr(pair.found, role)


def _count_labels(
    count: Counter[str],
    gold: Sequence[Mapping[str, Any]],
    found: Sequence[Mapping[str, Any]],
    pairs: list[Pair],
) -> None:
    for pair in pairs:
        ours, theirs = found[pair.found.row], gold[pair.gold.row]
        for label in LABELS:
            if pair.detected and theirs.get(label) is not None and ours.get(label) is not None:
                count[f"{label}_pairs"] += 1
                count[f"{label}_same"] += theirs[label] == ours[label]
        if pair.joint and theirs.get("speaker"):
            count["speaker_pairs"] += 1
            count["speaker_same"] += _same_name(theirs["speaker"], ours.get("speaker") or "")


def _count_nesting(
    count: Counter[str],
    gold: Sequence[Mapping[str, Any]],
    found: Sequence[Mapping[str, Any]],
    pairs: list[Pair],
) -> None:
    as_gold = {pair.found.row: pair.gold.row for pair in pairs}
    content_rows = {pair.gold.row for pair in pairs}

    def links(attributions: Sequence[Mapping[str, Any]]) -> set[tuple[int, int]]:
        return {
            (row, one["nested_in"])
            for row, one in enumerate(attributions)
            if one.get("nested_in") is not None and one.get("content")
        }

    wanted = links(gold)
    got = links(found)
    mapped = {(as_gold.get(inner), as_gold.get(outer)) for inner, outer in got}
    count["nested_gold"] += len(wanted)
    count["nested_found"] += len(got)
    count["nested_same"] += sum(
        link in wanted for link in mapped if link[0] in content_rows and link[1] is not None
    )


def _same_name(one: str, other: str) -> bool:
    def plain(name: str) -> str:
        return re.sub(r"\W+", " ", _TITLE.sub("", name.lower().strip())).strip()

    a, b = plain(one), plain(other)
    return bool(b) and (a == b or a in b or b in a)
