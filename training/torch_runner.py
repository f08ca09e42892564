"""The network as decoding wants it, run by torch: for scoring while training."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from network import Network
from numpy.typing import NDArray
from tokenizers import Tokenizer


class TorchRunner:
    """Same calls as `analysis.attribution.model.runtime.OnnxRunner`."""

    def __init__(self, network: Network, tokenizer: Tokenizer, bounds: tuple[int, int]) -> None:
        self.network, self.tokenizer, self.bounds = network.eval(), tokenizer, bounds

    @torch.no_grad()
    def encode(self, ids: NDArray[np.int64], features: NDArray[np.int64]) -> tuple[Any, Any]:
        """States and cue scores of one window."""
        states, tags = self.network.encoder(torch.from_numpy(ids), torch.from_numpy(features))
        return states[0].numpy(), tags[0].numpy()

    @torch.no_grad()
    def relate(
        self, states: NDArray[np.float32], sentence: NDArray[np.int64], cues: NDArray[np.int64]
    ) -> list[NDArray[np.float32]]:
        """Span scores, label scores, parents and same-speaker scores."""
        n, places = len(cues), torch.from_numpy(cues)
        found = self.network.heads(
            torch.from_numpy(states)[None].expand(n, -1, -1),
            torch.from_numpy(sentence)[None].expand(n, -1),
            places[:, 0],
            places[:, 1],
            torch.ones(n, len(states)),
        )
        return [part.numpy() for part in found]
