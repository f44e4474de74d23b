"""The desk where the sheets of paper of a round are keyed in: what is there, what is kept, and how far one came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.reports import Layout
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.sheet import Sheet
from selfassess.paths import program
from selfassess.project.paper_sheets import FromPaper
from selfassess.project.round_rules import paper_number
from selfassess.project.rounds import Rounds
from selfassess.services.groups import invited_group, titles_of
from selfassess.services.paper import layout
from selfassess.services.projects import edition_of_round
from selfassess.sitting import paper_row
from selfassess.sitting.paper_row import CODE, Difference, Keyed, Misfit, WrongLengthError
from selfassess.sitting.round_entry import asks_consent
from selfassess.text import all_there_are

GROUP_WORD = "group"
"""Begins a line that says whose sheets follow."""
_HELP = """\
One key for each question, in the order of the form. Spaces do not matter.
  0 to 9   the answer circled
  d        don't know
  a        doesn't apply
  -        left blank
  .        not to be answered, because of a condition
  /12.5/   a number, or an answer of several digits (/10/), between slashes
  /1 3/    several answers circled, between slashes"""
_CONSENT_HELP = "  y or n   comes first: can the small group be shown (- left blank)"
_CODE_HELP = "  =CODE    at the end: the code that the person made up"
NAMED = 20
"""How many numbers of sheets are named at most where one of them has to be chosen."""


@dataclass(slots=True)
class Desk:
    """Where sheets of a round are keyed in."""

    rounds: Rounds
    round: Round
    edition: Edition
    group: GroupKey
    """The group whose sheets are keyed in now."""
    layouts: dict[GroupKey, Layout] = field(default_factory=dict)
    done: dict[str, bool] = field(default_factory=dict)
    """The sheets that were dealt with, by their numbers: whether each was kept, or changed."""
    taken_up: tuple[str, Sheet | None] | None = None
    """The sheet that is being keyed in, and what was there under its number; None between two sheets."""

    def layout(self, group: GroupKey | None = None) -> Layout:
        """The form of a group, or of the one whose sheets are keyed in now."""
        id = self.group if group is None else group
        if id not in self.layouts:
            self.layouts[id] = layout(self.edition, id or None, self.round.form)
        return self.layouts[id]

    def asks_consent(self, group: GroupKey | None = None) -> bool:
        """Whether the people of that group are asked if it may be shown."""
        return asks_consent(self.round, self.group if group is None else group)

    def title(self, group: GroupKey | None = None) -> str:
        """What a group is called."""
        return titles_of(self.edition.questionnaire)[self.group if group is None else group]

    def turn_to(self, name: str) -> None:
        """Go on with the sheets of another group. UsageError where it takes no part."""
        self.group = invited_group(self.round, self.edition.questionnaire, name)

    def read(self, row: str, group: GroupKey | None = None) -> Keyed:
        """The keys of a row. UsageError where there are too many or too few."""
        try:
            return paper_row.read_row(self.layout(group), row, asks_consent=self.asks_consent(group))
        except WrongLengthError as error:
            raise UsageError(str(error)) from None

    def misfits(self, keyed: Keyed, group: GroupKey | None = None) -> list[Misfit]:
        """What in a row does not fit, the code at its end as well."""
        found = paper_row.misfits(self.layout(group), keyed)
        if keyed.code and not self.round.rules.matching:
            found.append(Misfit(CODE, "The code at the end", keyed.code, "This round has none: leave it out"))
        return found

    def keyed(self, sheet: Sheet) -> Keyed:
        """The row that says a sheet."""
        group = sheet.group or EVERYBODY
        return paper_row.keyed_of(self.layout(group), sheet, asks_consent=self.asks_consent(group))

    def differences(self, before: Keyed, now: Keyed, group: GroupKey | None = None) -> list[Difference]:
        """Where two rows that fit do not say the same."""
        return paper_row.differences(self.layout(group), before, now)

    def wanted_texts(self, keyed: Keyed) -> Iterator[tuple[str, str]]:
        """What may have been written on a sheet: what each text is about, and what was asked."""
        return paper_row.wanted_texts(self.layout(), keyed)

    def sheet(
        self, keyed: Keyed, texts: Mapping[str, str], before: Sheet | None = None, group: GroupKey | None = None
    ) -> Sheet:
        """The sheet of a row that fits. A code that was keyed in before stays where none is keyed in now."""
        matching = self.rounds.admission.matching_key(keyed.code) if keyed.code else ""
        if before and before.ticket and not keyed.code:
            matching = before.ticket.matching
        return paper_row.sheet_of(self.layout(group), keyed, texts, self.round.key, matching)

    def find(self, number: str) -> Sheet | None:
        """What is there under a number as it is kept."""
        return self.rounds.papers.get(self.round.id, number)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the sheets that are there."""
        return self.rounds.papers.numbers(self.round.id)

    def take_up(self, written: str) -> tuple[str, Sheet | None]:
        """Begin with a sheet. Its number as it is kept, and what is there under it."""
        number = paper_number(written)
        self.taken_up = number, self.find(number)
        return self.taken_up

    def take_up_again(self, written: str) -> tuple[str, Sheet]:
        """The same with a sheet that was keyed in before. UsageError says which there are."""
        number, before = self.take_up(written)
        if before is None:
            there = self.numbers
            hint = all_there_are("number", there, most=NAMED) if there else "None was typed in."
            raise UsageError(f"No sheet {number} was typed in.", hint)
        return number, before

    def put_away(self, *, kept: bool) -> None:
        """Be done with it. One that was kept before stays so."""
        if self.taken_up:
            number, _ = self.taken_up
            self.done[number] = kept or self.done.get(number, False)
        self.taken_up = None

    def leave(self) -> None:
        """Leave it as it is, without being done with it."""
        self.taken_up = None

    def unfinished(self) -> str:
        """What became of the sheet that was being keyed in, for a person who stops in the middle; nothing between two
        sheets."""
        if self.taken_up is None:
            return ""
        number, before = self.taken_up
        if self.find(number) != before:
            return f" Sheet {number} is saved as far as you got."
        return f" Sheet {number} stays as it was." if before else f" Sheet {number} was not saved."

    def keep(self, number: str, keyed: Keyed, texts: Mapping[str, str], before: Sheet | None) -> None:
        """Keep the sheet of a row that fits under its number."""
        sheet = self.sheet(keyed, texts, before)
        self.rounds.papers.enter(self.round.id, number, sheet, self.edition.questionnaire)

    def keep_all(self, sheets: Sequence[FromPaper]) -> None:
        """Keep several sheets, all of them or none."""
        self.rounds.papers.enter_all(self.round.id, sheets, self.edition.questionnaire)

    def remove(self, number: str) -> None:
        """Take a sheet out."""
        self.rounds.papers.remove(self.round.id, number)


def desk_for(rounds: Rounds, name: str, group: str | None = None) -> Desk:
    """The desk for a round, by its id or title, and the group whose sheets come first. UsageError where the round is
    not open, or the group takes no part."""
    round = rounds.get(name)
    if round.state == "new":
        command = program(str(rounds.project.path))
        raise UsageError(f"The round “{round.title}” is not open yet.", f"First: {command} round open {round.id}")
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "Sheets can be typed in only while it is open.")
    desk = Desk(rounds, round, edition_of_round(rounds, round), next(iter(round.invited)))
    if group is not None:
        desk.turn_to(group)
    return desk


def row_help(desk: Desk) -> str:
    """How a row is typed in this round."""
    lines = [_HELP]
    lines += [_CONSENT_HELP] if any(desk.asks_consent(group) for group in desk.round.invited) else []
    lines += [_CODE_HELP] if desk.round.rules.matching else []
    return "\n".join(lines)
