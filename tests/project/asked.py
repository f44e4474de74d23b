"""A questionnaire that has one of everything, a round of it, and sheets that fit it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from selfassess.model.questionnaire import Benchmark, Edition, Group, Item, Point, Questionnaire, Scale, Strand
from selfassess.model.round import Round, Rules
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project import codes

AGREE = Scale(
    points=tuple(Point(value=value, label=f"point {value}") for value in (0, 1, 2, 3)),
    dont_know="I don't know",
    not_applicable="It doesn't apply",
)
SERVICES = Scale(points=tuple(Point(value=value, label=f"service {value}") for value in (1, 2, 3)))
VISION = Benchmark(
    id="vision",
    title="We share a vision",
    comment="Anything to add?",
    items=(
        Item(id="vision_say", text="I can say it.", scale="agree"),
        Item(id="vision_met", text="We meet it.", scale="agree", show_if="vision_say >= 2", not_applicable_values=(0,)),
        Item(id="vision_board", text="The board leads.", scale="agree", groups=("board",)),
    ),
)
FACTS = (
    Item(id="services", text="Which services?", kind="many", scale="services"),
    Item(id="years", text="How many years?", kind="number", min_=0, max_=50),
)
QUESTIONNAIRE = Questionnaire(
    format=1,
    id="asked",
    version="1",
    title="Asked",
    groups=(Group(id="board", title="Board"), Group(id="staff", title="Staff"), Group(id="guests", title="Guests")),
    scales={"agree": AGREE, "services": SERVICES},
    strands=(
        Strand(
            id="work",
            title="Work",
            benchmarks=(VISION,),
            items=FACTS,
            questions=(Item(id="why", text="Why?", kind="text"),),
        ),
    ),
)
"""The characters of a sheet stand for: services, years, vision_say, vision_met, vision_board, why."""
CONTENT = b'\xef\xbb\xbfformat = 1\r\nid = "asked"\n# W\xc3\xbcrde\x0c\n'
EDITION = Edition(QUESTIONNAIRE, CONTENT, hashlib.sha256(CONTENT).hexdigest())
KEY = "c0de" * 8
ROUND = Round(
    id="autumn", key=KEY, title="Autumn 2026", questionnaire=EDITION.sha256, invited={"board": 12, "staff": 16}
)
PLAIN = Rules()
ALL_RULES = Rules(small_groups="consent", asks_consent=("board",), codes=True, matching=True)
BOARD = "++320+"
STAFF = "++1..+"
BESIDE: Mapping[str, float | tuple[float, ...]] = {"services": (1.0, 3.0), "years": 3}


def sheet(group: str = "board", answers: str = "", **more: object) -> Sheet:
    """A sheet that fits, with a ticket of the round."""
    plain = Sheet(
        questionnaire=EDITION.sha256,
        group=group,
        form="full",
        answers=answers or {"board": BOARD}.get(group, STAFF),
        beside=BESIDE,
        texts={"why": "Würde", "vision": "We never wrote it down."},
        ticket=Ticket(round=KEY),
    )
    return replace(plain, **more)


def receipt() -> str:
    return codes.new_code(codes.RECEIPT_LENGTH)
