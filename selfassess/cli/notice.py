"""The command `project notice`: who holds the answers, until when, and whom to ask."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from selfassess.cli import prompts
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_shared
from selfassess.cli.terminal import say, tell
from selfassess.dates import today
from selfassess.errors import UsageError
from selfassess.project.atomic_files import shown

if TYPE_CHECKING:
    import datetime

    from selfassess.model.privacy_notice import PrivacyNotice
    from selfassess.project.project import Project

Read = TypeVar("Read")
LARGEST = 1_000_000
"""In bytes, of the file with the partnership's own words. So many characters are counted, for a sentence about it."""
SUCH_AS = '--holder "Sam Field" --contact "Sam Field, 01234 567890" --keep-until'


@click.command("notice", short_help="Say who looks after the answers.")
@click.option("--holder", metavar="TEXT", help="Who holds the file: “Sam Field, partnership office”.")
@click.option("--contact", metavar="TEXT", help="Who to ask: “Sam Field, 01234 567890”.")
@click.option("--keep-until", metavar="DAY", help="The last day on which the answers are kept: 2027-12-31.")
@click.option(
    "--text",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="A text file in your own words, up to 2,000 characters.",
)
@click.option("--clear", is_flag=True, help="Take the whole notice away.")
@of_rounds
def notice(
    place: Place, holder: str | None, contact: str | None, keep_until: str | None, text: Path | None, clear: bool
) -> None:
    """Say who looks after people's answers; without an option, show what is said.

    People read it before they answer: on the first page, in their letter and on the paper form. What is not named stays
    as it is; "" takes it away. Your own words stand below the sentences made from the rest; give them alone, and they
    stand alone. Near the day the program reminds you of it. Nothing is deleted automatically.

    \b
    selfassess --project ours.selfassess project notice --holder "Sam Field"
        --contact "Sam Field, 01234 567890" --keep-until 2027-12-31
    """
    is_change = any(one is not None for one in (holder, contact, keep_until, text))
    if clear and is_change:
        raise UsageError("Say what the notice is to be, or take it away.", "Leave out --clear, or the others.")
    from selfassess.model.privacy_notice import NO_NOTICE

    with open_shared(place, to_look=not (clear or is_change)) as project:
        before = project.notice
        if clear and not before:
            say("There is no notice.")
        elif clear:
            _keep(project, NO_NOTICE, place.command)
        elif is_change:
            _keep(project, _changed(before, holder, contact, keep_until, text), place.command)
        elif before:
            _show(before)
        else:
            say(f"There is no notice yet. Such as: {place.command} project notice {SUCH_AS} {_next_year()}-12-31")


def _changed(
    before: "PrivacyNotice", holder: str | None, contact: str | None, keep_until: str | None, text: Path | None
) -> "PrivacyNotice":
    from selfassess.model.privacy_notice import read_line

    return replace(
        before,
        holder=before.holder if holder is None else _told("--holder", read_line, holder),
        contact=before.contact if contact is None else _told("--contact", read_line, contact),
        keep_until=before.keep_until if keep_until is None else _told("--keep-until", read_day, keep_until),
        words=before.words if text is None else _words(text),
    )


def _told(option: str, read: Callable[[str], Read], text: str) -> Read:
    """What was typed with an option. UsageError names the option."""
    try:
        return read(text)
    except UsageError as error:
        raise UsageError(f"{option}: {error.message}", error.hint) from None


def read_day(text: str) -> "datetime.date | None":
    """The last day that was typed; None for nothing. UsageError for no day, or one that has passed."""
    from selfassess.model.privacy_notice import read_keep_until

    return read_keep_until(text, today())


def _words(path: Path) -> str:
    from selfassess.content import UnreadError, content_of
    from selfassess.model.privacy_notice import read_words

    name = shown(path, 200)
    try:
        return _told(name, read_words, content_of(path, LARGEST).decode("utf-8-sig"))
    except UnreadError as error:
        raise UsageError(f"{name} {error.why}.", error.cure) from None
    except UnicodeDecodeError:
        raise UsageError(
            f"{name} is not plain text in UTF-8.", "Save it as “plain text, UTF-8”, then name it."
        ) from None


def _keep(project: "Project", after: "PrivacyNotice", command: str) -> None:
    from selfassess.services.privacy_notice import keep_notice

    concerned = keep_notice(project, after)
    say("Saved. This is what people read before they answer:" if after else "The notice is deleted.")
    if after:
        _show(after)
    for sentence in concerned:
        say(sentence)
    if after and not (after.holder and after.contact):
        missing = [
            *([] if after.holder else ['--holder "NAME"']),
            *([] if after.contact else ['--contact "NAME, PHONE"']),
        ]
        say("People also like to know who keeps their answers, and who to ask. To add that:")
        say(f"  {command} project notice {' '.join(missing)}")


def _next_year() -> int:
    return today().year + 1


def _show(notice: "PrivacyNotice") -> None:
    from selfassess.sitting.privacy_notice import on_a_page

    tell(on_a_page(notice))


def ask() -> "PrivacyNotice":
    """The notice that is typed; an empty one if the first question is skipped."""
    from selfassess.model.privacy_notice import NO_NOTICE, PrivacyNotice, read_line

    holder = prompts.ask("Who keeps the answers? (Enter to skip)", read_line)
    if not holder:
        return NO_NOTICE
    return PrivacyNotice(
        holder=holder,
        contact=prompts.ask("Who can people ask about them? (Enter to skip)", read_line),
        keep_until=prompts.ask(
            f"Until when are they kept, such as 31 December {_next_year()}? (Enter to skip)", read_day
        ),
    )


COMMANDS = (notice,)
