"""Libraries that are installed by an extra of the program, for those who need them."""

import importlib.util
import sys

from selfassess.errors import UsageError
from selfassess.paths import NAME, python, quoted


def check_installed(module: str, what: str, extra: str = "office") -> None:
    """UsageError where a library is missing that comes with an extra. `what` needs it: "Word files are written"."""
    if importlib.util.find_spec(module) is None:
        raise UsageError(f"{what} with a library that is not installed.", _cure(f"{NAME}[{extra}]"))


def check_can_host() -> None:
    """UsageError where a library is missing with which a laptop serves the page of a round."""
    for module in ("uvicorn", "starlette", "segno", "cryptography"):
        check_installed(module, "Pages are served", "host")


def _cure(needed: str) -> str:
    if getattr(sys, "frozen", False):  # by packaging/build.py: nothing can be added to it
        return f"This copy of the program came without it. Ask for one that was built with {needed}."
    if importlib.util.find_spec("pip") is None:  # as where uv or pipx installed the program
        return f"Install the program again, in the way you did before, as {needed}."
    return f"To install it: {quoted(python())} -m pip install {quoted(needed)}"
