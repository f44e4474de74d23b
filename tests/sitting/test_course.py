"""What follows what in a sitting, at whichever front end it is shown."""

from dataclasses import dataclass, replace

import pytest

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.errors import ProjectError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.sitting import notices
from selfassess.sitting.course import (
    AskConsent,
    CannotHandIn,
    CannotSave,
    ChooseGroup,
    ConfirmHandIn,
    ConfirmLeave,
    GivenUp,
    HandIn,
    HandInRefused,
    KeepCode,
    Leave,
    Left,
    NothingAsked,
    OwnResult,
    Questions,
    Review,
    Said,
    Save,
    Stage,
    first_stage,
    neighbour,
    next_stage,
    take,
)
from selfassess.sitting.session import Arrival, HandedIn, Sitting
from selfassess.sitting.state import start
from selfassess.sitting.steps import steps
from tests.sitting.test_state import SMALL

EDITION = edition(parse("small.toml", SMALL))
ROUND = Round(
    id="autumn",
    key="a" * 32,
    title="Autumn",
    questionnaire=EDITION.sha256,
    invited={"board": 12, "staff": 4},
    rules=Rules(small_groups="consent", asks_consent=("staff",)),
)
GONE, CLOSED = ProjectError("The disk is full."), UsageError("The round is closed.")
QUIT = Leave(program=True)


@dataclass
class Disk:
    """Keeps nothing, and fails for as long as it is told to."""

    where: str = "mine.selfassess"
    code: str | None = None
    again: bool = False
    trouble: ProjectError | None = None

    def save(self, draft: Draft) -> None:
        if self.trouble:
            raise self.trouble

    def hand_in(self, sheet: Sheet) -> str:
        return "K7QM-3RTP-9XWD-A2CD-EFGH"

    def discard(self) -> None:
        pass


def own(disk: Disk, arrival: Arrival = "new") -> Sitting:
    """A sitting of one's own, or where the disk is nowhere a try."""
    return Sitting(EDITION, start(EDITION, "board"), disk, dated=bool(disk.where), arrival=arrival)


def in_round(group: str = "staff", agrees: bool | None = True) -> Sitting:
    draft = replace(start(EDITION, group), ticket=Ticket(round=ROUND.key, agrees=agrees))
    return Sitting(EDITION, draft, Disk(), round=ROUND, groups=("board", "staff"))


@pytest.mark.parametrize(
    ("arrival", "code", "first"),
    [
        ("new", None, Questions()),
        ("new", "K7QM-3RTP-9XWD", KeepCode("K7QM-3RTP-9XWD")),
        ("back", "K7QM-3RTP-9XWD", Questions(welcomes_back=True)),
        ("again", None, Review(comes_first=True)),
    ],
)
def test_it_begins_as_the_person_comes_to_it(arrival: Arrival, code: str | None, first: Stage) -> None:
    assert first_stage(own(Disk(code=code), arrival)) == first


def test_the_code_is_kept_or_the_person_leaves() -> None:
    code = KeepCode("K7QM-3RTP-9XWD")
    assert next_stage(own(Disk()), code, True) == Questions()
    assert next_stage(own(Disk()), code, False) == Left(Leave())


def test_beside_the_questions_are_the_review_and_the_choice_of_a_group() -> None:
    sitting = in_round()
    first, *_, last = sitting.steps
    assert neighbour(sitting, -1) == "group"
    sitting.go_to(last)
    assert neighbour(sitting, 1) == "review"
    assert neighbour(sitting, -1) == sitting.steps[-2]
    sitting.go_to(first)
    assert neighbour(sitting, 1) == sitting.steps[1]
    settled = Sitting(EDITION, start(EDITION, "board"), Disk(), groups=())
    assert neighbour(settled, -1) is None


def test_another_group_is_asked_for_consent_where_it_is_small() -> None:
    sitting = in_round("board", None)
    sitting.choose(1)
    assert take(sitting, Questions(), "group") == ChooseGroup()
    following = take(sitting, ChooseGroup(), "staff")
    assert following == AskConsent(ROUND, "staff")
    assert take(sitting, AskConsent(ROUND, "staff"), None) == Questions()
    assert sitting.draft.group == "board"
    assert take(sitting, AskConsent(ROUND, "staff"), False) == Questions()
    assert (sitting.draft.group, sitting.consent, sitting.draft.responses) == ("staff", False, {"met": 1})
    assert take(sitting, ChooseGroup(), "board") == Questions()
    assert (sitting.draft.group, sitting.consent) == ("board", None)
    assert take(sitting, ChooseGroup(), None) == Questions()
    assert sitting.draft.group == "board"


def test_a_group_that_is_asked_nothing_is_not_taken() -> None:
    for_the_board = SMALL
    for id in (b"met", b"why", b"how_many", b"well"):
        for_the_board = for_the_board.replace(b'id = "%s"' % id, b'id = "%s"\ngroups = ["board"]' % id)
    asked = edition(parse("small.toml", for_the_board))
    sitting = Sitting(asked, start(asked, "board"), Disk())
    assert take(sitting, ChooseGroup(), "staff") == NothingAsked()
    assert sitting.draft.group == "board"
    assert next_stage(sitting, NothingAsked(), True) == ChooseGroup()
    assert next_stage(sitting, NothingAsked(), False) == Questions()


def test_what_was_said_of_a_small_group_is_changed_from_the_review() -> None:
    sitting = in_round()
    following = take(sitting, Review(), "consent")
    assert following == AskConsent(ROUND, "staff")
    assert take(sitting, AskConsent(ROUND, "staff"), None) == Review(was_shown=True)
    assert sitting.consent is True
    assert take(sitting, AskConsent(ROUND, "staff"), False) == Review(was_shown=True)
    assert sitting.consent is False


def test_from_the_review_one_goes_to_a_step() -> None:
    sitting = in_round()
    last = sitting.steps[-1]
    assert take(sitting, Review(), last) == Questions()
    assert sitting.step == last
    assert take(sitting, Review(), None) == Questions()
    assert sitting.step == last


def test_only_what_is_handed_in_to_others_is_confirmed() -> None:
    assert next_stage(own(Disk()), Review(), "finish") == HandIn()
    assert next_stage(own(Disk(where="")), Review(), "finish") == HandIn()
    sitting = in_round()
    assert next_stage(sitting, Review(), "finish") == ConfirmHandIn()
    assert next_stage(sitting, ConfirmHandIn(), False) == Review(was_shown=True)
    assert next_stage(sitting, ConfirmHandIn(), True) == HandIn()
    done = sitting.hand_in()
    assert next_stage(sitting, HandIn(), done) is done


def test_what_cannot_be_handed_in_is_tried_again_or_kept() -> None:
    for sitting, error in ((in_round(), GONE), (own(Disk()), CLOSED)):
        assert next_stage(sitting, HandIn(), error) == CannotHandIn(error)
        assert next_stage(sitting, CannotHandIn(error), True) == HandIn()
        assert next_stage(sitting, CannotHandIn(error), False) == Review()


def test_what_never_can_be_handed_in_is_looked_at_or_given_up() -> None:
    sitting = in_round()
    refused = HandInRefused(CLOSED)
    assert next_stage(sitting, HandIn(), CLOSED) == refused
    assert next_stage(sitting, refused, "results") == OwnResult()
    assert next_stage(sitting, OwnResult(), None) == HandIn()
    assert next_stage(sitting, refused, None) == Questions()
    assert next_stage(sitting, refused, "lose") == GivenUp()


@pytest.mark.parametrize("leave", [Leave(), QUIT])
def test_one_leaves_at_once_where_nothing_is_lost(leave: Leave) -> None:
    assert next_stage(own(Disk(where="")), Questions(), leave) == Left(leave)
    saved = own(Disk())
    saved.choose(1)
    for stage in (KeepCode("K7QM"), Questions(), ChooseGroup(), NothingAsked(), Review(), ConfirmHandIn(), HandIn()):
        assert next_stage(saved, stage, leave) == Left(leave)


@pytest.mark.parametrize("leave", [Leave(), QUIT])
def test_a_try_is_not_lost_unasked(leave: Leave) -> None:
    sitting = own(Disk(where=""))
    sitting.choose(1)
    asked = ConfirmLeave(leave)
    assert next_stage(sitting, Review(), leave) == asked
    assert next_stage(sitting, asked, QUIT) == asked
    assert next_stage(sitting, asked, False) == Questions()
    assert next_stage(sitting, asked, True) == Left(leave)


@pytest.mark.parametrize("leave", [Leave(), QUIT])
def test_what_is_not_saved_is_tried_once_more_and_not_lost_unasked(leave: Leave) -> None:
    sitting = own(Disk(trouble=GONE))
    sitting.choose(1)
    assert next_stage(sitting, Questions(), leave) == Save(leave)
    assert next_stage(sitting, Save(leave), QUIT) == Save(leave)
    failed = next_stage(sitting, Save(leave), GONE)
    assert failed == CannotSave(leave, GONE)
    for said, following in (
        ("again", Save(leave)),
        (QUIT, Save(leave)),
        ("questions", Questions()),
        ("lose", Left(leave)),
    ):
        assert next_stage(sitting, CannotSave(leave, GONE), said) == following
    assert next_stage(sitting, Save(leave), None) == Left(leave)


def test_an_answer_taken_away_that_is_still_saved_is_not_left_there_unasked() -> None:
    disk = Disk()
    sitting = own(disk)
    sitting.choose(1)
    disk.trouble = GONE
    sitting.clear()
    assert sitting.is_untouched
    assert next_stage(sitting, Questions(), Leave()) == Save(Leave())


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Questions(), None),
        (Questions(), "lose"),
        (Review(), "review"),
        (HandIn(), None),
        (ConfirmHandIn(), "finish"),
        (Save(QUIT), "again"),
        (OwnResult(), HandedIn(own(Disk()).sheet, "")),
    ],
)
def test_what_cannot_be_said_at_a_stage_is_our_mistake(stage: Stage, said: Said) -> None:
    with pytest.raises(ValueError, match="cannot be said at"):
        next_stage(own(Disk()), stage, said)


def test_who_gave_the_same_answer_throughout_is_asked_once_if_they_meant_it(shipped: Edition) -> None:
    draft = start(shipped, "board")
    same = {step.id: 4 for step in steps(shipped.questionnaire, draft) if step.item and step.item.scale == "agree"}
    sitting = Sitting(shipped, replace(draft, responses=same), Disk())
    assert take(sitting, Questions(), "review") == Review(asks_if_meant=True)
    asked = notices.if_meant(sitting.given_throughout)
    assert asked == "You answered “Agree” to every question. Is that what you meant?"
    assert take(sitting, Review(asks_if_meant=True), None) == Questions()
    assert take(sitting, Questions(), "review") == Review()
    assert next_stage(sitting, Review(), "finish") == ConfirmHandIn(), "it stops nobody"


def test_who_gave_different_answers_is_asked_nothing(shipped: Edition) -> None:
    draft = start(shipped, "board")
    agree = [step.id for step in steps(shipped.questionnaire, draft) if step.item and step.item.scale == "agree"]
    given = {id: 4 if place else 2 for place, id in enumerate(agree)}
    sitting = Sitting(shipped, replace(draft, responses=given), Disk())
    assert take(sitting, Questions(), "review") == Review()


def test_of_several_scales_the_words_of_each_are_told() -> None:
    assert notices.if_meant(("Agree", "Yes", "Never")).startswith(
        "You always gave the same answer: “Agree”, “Yes” or “"
    )
