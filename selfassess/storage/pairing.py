"""The questions to the tables by which people are found again in a later round."""

from collections.abc import Iterator

from selfassess.storage.database import Database
from selfassess.storage.trouble import UnreadableRowError


def matched_answers(database: Database, round: str) -> Iterator[tuple[str | None, str, str | None]]:
    """Group, characters and the key of the matching code of every sheet of a round, by its random id."""
    return database.read(_matched, "SELECT group_id, answers, matching FROM sheets WHERE round = ? ORDER BY id", round)


def is_any_matched(database: Database, round: str) -> bool:
    """Whether any sheet of a round has a matching code."""
    question = "SELECT EXISTS (SELECT 1 FROM sheets WHERE round = ? AND matching <> '')"
    return any(bool(found) for (found,) in database.rows(question, round))


def _matched(group: str | None, answers: str, matching: str | None) -> tuple[str | None, str, str | None]:
    if not (isinstance(answers, str) and isinstance(group, str | None) and isinstance(matching, str | None)):
        raise UnreadableRowError(answers)
    return group, answers, matching
