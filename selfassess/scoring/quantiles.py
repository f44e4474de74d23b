"""Quantiles and tails of Student's t, and quantiles of F. Only these need scipy, and load it when asked, for it takes
long."""


def t_quantile(p: float, df: float) -> float:
    """The value that Student's t with `df` degrees of freedom stays below with probability `p`."""
    from scipy.special import stdtrit  # type: ignore[import-untyped]  # it has no types of its own

    return float(stdtrit(df, p))


def t_tails(t: float, df: float) -> float:
    """The probability that Student's t with `df` degrees of freedom is as far from 0 as `t`, or further."""
    from scipy.special import stdtr

    return 2 * float(stdtr(df, -abs(t)))


def f_quantile(p: float, above: float, below: float) -> float:
    """The value that F with `above` and `below` degrees of freedom stays below with probability `p`."""
    from scipy.special import fdtri

    return float(fdtri(above, below, p))
