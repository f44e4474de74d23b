"""A group of commands that are loaded when they are named."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group that loads a command when it is named: loading all would take longer than most commands do.

    `modules` says for each command which module below `selfassess.cli` has it, among others, in its `COMMANDS`.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, loaded or not."""
        return sorted({*super().list_commands(ctx), *self.modules})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None if there is none."""
        if cmd_name in self.modules and cmd_name not in self.commands:
            for command in import_module(f"selfassess.cli.{self.modules[cmd_name]}").COMMANDS:
                _set_context(command, self.context_class)
                self.add_command(command)
        return super().get_command(ctx, cmd_name)


def _set_context(command: click.Command, context_class: type[click.Context]) -> None:
    """Let a command, and all commands below it, have such a context."""
    command.context_class = context_class
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _set_context(below, context_class)
