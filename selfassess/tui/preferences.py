"""What a person chose for all their sittings on this computer: the colours, and whether an answer waits for Enter."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

from selfassess import paths
from selfassess.errors import SelfAssessError
from selfassess.project.atomic_files import write_whole


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is remembered from one start to the next."""

    theme: str = ""
    """The name of a theme; nothing where none was chosen."""
    waits_for_enter: bool = False
    """Whether a question stays after it was answered, until Enter is pressed."""


def read() -> Preferences:
    """What was chosen last. What cannot be read was never chosen."""
    try:
        found = json.loads(paths.preferences().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(found, dict):
        return Preferences()
    theme = found.get("theme")
    return Preferences(theme if isinstance(theme, str) else "", found.get("waits_for_enter") is True)


def remember(*, theme: str | None = None, waits_for_enter: bool | None = None) -> None:
    """Keep a choice. Where it cannot be written it holds until the program ends."""
    chosen = read()
    if theme is not None:
        chosen = replace(chosen, theme=theme)
    if waits_for_enter is not None:
        chosen = replace(chosen, waits_for_enter=waits_for_enter)
    path = paths.preferences()
    with suppress(OSError, SelfAssessError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(asdict(chosen), indent=2) + "\n", overwrite=True)
