"""The command `collect`: takes in the sheets that came back as files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds
from selfassess.cli.round.lookup import counted, opened
from selfassess.cli.terminal import Told, say, tell, tell_data
from selfassess.errors import ProjectError, ResponsesError, SelfAssessError, UsageError

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.project.exchange_files import Parcel
    from selfassess.project.rounds import Rounds

AT_ONCE = 200
"""How many files are taken in at a time: each time the project file is written to the disk."""
NAMED = 5
"""How many files are named that were refused for the same reason."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in."""

    file: str
    why: str
    cure: str


@dataclass(slots=True)
class Outcome:
    """What became of the files so far."""

    new: int
    here: int
    replaced: int
    refused: list[Refused]
    passed_over: int


@click.command(short_help="Take in sheets that came back as files.")
@click.argument("names", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(readable=False))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to tell.")
@of_rounds
def collect(place: Place, names: tuple[str, ...], style: str) -> int:
    """Take in the sheets that people sent back: files whose names end in .sheet, or a folder of them.

    Do it as often as you like: what was taken in before is not counted twice. Ends with exit code 4 if a sheet was
    refused.

    \b
    selfassess --project ours.selfassess collect returned
    """
    if not all(names):  # which would be the folder one is in
        raise UsageError("One of the files named has an empty name.", "Name files, or a folder of them.")
    outcome = Outcome(0, 0, 0, [], 0)
    with opened(place) as rounds:
        questionnaires = _Questionnaires(rounds)
        at = Path()
        try:
            files = _files(map(Path, names), outcome)
            while some := list(islice(files, AT_ONCE)):
                at = some[0]  # where anything stops now, none of these is in
                _take(rounds, some, outcome, questionnaires)
        except (ProjectError, KeyboardInterrupt) as stopped:
            say(f"Stopped at {_shown(at)}. Before it: {_summary(outcome)}")
            say("What was taken in stays. Collect again afterwards: nothing is counted twice.")
            if isinstance(stopped, KeyboardInterrupt):
                raise Told from None
            raise
    if style == "json":
        import json

        tell_data(json.dumps(_document(outcome), indent=2, ensure_ascii=False) + "\n")
    else:
        for line in _lines(outcome):
            tell(line)
    return ResponsesError.exit_code if outcome.refused else 0


def _files(paths: Iterable[Path], outcome: Outcome) -> Iterator[Path]:
    """Every file named, and of a folder those that can be sheets, each once."""
    seen: set[Path] = set()
    for path in paths:
        try:
            found = _in_folder(path, outcome) if _is_folder(path) else [path]
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            cure = "Check that you may look into the folder."
            outcome.refused.append(Refused(_shown(path), f"The folder cannot be read: {reason}.", cure))
            continue
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file


def _in_folder(folder: Path, outcome: Outcome) -> list[Path]:
    from selfassess.project.exchange_files import SHEET

    there = sorted(folder.iterdir())
    sheets = [
        one for one in there if one.suffix.lower() == SHEET and not one.name.startswith(".") and not _is_folder(one)
    ]
    outcome.passed_over += len(there) - len(sheets)
    return sheets


def _is_folder(path: Path) -> bool:
    """Whether it is one, as far as anybody can tell. What is none is read, and whatever stops that is told then."""
    try:
        return path.is_dir()
    except OSError:
        return False


class _Questionnaires:
    """The questionnaires of the rounds, each read once."""

    def __init__(self, rounds: "Rounds") -> None:
        self.rounds = rounds
        self.read: dict[str, Questionnaire] = {}

    def of(self, parcel: "Parcel") -> "Questionnaire":
        """The questionnaire of a parcel's round. UsageError where it is of none here."""
        from selfassess.project.submission import other_round
        from selfassess.services.projects import edition_of_round

        key = parcel.sheet.ticket.round if parcel.sheet.ticket else ""
        if key not in self.read:
            round = self.rounds.with_key(key)
            if round is None:
                raise other_round()
            self.read[key] = edition_of_round(self.rounds, round).questionnaire
        return self.read[key]


def _take(rounds: "Rounds", paths: Sequence[Path], outcome: Outcome, questionnaires: _Questionnaires) -> None:
    """Take some files in, all at once."""
    read = [_read(path, questionnaires) for path in paths]
    taken = iter(rounds.hand_in_all(one for one in read if not isinstance(one, SelfAssessError)))
    for path, one in zip(paths, read, strict=True):
        found = one if isinstance(one, SelfAssessError) else next(taken)
        match found:
            case "new":
                outcome.new += 1
            case "here":
                outcome.here += 1
            case "replaced":
                outcome.replaced += 1
            case _:
                outcome.refused.append(_refused(path, found))


def _read(path: Path, questionnaires: _Questionnaires) -> "tuple[Parcel, Questionnaire] | SelfAssessError":
    """What is in a file and the questionnaire that it answers, or why it cannot be taken in."""
    from selfassess.project.exchange_files import read_sheet

    try:
        parcel = read_sheet(path)
        return parcel, questionnaires.of(parcel)
    except ProjectError:
        raise
    except SelfAssessError as error:
        return error


def _refused(path: Path, error: SelfAssessError) -> Refused:
    from selfassess.project.exchange_files import StrangeFileError

    why = error.alone if isinstance(error, StrangeFileError) else error.message
    return Refused(_shown(path), why, error.facilitator)


def _shown(path: Path) -> str:
    from selfassess.project.atomic_files import shown

    return shown(path)


def _summary(outcome: Outcome) -> str:
    return (
        f"{outcome.new} new, {outcome.here} already here, {outcome.replaced} replaced, {len(outcome.refused)} refused."
    )


def _lines(outcome: Outcome) -> Iterator[str]:
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in outcome.refused:
        alike[one.why, one.cure].append(one.file)
    for (why, cure), files in alike.items():
        named = files if len(files) <= NAMED else files[: NAMED - 1]
        yield f"Refused: {why}"
        for file in named:
            yield f"  {file}"
        if len(files) > len(named):
            yield f"  and {len(files) - len(named)} more"
        if cure:
            yield f"  {cure}"
    if outcome.passed_over:
        others = counted(outcome.passed_over, "other file was", "other files were")
        yield f"{others} passed over: no sheets by their names."
    yield _summary(outcome)


def _document(outcome: Outcome) -> dict[str, Any]:
    return {
        "new": outcome.new,
        "here": outcome.here,
        "replaced": outcome.replaced,
        "refused": [{"file": one.file, "why": one.why, "cure": one.cure} for one in outcome.refused],
        "passed_over": outcome.passed_over,
    }


COMMANDS = (collect,)
