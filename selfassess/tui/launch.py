"""What the program on screen is started with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Form
from selfassess.storage.project import Project

if TYPE_CHECKING:
    from selfassess.sitting.entering import Entrance, Entrant
    from selfassess.sitting.live import Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchOptions:
    """Where things are kept, and where the person wants to begin."""

    project: Project | None = None
    """None: nothing can be saved, and there is nothing to go on with."""
    edition: Edition | None = None
    """The questionnaire to answer. None: the home screen."""
    group: str | None = None
    """The person's group. None: they are asked, where the questionnaire has groups."""
    form: Form | None = None
    """The form that was asked for. None: the one that was begun, or the person chooses."""
    code: str | None = None
    """The resume code of a sitting in a shared project, to go on with."""
    entrance: "Entrance | None" = None
    """How to enter the round to take part in. None: no round."""
    come: "Sitting | Entrant | None" = None
    """The first person to enter that round: with a sitting to go on with, or on the way to the first question."""
    sittings: bool = False
    """True: begin with the list of the person's own sittings."""
    save: bool = True
    """False: only to try it out. Nothing is kept."""

    @property
    def begins_at_home(self) -> bool:
        """Whether the home screen comes first."""
        return self.edition is None and self.entrance is None and not self.sittings
