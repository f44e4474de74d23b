"""The command `selfassess`."""

import errno
import os
import re
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import click

from selfassess import __version__, paths
from selfassess.cli import take
from selfassess.cli.lazy_group import LazyGroup
from selfassess.cli.place import Place
from selfassess.cli.terminal import Cancelled, NobodyReads, OutputError, prepare, say
from selfassess.errors import SelfAssessError
from selfassess.system import end_in_order

EPILOG = """
Nothing leaves this computer. Everything you answer is saved in one file that you can copy, back up and delete
(selfassess where shows it).

With a screen reader, add --plain: questions come line by line and nothing is redrawn. Or set ACCESSIBLE=1.
"""


SAID = f"{__name__}.said"
"""Under this a context keeps the command and what was said after it."""


COMMANDS = {
    "backup": "project",
    "check": "questionnaire",
    "collect": "collect",
    "compare": "compare",
    "convert": "convert",
    "dashboard": "dashboard",
    "demo": "demo",
    "diff": "diff",
    "forget": "project",
    "host": "host",
    "new": "questionnaire",
    "plan": "plan",
    "project": "project",
    "report": "report",
    "round": "round.commands",
    "schema": "questionnaire",
    "sittings": "take",
    "take": "take",
    "where": "project",
}
"""By command, the module that has it."""


class Help(click.HelpFormatter):
    """Help in which the program is called as it was called now."""

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        wanted = rf"(?<![\w./-]){paths.NAME}(?= (?:--|{'|'.join(COMMANDS)}))"
        super().write_text(re.sub(wanted, lambda _: paths.called(), text))


class Said(click.Context):
    """What was said to a command."""

    formatter_class = Help


class Front(LazyGroup):
    """All commands. Remembers what was said."""

    context_class = Said

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name."""
        ctx.meta[SAID] = tuple(args)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Front,
    modules=COMMANDS,
    invoke_without_command=True,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="selfassess")
@click.option(
    "--project",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help=f"The project file. [default: ~/selfassess/personal.selfassess, or what {paths.PROJECT} names]",
)
@click.option("--plain", is_flag=True, help="Line by line, without drawing screens.")
@click.pass_context
def front(context: click.Context, project: Path | None, plain: bool) -> None:
    """Look at how well your partnership works, and at what to do next.

    Without a command: the home screen. Start with: selfassess take
    """
    _recover()
    context.obj = Place(project, plain, context.meta.get(SAID, ()))
    if context.invoked_subcommand is None:
        context.exit(take.home(context.obj))


def _recover() -> None:
    """Clear up what starts before this one left, if anything."""
    with suppress(OSError):
        if any(paths.unfinished().iterdir()):
            from selfassess.project.recovery import recover  # seldom needed, and it loads sqlite3

            recover()


def main() -> None:
    """Run a command and leave with its exit code. Every error ends here."""
    prepare()
    end_in_order()
    # Our matrices are small. Where other programs want the processors too, threads that wait for each other over them
    # make a comparison take ten times as long.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of a command; what went wrong is said on stderr."""
    try:
        return _run(arguments)
    except NobodyReads:
        _let_go(sys.stdout, sys.stderr)
        return 0
    except OutputError as error:
        _let_go(sys.stdout)
        with suppress(OutputError, NobodyReads):  # it may be stderr that cannot be written to
            say(str(error))
            return error.exit_code
        _let_go(sys.stderr)
        return error.exit_code


def _run(arguments: list[str]) -> int:
    try:
        result = front.main(
            arguments, prog_name=paths.called(), complete_var="_SELFASSESS_COMPLETE", standalone_mode=False
        )
        return result if isinstance(result, int) else 0
    except (NobodyReads, OutputError):
        raise
    except SelfAssessError as error:
        say(str(error))
        return error.exit_code
    except click.ClickException as error:
        from selfassess.cli.usage_errors import usage_message  # only needed where something was not understood

        say(usage_message(error))
        return 2
    except Cancelled:
        return 130
    except (click.Abort, KeyboardInterrupt):
        say("Stopped.")
        return 130
    except OSError as error:
        if error.errno == errno.ENOSPC:  # it is click that wrote, and our own files say so themselves
            raise OutputError("The output could not be written: there is no room for it.") from None
        return _our_fault(error)
    except Exception as error:  # noqa: BLE001  # the one boundary: our own fault, told in a line
        return _our_fault(error)


def _let_go(*streams: TextIO) -> None:
    """Nothing more can be written: neither by us nor by Python when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())


def _our_fault(error: Exception) -> int:
    """One line, and where the fault was written down: the way to it, but no values, which could be answers."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"selfassess {__version__}: {type(error).__name__}"]
    lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    try:
        log = paths.log_file()
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        where = f"What happened is written down, without any answers, in {log}"
    except OSError:
        where = "\n".join(lines)
    say(f"Something went wrong in selfassess itself. What you had saved is safe. {where}")
    return 1
