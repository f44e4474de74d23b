"""What to do first is the same list, in the same order, wherever it is shown."""

from collections.abc import Iterator

from selfassess.documents.blocks import BulletList, Heading, Section, Spot
from selfassess.documents.round import dashboard, findings
from selfassess.model.priorities import first
from selfassess.model.questionnaire import Edition
from selfassess.services.suggestions import offered
from tests.services.made import made_report


def below(section: Section, title: str) -> Iterator[str]:
    """What stands in the list below a heading."""
    blocks = list(section.blocks)
    at = next(place for place, one in enumerate(blocks) if isinstance(one, Heading) and one.text == title)
    found = blocks[at + 1]
    assert isinstance(found, BulletList)
    yield from (one.text for one in found.entries)


def test_it_is_in_the_report_in_the_plan_and_on_the_dashboard(partnership: Edition) -> None:
    report = made_report(partnership)
    told = [one.suggestion.action.text for one in first(report.prioritised)]
    assert 3 < len(told) <= 9
    assert list(below(findings.gaps(report), "What could be done first")) == told
    page = dashboard.page(report, Spot("actions"), by_need=True)
    assert list(below(page, "What could be done first")) == told
    every = [one.planned.text for one in offered(report)]
    assert [text for text in every if text in told] == told
