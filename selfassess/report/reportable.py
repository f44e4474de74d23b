"""Whether rounds can be reported and compared at all, before anything is read of them."""

from collections.abc import Sequence

from selfassess.errors import UsageError
from selfassess.model.round import Round
from selfassess.paths import program


def check_closed(round: Round, where: str) -> None:
    """UsageError where a round of the project file `where` is not closed."""
    if round.state != "closed":
        command = program(where)
        raise UsageError(
            f"The round “{round.title}” is not closed, and before that nothing is told but how many are in.",
            f"See how many: {command} round status {round.id}\nClose it: {command} round close {round.id}",
        )


def check_rounds(chosen: Sequence[Round], where: str) -> None:
    """UsageError where these, of the project file `where`, are not two or more rounds, each of them closed."""
    if len(chosen) < 2:
        raise UsageError("To compare, two rounds are needed.", "Name both, the earlier first.")
    for place, one in enumerate(chosen):
        if one in chosen[:place]:
            raise UsageError(f"The round “{one.title}” is there twice.", "Name two different rounds.")
        if one.state != "closed":
            raise UsageError(
                f"The round “{one.title}” is not closed, and before that nothing is told but how many are in.",
                f"Close it: {program(where)} round close {one.id}",
            )
