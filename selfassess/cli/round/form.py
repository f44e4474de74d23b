"""The command `round form`: the paper form of a round, or of a questionnaire by itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import destination, into_a_file, with_template
from selfassess.cli.param_types import OneOf
from selfassess.cli.place import Place
from selfassess.cli.project_choice import as_said, for_facilitators, of_this_folder, open_rounds, say_using
from selfassess.cli.terminal import say
from selfassess.documents.media import ON_PAPER
from selfassess.errors import ProjectError, QuestionnaireError, UsageError
from selfassess.services.groups import groups_meant
from selfassess.text import clean

if TYPE_CHECKING:
    from selfassess.model.privacy_notice import PrivacyNotice
    from selfassess.model.questionnaire import Edition
    from selfassess.model.round import Round

STYLES = ("text", "markdown", *ON_PAPER)


@click.command("form", short_help="Print the paper form.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="The form for one group. [default: one after the other]")
@click.option("--short", is_flag=True, help="The short form, for a questionnaire without a round.")
@click.option("--format", "style", type=OneOf(STYLES), help="text, markdown, docx, pdf or html. [default: text]")
@into_a_file
@with_template
@for_facilitators(as_said)
def form(
    place: Place, name: str, group: str | None, short: bool, style: str | None, output: Path | None, replace: bool,
    template: Path | None,
) -> None:  # fmt: skip  # in few lines
    """Print the paper form: numbered questions to circle answers to, with lines to write on.

    ROUND is a round; or the name of a questionnaire, or its TOML file, to print it without a round. Printing the
    form of a round fixes its rules, because people read them there. Type the sheets in with: selfassess round
    enter.

    \b
    selfassess --project ours.selfassess round form autumn_2026 --group board --format markdown --output board.md
    """
    from selfassess.documents import media
    from selfassess.documents.paper_form import document
    from selfassess.documents.render_text import FORM, to_plain
    from selfassess.services.paper import paper_form

    goal = destination(output, style, STYLES, (Path(name),), replace=replace, template=template)
    place, round, edition, notice = _what(place, name)
    if round and short:
        raise UsageError("The round already says which form it uses.", "Leave out --short.")
    groups = groups_meant(round, edition.questionnaire, group)
    forms = [document(paper_form(edition, round, one, notice, short=short)) for one in groups]
    if round:
        _fix_rules(place, round)
    if goal.style == "text":
        goal.deliver("\n\n\n".join(to_plain(one, FORM) for one in forms))
    else:
        goal.deliver(media.together(forms, goal.style, goal.template))
    if len(forms) > 1:
        say(f"These are {len(forms)} forms, one for each group. For a single one: --group {groups[0]}")


def _what(place: Place, name: str) -> "tuple[Place, Round | None, Edition, PrivacyNotice]":
    """The round that is meant, with the place and the notice of its project; or else the questionnaire."""
    from selfassess.definition.library import find
    from selfassess.definition.loader import read
    from selfassess.model.privacy_notice import NO_NOTICE
    from selfassess.services.projects import edition_of_round

    try:
        here = of_this_folder(place) or place
        with open_rounds(here, to_look=True) as rounds:
            round = rounds.get(name)
            edition, notice = edition_of_round(rounds, round), rounds.project.notice
    except UsageError as error:  # no such round, or no project was named that could have rounds
        no_round = str(error)
    except ProjectError as error:
        if place.path.exists():
            raise
        no_round = f"{error.message}\n{error.facilitator}"
    else:
        if here.is_found:
            say_using(here)
        return here, round, edition, notice
    try:
        return place, None, read(find(name)), NO_NOTICE
    except QuestionnaireError as error:
        if error.problems or Path(name).suffix == ".toml":
            raise
        raise UsageError(f"There is neither a round nor a questionnaire “{clean(name, 100)}”.", no_round) from None


def _fix_rules(place: Place, round: "Round") -> None:
    """People read the rules on the form, so they are fixed before it is printed."""
    with open_rounds(place, to_look=True) as rounds:
        was_fixed = rounds.is_fixed(round.id)
        rounds.fix(round.id)
    if not was_fixed:
        say("People read the rules of this round on the form, so they are now fixed.")


COMMANDS = (form,)
