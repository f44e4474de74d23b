"""The course of a sitting: what a person meets from its first page until it is handed in or left.

A stage is a value: what is shown or asked next. Each front end shows it in its own way and returns what the person
said there; `take` tells the sitting, and gives the stage that follows.
"""

from dataclasses import dataclass
from typing import Literal

from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import Round
from selfassess.sitting.round_entry import asks_consent
from selfassess.sitting.session import HandedIn, Sitting
from selfassess.sitting.steps import Step


@dataclass(frozen=True, slots=True)
class Leave:
    """Said at any stage: the person leaves the sitting, or with it the whole program, as with Ctrl+C."""

    program: bool = False


# The stages, each with what can be said there


@dataclass(frozen=True, slots=True)
class KeepCode:
    """The resume code, to write down. Said: whether it is written down; if not, the person leaves."""

    code: str


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions, from the one that the person is at. Said: "review" or "group"."""

    welcomes_back: bool = False
    """Whether a person is told that they are back where they stopped."""


@dataclass(frozen=True, slots=True)
class ChooseGroup:
    """The choice of the person's group, once more. Said: the id of one, or None to leave it as it is."""


@dataclass(frozen=True, slots=True)
class NothingAsked:
    """The group that was chosen is asked nothing. Said: whether to choose once more."""


@dataclass(frozen=True, slots=True)
class AskConsent:
    """Whether a group of the round may be shown though it is small: the person's, or the one that they chose just now.
    Said: their answer, or None to leave everything as it is."""

    round: Round
    group: GroupKey | None


@dataclass(frozen=True, slots=True)
class Review:
    """Every question with its answer. Said: the step to go to, None for the one where the person was, "consent" to
    change what they said of that, or "finish"."""

    comes_first: bool = False
    """Whether the sitting begins with it, since all this was answered before."""
    was_shown: bool = False
    """Whether it was before the person just now, and what they did since has changed no answer."""
    asks_if_meant: bool = False
    """Whether it asks, this once, if they meant to give the same answer throughout. They need not reply."""


@dataclass(frozen=True, slots=True)
class ConfirmHandIn:
    """Whether to hand in now. Said: yes or no."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """Nothing to show: the sitting is handed in. Said: what was handed in, or the error."""


@dataclass(frozen=True, slots=True)
class CannotHandIn:
    """It could not be handed in, for now. Said: whether to try again."""

    error: SelfAssessError


@dataclass(frozen=True, slots=True)
class HandInRefused:
    """It never can be handed in. Said: "results" to see one's own all the same, "lose" to give up, or None."""

    error: SelfAssessError


@dataclass(frozen=True, slots=True)
class OwnResult:
    """The person's own result, of what cannot be handed in. Nothing to say."""


@dataclass(frozen=True, slots=True)
class ConfirmLeave:
    """The person leaves answers that are saved nowhere. Said: whether to leave."""

    leave: Leave


@dataclass(frozen=True, slots=True)
class Save:
    """Nothing to show: what is not saved yet is saved before the person leaves. Said: None, or the error."""

    leave: Leave


@dataclass(frozen=True, slots=True)
class CannotSave:
    """The last answers could not be saved. Said: "again" to try once more, "questions", or "lose"."""

    leave: Leave
    error: SelfAssessError


# The ends, beside `HandedIn`


@dataclass(frozen=True, slots=True)
class Left:
    """The person left, and can come back to what is saved."""

    leave: Leave


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The person gave up answers that never can be handed in."""


Answering = KeepCode | Questions | ChooseGroup | NothingAsked | AskConsent
Reviewing = Review | ConfirmHandIn
HandingIn = HandIn | CannotHandIn | HandInRefused | OwnResult
Leaving = ConfirmLeave | Save | CannotSave
Stage = Answering | Reviewing | HandingIn | Leaving
End = HandedIn | Left | GivenUp
Said = Leave | Step | HandedIn | SelfAssessError | bool | str | None


def first_stage(sitting: Sitting) -> Stage:
    """Where a sitting begins, or goes on."""
    match sitting.arrival:
        case "back":
            return Questions(welcomes_back=True)
        case "again":
            return Review(comes_first=True)
        case "new":
            return KeepCode(sitting.saver.code) if sitting.saver.code else Questions()


def take(sitting: Sitting, stage: Stage, said: Said) -> Stage | End:
    """Tell the sitting what was said at a stage. The stage that follows, or the end."""
    following = next_stage(sitting, stage, said)
    if isinstance(following, Review) and following.asks_if_meant:
        sitting.was_asked_if_meant = True
    match stage, said:
        case Review(), Step():
            sitting.go_to(said)
        case ChooseGroup(), str():
            group = GroupKey(said)
            if _follows_from_group(sitting, group) == "change":
                sitting.change_group(group)
        case AskConsent(group=group), bool() if group == sitting.draft.group:
            sitting.agree(said)
        case AskConsent(group=str() as group), bool():
            sitting.change_group(group, said)
    return following


def next_stage(sitting: Sitting, stage: Stage, said: Said) -> Stage | End:
    """The stage that follows when something was said at a stage, or the end. It changes nothing. ValueError for what
    cannot be said there."""
    if isinstance(said, Leave):  # who leaves once more meanwhile gets the same question
        return _leaving(sitting, stage.leave if isinstance(stage, Leaving) else said)
    if isinstance(stage, Answering):
        following = _after_answering(sitting, stage, said)
    elif isinstance(stage, Reviewing):
        following = _after_reviewing(sitting, stage, said)
    elif isinstance(stage, HandingIn):
        following = _after_handing_in(sitting, stage, said)
    else:
        following = _after_leaving(sitting, stage, said)
    if following is None:
        raise ValueError(f"{said!r} cannot be said at {stage!r}")
    return following


def _after_answering(sitting: Sitting, stage: Answering, said: Said) -> Stage | End | None:
    match stage, said:
        case KeepCode(), bool():
            return Questions() if said else _leaving(sitting, Leave())
        case Questions(), "review":
            return Review(asks_if_meant=not sitting.was_asked_if_meant and bool(sitting.given_throughout))
        case (Questions(), "group") | (NothingAsked(), True):
            return ChooseGroup()
        case ChooseGroup(), str():
            return _with_group(sitting, GroupKey(said))
        case AskConsent(group=group), bool() | None if group == sitting.draft.group:
            return Review(was_shown=True)
        case (ChooseGroup(), None) | (NothingAsked(), False) | (AskConsent(), bool() | None):
            return Questions()
    return None


def _after_reviewing(sitting: Sitting, stage: Reviewing, said: Said) -> Stage | None:
    match stage, said:
        case Review(), Step() | None:
            return Questions()
        case Review(), "consent" if sitting.round:
            return AskConsent(sitting.round, sitting.draft.group)
        case Review(), "finish":
            return HandIn() if sitting.is_private else ConfirmHandIn()
        case ConfirmHandIn(), bool():
            return HandIn() if said else Review(was_shown=True)
    return None


def _after_handing_in(sitting: Sitting, stage: HandingIn, said: Said) -> Stage | End | None:
    match stage, said:
        case HandIn(), HandedIn():
            return said
        case HandIn(), SelfAssessError():
            return HandInRefused(said) if sitting.is_refused(said) else CannotHandIn(said)
        case (CannotHandIn(), True) | (OwnResult(), None):
            return HandIn()
        case CannotHandIn(), False:
            return Review()
        case HandInRefused(), "results":
            return OwnResult()
        case HandInRefused(), "lose":
            return GivenUp()
        case HandInRefused(), None:
            return Questions()
    return None


def _after_leaving(sitting: Sitting, stage: Leaving, said: Said) -> Stage | End | None:
    match stage, said:
        case (ConfirmLeave(), True) | (Save(), None) | (CannotSave(), "lose"):
            return Left(stage.leave)
        case Save(), SelfAssessError():
            return CannotSave(stage.leave, said)
        case CannotSave(), "again":
            return _leaving(sitting, stage.leave)
        case (ConfirmLeave(), False) | (CannotSave(), "questions"):
            return Questions()
    return None


def neighbour(sitting: Sitting, by: Literal[-1, 1]) -> Step | Literal["review", "group"] | None:
    """What is before or after the step that the person is at: another one; after the last one the review; before the
    first the choice of their group, or None where they have none."""
    if step := sitting.neighbour(by):
        return step
    if by == 1:
        return "review"
    return "group" if sitting.can_regroup else None


def _with_group(sitting: Sitting, group: GroupKey) -> Stage:
    match _follows_from_group(sitting, group):
        case "nothing asked":
            return NothingAsked()
        case "consent" if sitting.round:
            return AskConsent(sitting.round, group)
    return Questions()


def _follows_from_group(sitting: Sitting, group: GroupKey) -> Literal["nothing asked", "same", "consent", "change"]:
    """What follows when a person chooses their group again: this form asks that group nothing, it is the group that
    they were in, they are asked for consent first, or it is changed."""
    if not sitting.would_be_asked(group):
        return "nothing asked"
    if group == sitting.draft.group:
        return "same"
    return "consent" if sitting.round and asks_consent(sitting.round, group) else "change"


def _leaving(sitting: Sitting, leave: Leave) -> Stage | End:
    """What has to happen before a person leaves, so that nothing is lost unnoticed."""
    if not sitting.saver.where:
        return Left(leave) if sitting.is_untouched else ConfirmLeave(leave)
    return Save(leave) if sitting.trouble else Left(leave)
