"""From the scores of one window to cues, sources and contents, as runs of pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Run = tuple[int, int]
# A piece that scores below this for every cue is in no content.
HOPELESS = -4.0
# A window of prose holds about ten cues. Of more than this the surest are kept, so that a text of
# nothing but cues takes bounded time.
MOST_CUES = 48


@dataclass(frozen=True)
class Decision:
    """How scores become spans; set on labelled documents the model was not trained on.

    Attributes
    ----------
    cue : probability from which a piece belongs to a cue.
    edge : weight of the scores for where a span begins and ends.
    no_source : what a source must score to be better than none.
    no_content : what a piece of content must score to stand.
    """

    cue: float = 0.5
    edge: float = 0.5
    no_source: float = 0.0
    no_content: float = 0.0


def cue_runs(
    logits: NDArray[np.float32], first: int, last: int, threshold: float
) -> list[tuple[int, int, float]]:
    """Return (first piece, one past the last, probability) of each cue between two pieces.

    Parameters
    ----------
    logits : one row a piece; columns outside, begins, goes on.

    >>> import numpy as np
    >>> tags = np.array([[9, 0, 0], [0, 9, 0], [0, 0, 9], [0, 9, 0]], dtype=np.float32)
    >>> [(a, b) for a, b, _ in cue_runs(tags, 0, 4, 0.5)]
    [(1, 3), (3, 4)]
    """
    import numpy as np

    part = logits[first:last]
    raised = np.exp(part - part.max(axis=1, keepdims=True))
    chance = raised / raised.sum(axis=1, keepdims=True)
    member = 1 - chance[:, 0] >= threshold
    before = np.r_[False, member[:-1]]
    begins = np.flatnonzero(member & (~before | (chance[:, 1] > chance[:, 2])))
    found = []
    for n, begin in enumerate(begins):
        limit = begins[n + 1] if n + 1 < len(begins) else len(member)
        end = begin + 1
        while end < limit and member[end]:
            end += 1
        sure = float((1 - chance[begin:end, 0]).max())
        found.append((int(begin) + first, int(end) + first, sure))
    if len(found) > MOST_CUES:
        found = sorted(sorted(found, key=lambda cue: -cue[2])[:MOST_CUES])
    return found


def best_run(
    inside: NDArray[np.float32], begins: NDArray[np.float32], ends: NDArray[np.float32]
) -> tuple[int, int, float]:
    """Return the one run of pieces that scores most, and its score.

    A run scores the sum of `inside` over its pieces, `begins` at its first and `ends` at its last.

    >>> import numpy as np
    >>> flat = np.zeros(4)
    >>> best_run(np.array([-1.0, 2, 3, -4]), flat, flat)
    (1, 3, 5.0)
    """
    import numpy as np

    total = np.r_[0.0, np.cumsum(inside)]
    opened = begins - total[:-1]
    highest = np.maximum.accumulate(opened)
    closed = highest + total[1:] + ends
    last = int(closed.argmax())
    first = int(opened[: last + 1].argmax())
    return first, last + 1, float(closed[last])


def best_runs(
    inside: NDArray[np.float32], begins: NDArray[np.float32], ends: NDArray[np.float32]
) -> list[list[Run]]:
    """Return for each row the disjoint runs that together score most (Viterbi 1967).

    Parameters
    ----------
    inside, begins, ends : (rows, pieces); a run scores as in `best_run`.

    >>> import numpy as np
    >>> scores = np.array([[2.0, -9, 1, 1, -3]])
    >>> best_runs(scores, scores * 0, scores * 0)
    [[(0, 1), (2, 4)]]
    """
    import numpy as np

    likely = np.flatnonzero((inside > HOPELESS).any(axis=0))
    if not len(likely):
        return [[] for _ in inside]
    # Between stretches that any row might use nothing begins or goes on: only stretches are walked.
    starts = np.r_[likely[0], likely[1:][np.diff(likely) > 1]]
    ends_at = np.r_[likely[:-1][np.diff(likely) > 1], likely[-1]] + 1
    runs: list[list[Run]] = [[] for _ in inside]
    for a, b in zip(starts.tolist(), ends_at.tolist(), strict=True):
        part = _walk(inside[:, a:b], begins[:, a:b], ends[:, a:b])
        for row, found in enumerate(part):
            runs[row].extend((first + a, last + a) for first, last in found)
    return runs


def _walk(
    inside: NDArray[np.float32], begins: NDArray[np.float32], ends: NDArray[np.float32]
) -> list[list[Run]]:
    import numpy as np

    n_rows, size = inside.shape
    out, within = np.zeros(n_rows), np.full(n_rows, -np.inf)
    opened = np.zeros((size + 1, n_rows), dtype=bool)
    closed = np.zeros((size + 1, n_rows), dtype=bool)
    columns = np.ascontiguousarray(inside.T), np.ascontiguousarray(begins.T)
    leaving = np.vstack([np.full(n_rows, -np.inf), ends.T])
    for t in range(size):
        ended = within + leaving[t]
        closed[t] = ended > out
        out = np.maximum(out, ended)
        entered = out + columns[1][t]
        opened[t] = entered > within
        within = np.maximum(within, entered) + columns[0][t]
    closed[size] = within + leaving[size] > out
    return [_trace(opened[:, row], closed[:, row], size) for row in range(n_rows)]


def _trace(opened: NDArray[np.bool_], closed: NDArray[np.bool_], size: int) -> list[Run]:
    runs: list[Run] = []
    t = size
    while t > 0:
        if not closed[t]:
            t -= 1
            continue
        end = t
        t -= 1
        while not opened[t]:
            t -= 1
        runs.append((t, end))
    return runs[::-1]


def parents(scores: NDArray[np.float32]) -> list[int]:
    """Return for each cue the row of the cue that reports it, or -1.

    A cue whose best parent scores below 0 has none; of two that would report each other the less
    sure link is dropped, and so is any that closes a circle.

    >>> import numpy as np
    >>> parents(np.array([[0.0, -5], [3, 0]]))
    [-1, 0]
    """
    import numpy as np

    own = scores.copy()
    np.fill_diagonal(own, -np.inf)
    best = own.argmax(axis=1) if len(own) > 1 else np.zeros(len(own), dtype=int)
    value = own[np.arange(len(own)), best] if len(own) else own
    found = [-1] * len(own)
    for child in np.argsort(-value, kind="stable").tolist():
        if value[child] <= 0:
            break
        above = int(best[child])
        while above >= 0 and above != child:
            above = found[above]
        if above != child:
            found[child] = int(best[child])
    return found
