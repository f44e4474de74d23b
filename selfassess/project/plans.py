"""The plan of a project, personal or shared: the actions that were decided. It outlives rounds.

Every method raises ProjectError if the file is locked, read-only, full, damaged or gone. A method that takes the `id`
of an action raises UsageError if there is none.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from selfassess.errors import UsageError
from selfassess.model import plan as plans
from selfassess.model.plan import Plan, Planned, number_of
from selfassess.project import plan_queries, schema
from selfassess.project.project import Project
from selfassess.text import clean, did_you_mean, there_are


class Plans:
    """The plan in a project file."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._database = project.database

    def all(self) -> Plan:
        """Every action in its order: what is to be done, then what is done, then what was dropped."""
        return plans.ordered(plan_queries.planned(self._database))

    def get(self, id: str) -> Planned:
        """The action with that id, in upper or lower case."""
        there = {one.id: one for one in self.all()}
        found = there.get(id.strip().lower())
        if found is None:
            raise _no_action(id, there)
        return found

    def add(self, *new: Planned) -> Plan:
        """Store new actions after the other open ones: all of them or none. Returns them with their ids and places."""
        with self._database.transaction() as connection:
            before = self.all()
            after = _put(connection, before, plans.added(before, new))
        known = {one.id for one in before}
        return tuple(one for one in after if one.id not in known)

    def change(self, planned: Planned, before: Planned | None = None) -> Planned:
        """Store an action in place of the one with its id. UsageError if that one no longer equals `before`, because
        somebody else has changed it."""
        with self._database.transaction() as connection:
            plan = self.all()
            if before is not None and before != self.get(planned.id):
                raise _overtaken()
            after = _put(connection, plan, plans.changed(plan, replace(planned, id=self.get(planned.id).id)))
        return after[plans.index_of(after, planned.id)]

    def move(self, id: str, place: int) -> Planned:
        """Move an action to another place, counted from 1, or as near as possible: see `model.plan.moved`."""
        with self._database.transaction() as connection:
            id = self.get(id).id
            before = self.all()
            after = _put(connection, before, plans.moved(before, id, place))
        return after[plans.index_of(after, id)]

    def remove(self, id: str) -> None:
        """Delete an action permanently. Its id is not used again."""
        with self._database.transaction() as connection:
            id = self.get(id).id
            before = self.all()
            _put(connection, before, plans.without(before, id))
        self.project.tidy()

    def replace(self, before: Plan, after: Plan) -> Plan:
        """Replace the whole plan, all of it or nothing: actions without an id are new, missing ones are deleted.
        UsageError if the plan is no longer equal to `before`, because somebody else has changed it."""
        with self._database.transaction() as connection:
            if self.all() != before:
                raise _overtaken()
            return _put(connection, before, after)


def _put(connection: sqlite3.Connection, before: Plan, after: Plan) -> Plan:
    """Write the actions that differ, and give ids to new ones."""
    number = max([plan_queries.last_number(connection), *(number_of(one.id) for one in before)])
    kept: list[Planned] = []
    for one in after:
        if not one.id:
            number += 1
            one = replace(one, id=f"a{number}")
        kept.append(one)
    plan_queries.note_number(connection, number)
    left = {one.id for one in kept}
    for one in before:
        if one.id not in left:
            plan_queries.remove(connection, one.id)
    for one in kept:
        if one not in before:
            plan_queries.put(connection, one)
    schema.note_untidy(connection)
    return tuple(kept)


def _no_action(id: str, there: Iterable[str]) -> UsageError:
    known = list(there)
    hint = did_you_mean(id, known) or (there_are(known) if known else "The plan is empty.")
    return UsageError(f"There is no action “{clean(id, 40)}” in the plan.", hint)


def _overtaken() -> UsageError:
    return UsageError(
        "The plan was changed elsewhere in the meantime, so nothing was changed here.",
        "Look at the plan as it is now, and try again.",
    )
