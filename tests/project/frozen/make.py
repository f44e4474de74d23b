"""Made the frozen files of the current version, once, when it was released: make.py FOLDER

Never run again for a version that people have files of.
"""

import datetime
import hashlib
import sys
from dataclasses import replace
from pathlib import Path

from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition, Group, Item, Point, Questionnaire, Scale, Strand
from selfassess.model.round import Agreed, OwnFinding, Round, Rules
from selfassess.model.sheet import Draft, Missing, ProjectKind, Sheet, Ticket
from selfassess.project import codes, drafts, round_queries, schema
from selfassess.project.parcel import pack
from selfassess.project.plans import Plans
from selfassess.project.project import create
from selfassess.project.rounds import Rounds

CONTENT = b'format = 1\nid = "small"\n'
RECEIPT = "K7QM-3RTP-9XWD-2HCF-8JNE"
RESUME_CODE = "K7QM-3RTP-9XWD"
ROUND_RECEIPT = "3RTP-K7QM-9XWD-2HCF-8JNE"
ADMISSION = "9XWD-K7QM-3RTP"


def make(path: Path, kind: ProjectKind) -> None:
    questionnaire = Questionnaire(format=1, id="small", version="1", title="Small", strands=())
    edition = Edition(questionnaire, CONTENT, hashlib.sha256(CONTENT).hexdigest())
    draft = Draft(
        questionnaire=edition.sha256,
        group="board",
        form="full",
        place="years",
        responses={"vision_say": 4.0, "years": 3, "services": (1.0, 3.0), "why": "Würde", "trust": Missing.DONT_KNOW},
        comments={"vision": "We never wrote it down."},
    )
    sheet = Sheet(
        questionnaire=edition.sha256,
        group="board",
        form="full",
        answers="3++?-~.+",
        beside={"years": 3, "services": (1.0, 3.0)},
        texts={"why": "Würde", "vision": "We never wrote it down."},
        date=datetime.datetime(2026, 3, 1, 19, 30, tzinfo=datetime.UTC),
    )
    with create(path, kind, made_up=kind == "shared") as project:
        fill_plan(Plans(project))
        project.freeze(edition)
        project.hand_in(sheet, RECEIPT)
        project.add_draft(project.draft_id(RESUME_CODE), draft)
        if kind == "shared":
            fill_rounds(Rounds(project))
        else:
            last = project.add_draft("0" * 32, draft)
            date = datetime.datetime(2026, 2, 1, 19, 30, tzinfo=datetime.UTC)
            drafts.keep(project, replace(sheet, date=date), ROUND_RECEIPT, 1, last)


def fill_plan(plans: Plans) -> None:
    """An action of our own, and one that a report suggested and that was dropped. One in between was taken out."""
    day = datetime.date(2026, 5, 31)
    ours = Planned(text="Write it down.", owner="the chair", due=day, status="under way", effort="low", effect="high")
    suggested = Planned(text="Draw lots.", node="vision", groups=("board",), status="dropped", why="Nobody wants to.",
                        skills=("consensus",), round="spring", action="lots")  # fmt: skip  # in few lines
    plans.add(ours, Planned(text="Taken out."), suggested)
    plans.remove("a2")


def fill_rounds(rounds: Rounds) -> None:
    """A round that is open, and one that is closed and was reported."""
    vision = Item(id="vision_say", text="I can say it.", scale="agree")
    why = Item(id="why", text="Why?", kind="text")
    points = tuple(Point(value=value, label=str(value)) for value in (0, 1, 2))
    questionnaire = Questionnaire(
        format=1,
        id="asked",
        version="1",
        title="Asked",
        groups=(Group(id="board", title="Board"),),
        scales={"agree": Scale(points=points)},
        strands=(Strand(id="vision", title="Vision", items=(vision,), questions=(why,)),),
    )
    content = b'format = 1\nid = "asked"\n'
    edition = Edition(questionnaire, content, hashlib.sha256(content).hexdigest())
    rules = Rules(small_groups="consent", asks_consent=("board",), codes=True, matching=True)
    base = Round(id="spring", key="5" * 32, title="Spring", questionnaire=edition.sha256, invited={"board": 6})
    rounds.add(base, edition)
    rounds.add(replace(base, id="autumn", key="a" * 32, title="Autumn 2026", rules=rules), edition)
    for id in ("spring", "autumn"):
        rounds.open(id)
    texts = {"why": "Würde", "vision_say": "We never wrote it down."}
    sheet = Sheet(questionnaire=edition.sha256, group="board", form="full", answers="2+", texts=texts)
    salt = rounds.project.salt
    used, free = (codes.admission_key(code, salt) for code in ("AAAA-CCCC-DDDD", ADMISSION))
    with rounds.project.database.transaction() as connection:
        round_queries.add_admissions(connection, "a" * 32, "board", [used, free])
    ticket = Ticket(round="a" * 32, admission=used, agrees=False, matching=rounds.admission.matching_key("REX-7"))
    rounds.sheets.hand_in(pack(replace(sheet, ticket=ticket), ROUND_RECEIPT), None, questionnaire)
    rounds.papers.enter("autumn", "7", sheet, questionnaire)
    ticket = rounds.admission.admit("autumn", ADMISSION)
    draft = Draft(questionnaire=edition.sha256, group="board", form="full", responses={"why": "So"}, ticket=ticket)
    rounds.sheets.begin(edition, draft, ADMISSION)
    rounds.sheets.hand_in(
        pack(replace(sheet, ticket=Ticket(round="5" * 32)), "0000-" * 4 + "0000"), None, questionnaire
    )
    rounds.set_target("spring", "vision", "", 1.5)
    rounds.set_target("spring", "vision", "board", 2)
    rounds.close("spring")
    rounds.release("spring", frozenset({("all", "vision", "score")}))
    rounds.agree("spring", Agreed(node="vision", score=55.5, why="We talked."))
    text = "We never wrote it down. Würde 🙂 שלום"
    rounds.write_finding("spring", OwnFinding(node="vision", group="board", text=text))


if __name__ == "__main__":
    for kind in ("personal", "shared"):
        make(Path(sys.argv[1]) / f"version-{schema.VERSION}-{kind}.selfassess", kind)
