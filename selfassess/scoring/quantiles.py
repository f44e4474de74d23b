"""Quantiles of Student's t and of F. Only these need scipy, and load it when asked, for it takes long."""


def t_quantile(p: float, df: float) -> float:
    """The value that Student's t with `df` degrees of freedom stays below with probability `p`."""
    from scipy.special import stdtrit  # type: ignore[import-untyped]  # it has no types of its own

    return float(stdtrit(df, p))


def f_quantile(p: float, above: float, below: float) -> float:
    """The value that F with `above` and `below` degrees of freedom stays below with probability `p`."""
    from scipy.special import fdtri

    return float(fdtri(above, below, p))
