"""What is planned, under way or done is told as that in every form of a report, and suggested no more."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from selfassess.documents.blocks import Spot
from selfassess.documents.export.round import round_document
from selfassess.documents.export.summary import own_document
from selfassess.documents.personal import document as own_handout
from selfassess.documents.render_html import to_html
from selfassess.documents.render_markdown import to_markdown
from selfassess.documents.render_rich import to_text
from selfassess.documents.round.dashboard import page as dashboard_page
from selfassess.documents.round.report import document as handout
from selfassess.model.plan import Plan, Planned
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.services.reports import narrow_report, own_report
from selfassess.services.suggestions import offered
from tests.documents.drawn import page
from tests.documents.drawn import page as own_page
from tests.documents.test_page import answered
from tests.services.made import made_report

DONE = datetime.date(2026, 5, 12)


@pytest.fixture(scope="module")
def before(partnership: Edition) -> RoundReport:
    """The report as it is where nothing is planned."""
    return made_report(partnership)


def taken(before: RoundReport, *stands: dict[str, object]) -> Plan:
    """The first suggestions of a report in a plan, taken from a round before."""
    first = [one.planned for one in offered(before)][: len(stands)]
    return tuple(
        replace(one, id=f"a{number}", round="earlier", **how)  # type: ignore[arg-type]  # whatever a test asks for
        for number, (one, how) in enumerate(zip(first, stands, strict=True), 1)
    )


def flat(text: str) -> str:
    return " ".join(text.split())


FORMS: dict[str, Callable[[RoundReport], str]] = {
    "page": lambda report: flat(to_text(page(report))),
    "markdown": lambda report: flat(to_markdown(handout(report)).replace("\\", "")),
    "html": lambda report: flat(to_html(handout(report))),
    "screen": lambda report: flat(str(dashboard_page(report, Spot("actions"), by_need=True))),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("stands", "told"),
    [
        ({"status": "done", "done": DONE}, "one in May 2026"),
        ({"status": "under way", "owner": "the chair"}, "nder way; owner: the chair"),
        ({"status": "agreed"}, "greed"),
    ],
)
def test_what_is_in_the_plan_is_told_and_not_suggested(
    before: RoundReport, form: str, stands: dict[str, object], told: str
) -> None:
    (planned,) = plan = taken(before, stands)
    text, then = (FORMS[form](report) for report in (replace(before, plan=plan), before))
    suggested, _, settled = text.partition("Already in the plan, so not suggested again")
    if form != "screen":  # the action stands beside its gap
        suggested, _, _ = suggested.rpartition("What else could be done")[2].partition("Already in the plan")
    assert flat(planned.text) in then
    assert flat(planned.text) not in suggested
    assert flat(planned.text) in settled
    assert told in settled


def test_a_gap_says_what_is_in_the_plan_about_it_our_own_too(before: RoundReport) -> None:
    gap = before.gaps[0].node.id
    plan = (
        Planned(id="a1", text="Ask around.", node=gap, status="under way"),
        Planned(id="a2", text="Put up a board.", node=gap, groups=("staff",), status="done", done=DONE),
        Planned(id="a3", text="Send letters.", node=gap, status="dropped", why="Too dear."),
        Planned(id="a4", text="About something else.", node="nothing"),
    )
    report = replace(before, plan=plan)
    text = flat(to_text(page(report)))
    assert "In the plan: Put up a board. (done in May 2026) - In the plan: Ask around. (under way)" in text
    assert "In the plan: Send letters. (dropped: Too dear)" in text
    assert "About something else" not in text
    assert "Put up a board" not in flat(to_text(page(narrow_report(report, "board", None))))


def test_data_has_it_in_a_list_of_its_own(before: RoundReport) -> None:
    (planned,) = plan = taken(before, {"status": "done", "done": DONE})
    document = round_document(replace(before, plan=plan))
    assert planned.action not in {one["id"] for one in document["suggestions"]}
    found = [one for one in document["in_plan"] if one["id"] == planned.action]
    assert found
    assert {(one["planned"], one["status"], one["done"], one["benchmark"]) for one in found} == {
        ("a1", "done", "2026-05-12", planned.node)
    }
    assert len(document["suggestions"]) + len(document["in_plan"]) == len(round_document(before)["suggestions"])


def test_what_was_dropped_before_is_suggested_with_the_reason(before: RoundReport) -> None:
    (planned,) = plan = taken(before, {"status": "dropped", "why": "No money for it."})
    report = replace(before, plan=plan)
    assert planned.action in {one.planned.action for one in offered(report)}
    assert "(it was in the plan before, and dropped: No money for it)" in flat(to_text(page(report)))
    own_round = replace(report, plan=(replace(planned, round=report.round.id),))
    assert planned.action not in {one.planned.action for one in offered(own_round)}


def test_where_all_is_in_the_plan_it_says_so(before: RoundReport) -> None:
    everything = [one.planned for one in offered(before)]
    plan = tuple(replace(one, id=f"a{number}", status="agreed") for number, one in enumerate(everything, 1))
    report = replace(before, plan=plan)
    assert not any(report.suggestions.values())
    for form in FORMS.values():
        assert "Nothing new is suggested: all that the results call for is in the plan already." in form(report)
    assert "Nothing is suggested: no gap" in FORMS["screen"](replace(before, called_for={}))


def test_one_person_s_report_suggests_nothing_that_is_done(partnership: Edition) -> None:
    sheet = answered(partnership)
    before = own_report(partnership, sheet)
    first = before.suggestions[0]
    planned = Planned(
        id="a1", text="We did this.", node=first.ranked.node.id, round="r", action=first.action.id, status="done",
        done=DONE,
    )  # fmt: skip  # in few lines
    after = own_report(partnership, sheet, (planned,))
    assert after.suggestions == before.suggestions[1:]
    assert flat(first.action.text) in flat(to_text(own_page(before)))
    for text in (to_text(own_page(after)), to_markdown(own_handout(after)), to_html(own_handout(after))):
        assert "We did this." in flat(text)
        assert "(done in May 2026)" in flat(text)
        assert flat(first.action.text) not in flat(text)
    (told,) = own_document(after)["in_plan"]
    assert told == {
        "id": first.action.id, "benchmark": planned.node, "planned": "a1", "status": "done", "done": "2026-05-12",
        "why": None,
    }  # fmt: skip  # in few lines
