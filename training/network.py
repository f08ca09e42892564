"""The network: a MiniLM encoder, a cue tagger, and a scorer of every piece for every cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from analysis.attribution.model.features import SIZES
from analysis.schema import ACTS, SOURCE_TYPES, STANCES

CHANNELS = ("source", "source_start", "source_end", "content", "content_start", "content_end")
NEAR = 63
SENTENCES_APART = 3


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; the first block is fixed by the pretrained weights."""

    vocabulary: int = 30_522
    positions: int = 512
    hidden: int = 384
    layers: int = 3  # the lowest of the pretrained six
    heads: int = 12
    inner: int = 1_536
    feature: int = 8
    state: int = 256
    pair: int = 128
    narrow: int = 64
    label: int = 192
    dropout: float = 0.1


class _FusedAttention(torch.autograd.Function):
    """Attention without a mask as the one operator onnxruntime has for it."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, n_heads: int) -> Tensor:
        """Only the shape counts: the exporter traces, it does not compute."""
        return torch.empty_like(query)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, n_heads: int) -> Any:
        """The operator's node."""
        name = "com.microsoft::MultiHeadAttention"
        return g.op(name, query, key, value, num_heads_i=n_heads).setType(query.type())


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT (Devlin et al. 2019)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        size = shape.hidden
        self.n_heads = shape.heads
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.output = nn.Linear(size, size)
        self.attention_norm = nn.LayerNorm(size, eps=1e-12)
        self.up, self.down = nn.Linear(size, shape.inner), nn.Linear(shape.inner, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the states of the next layer; `mask` is added to the attention scores."""
        if torch.onnx.is_in_onnx_export():
            mixed = _FusedAttention.apply(self.query(x), self.key(x), self.value(x), self.n_heads)
            return self._after(x, mixed)
        batch, length, size = x.shape
        parts = (batch, length, self.n_heads, size // self.n_heads)
        q, k, v = (f(x).reshape(parts).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / (size // self.n_heads) ** 0.5
        if mask is not None:
            scores = scores + mask
        weights = self.dropout(torch.softmax(scores, dim=-1))
        return self._after(x, (weights @ v).transpose(1, 2).reshape(x.shape))

    def _after(self, x: Tensor, mixed: Tensor) -> Tensor:
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        return self.norm(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces and their features to one state a piece, and to cue tags (O, B, I)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.kind = nn.Parameter(torch.zeros(shape.hidden))
        self.inputs = nn.ModuleList(nn.Embedding(n, shape.hidden) for n in SIZES)
        self.outputs = nn.ModuleList(nn.Embedding(n, shape.feature) for n in SIZES)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.state = nn.Linear(shape.hidden + len(SIZES) * shape.feature, shape.state)
        self.tag = nn.Linear(shape.state, 3)
        self.dropout = nn.Dropout(shape.dropout)
        for table in self.inputs:
            nn.init.zeros_(table.weight)

    def forward(
        self, ids: Tensor, features: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return states (windows, pieces, state) and tag scores (windows, pieces, 3)."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(place) + self.kind
        for n, table in enumerate(self.inputs):
            x = x + table(features[:, :, n])
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        seen = [table(features[:, :, n]) for n, table in enumerate(self.outputs)]
        states = nn.functional.gelu(self.state(torch.cat([x, *seen], dim=-1)))
        return states, self.tag(self.dropout(states))


class Heads(nn.Module):
    """For each cue: which pieces are its source and its content, its labels, what reports it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.of_cue = nn.Linear(shape.state, shape.pair)
        self.of_piece = nn.Linear(shape.state, shape.pair)
        self.gate_cue = nn.Linear(shape.state, shape.pair)
        self.gate_piece = nn.Linear(shape.state, shape.pair)
        self.distance = nn.Embedding(2 * NEAR + 1, shape.pair)
        self.apart = nn.Embedding(2 * SENTENCES_APART + 1, shape.pair)
        self.mix = nn.Conv1d(shape.pair, shape.narrow, kernel_size=5, padding=2)
        self.score = nn.Linear(shape.narrow + shape.pair, len(CHANNELS))
        self.label = nn.Linear(3 * shape.state, shape.label)
        self.act = nn.Linear(shape.label, len(ACTS))
        self.stance = nn.Linear(shape.label, len(STANCES))
        self.named = nn.Linear(shape.label, 2)
        self.source_type = nn.Linear(shape.label, len(SOURCE_TYPES))
        self.child, self.parent = (nn.Linear(shape.label, shape.narrow) for _ in range(2))
        self.geometry = nn.Linear(5, shape.narrow)
        self.link = nn.Linear(shape.narrow, 1)
        self.same_left, self.same_right = (nn.Linear(shape.state, shape.narrow) for _ in range(2))
        self.dropout = nn.Dropout(shape.dropout)
        # Few pieces belong to any span: the scores start there, not at one half.
        nn.init.constant_(self.score.bias, -3.0)

    def forward(
        self,
        states: Tensor,
        sentence: Tensor,
        inside: Tensor,
        window: Tensor,
        cues: Tensor,
        gold: Tensor | None = None,
    ) -> tuple[Tensor, ...]:
        """Score the pieces of a cue's window for every cue.

        states, sentence, inside : (windows, pieces, ...); `inside` is 0 for padding. window, cues :
        of each cue its window and its pieces, half-open. gold : true channels; while training,
        labels are learned on true spans as often as on found ones.

        Returns channel scores (cues, pieces, channels), label scores (act, stance, named,
        source_type), parents and same-speaker scores (cues, cues). The last two mean nothing
        between cues of different windows.
        """
        first, last = cues[:, 0], cues[:, 1]
        own = of_window(states, window)
        sentence, inside = of_window(sentence, window), of_window(inside, window)
        place = torch.arange(states.shape[1], device=states.device)
        on_cue = ((place >= first[:, None]) & (place < last[:, None])).to(states.dtype)
        cue = pool(on_cue, own)
        near = (place - first[:, None]).clamp(-NEAR, NEAR) + NEAR
        here = (sentence * (place == first[:, None])).sum(1, keepdim=True)
        apart = (sentence - here).clamp(-SENTENCES_APART, SENTENCES_APART) + SENTENCES_APART
        x = self.of_cue(cue)[:, None] + of_window(self.of_piece(states), window)
        x = x + self.gate_cue(cue)[:, None] * of_window(self.gate_piece(states), window)
        x = nn.functional.gelu(x + self.distance(near) + self.apart(apart))
        x = self.dropout(x)
        mixed = nn.functional.gelu(self.mix(x.transpose(1, 2)).transpose(1, 2))
        scores = self.score(torch.cat([x, mixed], dim=-1))
        free = inside * (1 - on_cue)
        source, content = (torch.sigmoid(scores[:, :, n]) * free for n in (0, 3))
        if gold is not None:
            told = torch.rand(len(gold), 1) < 0.5
            source = torch.where(told, gold[:, :, 0], source)
            content = torch.where(told, gold[:, :, 3], content)
        pooled_source = pool(source, own)
        z = torch.cat([cue, pooled_source, pool(content, own)], dim=-1)
        z = self.dropout(nn.functional.gelu(self.label(z)))
        labels = (self.act(z), self.stance(z), self.named(z), self.source_type(z))
        same = self.same_left(pooled_source) @ self.same_right(pooled_source).T
        return scores, *labels, self._parents(z, on_cue, source, content, first), same

    def _parents(
        self, z: Tensor, on_cue: Tensor, source: Tensor, content: Tensor, first: Tensor
    ) -> Tensor:
        size = on_cue.sum(-1, keepdim=True).clamp_min(1)
        cue_in_content = (on_cue / size) @ content.T
        cue_in_source = (on_cue / size) @ source.T
        sums = content.sum(-1)
        shared = (content @ content.T) / (sums[:, None] + sums[None]).clamp_min(1)
        apart = (first[:, None] - first[None]).to(z.dtype) / 50
        facts = torch.stack(
            [cue_in_content, cue_in_source, shared, apart.clamp(-2, 2), apart.abs().clamp(0, 2)], -1
        )
        x = self.child(z)[:, None] + self.parent(z)[None] + self.geometry(facts)
        return self.link(nn.functional.gelu(x))[:, :, 0]


def of_window(values: Tensor, window: Tensor) -> Tensor:
    """Each cue's window; in the exported graph there is one, which stands for all."""
    return values if torch.onnx.is_in_onnx_export() else values[window]


def pool(weights: Tensor, states: Tensor) -> Tensor:
    """Mean of the states of each row, weighted."""
    total = (weights[:, None] @ states)[:, 0]
    return total / weights.sum(-1, keepdim=True).clamp_min(1e-3)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        self.shape = shape or Shape()
        self.encoder, self.heads = Encoder(self.shape), Heads(self.shape)


def load_pretrained(network: Network, weights: dict[str, Tensor]) -> None:
    """Copy the weights of a BERT-like encoder, named as in its published checkpoint."""
    encoder = network.encoder
    taken = {
        "embeddings.word_embeddings.weight": encoder.words.weight,
        "embeddings.position_embeddings.weight": encoder.positions.weight,
        "embeddings.LayerNorm.weight": encoder.norm.weight,
        "embeddings.LayerNorm.bias": encoder.norm.bias,
    }
    parts = {"attention.self.query": "query", "attention.self.key": "key",
             "attention.self.value": "value", "attention.output.dense": "output",
             "attention.output.LayerNorm": "attention_norm", "intermediate.dense": "up",
             "output.dense": "down", "output.LayerNorm": "norm"}  # fmt: skip
    for n, layer in enumerate(encoder.layers):
        for theirs, ours in parts.items():
            for kind in ("weight", "bias"):
                name = f"encoder.layer.{n}.{theirs}.{kind}"
                taken[name] = getattr(getattr(layer, ours), kind)
    with torch.no_grad():
        for name, own in taken.items():
            own.copy_(weights[name])
        encoder.kind.copy_(weights["embeddings.token_type_embeddings.weight"][0])
