"""Build a folder with the program that runs where there is no Python: `selfassess`, and all that it needs beside it.

On Linux and macOS, from a copy of the source:

    python3 -m venv .build
    .build/bin/pip install '.[host,office]' 'pyinstaller>=6.11'
    .build/bin/python packaging/build.py

On Windows:

    py -m venv .build
    .build\\Scripts\\pip install .[host,office] "pyinstaller>=6.11"
    .build\\Scripts\\python packaging\\build.py

The folder is dist/selfassess; name another folder after build.py to have it built there. Hand on the whole of it,
packed as one file. It runs on the system it was built on, and on newer versions of that. Leave out an extra, and the
folder is smaller and goes without what needs it: host (serving the page in the room) or office (Word, PDF, PowerPoint,
Excel).

Afterwards `pytest -m packaging` starts every command in such a folder.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import PyInstaller.__main__
from packaging.requirements import Requirement
from PyInstaller.utils.hooks import collect_data_files, collect_submodules

from selfassess.paths import NAME, questionnaires

HERE = Path(__file__).parent
BY_NAME = (f"{NAME}.cli", "textual.widgets", "rich._unicode_data")
"""Packages whose modules are loaded by name, so that no import leads to them."""
EXTRAS = ("", "host", "office")
"""What the program can do, without an extra and with one."""
AS_FILES = {NAME: None, "docx": "parts", "pptx": "oxml"}
"""Packages of which modules are there as files too, and in which folder of them: ours have data beside them, and
the others find their templates on a way that leads through such a folder."""
COMPILED = "__pycache__"
"""Where Python keeps what it compiled, and while it does, files that are gone a moment later."""
LEFT_OUT = ("hypothesis", "IPython", "mypy", "polars", "pytest", "scipy", "tkinter")
"""What libraries make use of where it is installed, and the program never does."""


def build(place: Path) -> Path:
    """Build the folder in a folder, in the place of one that is there, and return it."""
    with TemporaryDirectory() as work:
        PyInstaller.__main__.run(
            [
                *("--name", NAME),
                *("--onedir", "--console", "--noconfirm"),
                *("--log-level", "WARN"),
                *("--distpath", str(place)),
                *("--workpath", work),
                *("--specpath", work),
                *_each("--hidden-import", _loaded_by_name()),
                *_each("--add-data", _data()),
                *_each("--exclude-module", LEFT_OUT),
                *_each("--copy-metadata", _libraries()),  # their licences are in it
                str(HERE / "start.py"),
            ]
        )
    return place / NAME


def _each(option: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (option, value)


def _loaded_by_name() -> Iterator[str]:
    for package in BY_NAME:
        yield from collect_submodules(package)
    yield from _compiled("tomli")


def _libraries() -> set[str]:
    """The program and every library that it needs, of those that are installed."""
    found: set[str] = set()
    to_see = {NAME}
    while to_see:
        name = to_see.pop()
        try:
            needs = map(Requirement, distribution(name).requires or ())
        except PackageNotFoundError:
            continue
        found.add(name)
        extras = EXTRAS if name == NAME else ("",)
        needed = {one.name for one in needs if _is_needed(one, extras)}
        to_see |= needed - found
    return found


def _is_needed(requirement: Requirement, extras: Iterable[str]) -> bool:
    return requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras)


def _compiled(name: str) -> Iterator[str]:
    """The module beside a package that holds its compiled part; its name has a checksum in it."""
    try:
        files = distribution(name).files or ()
    except PackageNotFoundError:
        return
    yield from (file.name.split(".")[0] for file in files if "__mypyc." in file.name)


def _data() -> Iterator[str]:
    for package, below in AS_FILES.items():
        if find_spec(package):
            files = collect_data_files(package, include_py_files=True, subdir=below)
            yield from (f"{file}:{folder}" for file, folder in files if COMPILED not in Path(folder).parts)
    yield from (f"{file}:{NAME}/questionnaires" for file in questionnaires().iterdir() if file.is_file())


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1] if len(sys.argv) > 1 else 'dist').absolute())}\n")
