"""Libraries that are installed by an extra of the program, for those who need them."""

import importlib.util

from selfassess.errors import UsageError
from selfassess.paths import NAME, python, quoted


def check_installed(module: str, what: str, extra: str = "office") -> None:
    """UsageError where a library is missing that comes with an extra. `what` needs it: "Word files are written"."""
    if importlib.util.find_spec(module) is None:
        cure = f"To install it: {quoted(python())} -m pip install {quoted(f'{NAME}[{extra}]')}"
        raise UsageError(f"{what} with a library that is not installed.", cure)
