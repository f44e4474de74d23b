"""Taking in a table that a survey service exports: the file, what was decided about it, and what is still asked."""

from dataclasses import dataclass, replace
from pathlib import Path

from selfassess.content import MEGABYTE, MissingError, UnreadError, content_of
from selfassess.errors import ResponsesError
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.round import Round
from selfassess.project.atomic_files import check_folder, shown, write_whole
from selfassess.project.rounds import Rounds
from selfassess.services import survey_columns, survey_intake, survey_map
from selfassess.services.extras import check_installed
from selfassess.services.groups import invited_group
from selfassess.services.projects import edition_of_round
from selfassess.services.survey_columns import Columns, Undecided
from selfassess.services.survey_export import NAMES, Export, Service, read_export
from selfassess.services.survey_intake import Intake
from selfassess.services.survey_map import Decisions
from selfassess.services.workbook import is_workbook
from selfassess.text import count

LARGEST = 100 * MEGABYTE
NOTHING = "Nothing was taken in."


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A table on its way into a round, as far as it is understood."""

    rounds: Rounds
    round: Round
    edition: Edition
    export: Export
    group: GroupKey | None
    """The group of all rows, where one was said."""
    decisions: Decisions

    def columns(self) -> Columns:
        """What each column holds, as far as that is decided. ResponsesError as in `survey_columns.understand`."""
        return survey_columns.understand(self.export, self.round, self.edition, self.decisions, self.group)

    def undecided(self) -> tuple[Undecided, ...]:
        """What a person still has to decide. After each answer something else can be open."""
        return survey_intake.undecided(
            self.rounds, self.round, self.edition, self.export, self.columns(), self.decisions, self.group
        )

    def after(self, undecided: Undecided, *, is_so: bool) -> "Desk":
        """The same once something is decided. ResponsesError where that means that the file cannot be taken in."""
        chosen = undecided.yes if is_so else undecided.no
        if chosen is None:
            raise ResponsesError(NOTHING, hint=undecided.cure)
        return replace(self, decisions=chosen)

    def intake(self) -> Intake:
        """What the table would bring. ResponsesError holds everything that is wrong with it."""
        return survey_intake.prepare(
            self.rounds, self.round, self.edition, self.export, self.columns(), self.decisions, self.group
        )

    def what_it_is(self) -> str:
        """How many rows there are, from where and for which round, in a sentence."""
        service = self.export.service
        source = "" if service == "csv" else f", from {NAMES[service]}"
        return f"{count(len(self.export.rows), 'row')}{source}, for {self.round.title}."

    def told(self, intake: Intake) -> list[str]:
        """What would come in, and what not, in sentences."""
        columns = self.columns()
        return [
            *survey_columns.told(self.export, columns),
            *survey_intake.told(self.edition, intake, has_consent=columns.consent is not None),
        ]


def read_table(path: Path, service: Service | None = None) -> Export:
    """The table in a file. ResponsesError where there is none, or it is too large; UsageError where the library is
    missing that reads workbooks."""
    content = _content(path, LARGEST)
    if is_workbook(content):
        check_installed("openpyxl", "Workbooks are read")
    return read_export(shown(path), content, service)


def read_decisions(path: Path | None) -> Decisions:
    """What was decided before; nothing where there is no such file yet. UsageError where none can be made."""
    if path is None:
        return Decisions()
    try:
        return survey_map.read_map(shown(path), content_of(path, survey_map.LARGEST))
    except MissingError:
        check_folder(path)
        return Decisions()
    except UnreadError as error:
        raise ResponsesError(f"{shown(path)} {error.why}.", hint=error.cure) from None


def keep_decisions(path: Path, decisions: Decisions) -> None:
    """Write down what was decided, for the next table of the same form."""
    write_whole(path, survey_map.written(decisions), overwrite=True)


def desk_for(rounds: Rounds, round_name: str | None, export: Export, decisions: Decisions, group: str | None) -> Desk:
    """A table for an open round; without a name for the only one. UsageError where there is no such round or group."""
    round = survey_intake.round_for(rounds, round_name)
    edition = edition_of_round(rounds, round)
    one = invited_group(round, edition.questionnaire, group) if group is not None else None
    return Desk(rounds=rounds, round=round, edition=edition, export=export, group=one, decisions=decisions)


def _content(path: Path, most: int) -> bytes:
    try:
        return content_of(path, most)
    except UnreadError as error:
        raise ResponsesError(f"{shown(path)} {error.why}.", hint=error.cure) from None
