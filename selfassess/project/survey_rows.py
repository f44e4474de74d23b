"""Rows of exports of a survey service that become sheets of a round, each of them once."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import Round, RowsTaken
from selfassess.model.sheet import Sheet
from selfassess.project import acceptance, codes, round_queries, schema
from selfassess.project.parcel import Parcel
from selfassess.project.project import Project
from selfassess.project.round_queries import existing_round
from selfassess.project.round_sheets import put
from selfassess.text import clean


@dataclass(frozen=True, slots=True)
class FromRow:
    """A sheet that was a row, before it is written to the project file."""

    sheet: Sheet
    key: str = ""
    """The key of the row; nothing where it has no id."""


class SurveyRows:
    """The rows of exports that came into the rounds of a project file."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._database = project.database

    def key(self, round: Round, row: str) -> str:
        """The key of a row, from its id in the export. Anyone who has the file can try ids out, and learns no more than
        that a row was taken in."""
        return codes.row_key(row, round.key, self._project.salt)

    def taken(self, id: str) -> RowsTaken:
        """Which rows were taken in."""
        return round_queries.rows_taken(self._database, existing_round(self._database, id).key)

    def take_in(self, id: str, rows: Sequence[FromRow], questionnaire: Questionnaire) -> None:
        """Store the sheets of several rows: all of them or none. UsageError as in `RoundSheets.hand_in`, but no
        admission code is needed, because the owner of the project file vouches for the export; UsageError also if one
        of the rows was taken in meanwhile. Nobody has a receipt for these sheets."""
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            before = round_queries.rows_taken(self._database, round.key)
            keys = [row.key for row in rows if row.key]
            if not {*keys}.isdisjoint(before.keys):
                raise UsageError(
                    "Some of these rows were just taken in by somebody else, so nothing was taken in.",
                    "Run the command again: it takes in what is new.",
                )
            for row in rows:
                parcel = _parcel(row.sheet)
                put(connection, round, parcel, acceptance.check(round, parcel, questionnaire), is_new=True)
            now = RowsTaken((*before.keys, *keys), before.untold + len(rows) - len(keys))
            round_queries.note_rows(connection, round.key, now)
            schema.note_untidy(connection)

    def forget(self, connection: sqlite3.Connection, round: Round) -> None:
        """Delete the keys of the rows of a round that is closed; how many there were stays."""
        rows = round_queries.rows_taken(self._database, round.key)
        if rows.keys:
            round_queries.note_rows(connection, round.key, RowsTaken(untold=rows.untold + len(rows.keys)))


def _parcel(sheet: Sheet) -> Parcel:
    """A sheet split into its parts, under random keys: no receipt leads to them."""
    return Parcel(
        key=codes.new_key(),
        sheet=replace(sheet, texts={}, date=None),
        texts={codes.new_key(): (about, clean(sheet.texts[about])) for about in sorted(sheet.texts)},
        refusal=codes.new_key(),
    )
