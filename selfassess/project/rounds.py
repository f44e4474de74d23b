"""The rounds of a shared project, from the first invitation to the end of the retention period.

Every method raises ProjectError if the file is locked, read-only, full, damaged or gone, and UsageError for what cannot
be done with a round in its present state. A method that takes the `id` of a round raises UsageError if there is none.
"""

import datetime
import math
from collections.abc import Mapping
from dataclasses import replace

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, GroupKey, Questionnaire
from selfassess.model.round import (
    EVERYBODY,
    Agreed,
    Counts,
    Days,
    Foreseen,
    OwnFinding,
    Round,
    asked_for_consent,
    decided,
    groups_of,
)
from selfassess.model.sheet import RoundKey
from selfassess.project import acceptance, queries, round_queries, round_rules, schema
from selfassess.project.admission_codes import Admission
from selfassess.project.database_errors import Trouble
from selfassess.project.paper_sheets import PaperSheets
from selfassess.project.project import Project
from selfassess.project.round_queries import Showing, existing_round
from selfassess.project.round_sheets import RoundSheets
from selfassess.project.survey_rows import SurveyRows

Shown = tuple[str, str, str]
"""A published figure: the cell, the id of the node or item, and the kind of figure."""


class Rounds:
    """The rounds in a project file. UsageError where the project is personal."""

    def __init__(self, project: Project) -> None:
        if project.kind == "personal":
            raise UsageError(
                "This project is one person's own, so it has no rounds.",
                "Make a project that several people share, or name the file of one.",
            )
        self.project = project
        self.admission = Admission(project)
        self.sheets = RoundSheets(project)
        self.papers = PaperSheets(project, self.sheets)
        self.rows = SurveyRows(project)
        self._database = project.database

    # Setting up

    def add(self, round: Round, edition: Edition, after: Round | None = None) -> None:
        """Store a new round and freeze its questionnaire. `after` is the round that it follows, if that is known.
        UsageError if the id is taken, or if the questionnaire does not have one of the groups."""
        round_rules.check_new(round, edition)
        with self._database.transaction() as connection:
            if round_queries.round_of(self._database, round.id):
                raise UsageError(f"There is a round “{round.id}” already.", "Choose another name for the new one.")
            queries.add_questionnaire(connection, edition)
            round_queries.add_round(connection, round)
            if after is not None:
                round_queries.set_previous(connection, round.key, after.key)

    def all(self) -> tuple[Round, ...]:
        """Every round, in the order of their ids."""
        return tuple(round_queries.rounds(self._database))

    def get(self, name: str | None) -> Round:
        """The round with that id or title; for None the only round there is. UsageError lists the rounds."""
        return round_rules.chosen(self.all(), name)

    def with_key(self, key: RoundKey) -> Round | None:
        """The round with this key, which tickets name; None if it belongs to another project."""
        return round_queries.round_with_key(self._database, key)

    def previous(self, id: str) -> Round | None:
        """The round that this one follows. None if that is not known, or if it was deleted."""
        return round_queries.previous(self._database, existing_round(self._database, id).key)

    def check_fits(self, round: Round, questionnaire: Questionnaire) -> None:
        """ProjectError if a round names groups that its questionnaire does not have, or has sheets of groups that it
        does not name. The sheets are not checked if the checksum of the file already vouches for every row."""
        is_so = set(round.invited) <= set(groups_of(questionnaire))
        if is_so and not self._database.is_vouched_for:
            is_so = set(round_queries.sheets_in(self._database, round.key)) <= set(round.invited)
        if not is_so:
            raise Trouble.DAMAGED.at(self.project.path)

    def is_fixed(self, id: str) -> bool:
        """Whether its rules can no longer change: somebody was invited, got a form, has begun or has handed in."""
        return round_queries.is_fixed(self._database, existing_round(self._database, id).key)

    def fix(self, id: str) -> None:
        """Note that somebody can have read the rules, for example on paper. Writes nothing if that is noted already."""
        key = existing_round(self._database, id).key
        if not round_queries.is_fixed(self._database, key):
            with self._database.transaction() as connection:
                round_queries.fix(connection, key)

    def change(self, round: Round) -> None:
        """Change rules, groups, form or title; targets stay. UsageError if the rules are fixed (the title may always
        change)."""
        with self._database.transaction() as connection:
            before = existing_round(self._database, round.id)
            round_rules.check_change(before, round, fixed=round_queries.is_fixed(self._database, before.key))
            kept = {"key": before.key, "state": before.state, "standing": before.standing, "targets": before.targets}
            round_queries.change_round(connection, replace(round, **kept))  # type: ignore[arg-type]  # as they were

    def correct(self, id: str, invited: Mapping[GroupKey, int]) -> None:
        """Correct the numbers of people invited, at any time, for groups that take part. Which groups are asked for
        consent stays as it is once the rules are fixed. Once a report was released, the numbers in it are stored too:
        see `reported`. UsageError for a number below that of the sheets handed in."""
        with self._database.transaction() as connection:
            before = existing_round(self._database, id)
            round_rules.check_numbers(before, invited, round_queries.sheets_in(self._database, before.key))
            after = replace(before, invited={**before.invited, **invited})
            if not round_queries.is_fixed(self._database, before.key):
                asks = asked_for_consent(after.invited, after.rules)
                after = replace(after, rules=replace(after.rules, asks_consent=asks))
            if any(round_queries.released(self._database, before.key)):
                reported = round_queries.reported(self._database, before.key)
                corrected = {
                    group: (*reported.get(group, ()), number)
                    for group, number in before.invited.items()
                    if after.invited[group] != number
                }
                if corrected or reported:
                    round_queries.note_reported(connection, before.key, {**reported, **corrected})
            round_queries.change_round(connection, after)

    def reported(self, id: str) -> Mapping[GroupKey, tuple[int, ...]]:
        """By group, the numbers of people invited that were corrected after the first report: the first is the one in
        that report."""
        return round_queries.reported(self._database, existing_round(self._database, id).key)

    def set_target(self, id: str, node: str, group: GroupKey, score: float | None) -> None:
        """Set the target of a node for a group (EVERYBODY for all), or delete it with None.

        Targets affect neither answers nor suppression, so they may be set until a report was released: from then on
        people have read gaps to the old targets, and it is a UsageError.
        """
        if score is not None and not math.isfinite(score):
            raise UsageError("This is not a score.", "Write a number.")
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            if any(round_queries.released(self._database, round.key)):
                raise UsageError(
                    f"A report of the round “{round.title}” was made, so its targets stay: its gaps were measured "
                    "against them.",
                    "Set targets for the next round.",
                )
            others = {one: value for one, value in round.targets.get(node, {}).items() if one != group}
            mine = others if score is None else {**others, group: score}
            targets = {one: value for one, value in {**round.targets, node: mine}.items() if value}
            round_queries.change_round(connection, replace(round, targets=targets))
            schema.note_untidy(connection)

    def open(self, id: str, on: datetime.date | None = None) -> None:
        """Let people answer from now on, and note the day. UsageError if the round was closed: see `reopen`."""
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            if round.state == "closed":
                raise UsageError(
                    f"The round “{round.title}” was closed.",
                    "It can be opened again on purpose, as long as no report of it was made.",
                )
            round_queries.change_round(connection, replace(round, state="open"))
            if on is not None:
                round_queries.note_opened(connection, round.key, on)

    def close(self, id: str, on: datetime.date | None = None) -> Round:
        """Accept no more answers, decide the standing of each group (model.round.decided), delete drafts and the keys
        of rows of exports, and note the day, all in one transaction. Returns the round as it is then. Closing twice
        changes nothing."""
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            if round.state == "new":
                raise acceptance.not_open(round)
            if round.state == "open":
                handed_in = round_queries.sheets_in(self._database, round.key)
                standing = decided(round, handed_in, round_queries.refusals(self._database, round.key))
                round = replace(round, state="closed", standing=standing)
                for saved in tuple(round_queries.drafts(self._database, round)):
                    queries.remove_draft(connection, saved.id)
                round_queries.change_round(connection, round)
                self.rows.forget(connection, round)
                if on is not None:
                    round_queries.note_closed(connection, round.key, on)
                schema.note_untidy(connection)
        self.project.tidy()
        return round

    def days(self, id: str) -> Days:
        """The days on which it was opened and closed, as far as they were noted."""
        round = existing_round(self._database, id)
        found = round_queries.days(self._database, round.key)
        return found if round.state == "closed" else Days(found.opened)

    def reopen(self, id: str) -> None:
        """Open the round again and undo what was decided at close. UsageError if a report of it was released."""
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            if any(round_queries.released(self._database, round.key)):
                raise UsageError(
                    f"A report of the round “{round.title}” was made, so it stays closed.",
                    "Later answers would give away who gave them. Start a new round for them.",
                )
            if round.state == "new":
                raise acceptance.not_open(round)
            round_queries.change_round(connection, replace(round, state="open", standing={}))
            round_queries.remove_foreseen(connection, round.key)
            schema.note_untidy(connection)

    def counts(self, id: str) -> Counts:
        """How many people did what; nothing about what they answered."""
        round, database = existing_round(self._database, id), self._database
        drafts = [saved.draft.group or EVERYBODY for saved in round_queries.drafts(database, round)]
        counted = (
            round_queries.sheets_in(database, round.key),
            {group: drafts.count(group) for group in drafts},
            round_queries.admissions(database, round.key),
            round_queries.admissions(database, round.key, 1),
            round_queries.refusals(database, round.key),
        )
        handed_in, begun, given_out, used, refusals = ({**dict.fromkeys(round.invited, 0), **one} for one in counted)
        return Counts(handed_in=handed_in, drafts=begun, codes=given_out, used=used, refusals=refusals)

    def delete(self, id: str) -> None:
        """Delete the round and every row that belongs to it, and the questionnaire if nothing else needs it."""
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            for saved in tuple(round_queries.drafts(self._database, round)):
                queries.remove_draft(connection, saved.id)
            round_queries.remove_round(connection, round)
            schema.note_untidy(connection)
        self.project.tidy()

    # Released figures, agreed scores, and what was written that was found

    def released(self, id: str) -> frozenset[Shown]:
        """Everything that was published of the round so far: the release log."""
        return frozenset(round_queries.released(self._database, existing_round(self._database, id).key))

    def release(self, id: str, shown: frozenset[Shown]) -> None:
        """Add figures to the release log, before they are shown. The first release deletes what only a round that is
        opened again would need: unused codes, numbers on paper. Writes nothing if all figures are in the log already,
        so that a second report can be made from a read-only file. UsageError if the round is not closed."""
        if existing_round(self._database, id).state == "closed" and shown <= self.released(id):
            return
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            if round.state != "closed":
                raise round_rules.not_closed(round)
            round_queries.release(connection, round.key, shown)
            schema.note_untidy(connection)

    def foreseen(self, id: str, by: Showing) -> Foreseen | None:
        """What will be shown of the round, if it was decided beforehand."""
        return round_queries.foreseen(self._database, existing_round(self._database, id).key, by)

    def foresee(self, id: str, by: Showing, found: Foreseen) -> None:
        """Store what will be shown of the round. UsageError if it is not closed."""
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            if round.state != "closed":
                raise round_rules.not_closed(round)
            round_queries.note_foreseen(connection, round.key, by, found)

    def agreed(self, id: str) -> tuple[Agreed, ...]:
        """The scores on which the meeting agreed."""
        return tuple(round_queries.agreed(self._database, existing_round(self._database, id).key))

    def agree(self, id: str, agreed: Agreed) -> None:
        """Store, or replace, the agreed score of a node."""
        if not math.isfinite(agreed.score):
            raise UsageError("This is not a score.", "Write a number.")
        with self._database.transaction() as connection:
            round_queries.agree(connection, existing_round(self._database, id).key, agreed)
            schema.note_untidy(connection)

    def disagree(self, id: str, node: str) -> None:
        """Delete the agreed score of a node."""
        with self._database.transaction() as connection:
            round_queries.disagree(connection, existing_round(self._database, id).key, node)
            schema.note_untidy(connection)

    def findings(self, id: str) -> tuple[OwnFinding, ...]:
        """What the facilitator wrote that was found."""
        return tuple(round_queries.findings(self._database, existing_round(self._database, id).key))

    def write_finding(self, id: str, finding: OwnFinding) -> None:
        """Store, or replace, what was found of a node in a group; an empty text deletes it."""
        with self._database.transaction() as connection:
            round_queries.put_finding(connection, existing_round(self._database, id).key, finding)
            schema.note_untidy(connection)
