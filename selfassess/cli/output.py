"""Where results go: to the terminal or a pipe, or into a file that is written whole or not at all."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from selfassess.cli.param_types import OneOf
from selfassess.cli.terminal import is_new_file, is_terminal, say, tell, tell_bytes, tell_data
from selfassess.documents.media import MEDIA
from selfassess.errors import UsageError
from selfassess.text import listed

_DATA = {"json": ("JSON", (".json",)), "csv": ("CSV", (".csv",)), "calendar": ("a calendar", (".ics",))}
"""Formats of data: what they are called, and how their files end."""
_FORMATS = {name: (medium.name, medium.endings) for name, medium in MEDIA.items()} | _DATA
ENDINGS = {ending: name for name, (_, endings) in _FORMATS.items() for ending in endings}
"""Formats, by the ending of a file's name; of several endings for a format the usual one comes first."""
WORDS = {name: words for name, (words, _) in _FORMATS.items()}
"""What formats are called in a sentence."""
PAGES = tuple(MEDIA)
"""The formats that every document comes in, the usual one first."""
STDOUT = Path("-")
"""What stands for stdout in place of a name."""
CURES = (
    ((".doc", ".odt", ".rtf"), "docx", "Choose .docx: word processors open it."),
    ((".ppt", ".odp"), "pptx", "Choose .pptx: presentation programs open it."),
    ((".xls", ".ods"), "xlsx", "Choose .xlsx: spreadsheets open it."),
    ((".xls", ".xlsx", ".ods"), "csv", "Choose .csv: spreadsheets open it."),
)
"""What to do for files that are often wanted and not written, by their endings, where a format is offered."""

Command = Callable[..., Any]


def into_a_file(command: Command) -> Command:
    """The options of a command whose result may go into a file: `output` and `replace`."""
    place = click.Path(path_type=Path, readable=False)
    output = click.option("--output", type=place, metavar="FILE", help="Write to a file instead.")
    replace = click.option("--replace", is_flag=True, help="With --output: replace an existing file.")
    return output(replace(command))


def with_template(command: Command) -> Command:
    """The option of a command that writes Word files: `template`."""
    return click.option(
        "--template",
        type=click.Path(path_type=Path, readable=False),
        metavar="FILE",
        help="For Word: a .docx with your own styles, header and footer.",
    )(command)


def in_format(formats: Sequence[str], default: str = "") -> Command:
    """The option of a command whose result comes in these formats: `style`. `default` says in words which is meant
    where none is named, if it is not always the first."""
    *most, last = formats
    return click.option(
        "--format",
        "style",
        type=OneOf(formats),
        help=f"{', '.join(most)} or {last}. [default: {default or formats[0]}]",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a result goes, and in which format. Found before anything is done, so that nothing is done in vain."""

    path: Path | None
    """None: stdout."""
    style: str
    """The format."""
    is_drawn: bool
    """Whether somebody at a terminal looks at it, and asked for no format: then it may be drawn, in colour."""
    replace: bool
    sources: tuple[Path | None, ...]
    """What the result is made from, which is never overwritten."""
    template: bytes | None = None
    """The Word file that the result takes its look from."""

    def deliver(self, result: str | bytes | Iterable[str]) -> None:
        """Put the result there, a file whole or not at all. Text is UTF-8 everywhere, and may come in pieces."""
        if self.path is None:
            for piece in [result] if isinstance(result, str | bytes) else result:
                _tell(piece, self.style)
            return
        from selfassess.project.atomic_files import write_whole

        check(self.path, self.sources, replace=self.replace)
        write_whole(self.path, result, overwrite=self.replace)
        how = "" if _ending(self.path) else f" Its name has no ending, so it holds {WORDS[self.style]}."
        say(f"Written: {self.path}.{how}")


def _tell(result: str | bytes, style: str) -> None:
    if isinstance(result, bytes):
        tell_bytes(result)
    elif style == "text":
        tell(result, end="")
    else:
        tell_data(result)


def destination(
    output: Path | None,
    style: str | None,
    offered: Sequence[str],
    sources: Iterable[Path | None] = (),
    *,
    replace: bool,
    template: Path | None = None,
) -> Destination:
    """Where a result goes that comes in the formats `offered`, the usual one first. The format is the one that was
    named (`style`), or the one that the file's ending stands for; a name without an ending leaves it to `style`. "-" is
    no file but stdout.

    UsageError where nothing can be written there, for an ending that stands for none of these formats, for one that
    stands for another format than was named, and for a template that cannot be used.
    """
    if style is not None and style not in offered:
        raise UsageError(f"This is not available as {WORDS[style]}.", f"Choose --format {' or '.join(offered)}.")
    there = (*sources, template)
    output = None if output == STDOUT else output
    check(output, there, replace=replace)
    is_at_terminal = output is None and is_terminal(sys.stdout)
    if is_at_terminal and style == "html":
        raise UsageError("An HTML page goes into a file.", "Add --output and a name, such as report.html.")
    is_drawn = is_at_terminal and style is None
    style = _style(output, style, offered) if output else style or offered[0]
    if style in MEDIA and MEDIA[style].is_binary:
        _check_binary(output, style)
    look = read_template(template, style)
    return Destination(path=output, style=style, is_drawn=is_drawn, replace=replace, sources=there, template=look)


def read_template(path: Path | None, style: str) -> bytes | None:
    """The Word file that a result takes its look from; None where none is named. UsageError where the format has no
    template, or the file cannot be one."""
    if path is None:
        return None
    if style != "docx":
        raise UsageError("--template is for Word files.", f"Write to a file that ends in {MEDIA['docx'].endings[0]}.")
    check_medium(style)
    from selfassess.content import UnreadError, content_of
    from selfassess.documents.word_styles import LARGEST_TEMPLATE, NotTemplateError, check_template
    from selfassess.project.atomic_files import shown

    try:
        content = content_of(path, LARGEST_TEMPLATE)
        check_template(content)
    except UnreadError as error:
        raise UsageError(f"{shown(path)} {error.why}.", error.cure) from None
    except NotTemplateError as error:
        raise UsageError(f"{shown(path)} {error}", "Save it from Word as a Word document (.docx).") from None
    return content


def _check_binary(output: Path | None, style: str) -> None:
    """UsageError where a medium that is no text would go to a terminal or a program, or its library is missing."""
    medium = MEDIA[style]
    if output is None and (sys.stdout is None or not is_new_file(sys.stdout)):
        said = f"{medium.name} output goes into a file, not to a terminal or another program."
        raise UsageError(said, f"Add: --output FILE{medium.endings[0]}")
    check_medium(style)


def check_medium(style: str) -> None:
    """UsageError where the library is missing that writes a medium, by the name of its format."""
    if MEDIA[style].needs:
        from selfassess.services.extras import check_installed

        check_installed(MEDIA[style].needs, f"{MEDIA[style].name} files are written")


def _style(output: Path, style: str | None, offered: Sequence[str]) -> str:
    ending = _ending(output)
    meant = ENDINGS.get(ending)
    if not ending:
        return style or offered[0]
    if meant is None or meant not in offered:
        raise UsageError(
            f"{output} ends in {ending}, but this can only be written to files that end in {_endings(offered)}.",
            hint=_cure(ending, offered),
        )
    if style not in (None, meant):
        raise UsageError(
            f"{output} ends as a file of {WORDS[meant]} does, and --format says {style}.",
            hint="Leave out --format, or choose another name.",
        )
    return meant


def _ending(path: Path) -> str:
    """The end of a file's name that says what is in it, with its dot; "" where there is none."""
    return path.suffix.lower().rstrip(".")


def _endings(styles: Sequence[str]) -> str:
    """The usual endings of formats: ".txt, .md or .json"."""
    return listed((next(ending for ending, one in ENDINGS.items() if one == style) for style in styles), "or")


def _cure(ending: str, offered: Sequence[str]) -> str:
    for endings, style, words in CURES:
        if ending in endings and style in offered:
            return words
    return "Choose another name."


def check(path: Path | None, sources: Iterable[Path | None] = (), *, replace: bool) -> None:
    """UsageError where nothing can be written at a path, it is one of the sources, or there is a file that is not to be
    replaced. Asked for before anything is done."""
    if path is None:
        if replace:
            raise UsageError("--replace goes with --output.", hint="Name a file with --output, or leave it out.")
        return
    if not path.name or path.is_dir():
        raise UsageError(f"{path} is a folder, not a file.", hint="Name a file in it.")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is not a file we can write to.", hint="Name another file.")
    if path.exists() and any(one is not None and one.exists() and path.samefile(one) for one in sources):
        raise UsageError(f"{path} is what this was made from; it is not overwritten.", hint="Choose another name.")
    if _is_project(path):
        raise UsageError(f"{path} is a project file; it is not overwritten.", hint="Choose another name.")
    if path.exists() and not replace:
        raise UsageError(f"There is a file {path} already.", hint="Add --replace, or choose another name.")
    from selfassess.project.atomic_files import check_folder

    check_folder(path)


def _is_project(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16).startswith(b"SQLite format 3")
    except OSError:
        return False
