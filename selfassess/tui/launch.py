"""The options that the screens are started with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.sheet import Form
from selfassess.project.project import Project

if TYPE_CHECKING:
    from selfassess.services.entrances import Entrance
    from selfassess.sitting.round_entry import Entrant
    from selfassess.sitting.session import Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchOptions:
    """The project, and where to begin."""

    project: Project | None = None
    """None: nothing can be saved or resumed."""
    edition: Edition | None = None
    """The questionnaire to answer. None: the home screen."""
    group: GroupKey | None = None
    """The person's group. None: they are asked, where the questionnaire has groups."""
    form: Form | None = None
    """The form that was asked for. None: the one of an unfinished sitting, or the person chooses."""
    code: str | None = None
    """The code of a sitting in a shared project, to resume it."""
    entrance: "Entrance | None" = None
    """The entrance to the round to take part in. None: no round."""
    participant: "Sitting | Entrant | None" = None
    """What is known of the first person in that round: a sitting to resume, or a new participant."""
    sittings: bool = False
    """True: begin with the list of the person's own sittings."""
    save: bool = True
    """False: a trial. Nothing is saved."""

    @property
    def begins_at_home(self) -> bool:
        """Whether the home screen is shown first."""
        return self.edition is None and self.entrance is None and not self.sittings
