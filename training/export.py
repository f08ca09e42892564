"""The trained network as two ONNX graphs, the encoder's weights in eight bits."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

OPSET = 17


class _EncoderGraph(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """One window, nothing to mask."""
        found: tuple[Tensor, Tensor] = self.encoder(ids, features)
        return found


class _HeadsGraph(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.heads = network.heads

    def forward(self, states: Tensor, sentence: Tensor, cues: Tensor) -> tuple[Tensor, ...]:
        """Every cue of one window."""
        inside = torch.ones_like(states[:, :, 0])
        found: tuple[Tensor, ...] = self.heads(states, sentence, inside, cues[:, 0], cues)
        return found


def export(network: Network, folder: Path) -> None:
    """Write ``encoder.onnx`` and ``heads.onnx`` into `folder`.

    Weights of the encoder's matrix products and of its word table become signed eight-bit numbers
    with one scale a column, in the reduced range that processors without VNNI add up without
    overflow. The heads are small and stay as they are.
    """
    network.eval()
    shape = network.shape
    ids = torch.randint(5, 99, (1, 24))
    features = torch.zeros(1, 24, 5, dtype=torch.int64)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "encoder.onnx"
        torch.onnx.export(
            _EncoderGraph(network), (ids, features), plain, dynamo=False, opset_version=OPSET,
            input_names=["ids", "features"], output_names=["states", "tags"],
            dynamic_axes={"ids": {1: "pieces"}, "features": {1: "pieces"},
                          "states": {1: "pieces"}, "tags": {1: "pieces"}},
        )  # fmt: skip
        quantize_dynamic(
            plain, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True,
            reduce_range=True, op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip
    states = torch.zeros(1, 24, shape.state)
    sentence = torch.zeros(1, 24, dtype=torch.int64)
    cues = torch.tensor([[2, 4], [7, 8]])
    names = ["scores", "act", "stance", "named", "source_type", "parents", "same"]
    dynamic = {name: {0: "cues"} for name in names}
    dynamic["scores"][1] = "pieces"
    dynamic["parents"][1] = dynamic["same"][1] = "cues"
    torch.onnx.export(
        _HeadsGraph(network), (states, sentence, cues), folder / "heads.onnx", dynamo=False,
        opset_version=OPSET, input_names=["states", "sentence", "cues"], output_names=names,
        dynamic_axes={"states": {1: "pieces"}, "sentence": {1: "pieces"}, "cues": {0: "cues"},
                      **dynamic},
    )  # fmt: skip
