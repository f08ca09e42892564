"""The bootstrap and its intervals, against scipy's and against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats as scipy_stats

from analysis.errors import InputError
from analysis.stats.bootstrap import Cells, Ratio, Resampling, draw_ratios
from analysis.stats.intervals import bca, percentile, ratio_intervals


def ratio_of(numerator: np.ndarray, denominator: np.ndarray) -> Ratio:
    """One ratio a column of `numerator`, from full matrices."""
    return Ratio(cells_of(numerator), cells_of(denominator))


def cells_of(matrix: np.ndarray) -> Cells:
    matrix = np.asarray(matrix, dtype=float).reshape(len(matrix), -1)
    unit, column = np.nonzero(matrix)
    return Cells.of(unit, column, matrix[unit, column], *matrix.shape)


def clustered(n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Counts of unnamed and of all attributions in n dispatches that differ in their rate."""
    generator = np.random.default_rng(seed)
    size = 1 + generator.poisson(4, n)
    rate = generator.beta(1, 3, n)
    return generator.binomial(size, rate).astype(float), size.astype(float)


@pytest.mark.parametrize(("method", "interval"), [("percentile", percentile), ("BCa", bca)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_intervals_are_those_of_scipy(method, interval, seed):
    numerator, denominator = clustered(40, seed)
    ratio = ratio_of(numerator, denominator)
    draws = draw_ratios(ratio, 999, np.random.default_rng(seed))
    low, high = interval(ratio, draws, 0.9) if interval is bca else interval(draws, 0.9)
    theirs = scipy_stats.bootstrap(
        (numerator, denominator),
        lambda x, y, axis: x.sum(axis) / y.sum(axis),
        paired=True,
        vectorized=True,
        n_resamples=999,
        confidence_level=0.9,
        method=method,
        rng=np.random.default_rng(seed),
    )
    assert low[0] == pytest.approx(theirs.confidence_interval.low, abs=1e-12)
    assert high[0] == pytest.approx(theirs.confidence_interval.high, abs=1e-12)
    assert draws[0].std(ddof=1) == pytest.approx(theirs.standard_error, abs=1e-12)


def test_standard_deviation_of_the_draws_has_the_closed_form_of_a_mean():
    """With one attribution a dispatch the bootstrap variance of a share is p (1 - p) / n."""
    outcomes = np.r_[np.ones(30), np.zeros(70)]
    draws = draw_ratios(ratio_of(outcomes, np.ones(100)), 20_000, np.random.default_rng(5))
    assert draws.mean() == pytest.approx(0.3, abs=0.002)
    assert draws.std() == pytest.approx(np.sqrt(0.3 * 0.7 / 100), rel=0.02)


def test_clustering_widens_the_interval_as_the_design_effect_says():
    """Ten attributions a dispatch, all alike, are worth one: the variance is tenfold."""
    alike = np.repeat([1.0, 0.0], [30, 70])
    one = draw_ratios(ratio_of(alike, np.ones(100)), 5000, np.random.default_rng(5))
    ten = draw_ratios(ratio_of(alike * 10, np.full(100, 10.0)), 5000, np.random.default_rng(5))
    assert ten.std() == pytest.approx(one.std())
    independent = np.sqrt(0.3 * 0.7 / 1000)
    assert ten.var() / independent**2 == pytest.approx(10, rel=0.1)


def test_draws_do_not_depend_on_how_many_fit_in_memory(monkeypatch):
    ratio = ratio_of(*clustered(50, 4))
    whole = draw_ratios(ratio, 300, np.random.default_rng(9))
    monkeypatch.setattr("analysis.stats.bootstrap.NUMBERS_AT_ONCE", 120)
    assert np.array_equal(whole, draw_ratios(ratio, 300, np.random.default_rng(9)))


def test_intervals_do_not_depend_on_the_size_of_the_blocks(monkeypatch):
    generator = np.random.default_rng(0)
    ratio = ratio_of(generator.poisson(1, (30, 11)), generator.poisson(9, (30, 1)) + 1)
    stream = np.random.SeedSequence(1)
    for method in ("percentile", "bca"):
        how = Resampling(draws=200, method=method)
        whole = ratio_intervals(ratio, how, stream, proportion=False)
        with monkeypatch.context() as patch:
            patch.setattr("analysis.stats.intervals.NUMBERS_AT_ONCE", 600)
            parts = ratio_intervals(ratio, how, stream, proportion=False)
        assert np.array_equal(whole, parts)


def test_one_dispatch_has_no_interval():
    low, high = ratio_intervals(
        ratio_of(np.array([3.0]), np.array([5.0])),
        Resampling(),
        np.random.SeedSequence(0),
        proportion=True,
    )
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_one_contributing_dispatch_among_many_has_no_interval():
    numerator, denominator = np.zeros(20), np.zeros(20)
    numerator[3], denominator[3] = 2, 4
    low, high = ratio_intervals(
        ratio_of(numerator, denominator), Resampling(), np.random.SeedSequence(0), proportion=True
    )
    assert np.isnan([low, high]).all()


@pytest.mark.parametrize(("n", "has_interval"), [(3, False), (4, True)])
def test_an_interval_takes_four_dispatches(n, has_interval):
    """Of three, the tails of the draws hold nothing but the least and the greatest value."""
    numerator, denominator = np.arange(1.0, n + 1), np.full(n, 5.0)
    ratio = ratio_of(numerator, denominator)
    low, high = ratio_intervals(ratio, Resampling(), np.random.SeedSequence(0), proportion=True)
    assert np.isfinite([low, high]).all() == has_interval
    draws = draw_ratios(ratio, 20_000, np.random.default_rng(0))
    at_extreme = (draws == 1 / 5).mean()
    assert at_extreme == pytest.approx(n**-n, abs=0.006)
    assert (at_extreme < 0.025) == has_interval


@pytest.mark.parametrize("all_of_them", [False, True])
def test_a_share_of_0_or_1_has_the_exact_binomial_bound(all_of_them):
    denominator = np.full(12, 4.0)
    numerator = denominator * all_of_them
    low, high = ratio_intervals(
        ratio_of(numerator, denominator), Resampling(), np.random.SeedSequence(0), proportion=True
    )
    theirs = scipy_stats.binomtest(12 * all_of_them, 12).proportion_ci(0.95, "exact")
    assert (low[0], high[0]) == pytest.approx((theirs.low, theirs.high))


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_a_mean_that_no_draw_changes_has_no_interval(method):
    ratio = ratio_of(np.array([0.6, 1.2, 0.3]), np.array([2.0, 4.0, 1.0]))
    bounds = ratio_intervals(
        ratio, Resampling(method=method), np.random.SeedSequence(0), proportion=False
    )
    assert np.isnan(bounds).all()


def test_draws_without_a_denominator_are_left_out():
    """Two of four dispatches count; a sixteenth of the draws holds neither of them."""
    ratio = ratio_of(np.array([0, 0, 1.0, 0]), np.array([0, 0, 2.0, 2.0]))
    draws = draw_ratios(ratio, 4000, np.random.default_rng(0))
    assert np.isnan(draws).mean() == pytest.approx(1 / 16, abs=0.015)
    low, high = percentile(draws, 0.95)
    assert (low[0], high[0]) == (0.0, 0.5)


@pytest.mark.parametrize(
    "bad", [{"level": 0}, {"level": 1.0}, {"draws": 5}, {"seed": -1}, {"method": "normal"}]
)
def test_bad_settings_are_refused(bad):
    with pytest.raises(InputError):
        Resampling(**bad)


def coverage_of(n_dispatches: int, method: str, trials: int = 600) -> float:
    """Share of simulated corpora whose interval holds the true rate, E[unnamed] / E[all]."""
    held = 0
    for trial in range(trials):
        ratio = ratio_of(*clustered(n_dispatches, 10_000 + trial))
        low, high = ratio_intervals(
            ratio,
            Resampling(draws=600, method=method),
            np.random.SeedSequence(trial),
            proportion=True,
        )
        held += low[0] <= 0.25 <= high[0]
    return held / trials


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_intervals_hold_the_truth_about_95_times_in_100(method):
    """600 trials: the simulation's own standard error is .009."""
    assert 0.925 <= coverage_of(100, method) <= 0.975


def test_intervals_that_ignore_dispatches_hold_it_less_often():
    """The reason for drawing dispatches: drawing attributions is too sure of itself."""
    held = 0
    for trial in range(400):
        numerator, denominator = clustered(100, 10_000 + trial)
        single = np.r_[
            np.ones(int(numerator.sum())), np.zeros(int((denominator - numerator).sum()))
        ]
        ratio = ratio_of(single, np.ones(len(single)))
        low, high = ratio_intervals(
            ratio, Resampling(draws=600), np.random.SeedSequence(trial), proportion=True
        )
        held += low[0] <= 0.25 <= high[0]
    assert held / 400 < 0.92


def test_twenty_thousand_dispatches_two_hundred_categories_in_bounded_memory():
    import resource

    generator = np.random.default_rng(0)
    unit, column = generator.integers(0, 20_000, 100_000), generator.integers(0, 200, 100_000)
    ones = np.ones(100_000)
    ratio = Ratio(
        Cells.of(unit, column, ones, 20_000, 200),
        Cells.of(unit, np.zeros_like(unit), ones, 20_000, 1),
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    low, high = ratio_intervals(
        ratio, Resampling(draws=2000), np.random.SeedSequence(0), proportion=True
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kilobytes
    # With so much evenly spread evidence the width is the textbook one.
    share = ratio.estimate()
    width = 2 * 1.96 * np.sqrt(share * (1 - share) / 100_000)
    assert (high - low).mean() == pytest.approx(width.mean(), rel=0.03)
