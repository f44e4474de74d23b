"""Whether a node's items hang together: Cronbach's alpha with its interval, and McDonald's omega.

They describe a questionnaire, not the people. Everything is worked out on shares (0 to 1, after reversal): where the
scales of the items differ, alpha is that of the items on 0 to 100, not of their own values; where they do not, both are
the same.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from selfassess.model.results import Reliability
from selfassess.scoring.columns import AT_ONCE, Counts, Shares
from selfassess.scoring.distributions import f_quantile

DIGITS = 10
"""Decimals that are kept: beyond them there is only float noise."""
ALPHA_FROM, OMEGA_FROM = 20, 50
"""From how many people on alpha, and omega, say anything: among 12 with six items, an alpha of .8 may be .55 or .93."""
HEYWOOD = 0.005
"""An item whose own part of its variance is at most this has taken the whole factor: the fit is no good."""
NOISE = 1e-13
"""A change of fit below this is float noise."""
CONSTANT = 1e-13
"""A score whose variance (of shares) is below this is the same for everybody: one of a million who is a step off makes
it more."""
NO_VARIANCE = 1e-16
"""A variance of shares below this is float noise: everybody said the same."""

Matrix = NDArray[np.float64]


def reliability(columns: Mapping[str, Shares], counts: Counts | None = None) -> Reliability | None:
    """How the items in `columns` hang together, by item id the share of each person (nan: no answer). `counts` says how
    many people there are of each, where they are not one by one.

    Only people who answered all of them count. None below ALPHA_FROM such people, and below two items. Items that a
    group was not asked leave nobody of that group: leave these out first.

    Alpha is k/(k - 1) · (1 - Σ sᵢ²/s²), s² being the variance of the sum (L. J. Cronbach, Coefficient alpha and the
    internal structure of tests, Psychometrika 16 (1951), 297-334). It stays as it is below 0. Its interval is
    1 - (1 - alpha) · F(0.975 and 0.025; n - 1, (n - 1)(k - 1)) (L. S. Feldt, The approximate sampling distribution of
    Kuder-Richardson reliability coefficient twenty, Psychometrika 30 (1965), 357-370). An item's correlation is with
    the sum of the others; None where either does not vary.
    """
    if len(columns) < 2:
        return None
    # In the order of their ids, so that the order in the file leaves no trace in the last digits.
    ids = sorted(columns)
    return of_covariances(list(columns), ids, *_covariances([columns[id] for id in ids], counts))


def of_covariances(told: Sequence[str], ids: Sequence[str], n: int, covariances: Matrix) -> Reliability | None:
    """The same, from the covariances of the items `ids` among the `n` people who answered all of them. `told` is the
    order in which the items are told."""
    if n < ALPHA_FROM:
        return None
    is_constant = np.diag(covariances) < CONSTANT
    covariances = np.where(is_constant | is_constant[:, None], 0, covariances)
    alpha = _alpha(covariances)
    low, high = (None, None) if alpha is None else feldt(alpha, n, len(ids))
    rest = dict(zip(ids, _item_rest(covariances), strict=True))
    without = {id: _alpha(_less(covariances, position)) for position, id in enumerate(ids)}
    return Reliability(
        n=n,
        alpha=_rounded(alpha),
        low=_rounded(low),
        high=_rounded(high),
        item_rest={id: _rounded(rest[id]) for id in told},
        without={id: _rounded(without[id]) for id in told},
        omega=_rounded(omega_total(covariances)) if n >= OMEGA_FROM else None,
        why_none=_why_none(covariances) if alpha is None else "",
    )


def from_deviations(n: int, of_mean: float, of_items: Sequence[float]) -> Reliability | None:
    """The same of a score that is the mean of its items, from standard deviations (n - 1, on 0 to 100) alone: that of
    the scores of `n` people, and those of the items over all who answered each. Alpha is k/(k - 1) · (1 - Σ sᵢ²/(k
    s)²), which is Cronbach's where everybody answered everything. None below ALPHA_FROM people, where nobody differs,
    and above 1, which comes out where others answered an item than have a score."""
    k = len(of_items)
    if n < ALPHA_FROM or k < 2 or of_mean**2 <= NO_VARIANCE:
        return None
    alpha = k / (k - 1) * (1 - sum(one**2 for one in of_items) / (k * of_mean) ** 2)
    if round(alpha, DIGITS) > 1:
        return None
    low, high = feldt(alpha, n, k)
    return Reliability(n=n, alpha=_rounded(alpha), low=_rounded(low), high=_rounded(high))


def feldt(alpha: float, n: int, k: int) -> tuple[float, float]:
    """Feldt's interval (95 %) of an alpha from `n` people and `k` items."""
    above, below = n - 1, (n - 1) * (k - 1)
    return 1 - (1 - alpha) * f_quantile(0.975, above, below), 1 - (1 - alpha) * f_quantile(0.025, above, below)


def omega_total(covariances: Matrix) -> float | None:
    """Omega total of a one-factor model: (Σλ)²/((Σλ)² + Σψ), the share of the variance of the sum that is the
    factor's. λ are the loadings and ψ the unique variances, in the units of the covariances.

    R. P. McDonald, Test Theory: A Unified Treatment (1999), ch. 6. The model is fitted by maximum likelihood. None for
    two items, which do not settle it; where an item does not vary; and where the fit does not converge or leaves an
    item nothing of its own (a Heywood case).
    """
    variances = np.diag(covariances)
    if len(variances) < 3 or variances.min() <= NO_VARIANCE:
        return None
    units = np.sqrt(variances)
    unique = one_factor(covariances / np.outer(units, units))
    if unique is None or unique.min() <= HEYWOOD:
        return None
    loadings = _loadings(covariances / np.outer(units, units), unique)
    common = float(units @ loadings) ** 2
    return common / (common + float(variances @ unique)) if common else None


def one_factor(correlations: Matrix) -> Matrix | None:
    """The unique variances of the one-factor model that fits best by maximum likelihood; None without convergence.

    K. G. Jöreskog, Some contributions to maximum likelihood factor analysis, Psychometrika 32 (1967), 443-482: Newton's
    steps on the logarithms of the unique variances, with his approximate second derivatives.
    """
    if np.linalg.eigvalsh(correlations)[0] < 1e-8:
        return None
    # His start: half of what each item does not share with the others.
    unique = np.clip(0.5 / np.diag(np.linalg.inv(correlations)), HEYWOOD, 1)
    determinant = float(np.linalg.slogdet(correlations)[1])
    misfit = float(_misfits(correlations, determinant, unique[None])[0])
    for _ in range(200):
        slope, curve = _derivatives(correlations, unique)
        if np.abs(slope).max() < 1e-10:
            return unique
        step = np.clip(np.linalg.lstsq(curve, slope, rcond=None)[0], -1, 1)
        # The whole step; or else the longest of shorter ones, which are looked at together.
        for steps in (step[None], step * 0.5 ** np.arange(1, 20)[:, None]):
            trials = np.clip(unique * np.exp(-steps), HEYWOOD / 2, 4)
            there = _misfits(correlations, determinant, trials)
            if (goes_down := there <= misfit + NOISE).any():
                break
        first = int(goes_down.argmax())
        # No way down that is not float noise; or at the edge, where an item has nothing of its own.
        if not goes_down.any() or trials[first].min() <= HEYWOOD / 2:
            return None
        unique, misfit = trials[first], float(there[first])
    return None


def _misfits(correlations: Matrix, determinant: float, unique: Matrix) -> Matrix:
    """How badly unique variances fit, a row each: the sum of θ - log θ - 1 over all roots but the largest. From that
    one, the trace and the determinant it takes a fraction of the time. `determinant` is the logarithm of that of the
    correlations."""
    scale = 1 / np.sqrt(unique)
    largest = np.linalg.eigvalsh(correlations * (scale[:, :, None] * scale[:, None, :]))[:, -1]
    logarithms = determinant - np.log(unique).sum(axis=1)
    found: Matrix = (1 / unique).sum(axis=1) - largest - (logarithms - np.log(largest)) - (unique.shape[1] - 1)
    return found


def _derivatives(correlations: Matrix, unique: Matrix) -> tuple[Matrix, Matrix]:
    """The first and second derivatives of the misfit by the logarithms of the unique variances."""
    roots, vectors = _scaled_roots(correlations, unique)
    rest, directions = roots[:-1], vectors[:, :-1]
    return (directions**2) @ (1 - rest), (directions @ directions.T) ** 2


def _scaled_roots(correlations: Matrix, unique: Matrix) -> tuple[Matrix, Matrix]:
    scale = 1 / np.sqrt(unique)
    found = np.linalg.eigh(correlations * np.outer(scale, scale))
    return found.eigenvalues, found.eigenvectors


def _loadings(correlations: Matrix, unique: Matrix) -> Matrix:
    roots, vectors = _scaled_roots(correlations, unique)
    loadings: Matrix = np.sqrt(unique) * vectors[:, -1] * np.sqrt(max(roots[-1] - 1, 0))
    return loadings


def _covariances(columns: Sequence[Shares], counts: Counts | None) -> tuple[int, Matrix]:
    """How many have all of these scores, and the covariances (n - 1) among them; zeros throughout below two."""
    k = len(columns)
    n, sums, products = 0, np.zeros(k), np.zeros((k, k))
    for start in range(0, len(columns[0]), AT_ONCE):
        some = np.stack([column[start : start + AT_ONCE] for column in columns], dtype=np.float64)
        some -= 0.5  # near the mean, so that little is lost where the products are taken apart again
        complete = ~np.isnan(some.sum(axis=0))
        if not complete.all():
            some = some[:, complete]
        many = 1 if counts is None else counts[start : start + AT_ONCE][complete]
        n += some.shape[1] if counts is None else int(np.sum(many))
        sums += (some * many).sum(axis=1)
        products += (some * many) @ some.T
    if n < 2:
        return n, np.zeros((k, k))
    return n, (products - np.outer(sums, sums) / n) / (n - 1)


def _alpha(covariances: Matrix) -> float | None:
    k, total = len(covariances), float(covariances.sum())
    if k < 2 or total <= NO_VARIANCE:
        return None
    return k / (k - 1) * (1 - float(np.trace(covariances)) / total)


def _why_none(covariances: Matrix) -> str:
    return "everyone answered the same" if not np.diag(covariances).any() else "everyone has the same total"


def _item_rest(covariances: Matrix) -> list[float | None]:
    """By item, its correlation with the sum of the others, from the covariances alone."""
    own, with_all, total = np.diag(covariances), covariances.sum(axis=1), covariances.sum()
    rest = total - 2 * with_all + own
    return [
        float((all_ - one) / np.sqrt(one * others)) if min(one, others) > NO_VARIANCE else None
        for one, all_, others in zip(own, with_all, rest, strict=True)
    ]


def _less(covariances: Matrix, position: int) -> Matrix:
    return np.delete(np.delete(covariances, position, 0), position, 1)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
