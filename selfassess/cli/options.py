"""Options that several commands have."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Command = TypeVar("Command", bound=Callable[..., Any])


def with_options(options: Sequence[Callable[[Any], Any]]) -> Callable[[Command], Command]:
    """Gives a command these options, in their order."""

    def made(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return made
