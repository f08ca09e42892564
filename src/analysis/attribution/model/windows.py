"""A text as word pieces with features, packed into windows the encoder reads one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.attribution.model.features import WORD, word_features
from analysis.text.quotation import quoted_mask, quoted_spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# Word pieces a window holds, and how many of them on either side are only there to be read.
WINDOW = 256
CONTEXT = 16
# A text is cut into word pieces in stretches of this many characters, so that the memory a
# stretch takes is bounded whatever the size of the text.
STRETCH = 100_000

Sentences = Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class Pieces:
    """The word pieces of one text.

    Attributes
    ----------
    ids : vocabulary numbers.
    starts, ends : character spans in the text.
    features : one row a piece; columns shape, quotation, place, cue, bearer (see `features`).
    sentence : number of the sentence a piece stands in.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    features: NDArray[np.int64]
    sentence: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """Pieces `first` to `last` are read; cues are looked for in `core_first` to `core_last`."""

    first: int
    last: int
    core_first: int
    core_last: int


def cut(text: str, sentences: Sentences, tokenizer: Tokenizer) -> Pieces:
    """Return the word pieces of `text` that stand in a sentence.

    Parameters
    ----------
    text : any text.
    sentences : (paragraph number, start, end) in order, as `analysis.text.sentences` gives them.
    tokenizer : a word-piece tokenizer that keeps offsets.
    """
    import numpy as np

    ids: list[int] = []
    spans: list[tuple[int, int]] = []
    for start, end in _stretches(sentences):
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        ids.extend(encoding.ids)
        spans.extend((s + start, e + start) for s, e in encoding.offsets)
    places = np.array(spans, dtype=np.int64).reshape(-1, 2)
    starts, ends = places[:, 0], places[:, 1]
    first_of = np.array([s for _, s, _ in sentences], dtype=np.int64)
    sentence = np.searchsorted(first_of, starts, side="right") - 1
    features = np.zeros((len(ids), 5), dtype=np.int64)
    if len(ids):
        _fill(features, text, sentences, starts, ends, sentence)
    return Pieces(np.array(ids, dtype=np.int64), starts, ends, features, sentence)


def _stretches(sentences: Sentences) -> list[tuple[int, int]]:
    """Runs of whole sentences of bounded length; a longer sentence is cut."""
    found: list[tuple[int, int]] = []
    for _, start, end in sentences:
        if found and end - found[-1][0] <= STRETCH:
            found[-1] = (found[-1][0], end)
            continue
        found.extend((s, min(end, s + STRETCH)) for s in range(start, end, STRETCH))
    return found


def _fill(
    features: NDArray[np.int64],
    text: str,
    sentences: Sentences,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    sentence: NDArray[np.int64],
) -> None:
    import numpy as np

    words = [(m.start(), word_features(m.group())) for m in WORD.finditer(text)]
    word_starts = np.array([place for place, _ in words], dtype=np.int64)
    of_word = np.array([values for _, values in words], dtype=np.int64)
    word = np.searchsorted(word_starts, starts, side="right") - 1
    features[:, [0, 3, 4]] = of_word[word]
    mask = np.frombuffer(bytes(quoted_mask(text)), dtype=np.uint8)
    features[:, 1] = mask[starts]
    marks = quoted_spans(text)
    opening = np.isin(starts, [s for s, _ in marks])
    closing = np.isin(ends, [e for _, e in marks]) & (ends - starts <= 2) & ~opening
    features[opening, 1] = 2
    features[closing & (features[:, 1] == 1), 1] = 3
    heads = np.array([s for _, s, _ in sentences], dtype=np.int64)
    paragraph = np.array([p for p, _, _ in sentences], dtype=np.int64)
    new_paragraph = np.r_[True, paragraph[1:] != paragraph[:-1]]
    at_head = starts == heads[sentence]
    features[at_head, 2] = 1
    features[at_head & new_paragraph[sentence], 2] = 2


def pack(pieces: Pieces, window: int = WINDOW, context: int = CONTEXT) -> list[Window]:
    """Return windows of whole sentences whose cores cover every piece once.

    A text that fits is one window. A longer one is parted evenly at sentence boundaries, each
    window with up to `context` pieces of its neighbours on either side. A sentence longer than a
    core is cut.

    >>> import numpy as np
    >>> line = np.arange(10)
    >>> ten = Pieces(line, line, line + 1, np.zeros((10, 5), int), line // 5)
    >>> [(w.first, w.last, w.core_first, w.core_last) for w in pack(ten, window=8, context=1)]
    [(0, 6, 0, 5), (4, 10, 5, 10)]
    """
    import numpy as np

    size = len(pieces)
    if size <= window:
        return [Window(0, size, 0, size)] if size else []
    room = window - 2 * context
    n_windows = -(-size // room)
    aim = -(-size // n_windows)
    ends = np.r_[np.flatnonzero(np.diff(pieces.sentence)) + 1, size].tolist()
    cores: list[tuple[int, int]] = []
    start = before = 0
    for end in ends:
        while end - start > room:
            stop = before if before > start else start + room
            cores.append((start, stop))
            start = before = stop
        if end - start >= aim:
            cores.append((start, end))
            start = end
        before = end
    if start < size:
        cores.append((start, size))
    return [Window(max(0, a - context), min(size, b + context), a, b) for a, b in cores]


def arrays(pieces: Pieces, window: Window, bounds: tuple[int, int]) -> dict[str, Any]:
    """Return the encoder's input for one window; `bounds` are the ids that open and close it."""
    import numpy as np

    inner = slice(window.first, window.last)
    ids = np.r_[bounds[0], pieces.ids[inner], bounds[1]]
    features = np.zeros((len(ids), 5), dtype=np.int64)
    features[1:-1] = pieces.features[inner]
    return {"ids": ids[None], "features": features[None]}
