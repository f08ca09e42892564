"""The training loop: losses, schedule, and averaged weights."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from examples import Example, Prepared, draw
from network import Network
from torch import Tensor
from torch.nn import functional

LABEL_WEIGHTS = {"act": 0.5, "stance": 0.5, "named": 1.0, "type": 2.0}


@dataclass(frozen=True)
class Recipe:
    """What the result depends on beside the data."""

    epochs: int = 9
    pieces: int = 1_500  # a step reads about so many
    rate: float = 3e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    decay: float = 0.01
    averaging: float = 0.99
    seed: int = 1
    half: bool = True  # bfloat16 where the processor has it


@dataclass(frozen=True)
class Batch:
    """Windows padded to one length, with their cues in one list."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    inside: Tensor
    sentence: Tensor
    tags: Tensor
    window: Tensor  # of each cue
    cues: Tensor
    channels: Tensor
    labels: Tensor
    parents: Tensor  # row in the batch's list of cues
    speakers: Tensor


def fit(
    network: Network,
    documents: list[Prepared],
    recipe: Recipe,
    bounds: tuple[int, int],
    after_epoch: Callable[[int, Network], None] | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Network:
    """Train `network` in place on `documents`; return a network with the averaged weights."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    counted = sum(1 for _ in _batches(documents, recipe, bounds, np.random.default_rng(0)))
    total = max(1, counted * recipe.epochs)
    optimiser, schedule = _optimiser(network, recipe, total)
    averaged = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(recipe.averaging)
    )
    for epoch in range(recipe.epochs):
        started, losses = time.perf_counter(), []
        network.train()
        for batch in _batches(documents, recipe, bounds, rng):
            with torch.autocast("cpu", torch.bfloat16, enabled=recipe.half):
                parts = losses_of(network, batch)
            loss = sum(parts.values())
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            averaged.update_parameters(network)
            losses.append({k: float(v.detach()) for k, v in parts.items()})
        names = dict.fromkeys(name for part in losses for name in part)
        means = {n: np.mean([part[n] for part in losses if n in part]) for n in names}
        shown = " ".join(f"{name} {value:.3f}" for name, value in means.items())
        say(f"epoch {epoch + 1}/{recipe.epochs} {time.perf_counter() - started:.0f} s {shown}")
        if after_epoch is not None:
            after_epoch(epoch, averaged.module.eval())
    return averaged.module.eval()


def losses_of(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Return the weighted losses of one batch, by name."""
    states, tags = network.encoder(batch.ids, batch.features, batch.mask)
    n_cues = max(1, len(batch.cues))
    flat, gold = tags.float().reshape(-1, 3), batch.tags.reshape(-1)
    found = {"cue": functional.cross_entropy(flat, gold, ignore_index=-1, reduction="sum") / n_cues}
    if not len(batch.cues):
        return found
    scores, *labels, parents, same = network.heads(
        states, batch.sentence, batch.inside, batch.window, batch.cues, batch.channels
    )
    each = functional.binary_cross_entropy_with_logits(
        scores.float(), batch.channels, reduction="none"
    )
    each = each * batch.inside[batch.window][:, :, None]
    found["spans"] = each[:, :, [0, 3]].sum() / n_cues / 8
    found["edges"] = each[:, :, [1, 2, 4, 5]].sum() / n_cues / 4
    for n, logits in enumerate(labels):
        if (batch.labels[:, n] >= 0).any():
            name = list(LABEL_WEIGHTS)[n]
            found[name] = LABEL_WEIGHTS[name] * functional.cross_entropy(
                logits.float(), batch.labels[:, n], ignore_index=-1
            )
    found |= _relations(batch, parents.float(), same.float())
    return found


def _relations(batch: Batch, parents: Tensor, same: Tensor) -> dict[str, Tensor]:
    """Losses of what reports a cue, and of which cues have one speaker."""
    apart = batch.window[:, None] != batch.window[None]
    own = torch.eye(len(apart), dtype=torch.bool)
    parents = parents.masked_fill(apart | own, -1e4)
    choices = torch.cat([torch.zeros(len(parents), 1), parents], dim=1)
    wanted = (batch.parents + 1).clamp_min(0)
    known = batch.parents >= -1
    found = {}
    if known.any():
        found["parent"] = 0.5 * functional.cross_entropy(choices[known], wanted[known])
    pairs = ~apart & ~own & (batch.speakers[:, None] >= 0) & (batch.speakers[None] >= 0)
    if pairs.any():
        alike = (batch.speakers[:, None] == batch.speakers[None]).float()
        found["same"] = 0.3 * functional.binary_cross_entropy_with_logits(same[pairs], alike[pairs])
    return found


def _optimiser(
    network: Network, recipe: Recipe, total: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    pretrained = {id(p) for p in network.encoder.layers.parameters()} | {
        id(p) for m in (network.encoder.words, network.encoder.positions, network.encoder.norm)
        for p in m.parameters()
    }  # fmt: skip
    slow = [p for p in network.parameters() if id(p) in pretrained]
    quick = [p for p in network.parameters() if id(p) not in pretrained]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": recipe.rate}, {"params": quick, "lr": recipe.head_rate}],
        weight_decay=recipe.decay,
    )
    warm = max(1, int(recipe.warm_up * total))

    def share(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def _batches(
    documents: list[Prepared],
    recipe: Recipe,
    bounds: tuple[int, int],
    rng: np.random.Generator,
) -> Iterator[Batch]:
    """Windows of like length together, in random order."""
    windows = [w for document in documents for w in draw(document, bounds, rng)]
    windows.sort(key=lambda w: len(w.ids) + rng.uniform(0, 16))
    groups: list[list[Example]] = [[]]
    for window in windows:
        if groups[-1] and (len(groups[-1]) + 1) * len(window.ids) > recipe.pieces:
            groups.append([])
        groups[-1].append(window)
    for n in rng.permutation(len(groups)):
        yield collate(groups[n])


def collate(group: list[Example]) -> Batch:
    """Pad windows to one length."""
    length = max(len(e.ids) for e in group)

    def padded(rows: list[np.ndarray], fill: float = 0) -> Tensor:
        return torch.stack([
            torch.nn.functional.pad(
                torch.from_numpy(r), (0, 0) * (r.ndim - 1) + (0, length - len(r)), value=fill
            ) for r in rows
        ])  # fmt: skip

    inside = padded([np.ones(len(e.ids), dtype=np.float32) for e in group])
    counts = [len(e.cues) for e in group]
    offsets = np.cumsum([0, *counts[:-1]])
    parents = [
        np.where(e.parents >= 0, e.parents + at, e.parents)
        for e, at in zip(group, offsets, strict=True)
    ]
    # A speaker's number counts within a document; windows are compared with themselves only.
    channels = [np.swapaxes(e.channels, 0, 1) for e in group if len(e.cues)]
    stacked = (
        torch.cat([
            torch.nn.functional.pad(
                torch.from_numpy(np.ascontiguousarray(c)), (0, 0, 0, 0, 0, length - len(c))
            ).transpose(0, 1) for c in channels
        ]) if channels else torch.zeros(0, length, 6)
    )  # fmt: skip
    return Batch(
        ids=padded([e.ids for e in group]),
        features=padded([e.features for e in group]),
        mask=(1 - inside)[:, None, None] * -1e4,
        inside=inside,
        sentence=padded([e.sentence for e in group]),
        tags=padded([e.tags for e in group], -1),
        window=torch.from_numpy(np.repeat(np.arange(len(group)), counts)),
        cues=torch.from_numpy(np.concatenate([e.cues for e in group])),
        channels=stacked,
        labels=torch.from_numpy(np.concatenate([e.labels for e in group])),
        parents=torch.from_numpy(np.concatenate(parents)),
        speakers=torch.from_numpy(np.concatenate([e.speakers for e in group])),
    )
