"""The terminal, as far as the command line has to know it. stdout is data, stderr is narration."""

import codecs
import os
import sys
from typing import TYPE_CHECKING, TextIO

import click

from selfassess.errors import UsageError
from selfassess.model.text import clean

if TYPE_CHECKING:
    from rich.console import RenderableType

PLAINER = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "·": "-", "›": ">", "█": "#", "│": "|"}
"""What is written instead where a terminal has no such character."""


def prepare() -> None:
    """Let no character stop the program: a stream that lacks one writes the nearest it has."""
    codecs.register_error("plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="plainer")


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(PLAINER.get(character, "?") for character in bad), error.end


def say(words: str = "", end: str = "\n") -> None:
    """A line of narration, on stderr. What it quotes from arguments and files is made safe to show."""
    _write(sys.stderr, clean(words, len(words)) + end)


def tell(data: str, end: str = "\n") -> None:
    """What was asked for, on stdout."""
    _write(sys.stdout, data + end)


def _write(stream: TextIO | None, text: str) -> None:
    # Not click.echo: it takes a terminal of plain letters for a mistake, and writes UTF-8 to it.
    if stream is not None and not stream.closed:
        stream.write(text)
        stream.flush()


def is_terminal(*streams: TextIO | None) -> bool:
    """Whether every stream is there and is a terminal."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in streams)


def wants_plain(asked_for: bool) -> bool:
    """Whether to go line by line: asked for, or the terminal cannot draw screens, or there is none."""
    plain = asked_for or os.environ.get("ACCESSIBLE", "0") not in ("", "0") or os.environ.get("TERM") == "dumb"
    return plain or not is_terminal(sys.stdin, sys.stdout, sys.stderr)  # Textual draws on stderr


def confirm(question: str, yes: bool) -> None:
    """Go on only after a yes. UsageError where nobody can be asked; click.Abort after a no."""
    if yes:
        return
    if not is_terminal(sys.stdin):
        raise UsageError("This needs a yes, and there is nobody to ask.", hint="Add --yes if you are sure.")
    click.confirm(question, abort=True, err=True)


class Stopped(Exception):  # noqa: N818  # it is no error: the person, or the input, stops here
    """There is no more input."""


def read_line(prompt: str) -> str:
    """The next line that a person types or a pipe holds, cleaned, without blanks around it. Stopped at the end."""
    if sys.stdin is None or sys.stdin.closed:
        raise Stopped
    say(prompt, end=" ")
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        say("That is not text that can be read here. Please type it again.")
        return read_line(prompt)
    if not line:
        say()
        raise Stopped
    return clean(line).strip()


def show_result(page: "RenderableType") -> None:
    """A page on stdout: in colour on a terminal, else as plain text."""
    from selfassess.report.console import show, to_text

    if is_terminal(sys.stdout):
        show(page)
    else:
        tell(to_text(page), end="")
