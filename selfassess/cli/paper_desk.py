"""Where sheets of paper are keyed in: the round, its form for each group, and what a row means there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selfassess.cli import keying
from selfassess.cli.round_place import counted, invited_group, titles_of
from selfassess.cli.streams import say
from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import Layout
from selfassess.model.round import Round
from selfassess.model.sheet import Sheet
from selfassess.services.paper import layout

if TYPE_CHECKING:
    from selfassess.storage.rounds import FromPaper, Rounds, Taken

HELP = """\
One key a question, in the order of the form. Blanks do not matter.
  0 to 9   the answer circled
  d        don't know
  a        doesn't apply
  -        left blank
  .        was not to be answered: a condition
  /12.5/   a number, or an answer of several figures (/10/), between strokes
  /1 3/    several answers circled, between strokes"""
CONSENT_HELP = "  y or n   comes first: may the small group be shown (- left blank)"
CODE_HELP = "  =CODE    at the end: the code that the person made up"
GROUP_WORD = "group"


@dataclass(slots=True)
class Desk:
    """Where sheets of a round are keyed in."""

    rounds: "Rounds"
    round: Round
    edition: Edition
    group: str
    """The group whose sheets are keyed in now."""
    words: bool = False
    """Whether texts are asked for too."""
    layouts: dict[str, Layout] = field(default_factory=dict)
    done: dict[str, bool] = field(default_factory=dict)
    """The sheets that were dealt with, by their numbers: whether each was kept, or changed."""
    taken_up: tuple[str, Sheet | None] | None = None
    """The sheet that is being keyed in, and what was there under its number; None between two sheets."""

    def layout(self, group: str | None = None) -> Layout:
        """The form of a group, or of the one whose sheets are keyed in now."""
        id = self.group if group is None else group
        if id not in self.layouts:
            self.layouts[id] = layout(self.edition, id or None, self.round.form)
        return self.layouts[id]

    def asks_consent(self, group: str | None = None) -> bool:
        """Whether the people of that group are asked if it may be shown."""
        from selfassess.sitting.entering import asks_consent

        return asks_consent(self.round, self.group if group is None else group)

    def title(self, group: str | None = None) -> str:
        """What a group is called."""
        return titles_of(self.edition.questionnaire)[self.group if group is None else group]

    def turn_to(self, name: str) -> None:
        """Go on with the sheets of another group. UsageError where it takes no part."""
        self.group = invited_group(self.round, self.edition.questionnaire, name)

    def read(self, row: str, group: str | None = None) -> keying.Keyed:
        """The keys of a row. UsageError where there are too many or too few."""
        try:
            return keying.read_row(self.layout(group), row, asks_consent=self.asks_consent(group))
        except keying.WrongLengthError as error:
            raise UsageError(str(error)) from None

    def misfits(self, keyed: keying.Keyed, group: str | None = None) -> list[keying.Misfit]:
        """What in a row does not fit, the code at its end as well."""
        found = keying.misfits(self.layout(group), keyed)
        if keyed.code and not self.round.rules.matching:
            found.append(keying.Misfit(-2, "The code at the end", keyed.code, "This round has none: leave it out"))
        return found

    def sheet(self, keyed: keying.Keyed, texts: Mapping[str, str], before: Sheet | None = None) -> Sheet:
        """The sheet of a row that fits. A code that was keyed in before stays where none is keyed in now."""
        matching = self.rounds.matching_key(keyed.code) if keyed.code else ""
        if before and before.ticket and not keyed.code:
            matching = before.ticket.matching
        return keying.sheet_of(self.layout(), keyed, texts, self.round.key, matching)

    def take_up(self, written: str) -> tuple[str, Sheet | None]:
        """Begin with a sheet. Its number as it is kept, and what is there under it."""
        from selfassess.storage.changing import paper_number

        number = paper_number(written)
        self.taken_up = number, self.rounds.paper(self.round.id, number)
        return self.taken_up

    def put_away(self, *, kept: bool) -> None:
        """Be done with it. One that was kept before stays so."""
        if self.taken_up:
            number, _ = self.taken_up
            self.done[number] = kept or self.done.get(number, False)
        self.taken_up = None

    def unfinished(self) -> str:
        """What became of the sheet that was being keyed in, for a person who stops in the middle; nothing between two
        sheets."""
        if self.taken_up is None:
            return ""
        number, before = self.taken_up
        if self.rounds.paper(self.round.id, number) != before:
            return f" Sheet {number} is kept as far as you came."
        return f" Sheet {number} stays as it was." if before else f" Sheet {number} was not kept."

    def enter(self, number: str, sheet: Sheet) -> "Taken":
        """Keep a sheet under its number."""
        return self.rounds.enter(self.round.id, number, sheet, self.edition.questionnaire)

    def enter_all(self, sheets: "Sequence[FromPaper]") -> None:
        """Keep several sheets, all of them or none."""
        self.rounds.enter_all(self.round.id, sheets, self.edition.questionnaire)


def row_help(desk: Desk) -> str:
    """How a row is typed here."""
    lines = [HELP]
    lines += [CONSENT_HELP] if any(desk.asks_consent(group) for group in desk.round.invited) else []
    lines += [CODE_HELP] if desk.round.rules.matching else []
    return "\n".join(lines)


def show(desk: Desk, sheet: Sheet) -> None:
    """Say a sheet as its row, part by part."""
    group = sheet.group or ""
    form, asks = desk.layout(group), desk.asks_consent(group)
    keyed = keying.keyed_of(form, sheet, asks_consent=asks)
    if len(desk.round.invited) > 1:
        say(f"  {desk.title(group)}")
    if asks:
        say(f"  Small group: {keyed.consent}")
    for line in keying.by_part(form, keyed.keys):
        say(f"  {line}")
    if sheet.texts:
        say(f"  and {counted(len(sheet.texts), 'text')}")
