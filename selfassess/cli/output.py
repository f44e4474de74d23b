"""Where results go: to the terminal or a pipe, or into a file that is written whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from selfassess.cli.streams import say, tell, tell_data
from selfassess.errors import UsageError


def deliver(text: str, output: Path | None, sources: Iterable[Path | None] = (), *, is_data: bool = True) -> None:
    """A result to stdout, or into a file that is none of those it was made from. Data is UTF-8 everywhere."""
    if output is None:
        tell_data(text) if is_data else tell(text, end="")
        return
    write(output, text, sources=sources)
    say(f"Written: {output}.")


def write(path: Path, text: str, *, overwrite: bool = True, sources: Iterable[Path | None] = ()) -> None:
    """A whole file or none at all. UsageError where it cannot be written, or is one of the sources."""
    from selfassess.storage.files import put_in_place

    if not path.name or path.is_dir():
        raise UsageError(f"{path} is a folder, not a file.", hint="Name a file in it.")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is not a file that can be written whole.", hint="Name another file.")
    if path.exists() and any(one is not None and one.exists() and path.samefile(one) for one in sources):
        raise UsageError(f"{path} is what this was made from; it is not overwritten.", hint="Choose another name.")
    if _is_project(path):
        raise UsageError(f"{path} is a project file; it is not overwritten.", hint="Choose another name.")
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
