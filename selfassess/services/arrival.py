"""What people in the room send from their phones: their sheet, for which they get their own result, and later perhaps
their receipt, to see that again or to take their answers back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from selfassess.errors import ProjectError, ResponsesError, SelfAssessError
from selfassess.model.reports import OwnReport
from selfassess.model.round import Round
from selfassess.project import codes
from selfassess.project.exchange_files import LARGEST_SHEET, sheet_in
from selfassess.project.rounds import Rounds
from selfassess.services.addressees import Addressees
from selfassess.services.projects import edition_of_round
from selfassess.services.reports import own_report

Wish = Literal["result", "deletion"]
"""What the holder of a receipt can want."""
NOTHING = (
    "Nothing in this round was handed in with that receipt. Check each group of four. Deleted answers cannot be found "
    "again."
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A sheet that is in: just now, or already before."""

    report: OwnReport


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A sheet that was deleted."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What was sent is refused."""

    why: str
    """Why, and what to do, in words for the person who sent it."""


def take_in(rounds: Rounds, content: bytes) -> Arrived | Refused:
    """Take in the content of a sheet file. A sheet that is here already has arrived. ProjectError where the project
    file is in the way."""
    try:
        parcel, edition = Addressees(rounds).of(sheet_in(Path("the sheet"), content[: LARGEST_SHEET + 1]))
        [taken] = rounds.sheets.hand_in_all([(parcel, edition.questionnaire)])
        if isinstance(taken, SelfAssessError):
            raise taken
    except ProjectError:
        raise
    except ResponsesError:
        return Refused("What arrived is damaged. Please try again.")
    except SelfAssessError as error:
        return _refused(error)
    return Arrived(own_report(edition, replace(parcel.sheet, texts=_texts(parcel.texts.values()), ticket=None)))


def with_receipt(rounds: Rounds, round: Round, receipt: str, wants: Wish) -> Arrived | TakenBack | Refused:
    """Do what the holder of a receipt of this round wants. ProjectError as from `take_in`."""
    try:
        known = codes.receipt(receipt)
        found = rounds.sheets.of_receipt(known)
        if found is None or found[0].key != round.key:
            return Refused(NOTHING)
        if wants == "deletion":
            rounds.sheets.withdraw(known)
            return TakenBack()
    except ProjectError:
        raise
    except SelfAssessError as error:
        return _refused(error)
    return Arrived(own_report(edition_of_round(rounds, round), replace(found[1], ticket=None)))


def _refused(error: SelfAssessError) -> Refused:
    return Refused(" ".join(filter(None, (error.message, error.hint))))


def _texts(written: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {about: text for about, text in written if text.strip()}
