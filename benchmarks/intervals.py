"""Measure how often the bootstrap's intervals hold the truth, on simulated corpora.

    python benchmarks/intervals.py [--trials 2000] [--dispatches 4 10 40 100]

Dispatches have one to about ten attributions, five on average; each dispatch has its own rate of
unnamed sources, drawn from Beta(1, 3), so that the true rate over all attributions is 1/4. Prints
the share of corpora whose 95 % interval holds 1/4, by number of dispatches and method, and for the
interval that draws attributions instead of dispatches.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from analysis.stats.bootstrap import METHODS, Cells, Floats, Ratio, Resampling
from analysis.stats.intervals import ratio_intervals

TRUTH = 0.25


def corpus(n_dispatches: int, seed: int) -> tuple[Floats, Floats]:
    """Return unnamed and all attributions of each simulated dispatch."""
    generator = np.random.default_rng(seed)
    size = 1 + generator.poisson(4, n_dispatches)
    unnamed = generator.binomial(size, generator.beta(1, 3, n_dispatches))
    return unnamed.astype(float), size.astype(float)


def as_ratio(numerator: Floats, denominator: Floats) -> Ratio:
    """Return one ratio over these dispatches."""
    unit, column = np.arange(len(numerator)), np.zeros(len(numerator), dtype=np.int64)
    return Ratio(*(Cells.of(unit, column, v, len(unit), 1) for v in (numerator, denominator)))


def holds(ratio: Ratio, method: str, seed: int) -> bool:
    """Say whether the interval holds the true rate."""
    resampling = Resampling(draws=600, method=method)
    low, high = ratio_intervals(ratio, resampling, np.random.SeedSequence(seed), proportion=True)
    return bool(low[0] <= TRUTH <= high[0])


def attributions_alone(unnamed: Floats, size: Floats) -> Ratio:
    """Return the ratio as it would be if every attribution were drawn on its own."""
    single = np.r_[np.ones(int(unnamed.sum())), np.zeros(int((size - unnamed).sum()))]
    return as_ratio(single, np.ones(len(single)))


def main() -> None:
    """Run the simulation."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--dispatches", type=int, nargs="+", default=[4, 6, 10, 20, 40, 100])
    options = parser.parse_args()
    sys.stdout.write("dispatches " + " ".join(METHODS) + " attributions_drawn\n")
    for n in options.dispatches:
        corpora = [corpus(n, 10_000 + trial) for trial in range(options.trials)]
        shares = [
            np.mean([holds(as_ratio(*c), method, i) for i, c in enumerate(corpora)])
            for method in METHODS
        ]
        naive = [holds(attributions_alone(*c), "percentile", i) for i, c in enumerate(corpora)]
        figures = " ".join(f"{share:.3f}" for share in (*shares, np.mean(naive)))
        sys.stdout.write(f"{n} {figures}\n")


if __name__ == "__main__":
    main()
