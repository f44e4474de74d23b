"""The terminal, as far as the command line has to know it. stdout is data, stderr is narration."""

import codecs
import os
import stat
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

from selfassess.csv_text import BYTE_ORDER_MARK
from selfassess.errors import UsageError, reason_of
from selfassess.paths import called
from selfassess.system import forget_typed_ahead, has_typed_ahead
from selfassess.text import LONGEST_TEXT, clean

if TYPE_CHECKING:
    from rich.console import RenderableType

MORE = "More, or Enter alone to finish:"
LONGEST_LINE = 100_000
"""Characters of a line of input that are read. People type 4,000 at once, and a row of keys has some thousands."""
MOST_PIECES = 1_000
"""How many times as long a line may be. The rest of it is left out."""
PLAINER = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "·": "-", "›": ">", "█": "#", "│": "|"}
"""What is written instead where a terminal has no such character."""


def prepare() -> None:
    """Let no character stop the program: a stream that lacks one writes the nearest it has."""
    codecs.register_error("plainer", _plainer)
    for stream, errors in ((sys.stdout, "plainer"), (sys.stderr, "plainer"), (sys.stdin, "replace")):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors=errors)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(PLAINER.get(character, "?") for character in bad), error.end


def say(words: str = "", end: str = "\n") -> None:
    """A line of narration, on stderr. What it quotes from arguments and files is made safe to show, and on a
    terminal no word is broken, nor a command: it is copied whole."""
    words = clean(words, len(words))
    _write(sys.stderr, (_wrapped(words) if is_terminal(sys.stderr) else words) + end)


def _wrapped(words: str) -> str:
    import shutil  # both only where somebody reads line by line
    import textwrap

    width = max(20, shutil.get_terminal_size().columns - 1)
    lines: list[str] = []
    for line in words.split("\n"):
        said, command = (line, "") if len(line) <= width else _apart(line)
        indent = " " * (len(said) - len(said.lstrip()))
        lines += textwrap.wrap(
            said, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        ) or [""] * (not command)
        lines += [command] if command else []
    return "\n".join(lines)


def _apart(line: str) -> tuple[str, str]:
    """What a line says, and the command at its end, which then has a line of its own; "" where there is none."""
    import re

    found = re.fullmatch(rf"(.*?: |\s*)({re.escape(called())} .*)", line)
    return (found[1].rstrip(), f"  {found[2]}") if found else (line, "")


def tell(data: str, end: str = "\n") -> None:
    """What was asked for, on stdout, made safe to show like narration."""
    _write(sys.stdout, clean(data, len(data)) + end)


def tell_data(text: str) -> None:
    """A document on stdout: UTF-8 where it goes to a file or a program, whatever the terminal's letters are. The mark
    that tells Excel so goes into a file alone: other programs would take it for a part of the first word."""
    if is_terminal(sys.stdout) or not hasattr(sys.stdout, "buffer"):
        tell(text, end="")
    else:
        data = text if is_new_file(sys.stdout) else text.removeprefix(BYTE_ORDER_MARK)
        _write(codecs.getwriter("utf-8")(sys.stdout.buffer, "backslashreplace"), data)


def tell_bytes(content: bytes) -> None:
    """A document that is no text on stdout, which is a file."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise _unwritten(error) from None


def is_new_file(stream: TextIO) -> bool:
    """Whether what is written now becomes the beginning of a file."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):  # it is no stream of the system's
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def _write(stream: TextIO | codecs.StreamWriter | None, text: str) -> None:
    # Not click.echo: it takes a terminal of plain letters for a mistake, and writes UTF-8 to it.
    if stream is None or getattr(stream, "closed", False):
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise NobodyReads from None
    except OSError as error:
        raise _unwritten(error) from None


def _unwritten(error: OSError) -> "OutputError":
    return OutputError(f"The output could not be written: {reason_of(error)}.")


def is_terminal(*streams: TextIO | None) -> bool:
    """Whether every stream is there and is a terminal."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in streams)


def wants_plain(asked_for: bool) -> bool:
    """Whether to go line by line: asked for, or the terminal cannot draw screens, or there is none."""
    plain = asked_for or os.environ.get("ACCESSIBLE", "0") not in ("", "0") or os.environ.get("TERM") == "dumb"
    return plain or not is_terminal(sys.stdin, sys.stdout, sys.stderr)  # Textual draws on stderr


def confirm(question: str, yes: bool, otherwise: str = "Nothing was changed.") -> None:
    """Go on only after a yes. UsageError where nobody can be asked. After a no, or where the person interrupts,
    `otherwise` is said, and Cancelled raised."""
    if yes:
        return
    if not is_terminal(sys.stdin):
        raise UsageError("This needs a yes, and nobody can be asked here.", hint="Add --yes if you are sure.")
    try:
        is_sure = click.confirm(question, err=True)
    except click.Abort:
        is_sure = False
        say()  # the key that interrupts ends no line
    if not is_sure:
        say(otherwise)
        raise Cancelled


class OutputError(UsageError):
    """The output leads to where nothing can be written."""


class Cancelled(click.Abort):
    """The person said no or interrupted a command, and what that means was said."""


class NobodyReads(Exception):  # noqa: N818  # not an error: the reader of the output has seen enough
    """The other end of a pipe is closed."""


class InputEnded(Exception):  # noqa: N818  # it is no error: the person, or the input, stops here
    """There is no more input."""


def read_line(prompt: str) -> str:
    """The next line that a person types or a pipe holds, cleaned, without blanks around it, cut to LONGEST_LINE
    characters. InputEnded at the end. UsageError as in `lines`."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputEnded
    if prompt:
        say(prompt, end=" ")
    try:
        line = next(lines(sys.stdin), "")
    except KeyboardInterrupt:
        say()  # the key that interrupts ends no line
        raise
    if not line:
        say()
        raise InputEnded
    return clean(line, len(line)).strip()


def lines_on(first: str) -> Iterator[str]:
    """A text that a person writes over several lines, as it grows, from its first line to an empty one. An empty line
    that more lines have come with already, as in a paste, is part of the text. It no longer grows once it has more
    characters than are kept."""
    text = first
    yield text
    while True:
        try:
            line = read_line("" if _has_more() else MORE)
        except InputEnded:
            return
        if not line and not _has_more():
            return
        if len(text) <= LONGEST_TEXT:
            text = f"{text}\n{line}"
            yield text


def read_deliberately(prompt: str) -> str:
    """The next line that a person types once the prompt is there: on a terminal, what had come before is left out."""
    if is_terminal(sys.stdin):
        forget_typed_ahead(sys.stdin.fileno())
    return read_line(prompt)


def _has_more() -> bool:
    """Whether another line of what a person typed or pasted is there already."""
    return is_terminal(sys.stdin) and has_typed_ahead(sys.stdin.fileno())


def clear() -> None:
    """Push what stands on the screen out of sight, where there is one."""
    if is_terminal(sys.stderr):
        import shutil

        say("\n" * shutil.get_terminal_size().lines)


def lines(stream: TextIO) -> Iterator[str]:
    """The lines of an input, each with its end, cut to LONGEST_LINE characters. UsageError where one does not end, and
    where what is piped in is no text."""
    is_typed = is_terminal(stream)
    while line := stream.readline(LONGEST_LINE):
        if "\0" in line and not is_typed:  # at a terminal a slip of the finger makes one
            raise UsageError("What is piped in is not plain text.", "Save it as UTF-8, then try again.")
        piece, pieces = line, 1
        while len(piece) == LONGEST_LINE and not piece.endswith("\n"):
            if pieces == MOST_PIECES:
                said = f"A line of what was typed or piped in has more than {LONGEST_LINE * pieces:,} characters."
                raise UsageError(said, "Check that this is the text you mean.")
            piece, pieces = stream.readline(LONGEST_LINE), pieces + 1
        yield line


def show_result(page: "RenderableType") -> None:
    """A page on stdout: in colour on a terminal, else as plain text."""
    from selfassess.documents.render_rich import show, to_text

    if is_terminal(sys.stdout):
        show(page)
    else:
        tell(to_text(page), end="")
