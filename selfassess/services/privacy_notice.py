"""Change who looks after people's answers, say whom the change concerns, and remind the facilitator of the last day."""

from typing import TYPE_CHECKING

from selfassess.dates import day_words, today
from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.paths import named
from selfassess.sitting.privacy_notice import reminder

if TYPE_CHECKING:
    from selfassess.project.project import Project  # which loads more than all commands need

STAYS_THERE = "Letters, invitations and forms that people already have do not change."


def keep_notice(project: "Project", after: PrivacyNotice) -> tuple[str, ...]:
    """Store the notice. Returns what the facilitator should know where people have read the earlier one already: that
    it stays as it is in their letters, and that they need to hear of it if answers are kept for longer."""
    from selfassess.project.rounds import Rounds

    before = project.notice
    project.set_notice(after)
    rounds = Rounds(project)
    if before == after or not any(rounds.is_fixed(one.id) for one in rounds.all()):
        return ()
    said = [STAYS_THERE]
    if before.keep_until and (after.keep_until is None or after.keep_until > before.keep_until):
        said.append(
            f"People were told that their answers are kept until {day_words(before.keep_until)}. Let them know."
        )
    return tuple(said)


def reminder_of(project: "Project") -> str:
    """What the facilitator of a project is reminded of as the last day comes on which its answers are kept; nothing
    before. ProjectError where the project cannot be read."""
    return reminder(project.notice, today(), named(str(project.path)))
