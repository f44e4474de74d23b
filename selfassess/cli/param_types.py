"""Types of arguments and options that keep what was typed in the error where it does not fit.

Click's own types have it only within a sentence of theirs, and we say what is wrong in our own (`usage_errors.py`).
"""

from collections.abc import Callable
from typing import Any

import click


class UnfitError(click.BadParameter):
    """What was typed does not fit its argument or option."""

    def __init__(self, typed: str, error: click.BadParameter) -> None:
        super().__init__(error.message, error.ctx, error.param, error.param_hint)
        self.typed = typed


Convert = Callable[[Any, click.Parameter | None, click.Context | None], Any]


def _kept(convert: Convert, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
    try:
        return convert(value, param, context)
    except click.BadParameter as error:
        raise UnfitError(str(value), error) from None


class WholeNumber(click.types.IntParamType):
    """Any whole number."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that was typed."""
        return _kept(super().convert, value, param, ctx)


class WholeNumberFrom(click.IntRange):
    """A whole number from one to another."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that was typed."""
        return _kept(super().convert, value, param, ctx)


class Number(click.types.FloatParamType):
    """A number, with decimals or without."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that was typed."""
        return _kept(super().convert, value, param, ctx)


class OneOf(click.Choice[str]):
    """One of several words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word that was typed."""
        return _kept(super().convert, value, param, ctx)
