"""A made-up round to look at: 10 of 12 board members, 16 of 18 staff, and all 4 external partners, who agreed."""

from collections.abc import Iterator, Sequence
from random import Random

from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.reports import RoundReport
from selfassess.model.round import Agreed, Round, Rules
from selfassess.model.sheet import Missing, Response, encode
from tests.services.made import released

HANDED_IN = {"board": 10, "staff": 16, "external": 4}
SPREAD = (-1, 0, 0, 0, 1)


def made_round(edition: Edition, **different: object) -> Round:
    """The closed round that the made-up answers belong to."""
    fields: dict[str, object] = {
        "id": "autumn",
        "key": "0" * 32,
        "title": "Autumn 2026",
        "questionnaire": edition.sha256,
        "invited": {"board": 12, "staff": 18, "external": 4},
        "rules": Rules(small_groups="consent", asks_consent=("external",)),
        "state": "closed",
        "standing": {"board": "shown", "staff": "shown", "external": "consent"},
    }
    return Round(**{**fields, **different})  # type: ignore[arg-type]  # the names say which


def sheets(edition: Edition, handed_in: dict[str, int], seed: int = 2005) -> Iterator[tuple[str | None, str]]:
    """Sheets of everybody who handed in. All are in two camps on the first item, the staff see the second
    benchmark better than the others do, and many cannot say what the last item asks."""
    questionnaire, random = edition.questionnaire, Random(seed)
    for group, number in handed_in.items():
        for person in range(number):
            given = _answers(questionnaire, group, person, random)
            yield group, "".join(encode(item, given[item.id], questionnaire) for item in questionnaire.items)


def _answers(questionnaire: Questionnaire, group: str, person: int, random: Random) -> dict[str, Response]:
    given: dict[str, Response] = {}
    nodes = [node for strand in questionnaire.strands for node in strand.middle]
    for position, node in enumerate(nodes):
        middle = (3, 3, 4, 2, 4)[position % 5]
        if position == 1:
            middle += {"board": -1, "staff": 1}.get(group, 0)
        for item in node.items:
            value = min(5, max(1, middle + random.choice(SPREAD)))
            given[item.id] = 6 - value if item.reverse else value
    choices = [item for item in questionnaire.items if item.kind == "choice"]
    given[choices[0].id] = (1, 2, 5, 4)[person % 4]
    if person % 3 == 0:
        given[choices[-1].id] = Missing.DONT_KNOW
    others = {item.id: Missing.SKIPPED for item in questionnaire.items if item.kind != "choice"}
    asked = {item.id for item in questionnaire.items if item.asks(group)}
    return {id: one if id in asked else Missing.NOT_ASKED for id, one in {**given, **others}.items()}


def made_report(
    edition: Edition,
    *,
    handed_in: dict[str, int] | None = None,
    texts: Sequence[tuple[str, str]] = (),
    agreed: Sequence[Agreed] = (),
    made_up: bool = True,
    **different: object,
) -> RoundReport:
    """The report of the made-up round, or of one that differs from it."""
    round = made_round(edition, **different)
    answers = list(sheets(edition, handed_in or HANDED_IN))
    return released(edition, round, answers, texts, agreed, made_up=made_up)[0]
