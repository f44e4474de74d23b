"""Clearing up, at the start of the program, after earlier runs that were killed."""

from pathlib import Path

from selfassess.errors import ProjectError, ProjectInUseError
from selfassess.project import round_queries, unfinished_files
from selfassess.project.atomic_files import exists
from selfassess.project.database import Database
from selfassess.project.unfinished_files import Placing

_PATIENCE = 1.0


def recover() -> None:
    """Clear up what killed processes left. Never an error."""
    unfinished_files.clear_up(is_taken_in)


def is_taken_in(placing: Placing) -> bool | None:
    """Whether the project file has the admission code that some letters were written with; None if it cannot be read
    now."""
    path = Path(placing.project)
    if not placing.admission or not exists(path):
        return False
    database = Database(path, read_only=True, patience=_PATIENCE)
    try:
        return round_queries.is_admission(database, placing.admission)
    except ProjectInUseError:
        return None
    except ProjectError:
        return True  # nobody can tell, so what is at its place stays there
    finally:
        database.close()
