"""Take in a sheet that somebody in the room sends from their phone, and give them their own result."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from selfassess.errors import ProjectError, ResponsesError, SelfAssessError
from selfassess.model.reports import OwnReport
from selfassess.project.exchange_files import LARGEST_SHEET, sheet_in
from selfassess.project.rounds import Rounds
from selfassess.services.addressees import Addressees
from selfassess.services.reports import own_report


@dataclass(frozen=True, slots=True)
class Arrived:
    """A sheet that is in: just now, or already before."""

    report: OwnReport


@dataclass(frozen=True, slots=True)
class Refused:
    """A sheet that was refused."""

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
        return Refused(" ".join(filter(None, (error.message, error.hint))))
    return Arrived(own_report(edition, replace(parcel.sheet, texts=_texts(parcel.texts.values()), ticket=None)))


def _texts(written: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {about: text for about, text in written if text.strip()}
