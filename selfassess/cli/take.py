"""Commands that lead to a sitting: the home screen and `take`."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess import paths
from selfassess.cli.place import MAIN, Place
from selfassess.cli.prompts import ASKED, code_said
from selfassess.cli.terminal import say, wants_plain
from selfassess.errors import UsageError
from selfassess.model.questionnaire import GroupKey

if TYPE_CHECKING:
    from selfassess.model.privacy_notice import PrivacyNotice
    from selfassess.model.questionnaire import Edition
    from selfassess.model.round import Round
    from selfassess.model.sheet import Form
    from selfassess.project.project import Project
    from selfassess.services.entrances import Entrance
    from selfassess.sitting.round_entry import Entrant
    from selfassess.sitting.session import Sitting


def home(place: Place) -> int:
    """The home screen, or the plain sitting where screens cannot be drawn."""
    if wants_plain(place.plain):
        from selfassess.cli.plain.entry import home as plain_home

        with place.open() as project:
            return plain_home(project)
    with place.open() as project:
        return _on_screen(project)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What `take` was asked for."""

    questionnaire: str | None
    round: str | None
    group: str | None
    short: bool
    only_try: bool
    code: str | None
    again: str | None
    output: Path | None

    @property
    def form(self) -> "Form | None":
        return "short" if self.short else None

    @property
    def invitation(self) -> Path | None:
        """The invitation file that was named."""
        named = self.questionnaire or ""
        return Path(named) if named.lower().endswith(".invitation") else None

    @property
    def names_a_round(self) -> bool:
        return self.round is not None or self.again is not None


@click.command()
@click.argument("questionnaire", required=False)
@click.option("--round", metavar="ROUND", help="Take part in a round of a shared project: its name or title.")
@click.option("--group", metavar="GROUP", help="Your group, such as board; asked for if left out.")
@click.option("--short", is_flag=True, help="The short form: fewer items.")
@click.option("--try", "only_try", is_flag=True, help="Just try it out: nothing is saved.")
@click.option(
    "--code",
    metavar="[CODE]",
    is_flag=False,
    flag_value=ASKED,
    help="With your admission code, or the code of what you began in a shared project. You are asked for it.",
)
@click.option(
    "--again", metavar="[RECEIPT]", is_flag=False, flag_value=ASKED,
    help="Answer again in a round, until it closes. You are asked for your receipt.",
)  # fmt: skip  # in few lines
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="For an invitation: the sheet file.")
@click.option("--plain", is_flag=True, help="Line by line, without drawing screens.")
@click.pass_obj
def take(place: Place, /, plain: bool, **asked: Any) -> int:
    """Answer a questionnaire, or carry on where you stopped.

    QUESTIONNAIRE is the name of a shipped one (partnership, skills), a TOML file, or an invitation to a round. In a
    shared project with an open round you don't need to name anything.
    Every answer is saved at once. Leave when you like. To carry on later, start the same way again.
    """
    wanted = Wanted(**asked)
    _refuse_what_does_not_go_together(place, wanted)
    is_plain = wants_plain(plain or place.plain)
    if wanted.invitation:
        return _by_invitation(place, wanted, wanted.invitation, is_plain)
    named = wanted.questionnaire is not None and not wanted.names_a_round
    alone = _alone_with(wanted) if named or wanted.only_try else None
    with nullcontext() if wanted.only_try else _project(place, wanted) as project:
        wanted = _with_codes(wanted)
        if project and not alone and (wanted.names_a_round or project.kind == "shared"):
            done = _in_round(project, wanted, is_plain)
            if done is not None:
                return done
        return _alone(project, *(alone or _alone_with(wanted)), wanted, is_plain)


def _with_codes(wanted: Wanted) -> Wanted:
    """What `take` was asked for, with the code or the receipt that was not typed with it: it is asked for."""
    code, again = code_said(wanted.code, "Your code:"), code_said(wanted.again, "Your receipt:")
    return replace(wanted, code=code, again=again)


def _project(place: Place, wanted: Wanted) -> "Project":
    from selfassess.cli.project_choice import check_there, for_rounds, open_shared

    if wanted.names_a_round or (wanted.code is not None and not place.is_named):
        return open_shared(for_rounds(place))
    if wanted.code is not None:  # there is something to go on with, so the project is there
        check_there(place)
    return place.open()


def _alone_with(wanted: Wanted) -> "tuple[Edition, GroupKey | None]":
    """The questionnaire that is answered outside rounds, and the group, where it was named."""
    from selfassess.definition.library import find
    from selfassess.definition.loader import read
    from selfassess.services.groups import group_of

    edition = read(find(wanted.questionnaire or MAIN))
    return edition, None if wanted.group is None else group_of(edition.questionnaire, wanted.group)


def _refuse_what_does_not_go_together(place: Place, wanted: Wanted) -> None:
    if wanted.only_try and (wanted.code is not None or wanted.names_a_round or wanted.invitation):
        preview = f"{place.command} round preview {paths.quoted(wanted.round or 'ROUND')}"
        hint = f"To look at a round without saving: {preview}" if wanted.names_a_round else "Leave one out."
        raise UsageError("--try saves nothing, so there is nothing to carry on with or take part in.", hint=hint)
    if wanted.round and wanted.questionnaire:
        raise UsageError("A round has its own questionnaire.", hint="Name the round, or the questionnaire.")
    if wanted.short and (wanted.names_a_round or wanted.invitation):
        raise _own_form()
    if wanted.output and not wanted.invitation:
        raise UsageError("--output is for the sheet of an invitation.", hint="Name the invitation, or leave it out.")
    if wanted.output and wanted.output.suffix.lower() != ".sheet" and not wanted.output.is_dir():
        raise UsageError(
            f"{wanted.output} does not end in .sheet, as the file of a sheet does.",
            hint="Choose such a name, or the folder it should go into.",
        )
    if wanted.again is not None and wanted.code is not None:
        raise UsageError("To answer again the receipt is enough.", hint="Leave out --code.")


def _own_form() -> UsageError:
    return UsageError("A round has its own form, the whole or the short one.", hint="Leave out --short.")


def _alone(
    project: "Project | None", edition: "Edition", group: "GroupKey | None", wanted: Wanted, is_plain: bool
) -> int:
    """A sitting outside rounds."""
    if is_plain:
        from selfassess.cli.plain.entry import sit

        return sit(project, edition, group, wanted.form, wanted.code)
    return _on_screen(project, edition, group, wanted.form, wanted.code)


def _in_round(project: "Project", wanted: Wanted, is_plain: bool) -> int | None:
    """Take part in the round that is named, that a code leads to, or that is open; None if there is no such one."""
    from selfassess.services.entrances import entrance_to, entrance_unnamed

    if wanted.names_a_round:
        return _enter(project, entrance_to(project, wanted.round, wanted.group), wanted, is_plain)
    entrance = entrance_unnamed(project, wanted.code, wanted.group)
    if entrance is None:
        return None
    if wanted.short:
        raise _own_form()
    return _enter(project, entrance, wanted, is_plain)


def _by_invitation(place: Place, wanted: Wanted, path: Path, is_plain: bool) -> int:
    from selfassess.project.exchange_files import read_invitation
    from selfassess.services.entrances import entrance_by_invitation

    invitation = read_invitation(path)
    with place.open() as project:
        wanted = _with_codes(wanted)
        entrance = entrance_by_invitation(project, path, invitation, wanted.output)
        return _enter(project, entrance, wanted, is_plain)


def preview(place: Place, round: "Round", edition: "Edition", notice: "PrivacyNotice") -> int:
    """Walk through a round as people will, saving nothing."""
    from selfassess.services.entrances import Preview

    return _enter(None, Preview(round, edition, notice), None, wants_plain(place.plain))


def _enter(project: "Project | None", entrance: "Entrance", wanted: Wanted | None, is_plain: bool) -> int:
    """Take part, as the command line says; without a word from it, from the welcome on."""
    from selfassess.services.participation import enter

    person = enter(entrance, wanted.code or "", wanted.group, wanted.again or "") if wanted else enter(entrance)
    if is_plain:
        from selfassess.cli.plain.round_entry import take_part

        return take_part(entrance, person, project)
    return _on_screen(project, entrance=entrance, person=person)


def _on_screen(
    project: "Project | None",
    edition: "Edition | None" = None,
    group: "GroupKey | None" = None,
    form: "Form | None" = None,
    code: str | None = None,
    *,
    entrance: "Entrance | None" = None,
    person: "Sitting | Entrant | None" = None,
    sittings: bool = False,
) -> int:
    import gc

    # The start makes much and throws little away. The app turns this on again once it is drawn.
    gc.disable()
    from selfassess.tui.app import run
    from selfassess.tui.launch import LaunchOptions

    options = LaunchOptions(
        project=project,
        edition=edition,
        group=group,
        form=form,
        save=project is not None,
        code=code,
        entrance=entrance,
        participant=person,
        sittings=sittings,
    )
    return run(options, say)


@click.command("sittings", short_help="Your own answers and results: open, change or delete them.")
@click.option("--plain", is_flag=True, help="Line by line, without drawing screens.")
@click.pass_obj
def own(place: Place, plain: bool) -> int:
    """List what you have answered in a project of your own, by date: see results, change answers, or delete them."""
    from selfassess.cli.project_choice import check_there
    from selfassess.project.project import open_project
    from selfassess.services.sittings import nothing_yet

    check_there(place)
    if not place.path.exists():
        raise nothing_yet(place.path)
    with open_project(place.path) as project:
        if project.kind == "shared":
            raise UsageError(
                f"{place.path} is shared by several people, so your answers open with your receipt.",
                f"To see your result: {place.command} report --receipt",
            )
        if wants_plain(plain or place.plain):
            from selfassess.cli.plain.entry import sittings

            return sittings(project)
        return _on_screen(project, sittings=True)


COMMANDS = (take, own)
