"""Where results go: to the terminal or a pipe, or into a file that is written whole or not at all."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import click

from selfassess.cli.streams import say, tell, tell_data
from selfassess.errors import UsageError

ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
}
"""Formats, by the ending of a file's name."""

Command = Callable[..., Any]


def into_a_file(command: Command) -> Command:
    """The options of a command whose result may go into a file: `output` and `replace`."""
    place = click.Path(path_type=Path, readable=False)
    output = click.option("--output", type=place, metavar="FILE", help="Write to a file instead.")
    replace = click.option("--replace", is_flag=True, help="With --output: replace a file that is there.")
    return output(replace(command))


def style_of(output: Path | None, style: str | None, offered: Collection[str]) -> str | None:
    """The format that was asked for: by name, or else by the ending of the file. None where by neither. UsageError for
    the ending of a format that is not offered."""
    meant = ENDINGS.get(output.suffix.lower()) if output else None
    if style is not None or meant is None or meant in offered:
        return style or meant
    raise UsageError(
        f"{output} ends as a file of {meant} does, and this comes as {' or '.join(offered)} only.",
        hint="Choose another ending, or say which format with --format.",
    )


def deliver(
    text: str,
    output: Path | None,
    sources: Iterable[Path | None] = (),
    *,
    replace: bool = False,
    is_data: bool = True,
) -> None:
    """A result to stdout, or into a file that is none of those it was made from. Data is UTF-8 everywhere."""
    if output is None:
        tell_data(text) if is_data else tell(text, end="")
        return
    check(output, sources, replace=replace)
    write(output, text, overwrite=replace)
    say(f"Written: {output}.")


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
        raise UsageError(f"{path} is not a file that can be written whole.", hint="Name another file.")
    if path.exists() and any(one is not None and one.exists() and path.samefile(one) for one in sources):
        raise UsageError(f"{path} is what this was made from; it is not overwritten.", hint="Choose another name.")
    if _is_project(path):
        raise UsageError(f"{path} is a project file; it is not overwritten.", hint="Choose another name.")
    if path.exists() and not replace:
        raise UsageError(f"There is a file {path} already.", hint="Add --replace, or choose another name.")


def write(path: Path, text: str, *, overwrite: bool) -> None:
    """A whole file or none at all. UsageError where it cannot be written, or is there and may not be overwritten."""
    from selfassess.storage.files import put_in_place

    try:
        with put_in_place(path, overwrite=overwrite) as fresh:
            fresh.write_text(text, encoding="utf-8")
    except FileExistsError:
        raise UsageError(f"There is a file {path} already.", hint="Choose another name.") from None
    except OSError as error:
        hint = "Choose a folder that exists, that you may write to, and that has room."
        raise UsageError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.", hint=hint) from None


def _is_project(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16).startswith(b"SQLite format 3")
    except OSError:
        return False
