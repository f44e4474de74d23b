"""Taking part in a round without a screen: each step follows from what is known, and every way in ends in a sitting."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.errors import UsageError
from selfassess.model.round import Round, Rules
from selfassess.project.project import Project, create
from selfassess.project.rounds import Rounds
from selfassess.services import participation, sittings
from selfassess.services.entrances import Entrance, entrance_here
from selfassess.sitting.course import AskConsent, ChooseGroup, Questions, take
from selfassess.sitting.round_entry import Entrant, Returned, Step, next_step
from selfassess.sitting.session import Sitting
from tests.sitting.test_state import SMALL

EDITION = edition(parse("small.toml", SMALL))
ROUND = Round(
    id="autumn", key="a" * 32, title="Autumn", questionnaire=EDITION.sha256, invited={"board": 12, "staff": 4}
)
CONSENT = Rules(small_groups="consent", asks_consent=("staff",))


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        yield project


def opened(project: Project, rules: Rules) -> Entrance:
    rounds = Rounds(project)
    rounds.add(replace(ROUND, rules=rules), EDITION)
    rounds.open(ROUND.id)
    return entrance_here(project, rounds.get(ROUND.id))


def walk(entrance: Entrance, person: Entrant, code: str = "") -> tuple[list[Step], Sitting]:
    """The steps of a person of the staff who agrees, and their sitting."""
    asked: list[Step] = []
    while True:
        asked.append(next_step(entrance.round, person))
        match asked[-1]:
            case "welcome":
                person = person.after_welcome()
            case "code":
                admitted = participation.use_code(entrance, person, code)
                assert isinstance(admitted, Entrant)
                person = admitted
            case "group":
                person = person.in_group("staff")
            case "consent":
                person = person.agreeing(True)
            case "matching":
                person = participation.with_own_code(entrance, person, "MA17RO")
            case "answer again":
                person = person.after_announcement()
            case "begin":
                return asked, participation.begin(entrance, person)


def test_the_group_that_a_person_names_is_one_of_the_round(shared: Project) -> None:
    entrance = opened(shared, Rules())
    for name in ("staff", " Staff "):
        person = participation.enter(entrance, group=name)
        assert isinstance(person, Entrant)
        assert person.group == "staff"
        assert entrance_here(shared, entrance.round, name).group == "staff"
    for enter in (partial(participation.enter, entrance, "", "bord"), partial(entrance_here, shared, ROUND, "bord")):
        with pytest.raises(UsageError, match="There is no group “bord”"):
            enter()


def entered(entrance: Entrance) -> Entrant:
    person = participation.enter(entrance)
    assert isinstance(person, Entrant)
    return person


@pytest.mark.parametrize(
    ("rules", "asked"),
    [
        (Rules(), ["welcome", "group", "begin"]),
        (CONSENT, ["welcome", "group", "consent", "begin"]),
        (replace(CONSENT, matching=True), ["welcome", "group", "consent", "matching", "begin"]),
        (replace(CONSENT, codes=True, matching=True), ["welcome", "code", "consent", "matching", "begin"]),
    ],
)
def test_the_rules_say_what_a_person_is_asked(shared: Project, rules: Rules, asked: list[Step]) -> None:
    entrance = opened(shared, rules)
    code = Rounds(shared).admission.issue(ROUND.id, "staff", 1)[0] if rules.codes else ""
    steps, sitting = walk(entrance, entered(entrance), code)
    assert steps == asked
    assert sitting.draft.group == "staff"
    assert sitting.consent is (True if rules.asks_consent else None)


def test_a_code_resumes_and_a_receipt_answers_again(shared: Project) -> None:
    entrance = opened(shared, CONSENT)
    _, sitting = walk(entrance, entered(entrance))
    code = sitting.saver.code or ""
    assert isinstance(participation.use_code(entrance, entered(entrance), code), Sitting)
    found = participation.resume_with_code(shared, code)
    assert not isinstance(found, Sitting)
    assert isinstance(found[1], Sitting)

    receipt = sitting.hand_in().receipt
    assert isinstance(participation.use_code(entrance, entered(entrance), receipt), Returned)
    again = participation.enter(entrance, again=receipt)
    assert isinstance(again, Entrant)
    steps, second = walk(entrance, again)
    assert steps == ["answer again", "begin"]
    assert second.saver.again
    assert second.hand_in().receipt == receipt


def test_what_is_forgotten_names_its_round(shared: Project) -> None:
    entrance = opened(shared, Rules())
    _, begun = walk(entrance, entered(entrance))
    _, finished = walk(entrance, entered(entrance))
    receipt = finished.hand_in().receipt
    assert participation.has_sheet(shared, receipt)
    assert participation.forget(shared, begun.saver.code or "") == ("draft", None)
    gone = participation.forget(shared, receipt)
    assert (gone.what, gone.round and gone.round.id) == ("sheet", ROUND.id)
    assert not participation.has_sheet(shared, receipt)
    with pytest.raises(UsageError):
        participation.forget(shared, receipt)


def test_a_group_is_changed_after_the_same_question_for_consent(shared: Project) -> None:
    entrance = opened(shared, CONSENT)
    _, sitting = walk(entrance, entered(entrance))
    assert take(sitting, ChooseGroup(), "staff") == Questions()
    assert take(sitting, ChooseGroup(), "board") == Questions()
    assert (sitting.draft.group, sitting.consent) == ("board", None)
    following = take(sitting, ChooseGroup(), "staff")
    assert following == AskConsent(entrance.round, "staff")
    assert take(sitting, following, False) == Questions()
    assert (sitting.draft.group, sitting.consent) == ("staff", False)


def test_a_sitting_outside_rounds_is_found_by_its_questionnaire(tmp_path: Path) -> None:
    with create(tmp_path / "mine.selfassess", "personal") as project:
        assert sittings.unfinished_with(project, EDITION) is None
        sitting = sittings.begin(project, EDITION, "staff", "full")
        begun = sittings.unfinished_with(project, EDITION)
        assert begun is not None
        assert not begun.changes
        assert sittings.unfinished_with(project, EDITION, group="board") is None
        assert sittings.resume(project, begun.saved.id).draft == sitting.draft
        sitting.hand_in()
        (entry,) = sittings.own_entries(project)
        assert entry.offers == ("results", "change", "delete")
        assert sittings.change(project, entry).draft.group == "staff"
