"""Take in the sheets that people sent back, as files or in messages: many at a time, each file of a batch or none."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from selfassess.errors import ProjectError, SelfAssessError, reason_of
from selfassess.model.questionnaire import Questionnaire
from selfassess.project import mail
from selfassess.project.atomic_files import shown
from selfassess.project.exchange_files import SHEET, read_sheet, sheet_in
from selfassess.project.parcel import Parcel
from selfassess.project.rounds import Rounds
from selfassess.project.sealed_files import StrangeFileError
from selfassess.services.addressees import Addressees
from selfassess.text import count

NAMED = 5
"""How many files are named that were refused for the same reason."""
BATCH = 200
"""How many files are taken in at a time: after each batch the project file is written to the disk."""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken in."""

    file: str
    reason: str
    cure: str


@dataclass(slots=True)
class Collection:
    """What became of the files so far."""

    new: int = 0
    already_here: int = 0
    replaced: int = 0
    refused: list[RefusedFile] = field(default_factory=list)
    passed_over: int = 0
    """Files of a folder that are no sheets, by their names; and folders in it."""
    unopened: list[str] = field(default_factory=list)
    """Folders in a folder that was named."""
    next_file: str = "the first file"
    """The first file of the batch that is being taken in: if anything stops it, nothing from here on is in."""


def summary(collection: Collection) -> str:
    """What became of the files, in one line."""
    new, here, replaced = collection.new, collection.already_here, collection.replaced
    return f"{new} new, {here} already here, {replaced} replaced, {len(collection.refused)} refused."


def lines(collection: Collection) -> Iterator[str]:
    """What became of the files, those that were refused with the reason and the cure."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in collection.refused:
        alike[one.reason, one.cure].append(one.file)
    for (reason, cure), files in alike.items():
        named = files if len(files) <= NAMED else files[: NAMED - 1]
        yield f"Refused: {reason}"
        for file in named:
            yield f"  {file}"
        if len(files) > len(named):
            yield f"  and {len(files) - len(named)} more"
        if cure:
            yield f"  {cure}"
    if passed_over := collection.passed_over - len(collection.unopened):
        others = count(passed_over, "other file was", "other files were")
        yield f"{others} skipped: not named like sheets."
    if collection.unopened:
        yield "Folders inside a folder are not opened. If there are sheets in these, collect them too:"
        yield from (f"  {folder}" for folder in collection.unopened)
    yield summary(collection)


def collect(rounds: Rounds, paths: Iterable[Path], collection: Collection) -> None:
    """Take in the files named, and those of the folders named, and count in `collection` what became of them.

    A file that is no good is refused and the others go on. ProjectError where the project file is in the way; what was
    taken in before stays.
    """
    addressees = Addressees(rounds)
    files = _files(paths, collection)
    while batch := list(islice(files, BATCH)):
        collection.next_file = shown(batch[0])
        _take_in(rounds, batch, collection, addressees)


def _files(paths: Iterable[Path], collection: Collection) -> Iterator[Path]:
    """Every file named, and of a folder those that can be sheets, each once."""
    seen: set[Path] = set()
    for path in paths:
        try:
            files = _in_folder(path, collection) if _is_folder(path) else [path]
        except OSError as error:
            reason = f"The folder cannot be read: {reason_of(error)}."
            collection.refused.append(
                RefusedFile(shown(path), reason, "Check that you are allowed to open the folder.")
            )
            continue
        for file in files:
            if file not in seen:
                seen.add(file)
                yield file


def _in_folder(folder: Path, collection: Collection) -> list[Path]:
    entries = sorted(folder.iterdir())
    if {entry.name for entry in entries} >= {"cur", "new"}:  # a mailbox in which each message is a file
        return [path for name in ("cur", "new") for path in sorted((folder / name).iterdir())]
    sheets = [path for path in entries if not path.name.startswith(".") and _can_be_posted(path)]
    collection.passed_over += len(entries) - len(sheets)
    collection.unopened += [shown(path) for path in entries if not path.name.startswith(".") and _is_folder(path)]
    return sheets


def _can_be_posted(path: Path) -> bool:
    """Whether a file of a folder can be a sheet, or holds some. Of texts most are something else, such as letters."""
    name = path.name.lower()
    if _is_folder(path) or not name.endswith((SHEET, *mail.ENDINGS)):
        return False
    return not name.endswith(".txt") or name.endswith(f"{SHEET}.txt") or mail.sheets_at(path) is not None


def _is_folder(path: Path) -> bool:
    """Whether it is a folder, as far as can be seen. Anything else is read as a file, which says what is wrong."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _take_in(rounds: Rounds, paths: Sequence[Path], collection: Collection, addressees: Addressees) -> None:
    found = [(path, one) for path in paths for one in _read(path, addressees)]
    results = iter(rounds.sheets.hand_in_all(one for _, one in found if not isinstance(one, SelfAssessError)))
    for path, one in found:
        result = one if isinstance(one, SelfAssessError) else next(results)
        match result:
            case "new":
                collection.new += 1
            case "here":
                collection.already_here += 1
            case "replaced":
                collection.replaced += 1
            case _:
                collection.refused.append(_refused(path, result))


def _read(path: Path, addressees: Addressees) -> Iterator[tuple[Parcel, Questionnaire] | SelfAssessError]:
    """What is in a file, with the questionnaire that it answers: one sheet, or all that stand in its messages. Or why
    it cannot be taken in."""
    sheets = mail.sheets_at(path)
    if sheets is None:
        yield _fitting(partial(read_sheet, path), addressees)
        return
    if not sheets:
        yield StrangeFileError(path, "has no sheet in it.", "Check that this is the message with the answers.")
    for sheet in sheets:
        yield _fitting(partial(sheet_in, path, sheet), addressees)


def _fitting(read: Callable[[], Parcel], addressees: Addressees) -> tuple[Parcel, Questionnaire] | SelfAssessError:
    try:
        parcel, edition = addressees.of(read())
    except ProjectError:
        raise
    except SelfAssessError as error:
        return error
    return parcel, edition.questionnaire


def _refused(path: Path, error: SelfAssessError) -> RefusedFile:
    reason = error.alone if isinstance(error, StrangeFileError) else error.message
    return RefusedFile(shown(path), reason, error.facilitator)
