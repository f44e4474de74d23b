"""The rules of a round as options of a command, and what is read from them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from selfassess.cli.param_types import OneOf, WholeNumber
from selfassess.errors import UsageError

if TYPE_CHECKING:
    from selfassess.model.round import SmallGroups, Thresholds
    from selfassess.model.sheet import Form

CHOICES: "tuple[SmallGroups, ...]" = ("consent", "leave_out", "pool")
Command = TypeVar("Command", bound=Callable[..., Any])

OPTIONS = (
    click.option("--title", metavar="TEXT", help="What people read: “Autumn 2026”."),
    click.option("--short/--full", "short", default=None, help="The short form, or the whole questionnaire."),
    click.option("--invited", multiple=True, metavar="GROUP=N", help="How many of a group are invited; once a group."),
    click.option(
        "--small-groups",
        type=OneOf(CHOICES),
        help="What happens to a group in which too few hand in.",
    ),
    click.option(
        "--min-group", type=WholeNumber(), metavar="N", help="From how many on scores are shown. [default: 5]"
    ),
    click.option(
        "--min-detail", type=WholeNumber(), metavar="N", help="And single questions and comments. [default: 10]"
    ),
    click.option("--codes/--no-codes", default=None, help="Whether everybody needs a code, used once."),
    click.option(
        "--matching/--no-matching", default=None, help="Whether people may make up a code, to be found again next time."
    ),
)


def with_options(command: Command) -> Command:
    """A command with these options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said as options; None, or nothing, where it was not."""

    title: str | None
    short: bool | None
    invited: tuple[str, ...]
    small_groups: "SmallGroups | None"
    min_group: int | None
    min_detail: int | None
    codes: bool | None
    matching: bool | None

    @property
    def form(self) -> "Form | None":
        return None if self.short is None else "short" if self.short else "full"


def read_title(text: str) -> str:
    """The title of a round. UsageError where it is none."""
    from selfassess.model.round import LONGEST_TITLE, titled

    title = titled(text)
    if not title or len(title) > LONGEST_TITLE:
        raise UsageError(f"A title has 1 to {LONGEST_TITLE} characters.", "Such as: Autumn 2026.")
    return title


def read_id(text: str) -> str:
    """The short name of a round. UsageError, with one to suggest, where it is none."""
    from selfassess.definition.findings import ID, suggested_id

    if not ID.fullmatch(text):
        like = suggested_id(text)
        hint = f"Such as: {like}." if like else "Such as: autumn_2026."
        raise UsageError(
            f"“{text}” cannot be the short name of a round: it has 1 to 24 small letters, digits and _, and begins "
            "with a letter.",
            hint,
        )
    return text


def thresholds(min_group: int | None, min_detail: int | None, before: "Thresholds | None" = None) -> "Thresholds":
    """The thresholds asked for, else those before. UsageError where they would protect nobody."""
    from selfassess.model.round import FLOOR, MOST_NEEDED, Thresholds

    before = before or Thresholds()
    group = before.min_group if min_group is None else min_group
    detail = max(before.min_detail, group) if min_detail is None else min_detail
    if not FLOOR <= group <= MOST_NEEDED:
        raise UsageError(f"--min-group is a number from {FLOOR} to {MOST_NEEDED}.", "5 is usual.")
    if not group <= detail <= MOST_NEEDED:
        raise UsageError(
            f"--min-detail is a number from {group} (as many as --min-group) to {MOST_NEEDED}.", "10 is usual."
        )
    return Thresholds(group, detail)
