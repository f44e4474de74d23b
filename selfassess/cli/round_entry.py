"""The ways into a round, from what was said on the command line."""

import os
from pathlib import Path

from selfassess.definition import library
from selfassess.definition.loader import problems
from selfassess.definition.tables import edition
from selfassess.definition.toml_source import LARGEST, parse
from selfassess.errors import ProjectError, QuestionnaireError, ResponsesError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, groups_of
from selfassess.paths import program
from selfassess.project.codes import normalise
from selfassess.project.entrances import Here, Invited, open_rounds, round_of_code
from selfassess.project.exchange_files import Invitation
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.projects import edition_of
from selfassess.sitting import round_entry
from selfassess.sitting.round_entry import Entrance, Entrant
from selfassess.sitting.session import Sitting
from selfassess.text import count

Come = Sitting | Entrant


def here(project: Project, name: str | None, group: str | None = None) -> Here:
    """The way into a round of a shared project, by its id or title; without one, by the one that is open. UsageError
    where there is none such, or nobody can answer in it."""
    rounds = Rounds(project)
    if name is None:
        open_now = [one for one in rounds.all() if one.state == "open"]
        if len(open_now) > 1:
            there_are = ", ".join(one.id for one in open_now)
            raise UsageError(
                f"{len(open_now)} rounds are open: {there_are}.",
                f"Say which: {program(str(project.path))} take --round {open_now[0].id}",
            )
        round = open_now[0] if open_now else rounds.get(None)
    else:
        round = rounds.get(name)
    return Here(rounds, round, _edition(project, round), _known(round, group))


def unnamed(project: Project, group: str | None, code: str | None) -> Here | None:
    """The way into the round that a code leads to, or else into the one that is open; None where there is none, or
    where the code opens a sitting outside rounds."""
    if code and (entrance := of_code(project, code, group)):
        return entrance
    if not open_rounds(project) or (code and project.draft_of(normalise(code))):
        return None
    return here(project, None, group)


def of_code(project: Project, code: str, group: str | None = None) -> Here | None:
    """The way into the round of the sitting that a code opens; None where that is no part of a round."""
    round = round_of_code(project, code)
    return Here(Rounds(project), round, _edition(project, round), _known(round, group)) if round else None


def come(entrance: Entrance, code: str | None, group: str | None = None, again: str | None = None) -> Come:
    """Whoever comes in, as the command line tells it."""
    return round_entry.returning(entrance, again) if again else round_entry.arrive(entrance, code or "", group)


def invited(project: Project, path: Path, found: Invitation, output: Path | None) -> Entrance:
    """The way in by an invitation. In the project file of its very round it leads there directly. QuestionnaireError
    where its questionnaire is broken, ResponsesError where its round does not fit it."""
    if project.kind == "shared" and (round := Rounds(project).with_key(found.round.key)):
        return _Directly(Rounds(project), round, _edition(project, round), found)
    whole = _checked(project, path, found)
    strangers = sorted(set(found.round.invited) - set(groups_of(whole.questionnaire)))
    if strangers or not found.round.invited:
        raise ResponsesError(
            f"“{path.name}” invites groups that its questionnaire does not have.",
            hint="Ask the person who invited you for a new one.",
        )
    return Invited(project, found, whole, _place(project, path, output), path)


class _Directly(Here):
    """Somebody opens their invitation where the project file of the round is."""

    def __init__(self, rounds: Rounds, round: Round, whole: Edition, found: Invitation) -> None:
        super().__init__(rounds, round, whole, found.group)
        self.code = found.code


def _edition(project: Project, round: Round) -> Edition:
    return edition_of(project, round.questionnaire)


def _known(round: Round, group: str | None) -> str | None:
    if group is not None and group not in round.invited:
        there_are = ", ".join(one for one in round.invited if one)
        hint = f"The groups are: {there_are}." if there_are else "It has no groups: leave it out."
        raise UsageError(f"The group “{group}” takes no part in the round “{round.title}”.", hint)
    return group


def _checked(project: Project, path: Path, found: Invitation) -> Edition:
    """The questionnaire of an invitation, with everything checked that is checked in a file: it comes from outside."""
    if len(found.content) > LARGEST:
        raise QuestionnaireError(
            f"The questionnaire in {path} is too large.", hint="Ask the person who invited you for a new one."
        )
    source = parse(str(path), found.content)
    if source.sha256 not in library.checked() and not _is_frozen(project, source.sha256):
        errors = [problem for problem in problems(source) if problem.severity == "error"]
        if errors:
            raise QuestionnaireError(
                f"The questionnaire in {path} has {count(len(errors), 'problem')} and cannot be used.",
                errors,
                hint="Tell the person who invited you.",
            )
    return edition(source)


def _is_frozen(project: Project, sha256: str) -> bool:
    """Whether it was checked before: nothing is frozen unchecked."""
    try:
        project.frozen(sha256)
    except ProjectError:
        return False
    return True


def _place(project: Project, path: Path, output: Path | None) -> Path:
    """Where the sheet goes: what was named; beside the invitation; or, where nothing can be written there, beside the
    person's own project. UsageError where the folder that was named is not there."""
    if output is None:
        beside = path.absolute().parent
        return beside if os.access(beside, os.W_OK) else project.path.absolute().parent
    folder = output if output.is_dir() else output.absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise UsageError(f"Nothing can be written in {folder}.", hint="Name a folder that is there.")
    return output
