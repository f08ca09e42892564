"""What decoding needs of a model, however it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer


class Runner(Protocol):
    """What decoding needs of a model, however it is run."""

    tokenizer: Tokenizer
    bounds: tuple[int, int]

    def encode(
        self, ids: NDArray[np.int64], features: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """States and cue scores of one window."""

    def relate(
        self, states: NDArray[np.float32], sentence: NDArray[np.int64], cues: NDArray[np.int64]
    ) -> list[NDArray[np.float32]]:
        """Span scores, label scores, parents and same-speaker scores of the cues of a window."""
